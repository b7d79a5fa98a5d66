// Files that appear whole or not at all: written under another name, synced to the disk, then renamed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/atomic_file.h"

#include "core/util/io_error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <utility>

namespace triptych {

namespace {

std::filesystem::path folder_of(const std::filesystem::path& path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

int open_again_after_signal(const std::filesystem::path& path, int flags, mode_t mode = 0)
{
    int descriptor = -1;
    do {
        descriptor = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor;
}

int sync_again_after_signal(int descriptor)
{
    int result = 0;
    do {
        result = ::fsync(descriptor);
    } while (result < 0 && errno == EINTR);
    return result;
}

} // namespace

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& path)
{
    static std::atomic<unsigned> counter{0};
    std::error_code ignored;
    if (!path.has_filename() || std::filesystem::is_directory(path, ignored))
        return io_error("write", path.string(), EISDIR);
    // The rename at the end would put a file where /dev/null or a pipe was.
    if (const auto there = std::filesystem::status(path, ignored);
        std::filesystem::exists(there) && !std::filesystem::is_regular_file(there))
        return Error{"cannot write " + path.string() + ": it is a device or a pipe, and a regular file is needed",
                     "Name a new file."};
    AtomicFile file;
    file.m_path = path;
    do { // the name does not contain the final one, which may already be as long as the system allows
        const std::string name = ".triptych-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".tmp";
        file.m_temporary = folder_of(path) / name;
        file.m_descriptor = open_again_after_signal(file.m_temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
    } while (file.m_descriptor < 0 && errno == EEXIST);
    if (file.m_descriptor < 0) return io_error("write", path.string(), errno);
    return file;
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_temporary(std::move(other.m_temporary)),
      m_descriptor(std::exchange(other.m_descriptor, -1))
{}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept
{
    if (this != &other) {
        discard();
        m_path = std::move(other.m_path);
        m_temporary = std::move(other.m_temporary);
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

AtomicFile::~AtomicFile()
{
    discard();
}

Status AtomicFile::write(const void* data, std::size_t size)
{
    const auto* bytes = static_cast<const char*>(data);
    if (m_descriptor < 0) return fail("write", EBADF);
    while (size > 0) {
        const ssize_t written = ::write(m_descriptor, bytes, size);
        if (written < 0) {
            if (errno == EINTR) continue;
            return fail("write", errno);
        }
        bytes += written;
        size -= static_cast<std::size_t>(written);
    }
    return {};
}

Status AtomicFile::commit()
{
    if (m_descriptor < 0) return fail("write", EBADF);
    if (sync_again_after_signal(m_descriptor) < 0) return fail("write", errno);
    if (::close(std::exchange(m_descriptor, -1)) < 0) {
        const int code = errno;
        ::unlink(m_temporary.c_str());
        return fail("write", code);
    }
    if (::rename(m_temporary.c_str(), m_path.c_str()) < 0) {
        const int code = errno;
        ::unlink(m_temporary.c_str());
        return fail("write", code);
    }
    return sync_folder(folder_of(m_path));
}

Status AtomicFile::fail(std::string_view action, int code)
{
    discard();
    return io_error(action, m_path.string(), code);
}

void AtomicFile::discard()
{
    if (m_descriptor < 0) return;
    ::close(std::exchange(m_descriptor, -1));
    ::unlink(m_temporary.c_str());
}

Status write_file_atomically(const std::filesystem::path& path, std::string_view contents)
{
    auto file = AtomicFile::create(path);
    if (!file) return file.error();
    if (auto status = file->write(contents.data(), contents.size()); !status) return status;
    return file->commit();
}

Status sync_folder(const std::filesystem::path& folder)
{
    const int descriptor = open_again_after_signal(folder, O_RDONLY | O_DIRECTORY);
    if (descriptor < 0) return io_error("open folder", folder.string(), errno);
    const int code = sync_again_after_signal(descriptor) < 0 ? errno : 0;
    ::close(descriptor);
    // Some network file systems cannot sync a folder; there the rename is all one can have.
    if (code != 0 && code != EINVAL && code != ENOTSUP) return io_error("sync folder", folder.string(), code);
    return {};
}

Result<std::string> read_whole_file(const std::filesystem::path& path, std::size_t max_bytes)
{
    // Not blocking, so that a named pipe without a writer cannot hang us before we see that it is no file.
    const int descriptor = open_again_after_signal(path, O_RDONLY | O_NONBLOCK);
    if (descriptor < 0) return io_error("read", path.string(), errno);
    struct stat info {};
    if (::fstat(descriptor, &info) < 0 || !S_ISREG(info.st_mode)) {
        ::close(descriptor);
        if (S_ISDIR(info.st_mode)) return io_error("read", path.string(), EISDIR);
        return Error{"cannot read " + path.string() + ": it is not a regular file", "Name a regular file."};
    }
    std::string contents;
    char buffer[1 << 16];
    int code = 0;
    while (contents.size() <= max_bytes) {
        const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) code = errno;
        if (got <= 0) break;
        contents.append(buffer, static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    if (code != 0) return io_error("read", path.string(), code);
    if (contents.size() > max_bytes) {
        return Error{"cannot read " + path.string() + ": it is larger than " + std::to_string(max_bytes) + " bytes",
                     "Check that this is the file you meant."};
    }
    return contents;
}

} // namespace triptych
