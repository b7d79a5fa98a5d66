// A file written in pieces at any place, which others may read while it grows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace triptych {

/// Nothing is buffered: what write() has put survives a killed process. For files that must appear whole or not at all
/// see core/util/atomic_file.h.
class OutputFile {
public:
    /// Opens it as it is, or creates an empty one. Errors: no such folder, not writable, not a regular file.
    static Result<OutputFile> open(const std::filesystem::path& path);

    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&& other) noexcept;
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    const std::filesystem::path& path() const { return m_path; }
    Result<std::uint64_t> size() const;
    /// Writes all bytes from `offset` on. After an error any part of them may be written; writing them again is all
    /// right.
    Status write(std::uint64_t offset, const void* data, std::size_t bytes) const;
    /// Cuts off what lies beyond.
    Status resize(std::uint64_t bytes) const;

private:
    OutputFile(std::filesystem::path path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}

    std::filesystem::path m_path;
    int m_descriptor;
};

} // namespace triptych
