// Ticks of the curves' axes: few, round, shortly written.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/value_range.h"

#include <qcustomplot.h>

namespace triptych {

class ValueTicker : public QCPAxisTicker {
public:
    void setScale(ValueScale scale) { m_scale = scale; }
    void setMost(int ticks) { m_most = std::max(ticks, 2); }
    /// Ticks are no closer than this: 1 where only whole numbers make sense.
    void setSmallestSpacing(double spacing) { m_smallest = spacing; }
    /// "$".
    void setPrefix(const QString& prefix) { m_prefix = prefix; }

protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double) override { return 0; }
    QVector<double> createTickVector(double spacing, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale&, QChar, int) override;

private:
    ValueScale m_scale = ValueScale::Linear;
    int m_most = 5;
    double m_smallest = 0;
    QString m_prefix;
    double m_spacing = 1; ///< of the ticks made last; 0: each tick is its own measure
};

} // namespace triptych
