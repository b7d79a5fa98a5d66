// The text of one source file as the layering rules look at it: lines, includes, and code without comments and texts.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace triptych::test {

struct Include {
    std::size_t line = 0; ///< from 1
    std::string target;   ///< "core/util/result.h", "vector"
    bool quoted = false;  ///< "..." and not <...>
};

struct SourceFile {
    std::string path;               ///< from the root, with slashes: "core/util/result.h"
    std::vector<std::string> lines; ///< as they are
    std::vector<std::string> code;  ///< the same lines; comments, strings and characters are blanks
    std::vector<Include> includes;
};

SourceFile make_source(std::string path, const std::string& text);

/// Every .h, .cpp, .cu and .cuh below the five source folders of the root, sorted by path.
std::vector<SourceFile> read_sources(const std::filesystem::path& root);

/// The whole file; a failure of the test when it cannot be read.
std::string read_text(const std::filesystem::path& file);

} // namespace triptych::test
