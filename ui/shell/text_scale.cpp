// Growing type.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/text_scale.h"

#include <QVariant>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kSmallWindow = 1280; // px
constexpr double kGrowth = 0.2;    // for each kSmallWindow more
constexpr double kLargest = 1.4;
constexpr double kStep = 0.05;
const char* const kUnscaled = "unscaledPointSize";

/// Fonts that a widget chose when it was made do not follow that of the program.
void scaleOwnFont(QWidget& widget, double before, double now)
{
    QFont font = widget.font();
    const bool own = widget.testAttribute(Qt::WA_SetFont) && (font.resolveMask() & QFont::SizeResolved) != 0;
    if (!own || font.pointSizeF() <= 0) return;
    if (!widget.property(kUnscaled).isValid()) widget.setProperty(kUnscaled, font.pointSizeF() / before);
    font.setPointSizeF(widget.property(kUnscaled).toDouble() * now);
    widget.setFont(font);
}

} // namespace

TextScale::TextScale(Theme& theme, QWidget& root, QObject* parent) : QObject(parent), m_theme(theme), m_root(root) {}

double TextScale::forWidth(int width)
{
    const double scale = 1 + kGrowth * (width - kSmallWindow) / kSmallWindow;
    return std::clamp(std::floor(scale / kStep + 1e-9) * kStep, 1.0, kLargest);
}

void TextScale::fix(std::optional<double> scale)
{
    m_fixed = scale;
    apply();
}

void TextScale::setWidth(int width)
{
    m_width = width;
    apply();
}

void TextScale::setAudience(Audience audience)
{
    m_audience = audience;
    apply();
}

void TextScale::apply()
{
    const double own = m_fixed.value_or(forWidth(m_width));
    const double before = m_theme.textScale();
    m_theme.setTextScale(m_audience == Audience::There ? kForAudience * std::max(1.0, own) : own);
    const double now = m_theme.textScale();
    if (now == before) return;
    for (QWidget* widget : m_root.findChildren<QWidget*>()) scaleOwnFont(*widget, before, now);
}

} // namespace triptych
