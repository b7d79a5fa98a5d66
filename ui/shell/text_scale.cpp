// Growing type.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/text_scale.h"

#include <QApplication>
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

/// Fonts that a widget chose when it was made do not follow that of the program: their size at scale 1 is noted.
void noteOwnFont(QWidget& widget, double scale)
{
    const QFont& font = widget.font();
    const bool own = widget.testAttribute(Qt::WA_SetFont) && (font.resolveMask() & QFont::SizeResolved) != 0;
    if (own && font.pointSizeF() > 0 && !widget.property(kUnscaled).isValid())
        widget.setProperty(kUnscaled, font.pointSizeF() / scale);
}

void scaleOwnFont(QWidget& widget, double scale)
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
    const double before = m_theme.textScale();
    const QList<QWidget*> all = m_root.findChildren<QWidget*>();
    for (QWidget* widget : all) noteOwnFont(*widget, before);
    m_theme.setTextScale(m_audience == Audience::There ? kForAudience * std::max(1.0, own) : own);
    if (m_theme.textScale() == before) return;
    // Without a running event loop the program's font reaches no widget that is there already.
    m_root.setFont(QApplication::font());
    for (QWidget* widget : all) {
        if (widget->isWindow()) widget->setFont(QApplication::font());
        scaleOwnFont(*widget, m_theme.textScale());
    }
}

} // namespace triptych
