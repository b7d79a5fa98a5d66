// A file read through memory mapping: any size, pages come in as they are touched.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/mapped_file.h"

#include "core/util/io_error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace triptych {

Result<MappedFile> MappedFile::open(const std::filesystem::path& path)
{
    // Not blocking, so that a named pipe without a writer cannot hang us before we see that it is no file.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return io_error("read", path.string(), errno);
    struct stat info {};
    if (::fstat(descriptor, &info) < 0 || !S_ISREG(info.st_mode)) {
        ::close(descriptor);
        if (S_ISDIR(info.st_mode)) return io_error("read", path.string(), EISDIR);
        return Error{"cannot read " + path.string() + ": it is not a regular file", "Name a regular file."};
    }
    MappedFile file;
    file.m_size = static_cast<std::size_t>(info.st_size);
    if (file.m_size > 0) {
        void* address = ::mmap(nullptr, file.m_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (address == MAP_FAILED) {
            const int code = errno;
            ::close(descriptor);
            file.m_size = 0;
            return io_error("map", path.string(), code);
        }
        file.m_data = static_cast<const std::uint8_t*>(address);
    }
    ::close(descriptor); // the mapping keeps the file
    return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept
{
    if (this != &other) {
        unmap();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

MappedFile::~MappedFile()
{
    unmap();
}

void MappedFile::unmap()
{
    if (m_data) ::munmap(const_cast<std::uint8_t*>(m_data), m_size);
    m_data = nullptr;
}

} // namespace triptych
