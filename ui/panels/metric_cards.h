// A panel that can show any metric on a card, for those who find one elsewhere.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"

#include <QString>
#include <QVariantMap>

#include <functional>

namespace triptych {

class MetricCards {
public:
    virtual ~MetricCards() = default;
    /// The card that has the metric alone, a new one where there is none, gets the focus.
    virtual void showMetric(MetricId metric) = 0;

    /// Called when a person has added, removed or moved cards: in words, and what Panel::restoreState() takes to be as
    /// before and as now. Whoever keeps a history sets it.
    std::function<void(const QString& what, const QVariantMap& before, const QVariantMap& after)> edited;
};

} // namespace triptych
