// How settled routing is: which of the experts chosen then are chosen still (router saturation, OLMoE, arXiv
// 2409.02060, section 5.1).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <vector>

namespace triptych {

/// [layers] share of the experts that the tokens of `then` were sent to and that the same tokens of `now` are sent to
/// as well: 1 when nothing changed, about K / E by chance. NaN for dense layers, and where the two texts or models
/// differ.
std::vector<double> route_saturation(const ProbeFrame& then, const ProbeFrame& now);

} // namespace triptych
