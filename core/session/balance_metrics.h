// The five measures of balance, and the metrics that a run records of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/routing/balance.h"
#include "core/run/metric.h"

#include <array>

namespace triptych {

struct BalanceMetric {
    double BalanceMeasures::*measure;
    Metric of_step;
    Metric of_micro_batches; ///< mean over those of the step; missing where a step is one
};

inline constexpr std::array kBalanceMetrics = {
    BalanceMetric{&BalanceMeasures::max_violation, Metric::LayerMaxVio, Metric::LayerMicroMaxVio},
    BalanceMetric{&BalanceMeasures::min_violation, Metric::LayerMinVio, Metric::LayerMicroMinVio},
    BalanceMetric{&BalanceMeasures::variation, Metric::LayerLoadCv, Metric::LayerMicroLoadCv},
    BalanceMetric{&BalanceMeasures::effective_share, Metric::LayerDiversity, Metric::LayerMicroDiversity},
    BalanceMetric{&BalanceMeasures::dead_fraction, Metric::LayerDeadFraction, Metric::LayerMicroDeadFraction}};

} // namespace triptych
