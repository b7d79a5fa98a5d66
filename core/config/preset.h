// Model presets by name: each is a config.json in the resource folder model_presets.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"

#include <filesystem>
#include <string>
#include <vector>

namespace triptych {

/// Names of all presets, sorted.
std::vector<std::string> list_model_presets();

/// The file that name_or_path stands for: a path (anything with a slash, or ending in .json), a preset, or else a file
/// or folder of that name. A folder stands for the config.json in it. The error lists the presets near the name.
Result<std::filesystem::path> find_model(const std::string& name_or_path);

/// Reads and validates that file.
Result<ModelConfig> load_model_config(const std::string& name_or_path);

} // namespace triptych
