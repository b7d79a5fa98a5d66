// Finds the text files of a path and looks at each once: is it text, how long, what hash.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/input_file.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace triptych {

/// A file that can be trained on.
struct TextFile {
    std::filesystem::path path;
    std::string name;        ///< relative to the folder, or the file's own name; valid UTF-8, for display
    std::uint64_t begin = 0; ///< first byte of text: 3 where a UTF-8 byte order mark stands before it
    std::uint64_t size = 0;  ///< bytes of the whole file
    std::uint64_t hash = 0;  ///< XXH64 of the whole file
    FileStamp stamp;         ///< when it was looked at
    std::uint64_t length() const { return size - begin; }
};

struct TextFiles {
    std::vector<TextFile> files;    ///< sorted by relative path, byte by byte
    std::vector<std::string> notes; ///< what was left out of a folder, and why
};

/// XXH64 of the whole file.
Result<std::uint64_t> hash_of(const InputFile& file);

/// A file: it must be text (no UTF-16/32 mark, no zero byte, not empty; other encodings are bytes too), or the error
/// says what it is instead. A folder: every text file in it and below, hidden ones (".git") not; links are followed,
/// each file and folder is taken once; what is not text is left out with a note. An error when nothing remains.
Result<TextFiles> find_text_files(const std::filesystem::path& path);

} // namespace triptych
