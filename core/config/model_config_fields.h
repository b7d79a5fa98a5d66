// The rows that describe ModelConfig and YarnConfig: names, units, ranges, sections of the DeepSeek-V3 report (arXiv
// 2412.19437).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/field.h"
#include "core/config/model_config.h"

namespace triptych {

/// Every member but rope_scaling, in the order of the file.
const std::vector<Field<ModelConfig>>& model_config_fields();

/// The members of rope_scaling.
const std::vector<Field<YarnConfig>>& yarn_config_fields();

} // namespace triptych
