// Cost presets as JSON files: those of the resource folder cost_presets, and those of users, who edit a copy.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// Reads and checks a preset. Every message begins with the file and the place in it. Refused: unknown keys (with those
/// near them), missing ones, values and ranges that make no sense, formulas that cannot be read, that name something
/// unknown or that do not come out in the unit they are declared in (lines: USD), and inference beside other books.
Result<CostPreset> parse_cost_preset(std::string_view json, const std::string& name);
Result<CostPreset> read_cost_preset(const std::filesystem::path& file);

/// What parse_cost_preset() reads back to the same preset; without expectations once an input is edited or a
/// line left out, since they are the source's.
std::string cost_preset_json(const CostPreset& preset);
Status write_cost_preset(const std::filesystem::path& file, const CostPreset& preset);

/// Names of all presets, sorted.
std::vector<std::string> list_cost_presets();
/// By name, or a file: anything with a slash, or ending in .json. The error lists presets near the name.
Result<CostPreset> load_cost_preset(const std::string& name_or_path);

} // namespace triptych
