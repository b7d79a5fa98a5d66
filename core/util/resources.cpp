// Looks for the resources of the running program.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/resources.h"

#include <cstdlib>
#include <set>

namespace triptych {

namespace fs = std::filesystem;

std::vector<fs::path> resource_folders()
{
    std::vector<fs::path> folders;
    const auto add_existing = [&](const fs::path& folder) {
        std::error_code ignored;
        if (fs::is_directory(folder, ignored)) folders.push_back(folder);
    };
    if (const char* chosen = std::getenv("TRIPTYCH_RESOURCES"); chosen && *chosen) add_existing(chosen);
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) add_existing(program.parent_path().parent_path() / "share" / "triptych");
    return folders;
}

std::optional<fs::path> find_resource(const fs::path& relative)
{
    for (const fs::path& folder : resource_folders()) {
        std::error_code ignored;
        if (fs::exists(folder / relative, ignored)) return folder / relative;
    }
    return std::nullopt;
}

std::vector<std::string> list_json_resources(const fs::path& folder)
{
    std::set<std::string> names;
    for (const fs::path& place : resource_folders()) {
        std::error_code error;
        for (fs::directory_iterator it(place / folder, error), end; !error && it != end; it.increment(error))
            if (it->path().extension() == ".json") names.insert(it->path().stem().string());
    }
    return {names.begin(), names.end()};
}

} // namespace triptych
