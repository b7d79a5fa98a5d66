// Choosing and writing round numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/nice_numbers.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

/// More decimals than this do not fit beside a plot.
constexpr int kMostDecimals = 5;

int decimalsFor(double spacing)
{
    return spacing > 0 ? std::max(0, -static_cast<int>(std::floor(std::log10(spacing) + 1e-6))) : 0;
}

QString superscript(int number)
{
    static const char* const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    QString text = number < 0 ? QStringLiteral("⁻") : QString();
    for (const QChar c : QString::number(std::abs(number))) text += QString::fromUtf8(digits[c.digitValue()]);
    return text;
}

QString powerText(double value)
{
    const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9));
    const double mantissa = value / std::pow(10.0, exponent);
    const bool whole = std::abs(mantissa - std::round(mantissa)) < 1e-6;
    return QLocale().toString(mantissa, 'f', whole ? 0 : 1) + QStringLiteral("·10") + superscript(exponent);
}

std::vector<double> evenTicks(double lower, double upper, int most)
{
    const double spacing = tickSpacing(upper - lower, most);
    std::vector<double> ticks;
    for (double i = std::ceil(lower / spacing); i * spacing <= upper; ++i) ticks.push_back(i * spacing);
    return ticks;
}

std::vector<double> mantissaTicks(double lower, double upper, std::initializer_list<double> mantissas, int stride)
{
    std::vector<double> ticks;
    const int first = static_cast<int>(std::floor(std::log10(lower)));
    const int last = static_cast<int>(std::ceil(std::log10(upper)));
    for (int decade = first; decade <= last; ++decade) {
        if (decade % stride != 0) continue;
        for (const double mantissa : mantissas) {
            const double tick = mantissa * std::pow(10.0, decade);
            if (tick >= lower && tick <= upper) ticks.push_back(tick);
        }
    }
    return ticks;
}

} // namespace

double niceStep(double value)
{
    if (!(value > 0) || !std::isfinite(value)) return 1;
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    const double mantissa = value / decade * (1 + 1e-9);
    return (mantissa >= 10 ? 10 : mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1) * decade;
}

double tickSpacing(double span, int most)
{
    const double least = span / std::max(most, 1);
    const double below = niceStep(least);
    // 1 -> 2 -> 5 -> 10
    return below * (1 + 1e-9) >= least ? below : niceStep(below * 2.6);
}

std::vector<double> logarithmicTicks(double lower, double upper, int most)
{
    if (!(lower > 0) || !(upper > lower) || !std::isfinite(upper)) return {};
    if (upper / lower < 6) return evenTicks(lower, upper, most);
    const std::array candidates = {mantissaTicks(lower, upper, {1, 2, 3, 5}, 1),
                                   mantissaTicks(lower, upper, {1, 2, 5}, 1), mantissaTicks(lower, upper, {1, 3}, 1)};
    for (const auto& ticks : candidates)
        if (static_cast<int>(ticks.size()) <= most) return ticks;
    std::vector<double> ticks = mantissaTicks(lower, upper, {1}, 1);
    for (int stride = 2; static_cast<int>(ticks.size()) > most && stride < 100; ++stride)
        ticks = mantissaTicks(lower, upper, {1}, stride);
    return ticks;
}

QString tickText(double value, double spacing)
{
    if (std::abs(value) < spacing * 1e-6) return QStringLiteral("0");
    const QLocale locale;
    const double size = std::abs(value);
    for (const auto& [unit, letter] : {std::pair{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e4, "k"}}) {
        const double divisor = unit == 1e4 ? 1e3 : unit;
        if (size >= unit * 0.9999999 && size < 1e15)
            return locale.toString(value / divisor, 'f', std::min(decimalsFor(spacing / divisor), 2)) +
                   QLatin1String(letter);
    }
    const int decimals = decimalsFor(spacing);
    if (decimals > kMostDecimals || size >= 1e15) return powerText(value);
    return locale.toString(value, 'f', decimals);
}

} // namespace triptych
