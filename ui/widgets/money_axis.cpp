// Where amounts stand, and the lines between them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/money_axis.h"

#include "ui/plots/nice_numbers.h"
#include "ui/widgets/money_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr double kRoom = 1.04;  // beyond the largest value
constexpr double kTickGap = 14; // px between labels

} // namespace

MoneyAxis::MoneyAxis(MoneyScale scale, std::span<const double> values, std::optional<double> upper) : m_scale(scale)
{
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    double lowest = 0;
    for (const double value : values) {
        if (value > 0) least = std::min(least, value);
        most = std::max(most, value);
        lowest = std::min(lowest, value);
    }
    if (scale == MoneyScale::Linear) {
        m_upper = upper ? *upper : most > 0 ? most * kRoom : 1;
        m_lower = std::min(0.0, lowest * kRoom);
        return;
    }
    if (!(most > 0)) most = least = 1;
    m_lower = std::pow(10.0, std::floor(std::log10(least) - 1e-9));
    m_upper = std::max(most * std::pow(most / m_lower, 0.03), m_lower * 10);
}

double MoneyAxis::share(double value) const
{
    if (m_scale == MoneyScale::Linear) return (value - m_lower) / (m_upper - m_lower);
    return value > m_lower ? std::log(value / m_lower) / std::log(m_upper / m_lower) : 0;
}

double MoneyAxis::x(double value, const QRectF& area) const
{
    return area.left() + std::clamp(share(value), 0.0, 1.0) * area.width();
}

std::vector<double> MoneyAxis::ticks(int most, double perUsd) const
{
    const double lower = m_lower * perUsd;
    const double upper = m_upper * perUsd;
    std::vector<double> ticks;
    if (m_scale == MoneyScale::Logarithmic) {
        ticks = logarithmicTicks(lower, upper, std::max(most, 2));
    } else {
        const double spacing = tickSpacing(upper - lower, std::max(most, 2));
        for (double at = std::ceil(lower / spacing); at * spacing <= upper * (1 + 1e-9); ++at)
            ticks.push_back(at * spacing);
    }
    for (double& tick : ticks) tick /= perUsd;
    return ticks;
}

void MoneyAxis::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors, const Currency& currency) const
{
    const QFontMetrics metrics(painter.font());
    const double wide = metrics.horizontalAdvance(moneyTickText(1e8, currency)) + kTickGap;
    double free = area.left() - wide; // labels end here
    for (const double tick : ticks(static_cast<int>(area.width() / wide) + 1, currency.per_usd)) {
        const double at = x(tick, area);
        painter.setPen(QPen(colors.grid, 1));
        painter.drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()));
        const QString text = moneyTickText(tick, currency);
        const double half = metrics.horizontalAdvance(text) / 2.0;
        if (at - half < free + 4) continue;
        free = at + half;
        painter.setPen(colors.muted);
        painter.drawText(QRectF(at - half - 2, area.bottom() + 2, 2 * half + 4, metrics.height()), Qt::AlignCenter,
                         text);
    }
}

} // namespace triptych
