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

/// The style sheet of the program keeps fonts from reaching widgets that are there already, so each is told: the size
/// that it had at scale 1 is noted the first time.
void noteSize(QWidget& widget, double scale)
{
    if (widget.font().pointSizeF() > 0 && !widget.property(kUnscaled).isValid())
        widget.setProperty(kUnscaled, widget.font().pointSizeF() / scale);
}

void scaleFont(QWidget& widget, double scale)
{
    if (!widget.property(kUnscaled).isValid()) return;
    QFont font = widget.font();
    font.setPointSizeF(widget.property(kUnscaled).toDouble() * scale);
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
    const double wanted = m_audience == Audience::There ? kForAudience * std::max(1.0, own) : own;
    const double before = m_theme.textScale();
    if (wanted == before) return;
    const QList<QWidget*> all = m_root.findChildren<QWidget*>();
    for (QWidget* widget : all) noteSize(*widget, before);
    m_theme.setTextScale(wanted);
    for (QWidget* widget : all) scaleFont(*widget, m_theme.textScale());
    emit m_theme.changed(); // what paints by fonts of widgets looks at them again
}

} // namespace triptych
