// Where the files lie that the programs read at run time: presets, lessons, corpora.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// In search order: $TRIPTYCH_RESOURCES, share/triptych beside the program's bin folder (in a build folder a link to
/// the source tree's resources). Only folders that exist.
std::vector<std::filesystem::path> resource_folders();

/// The first of those folders that holds this relative path.
std::optional<std::filesystem::path> find_resource(const std::filesystem::path& relative);

/// Names without ".json" of the JSON files in such a folder of resources ("model_presets"), of all places, sorted, each
/// once.
std::vector<std::string> list_json_resources(const std::filesystem::path& folder);

} // namespace triptych
