// An axis of amounts across a picture: by powers of ten, or even with a zoom.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/currency.h"
#include "ui/theme/theme.h"

#include <QRectF>

#include <optional>
#include <span>
#include <vector>

class QPainter;

namespace triptych {

enum class MoneyScale : std::uint8_t { Logarithmic = 1, Linear };

/// Values in USD. A logarithmic axis has no zero: what is not above its lower end stands there.
class MoneyAxis {
public:
    MoneyAxis() = default;
    /// Holds all values; those that are not above zero only count on a linear axis, which always has the zero.
    /// `upper`: where a linear one ends instead, a zoom.
    MoneyAxis(MoneyScale scale, std::span<const double> values, std::optional<double> upper = {});

    MoneyScale scale() const { return m_scale; }
    double lower() const { return m_lower; }
    double upper() const { return m_upper; }
    /// From 0 at the lower to 1 at the upper end; beyond them where the value lies beyond.
    double share(double value) const;
    double x(double value, const QRectF& area) const;
    bool isBeyond(double value) const { return value > m_upper * (1 + 1e-9); }

    /// Round numbers, at most so many.
    std::vector<double> ticks(int most, double perUsd = 1) const;
    /// Lines over the area, and below it what they stand for.
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors, const Currency& currency) const;

private:
    MoneyScale m_scale = MoneyScale::Linear;
    double m_lower = 0;
    double m_upper = 1;
};

} // namespace triptych
