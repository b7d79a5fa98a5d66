// System errors of files and folders in words, with what to do about each.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/io_error.h"

#include <array>
#include <cerrno>
#include <system_error>

namespace triptych {

namespace {

struct ErrnoText {
    int code;
    const char* words;
    const char* hint;
};

constexpr std::array kTexts = {
    ErrnoText{ENOSPC, "no space left on the disk", "Free some space, or choose a folder on another disk."},
    ErrnoText{EDQUOT, "your disk quota is used up", "Free some space, or choose a folder on another disk."},
    ErrnoText{EFBIG, "the file would be larger than this system allows", "Choose another disk, or raise `ulimit -f`."},
    ErrnoText{EACCES, "permission denied", "Choose a file or folder that belongs to you, or change its permissions."},
    ErrnoText{EPERM, "the system does not permit it", "Choose a file or folder that belongs to you."},
    ErrnoText{EROFS, "the disk is mounted read-only", "Choose a folder on a disk that can be written."},
    ErrnoText{ENOENT, "no such file or folder", "Check the path."},
    ErrnoText{ENOTDIR, "a part of the path is a file, not a folder", "Check the path."},
    ErrnoText{EISDIR, "it is a folder, and a file is needed", "Name a file inside this folder."},
    ErrnoText{EEXIST, "it already exists", "Choose another name, or remove the old one."},
    ErrnoText{ENOTEMPTY, "the folder is not empty", "Choose another name, or remove the old one."},
    ErrnoText{ENAMETOOLONG, "the name is too long", "Choose a shorter path."},
    ErrnoText{ELOOP, "too many symbolic links on the way", "Check the links along this path."},
    ErrnoText{EMFILE, "too many files are open in this program", "Raise the limit with `ulimit -n 4096`."},
    ErrnoText{ENFILE, "too many files are open on this machine", "Close other programs and try again."},
    ErrnoText{ENOMEM, "not enough memory", "Close other programs, or use smaller data."},
    ErrnoText{EBUSY, "it is in use", "Close the program that uses it and try again."},
    ErrnoText{EIO, "the disk reported a read or write error", "Check the disk, then try again or use another one."},
};

const ErrnoText* find_text(int code)
{
    for (const auto& text : kTexts) {
        if (text.code == code) return &text;
    }
    return nullptr;
}

} // namespace

std::string errno_in_words(int code)
{
    const auto* text = find_text(code);
    return text ? text->words : std::generic_category().message(code);
}

Error io_error(std::string_view action, const std::string& path, int code)
{
    const auto* text = find_text(code);
    return {"cannot " + std::string(action) + " " + path + ": " + errno_in_words(code),
            text ? text->hint : "Check the path and the disk, then try again."};
}

} // namespace triptych
