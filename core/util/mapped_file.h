// A file read through memory mapping: any size, pages come in as they are touched.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace triptych {

/// Read-only view of a whole file; the address stays valid while the object lives, also when it is moved.
/// A file that another program shortens in place while it is mapped ends this one with SIGBUS, as with every mapping;
/// editors that save by renaming are safe.
class MappedFile {
public:
    /// Errors: missing, not a regular file (folder, pipe, device), not readable, no address space.
    static Result<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    const std::uint8_t* data() const { return m_data; } ///< nullptr when the file is empty
    std::size_t size() const { return m_size; }         ///< bytes
    std::string_view text() const { return {reinterpret_cast<const char*>(m_data), m_size}; }

private:
    MappedFile() = default;
    void unmap();

    const std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace triptych
