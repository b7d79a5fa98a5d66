// Painting the sign of a run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/run_sign.h"

#include <QGuiApplication>
#include <QPainter>

namespace triptych {

namespace {

constexpr QSize kSign{32, 12}; // px
constexpr qreal kDot = 4;      // its radius
constexpr qreal kLineBegin = 12;

} // namespace

QPen swatchPen(const QColor& ink, CurveStyle style)
{
    QPen pen(ink, 2, Qt::SolidLine, Qt::FlatCap);
    if (style == CurveStyle::Dashes) pen.setDashPattern({2, 1});
    if (style == CurveStyle::DashDots) pen.setDashPattern({2.5, 1, 0.7, 1});
    if (style == CurveStyle::ShortDashes) pen.setDashPattern({0.8, 0.8});
    return pen;
}

QPixmap noRunSign()
{
    QPixmap picture(kSign * qGuiApp->devicePixelRatio());
    picture.setDevicePixelRatio(qGuiApp->devicePixelRatio());
    picture.fill(Qt::transparent);
    return picture;
}

QPixmap runSign(const QColor& color, CurveStyle style)
{
    QPixmap picture = noRunSign();
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(swatchPen(color, style));
    const qreal middle = kSign.height() / 2.0;
    painter.drawLine(QPointF(kLineBegin, middle), QPointF(kSign.width(), middle));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(kDot + 1, middle), kDot, kDot);
    return picture;
}

} // namespace triptych
