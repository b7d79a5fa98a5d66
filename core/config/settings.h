// "key=value" from the command line or a form, applied to whichever configuration has the key.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"

#include <span>
#include <string>
#include <string_view>

namespace triptych {

/// Sets one member by its row and checks its range; rules between members are left to validate(), since the next
/// setting may mend them. "rope_scaling.factor=40" reaches into YaRN and turns it on, "rope_scaling=null" turns it off.
/// Errors: no "=", unknown key (with those near it), a value that cannot be read or is out of range.
Status apply_setting(ModelConfig& model, TrainConfig& train, std::string_view setting);

/// All settings in order, then validate() of both and of the two together. On an error both are left as they were.
Status apply_settings(ModelConfig& model, TrainConfig& train, std::span<const std::string> settings);

/// A new value for a training that runs: only rows marked WhileTraining, and the configuration stays valid.
Status change_while_training(TrainConfig& train, std::string_view key, double value);

} // namespace triptych
