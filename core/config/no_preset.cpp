// Names near the one that was given.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/no_preset.h"

#include "core/config/field.h"

#include <fmt/format.h>

#include <utility>

namespace triptych {

Error no_preset(std::string what, const PresetKind& kind, std::string_view name, const std::vector<std::string>& names)
{
    if (names.empty())
        return {std::move(what),
                fmt::format("No presets were found: set TRIPTYCH_RESOURCES to the folder that holds {}.", kind.folder)};
    const std::vector<std::string> near = near_matches(name, names);
    return {std::move(what), fmt::format("{} {} {}.", kind.or_else, near.empty() ? "one of" : "perhaps",
                                         fmt::join(near.empty() ? names : near, ", "))};
}

} // namespace triptych
