// Ticks on linear and logarithmic axes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/value_ticker.h"

#include "ui/plots/nice_numbers.h"

#include <cmath>

namespace triptych {

double ValueTicker::getTickStep(const QCPRange& range)
{
    return std::max(tickSpacing(range.size(), m_most), m_smallest);
}

QVector<double> ValueTicker::createTickVector(double spacing, const QCPRange& range)
{
    m_spacing = spacing;
    if (m_scale == ValueScale::Linear) return QCPAxisTicker::createTickVector(spacing, range);
    const std::vector<double> ticks = logarithmicTicks(range.lower, range.upper, m_most);
    const bool even = ticks.size() > 2 && std::abs(ticks[2] - 2 * ticks[1] + ticks[0]) < 1e-6 * ticks[2];
    m_spacing = even ? ticks[1] - ticks[0] : 0;
    return {ticks.begin(), ticks.end()};
}

QString ValueTicker::getTickLabel(double tick, const QLocale&, QChar, int)
{
    const double own = tick > 0 ? std::pow(10.0, std::floor(std::log10(tick) + 1e-9)) : 1;
    const QString number = tickText(tick, m_spacing > 0 ? m_spacing : own);
    return number.startsWith(QLocale().negativeSign()) ? number : m_prefix + number;
}

} // namespace triptych
