// What is said where no preset has the name that was given.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// A kind of presets: where its files lie, and how a hint begins that goes on with names.
struct PresetKind {
    std::string_view folder;  ///< "gpu_presets"
    std::string_view or_else; ///< "Give the path of a JSON file, or"
};

/// `what` says that there is none; the hint names those near it, or all, or says where they should lie.
Error no_preset(std::string what, const PresetKind& kind, std::string_view name, const std::vector<std::string>& names);

} // namespace triptych
