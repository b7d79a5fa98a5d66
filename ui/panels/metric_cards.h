// A panel that can show any metric on a card, for those who find one elsewhere.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"

namespace triptych {

class MetricCards {
public:
    virtual ~MetricCards() = default;
    /// The card that has the metric alone, a new one where there is none, gets the focus.
    virtual void showMetric(MetricId metric) = 0;
};

} // namespace triptych
