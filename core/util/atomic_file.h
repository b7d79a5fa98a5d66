// Files that appear whole or not at all: written under another name, synced to the disk, then renamed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace triptych {

/// A file being written in parts. Until commit() the old file at the path stays as it was; without commit() the
/// destructor removes what was written. A symbolic link at the path is replaced, not followed.
class AtomicFile {
public:
    /// Creates a hidden file with a unique name beside `path`, whose folder must exist. Errors: a folder, device or pipe at the
    /// path, or a link to one.
    static Result<AtomicFile> create(const std::filesystem::path& path);

    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile();

    /// Appends `size` bytes. After an error the file cannot be committed.
    Status write(const void* data, std::size_t size);
    /// Syncs, renames to the final name and syncs the folder. Call once, last.
    Status commit();

private:
    AtomicFile() = default;
    Status fail(std::string_view action, int code);
    void discard();

    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// Writes the whole file at once, atomically.
Status write_file_atomically(const std::filesystem::path& path, std::string_view contents);

/// Makes the names inside a folder (new, renamed, removed) survive a power cut.
Status sync_folder(const std::filesystem::path& folder);

/// Reads a small file whole; the error says when it is missing, no regular file, or larger than max_bytes.
Result<std::string> read_whole_file(const std::filesystem::path& path, std::size_t max_bytes = std::size_t{1} << 28);

} // namespace triptych
