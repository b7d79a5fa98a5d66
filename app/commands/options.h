// Pieces that the options of several commands are made of: checks with messages of one form, and common arguments.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console.h"
#include "core/util/result.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace triptych {

/// "--steps: "abc" is no whole number, expected 1 or more".
CLI::Validator whole_number(std::int64_t least, std::int64_t most = INT64_MAX);
/// Finite, within the limits; `above` excludes the lower one.
CLI::Validator number(double least, double most);
CLI::Validator number_above(double limit);
/// One of the names, or the error suggests one.
CLI::Validator one_of(std::vector<std::string> names);
/// One or more of the names with commas between.
CLI::Validator list_of(std::vector<std::string> names);

/// --json into `format`.
void add_json(CLI::App& command, Format& format);

/// --precision into `precision`, with the names that a training knows.
CLI::Option* add_precision(CLI::App& command, std::string& precision);

/// "a,b" in parts.
std::vector<std::string> split_list(const std::string& text);

/// Ids between white space or commas: "1 2 3", "1,2,3". Errors: none, one that is no number, one outside the
/// vocabulary.
Result<std::vector<std::int32_t>> parse_tokens(const std::string& text, std::int64_t vocab_size);

} // namespace triptych
