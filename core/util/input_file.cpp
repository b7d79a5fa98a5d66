// A file read in pieces from any place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/input_file.h"

#include "core/util/io_error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace triptych {

namespace {

FileStamp stamp_in(const struct stat& info)
{
    constexpr std::int64_t kSecond = 1'000'000'000;
    return {static_cast<std::uint64_t>(info.st_size), info.st_mtim.tv_sec * kSecond + info.st_mtim.tv_nsec};
}

} // namespace

FileStamp stamp_of(const std::filesystem::path& path)
{
    struct stat info {};
    return ::stat(path.c_str(), &info) < 0 ? FileStamp{} : stamp_in(info);
}

Result<InputFile> InputFile::open(const std::filesystem::path& path)
{
    // Not blocking, so that a named pipe without a writer cannot hang us before we see that it is no file.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return io_error("read", path.string(), errno);
    InputFile file(path, descriptor);
    struct stat info {};
    if (::fstat(descriptor, &info) < 0) return io_error("read", path.string(), errno);
    if (S_ISDIR(info.st_mode)) return io_error("read", path.string(), EISDIR);
    if (!S_ISREG(info.st_mode))
        return Error{"cannot read " + path.string() + ": it is not a regular file", "Name a regular file."};
    file.m_size = static_cast<std::uint64_t>(info.st_size);
    return file;
}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size)
{}

InputFile& InputFile::operator=(InputFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    return *this;
}

InputFile::~InputFile()
{
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<FileStamp> InputFile::stamp() const
{
    struct stat info {};
    if (::fstat(m_descriptor, &info) < 0) return io_error("read", m_path.string(), errno);
    return stamp_in(info);
}

Status InputFile::read(std::uint64_t offset, void* target, std::size_t bytes) const
{
    auto* to = static_cast<char*>(target);
    while (bytes > 0) {
        const ssize_t got = ::pread(m_descriptor, to, bytes, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return io_error("read", m_path.string(), errno);
        if (got == 0)
            return Error{m_path.string() + ": the file ends at byte " + std::to_string(offset) +
                             ", it was longer when it was opened",
                         "Another program shortened it: put the whole file back and try again."};
        to += got;
        offset += static_cast<std::uint64_t>(got);
        bytes -= static_cast<std::size_t>(got);
    }
    return {};
}

Status InputFile::read_all(const std::function<Status(std::string_view part, std::uint64_t offset)>& take) const
{
    constexpr std::uint64_t kPart = 1 << 20;
    std::string part;
    for (std::uint64_t offset = 0; offset < m_size; offset += part.size()) {
        part.resize(static_cast<std::size_t>(std::min(kPart, m_size - offset)));
        if (const Status got = read(offset, part.data(), part.size()); !got) return got;
        if (const Status taken = take(part, offset); !taken) return taken;
    }
    return {};
}

} // namespace triptych
