// A file written in pieces at any place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/output_file.h"

#include "core/util/io_error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace triptych {

Result<OutputFile> OutputFile::open(const std::filesystem::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644);
    if (descriptor < 0) return io_error("write", path.string(), errno);
    OutputFile file(path, descriptor);
    struct stat info {};
    if (::fstat(descriptor, &info) < 0) return io_error("write", path.string(), errno);
    if (!S_ISREG(info.st_mode))
        return Error{"cannot write " + path.string() + ": it is not a regular file", "Name a regular file."};
    return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1))
{}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

OutputFile::~OutputFile()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<std::uint64_t> OutputFile::size() const
{
    struct stat info {};
    if (::fstat(m_descriptor, &info) < 0) return io_error("read", m_path.string(), errno);
    return static_cast<std::uint64_t>(info.st_size);
}

Status OutputFile::write(std::uint64_t offset, const void* data, std::size_t bytes) const
{
    const auto* from = static_cast<const char*>(data);
    while (bytes > 0) {
        const ssize_t put = ::pwrite(m_descriptor, from, bytes, static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return io_error("write", m_path.string(), errno);
        from += put;
        offset += static_cast<std::uint64_t>(put);
        bytes -= static_cast<std::size_t>(put);
    }
    return {};
}

Status OutputFile::resize(std::uint64_t bytes) const
{
    if (::ftruncate(m_descriptor, static_cast<off_t>(bytes)) < 0) return io_error("write", m_path.string(), errno);
    return {};
}

} // namespace triptych
