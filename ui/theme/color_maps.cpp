// Stops of the colour maps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/color_maps.h"

#include <algorithm>
#include <cmath>

namespace triptych {

std::vector<ColorStop> divergingMap(const ThemeColors& colors)
{
    if (colors.dark)
        return {{0.0, QColor(0xbf, 0xe3, 0xff)},
                {0.25, QColor(0x3a, 0x8f, 0xd6)},
                {0.5, QColor(0x39, 0x40, 0x4c)},
                {0.75, QColor(0xd9, 0x82, 0x1f)},
                {1.0, QColor(0xff, 0xe2, 0xac)}};
    return {{0.0, QColor(0x0d, 0x3a, 0x66)},
            {0.25, QColor(0x4d, 0x97, 0xd6)},
            {0.5, QColor(0xde, 0xe2, 0xe9)},
            {0.75, QColor(0xe0, 0x8a, 0x2a)},
            {1.0, QColor(0x6b, 0x2e, 0x00)}};
}

std::vector<ColorStop> sequentialMap(const ThemeColors& colors, const QColor& accent)
{
    const QColor end = colors.dark ? QColor(0xff, 0xff, 0xff) : accent.darker(260);
    return {{0.0, colors.dark ? QColor(0x22, 0x26, 0x2d) : QColor(0xf4, 0xf5, 0xf8)}, {0.7, accent}, {1.0, end}};
}

QColor colorAt(const std::vector<ColorStop>& map, double position)
{
    const double p = std::clamp(std::isnan(position) ? 0.0 : position, 0.0, 1.0);
    for (std::size_t i = 1; i < map.size(); ++i) {
        if (p > map[i].position) continue;
        const double t = (p - map[i - 1].position) / (map[i].position - map[i - 1].position);
        const auto mix = [t](double a, double b) { return a + t * (b - a); };
        const QColor &a = map[i - 1].color, &b = map[i].color;
        return QColor::fromRgbF(static_cast<float>(mix(a.redF(), b.redF())),
                                static_cast<float>(mix(a.greenF(), b.greenF())),
                                static_cast<float>(mix(a.blueF(), b.blueF())));
    }
    return map.back().color;
}

double ratioPosition(double ratio)
{
    const double limit = std::log2(kRatioLimit);
    const double exponent = ratio > 0 ? std::clamp(std::log2(ratio), -limit, limit) : -limit;
    return 0.5 + 0.5 * exponent / limit;
}

} // namespace triptych
