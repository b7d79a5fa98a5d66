// Finds presets in the resource folders; the first folder that has a name wins.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"

#include "core/config/config_json.h"
#include "core/config/no_preset.h"
#include "core/util/resources.h"

#include <fmt/format.h>

namespace triptych {

namespace fs = std::filesystem;

namespace {

Result<fs::path> existing_file(const fs::path& path)
{
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) return path; // reading it says what is wrong with it
    if (fs::exists(path / "config.json", ignored)) return path / "config.json";
    return Error{fmt::format("the folder {} holds no config.json", path.string()),
                 "Choose the folder of a checkpoint, a config.json, or a preset."};
}

} // namespace

std::vector<std::string> list_model_presets()
{
    return list_json_resources("model_presets");
}

Result<fs::path> find_model(const std::string& name_or_path)
{
    if (name_or_path.find('/') != std::string::npos || name_or_path.ends_with(".json"))
        return existing_file(name_or_path);
    if (!name_or_path.empty())
        if (const auto found = find_resource(fs::path("model_presets") / (name_or_path + ".json"))) return *found;
    std::error_code ignored;
    if (!name_or_path.empty() && fs::exists(name_or_path, ignored)) return existing_file(name_or_path);
    return no_preset(fmt::format("there is no model \"{}\"", name_or_path),
                     {"model_presets", "Give the path of a config.json, or"}, name_or_path, list_model_presets());
}

Result<ModelConfig> load_model_config(const std::string& name_or_path)
{
    Result<fs::path> file = find_model(name_or_path);
    if (!file) return file.error();
    return read_model_config(*file);
}

} // namespace triptych
