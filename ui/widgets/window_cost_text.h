// What the window costs a training, in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/window_cost.h"

#include <QString>

#include <optional>

namespace triptych {

/// "this window: 0.62 % of a core, pictures of the model 0.30 % of the training"; a dash for what is not known.
QString windowCostText(const std::optional<WindowCost>& cost);

/// How both are measured, and what they mean for the training.
QString windowCostHint();

} // namespace triptych
