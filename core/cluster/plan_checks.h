// What the planner says against what has been published.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <string>
#include <vector>

namespace triptych {

/// How a published figure was used.
enum class CheckUse : std::uint8_t {
    Calibrated = 1, ///< the planner was fitted to it: no error is the fit's doing
    Checked,        ///< the planner has not seen it
};

struct PlanCheck {
    std::string name;
    std::string unit;
    double predicted = 0;
    double published = 0;
    std::string source;
    CheckUse use = CheckUse::Checked;
    double bound = 0; ///< largest error, as a share, that the tests accept
    double error() const { return predicted / published - 1; }
};

/// How far off whole trainings were: the least and the largest error of their GPU-hours, as shares. Predicted over
/// 1 + error is what was measured.
struct TrainingErrors {
    double least = 0;
    double largest = 0;
    std::string of; ///< the figures: "DeepSeek-V3 ..., DeepSeek-V2 ..."
};
TrainingErrors training_errors(const std::vector<PlanCheck>& checks);

/// Closed forms first, then kernels, then whole trainings. Needs the presets of models and GPUs; the error says which
/// is missing.
Result<std::vector<PlanCheck>> plan_checks();

} // namespace triptych
