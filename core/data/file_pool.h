// Many files, some of them mapped: the ones read last stay, however many the folder holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/text_files.h"
#include "core/util/mapped_file.h"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace triptych {

/// Thread-safe. What it hands out stays mapped while the caller holds it.
class FilePool {
public:
    /// `most_mapped` files at once, at least 1.
    explicit FilePool(std::vector<TextFile> files, std::size_t most_mapped = 1024)
        : m_files(std::move(files)), m_most_mapped(most_mapped)
    {}

    const std::vector<TextFile>& files() const { return m_files; }

    /// Errors: the file has gone, or has another size than when the run began.
    Result<std::shared_ptr<const MappedFile>> map(std::size_t index) const;
    std::size_t mapped() const;

private:
    struct Entry {
        std::shared_ptr<const MappedFile> file;
        std::list<std::size_t>::iterator age; // place in m_by_age
    };

    std::vector<TextFile> m_files;
    std::size_t m_most_mapped;
    mutable std::mutex m_mutex;
    mutable std::unordered_map<std::size_t, Entry> m_mapped;
    mutable std::list<std::size_t> m_by_age; // the latest in front
};

} // namespace triptych
