// Many files, some of them open: the ones read last stay open, however many the folder holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/text_files.h"
#include "core/util/input_file.h"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

namespace triptych {

/// Thread-safe.
class FilePool {
public:
    /// `most_open` files at once, at least 1.
    explicit FilePool(std::vector<TextFile> files, std::size_t most_open = 64);

    const std::vector<TextFile>& files() const { return m_files; }

    /// Copies the bytes from `offset` on. Errors: the file has gone, or its content is not that which was looked at.
    /// Asks the system once a read; a file that was written to, but looks the same, is hashed again.
    Status read(std::size_t index, std::uint64_t offset, std::span<std::uint8_t> into) const;
    std::size_t open_files() const;

private:
    using Shared = std::shared_ptr<const InputFile>;
    struct Entry {
        Shared file;
        std::list<std::size_t>::iterator age; // place in m_by_age
    };

    Result<Shared> open(std::size_t index) const;
    Status check_unchanged(std::size_t index, const InputFile& file) const;

    std::vector<TextFile> m_files;
    std::size_t m_most_open;
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::size_t, Entry> m_open;
    mutable std::list<std::size_t> m_by_age; // the latest in front
    mutable std::vector<FileStamp> m_stamps; // [file] with which its content was right
};

} // namespace triptych
