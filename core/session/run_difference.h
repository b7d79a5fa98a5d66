// In which settings runs differ.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/manifest.h"

#include <memory>
#include <string>
#include <vector>

namespace triptych {

struct SettingDifference {
    std::string key;                 ///< as in --set, or of run.json: "data", "schedule_steps"
    std::vector<std::string> values; ///< [runs]
};

/// Settings of model and training, data and plan, without those that are the same in all runs. In the order of the
/// configuration; those of the training come first.
std::vector<SettingDifference> differences(const std::vector<std::shared_ptr<const Manifest>>& runs);

} // namespace triptych
