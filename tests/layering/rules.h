// The rules of the house as rows of one table: for which files, what is forbidden there, why, and a planted violation.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/layering/source_file.h"

#include <functional>
#include <regex>
#include <string>
#include <vector>

namespace triptych::test {

/// Lines (from 1) that break a rule.
using Finder = std::function<std::vector<std::size_t>(const SourceFile&)>;

/// A small file that exists in the test only.
struct Sample {
    std::string path;
    std::string text;
};

struct Rule {
    std::string name;
    std::string files;  ///< pattern of the paths it holds for
    std::string except; ///< pattern of the paths it spares; "": none
    Finder find;
    std::string why;
    Sample planted;  ///< breaks the rule: a rule that cannot fail is noticed
    Sample innocent; ///< nearly the same, and allowed
};

const std::vector<Rule>& rules();

/// "core/a.cpp:3: #include <iostream>\n    why" for each line of the file that breaks the rule.
std::vector<std::string> violations(const Rule& rule, const SourceFile& source);

} // namespace triptych::test
