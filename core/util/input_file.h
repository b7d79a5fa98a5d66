// A file read in pieces from any place, with its bytes copied: whatever happens to the file, reading ends in an error.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <utility>

namespace triptych {

/// What tells cheaply that a file may have been written to.
struct FileStamp {
    std::uint64_t size = 0;    ///< bytes
    std::int64_t modified = 0; ///< time of the last write, ns since 1970
    bool operator==(const FileStamp&) const = default;
};

/// Of a file or a folder by its name, links followed; zeros where there is nothing that can be seen.
FileStamp stamp_of(const std::filesystem::path& path);

/// Not mapped into memory on purpose: a mapped file that another program shortens ends its readers with SIGBUS. Memory
/// stays flat for files of any size, and the system's cache serves what is read again. Goes on reading the same file
/// when another one is renamed over its name. May be read from several threads.
class InputFile {
public:
    /// Errors: missing, not a regular file (folder, pipe, device), not readable.
    static Result<InputFile> open(const std::filesystem::path& path);

    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;
    ~InputFile();

    std::uint64_t size() const { return m_size; } ///< bytes, when it was opened
    /// As the file is now.
    Result<FileStamp> stamp() const;
    /// Fills `target` with the bytes from `offset` on. Errors: the file ends before, the disk fails.
    Status read(std::uint64_t offset, void* target, std::size_t bytes) const;
    /// Hands out all bytes in order, in parts of a megabyte with the place of each, until a part is refused.
    Status read_all(const std::function<Status(std::string_view part, std::uint64_t offset)>& take) const;

private:
    InputFile(std::filesystem::path path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}

    std::filesystem::path m_path;
    int m_descriptor;
    std::uint64_t m_size = 0;
};

} // namespace triptych
