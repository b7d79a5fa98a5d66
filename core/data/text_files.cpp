// Finds the text files of a path and looks at each once: is it text, how long, what hash.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_files.h"

#include "core/util/hash64.h"
#include "core/util/io_error.h"
#include "core/util/utf8.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace triptych {

namespace {

namespace fs = std::filesystem;
using Identity = std::pair<dev_t, ino_t>;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF"; // of UTF-8

std::string display_name(const fs::path& path)
{
    return to_valid_utf8(path.generic_string());
}

/// Walks a folder without recursion; every folder and file once, whatever the links say.
class Walk {
public:
    explicit Walk(fs::path root) : m_root(std::move(root)) {}

    void run()
    {
        m_waiting.push_back(m_root);
        while (!m_waiting.empty()) {
            const fs::path folder = std::move(m_waiting.back());
            m_waiting.pop_back();
            enter(folder);
        }
        std::sort(m_found.begin(), m_found.end(),
                  [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
        keep_each_once();
    }

    std::vector<fs::path> files;                              // in order
    std::map<std::string, std::vector<std::string>> left_out; // reason -> names

private:
    void enter(const fs::path& folder)
    {
        struct stat info {};
        if (::stat(folder.c_str(), &info) < 0 || !m_folders.insert({info.st_dev, info.st_ino}).second) return;
        std::error_code error;
        fs::directory_iterator entries(folder, error);
        for (; !error && entries != fs::directory_iterator(); entries.increment(error)) look_at(entries->path());
        if (error) left_out["could not be read"].push_back(display_name(folder));
    }

    void look_at(const fs::path& path)
    {
        if (path.filename().native().starts_with('.')) return;
        struct stat info {};
        if (::stat(path.c_str(), &info) < 0) {
            left_out["could not be read"].push_back(display_name(path));
        } else if (S_ISDIR(info.st_mode)) {
            m_waiting.push_back(path);
        } else if (S_ISREG(info.st_mode)) {
            m_found.push_back(path);
        }
    }

    /// After sorting, so that of several links to one file always the same stays.
    void keep_each_once()
    {
        std::set<Identity> seen;
        for (auto& path : m_found) {
            struct stat info {};
            if (::stat(path.c_str(), &info) == 0 && seen.insert({info.st_dev, info.st_ino}).second)
                files.push_back(std::move(path));
        }
    }

    fs::path m_root;
    std::vector<fs::path> m_waiting;
    std::vector<fs::path> m_found;
    std::set<Identity> m_folders;
};

/// What a text does not begin with.
Status check_beginning(std::string_view bytes, const std::string& name)
{
    using namespace std::string_view_literals;
    const bool utf16 = bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv);
    const bool utf32 = bytes.starts_with("\x00\x00\xFE\xFF"sv) || bytes.starts_with("\xFF\xFE\x00\x00"sv);
    if (!utf16 && !utf32) return {};
    const std::string encoding = utf32 ? "UTF-32" : "UTF-16";
    return Error{name + ": the text is " + encoding + " (it begins with that byte order mark)",
                 "Convert it: iconv -f " + encoding + " -t UTF-8 old.txt > new.txt"};
}

/// What no text holds anywhere.
Status check_part(std::string_view bytes, std::uint64_t offset, const std::string& name)
{
    const auto zero = bytes.find('\0');
    if (zero == std::string_view::npos) return {};
    return Error{name + ": looks like a binary file (byte " + std::to_string(offset + zero) +
                     " is zero, which no text has)",
                 "Choose a text file; unpack an archive, or export a document as plain text first."};
}

Result<TextFile> examine(const fs::path& path, std::string name)
{
    const auto file = InputFile::open(path);
    if (!file) return file.error();
    const auto stamp = file->stamp(); // before the content: what is written from now on will be noticed
    if (!stamp) return stamp.error();
    TextFile text{path, std::move(name), 0, file->size(), 0, *stamp};
    Hash64 hash;
    const Status read = file->read_all([&](std::string_view part, std::uint64_t offset) -> Status {
        if (offset == 0) {
            if (const Status begins = check_beginning(part, text.name); !begins) return begins;
            if (part.starts_with(kByteOrderMark)) text.begin = kByteOrderMark.size();
        }
        hash.update(part);
        return check_part(part, offset, text.name);
    });
    if (!read) return read.error();
    if (text.length() == 0) return Error{text.name + ": the file is empty", "Choose a file with text in it."};
    text.hash = hash.digest();
    return text;
}

/// "left out 3 files (the file is empty): a, b, c"
std::string note_of(const std::string& reason, const std::vector<std::string>& names)
{
    constexpr std::size_t kNamed = 5;
    std::string note =
        "left out " + std::to_string(names.size()) + (names.size() == 1 ? " file" : " files") + " (" + reason + "): ";
    for (std::size_t i = 0; i < names.size() && i < kNamed; ++i) note += (i > 0 ? ", " : "") + names[i];
    if (names.size() > kNamed) note += " and " + std::to_string(names.size() - kNamed) + " more";
    return note;
}

Result<TextFiles> search_folder(const fs::path& root)
{
    Walk walk(root);
    walk.run();
    TextFiles result;
    for (const auto& path : walk.files) {
        const std::string name = display_name(path.lexically_relative(root));
        auto file = examine(path, name);
        if (file) {
            result.files.push_back(file.take());
            continue;
        }
        std::string reason = "could not be read";
        if (const auto& what = file.error().what; what.starts_with(name + ": ")) reason = what.substr(name.size() + 2);
        walk.left_out[reason.substr(0, reason.find(" ("))].push_back(name);
    }
    for (const auto& [reason, names] : walk.left_out) result.notes.push_back(note_of(reason, names));
    if (result.files.empty()) {
        std::string what = "folder " + root.string() + " has no text file to train on";
        for (const auto& note : result.notes) what += "; " + note;
        return Error{what, "Choose a folder with text files, a text file, or builtin:mixed."};
    }
    return result;
}

} // namespace

Result<std::uint64_t> hash_of(const InputFile& file)
{
    Hash64 hash;
    const Status read = file.read_all([&](std::string_view part, std::uint64_t) -> Status {
        hash.update(part);
        return {};
    });
    if (!read) return read.error();
    return hash.digest();
}

Result<TextFiles> find_text_files(const std::filesystem::path& path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) < 0) {
        const int code = errno;
        Error error = io_error("read", path.string(), code);
        if (code == ENOENT) error.hint = "Give a text file, a folder, or builtin:mixed.";
        return error;
    }
    if (S_ISDIR(info.st_mode)) return search_folder(path);
    auto file = examine(path, display_name(path));
    if (!file) return file.error();
    TextFiles result;
    result.files.push_back(file.take());
    return result;
}

} // namespace triptych
