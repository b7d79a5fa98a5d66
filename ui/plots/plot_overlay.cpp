// What lies over the curves of a canvas: crosshair, marks, the name of the axis.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_style.h"
#include "ui/plots/value_ticker.h"
#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// Between the texts of two marks, in pixels.
constexpr int kTextGap = 6;

} // namespace

void PlotCanvas::buildOverlay()
{
    // Of its own buffer: the crosshair moves with the mouse while the curves below stay as they are.
    m_plot->addLayer(QStringLiteral("crosshair"));
    m_overlay = m_plot->layer(QStringLiteral("crosshair"));
    m_overlay->setMode(QCPLayer::lmBuffered);
    m_crosshair = new QCPItemLine(m_plot);
    m_momentLine = new QCPItemLine(m_plot);
    m_stepTag = new QCPItemText(m_plot);
    m_axisTitle = new QCPItemText(m_plot);
    m_crosshair->setLayer(m_overlay);
    m_momentLine->setLayer(m_overlay);
    m_momentLine->setVisible(false);
    m_stepTag->setLayer(m_overlay);
    for (QCPItemPosition* end : {m_crosshair->start, m_crosshair->end, m_momentLine->start, m_momentLine->end})
        end->setType(QCPItemPosition::ptAbsolute);
    m_stepTag->position->setType(QCPItemPosition::ptAbsolute);
    m_stepTag->setPositionAlignment(Qt::AlignTop | Qt::AlignHCenter);
    m_stepTag->setPadding(QMargins(4, 1, 4, 1));
    m_stepTag->setClipToAxisRect(false);
    m_crosshair->setVisible(false);
    m_stepTag->setVisible(false);
    setXAxis(xAxisInfo(XAxis::Step));
    m_axisTitle->setClipToAxisRect(false);
    m_axisTitle->position->setType(QCPItemPosition::ptAbsolute);
    m_axisTitle->setPositionAlignment(Qt::AlignTop | Qt::AlignLeft);
}

void PlotCanvas::setCrosshair(std::optional<double> step, const std::vector<PlotDot>& dots)
{
    m_cursor = step;
    m_cursorDots = dots;
    const QRect area = plotArea();
    const double x = step ? xOf(*step) : -1;
    const bool inside = step && x >= area.left() - 1 && x <= area.right() + 1;
    m_crosshair->setVisible(inside);
    m_stepTag->setVisible(inside);
    if (inside) {
        m_crosshair->start->setCoords(x, area.top());
        m_crosshair->end->setCoords(x, area.bottom());
        const QString text = xText(m_xAxis, *step);
        const double half = QFontMetrics(m_stepTag->font()).horizontalAdvance(text) / 2.0 + 6;
        m_stepTag->setText(text);
        m_stepTag->position->setCoords(std::clamp(x, half, std::max(half, m_plot->width() - half)), area.bottom() + 2);
    }
    while (m_dots.size() < dots.size()) {
        auto* dot = new QCPItemTracer(m_plot);
        dot->setLayer(m_overlay);
        dot->setStyle(QCPItemTracer::tsCircle);
        dot->setSize(6);
        m_dots.push_back(dot);
    }
    for (std::size_t i = 0; i < m_dots.size(); ++i) {
        m_dots[i]->setVisible(inside && i < dots.size());
        if (!m_dots[i]->visible()) continue;
        m_dots[i]->position->setCoords(dots[i].step, dots[i].value);
        m_dots[i]->setPen(QPen(m_theme.colors().card, 1));
        m_dots[i]->setBrush(dots[i].color);
    }
    m_overlay->replot();
}

void PlotCanvas::setXAxis(const XAxisInfo& axis)
{
    m_xAxis = axis.axis;
    m_axisTitle->setText(axis.label);
    m_steps->setPrefix(axis.prefix);
    m_steps->setSmallestSpacing(axis.axis == XAxis::Step || axis.axis == XAxis::Tokens ? 1 : 0);
}

void PlotCanvas::setMoment(std::optional<PlotMoment> moment)
{
    m_moment = moment;
    placeMoment();
    m_overlay->replot();
}

void PlotCanvas::placeMoment()
{
    const QRect area = plotArea();
    const double x = m_moment ? xOf(m_moment->step) : -1;
    m_momentLine->setVisible(m_moment && x >= area.left() && x <= area.right());
    if (!m_momentLine->visible()) return;
    QColor ink = m_moment->live ? m_theme.colors().muted : m_theme.colors().text;
    ink.setAlphaF(m_moment->live ? 0.45f : 0.9f);
    m_momentLine->setPen(QPen(ink, 0));
    m_momentLine->start->setCoords(x, area.top());
    m_momentLine->end->setCoords(x, area.bottom());
}

void PlotCanvas::drawMarks()
{
    QVector<double> steps;
    for (const PlotMark& mark : m_frame.marks) steps.append(mark.step);
    m_markLines->setData(steps, QVector<double>(steps.size(), 1), true);

    while (m_markTexts.size() < m_frame.marks.size()) {
        auto* text = new QCPItemText(m_plot);
        text->position->setType(QCPItemPosition::ptAbsolute);
        // Above the curves, so that it hides none.
        text->setPositionAlignment(Qt::AlignBottom | Qt::AlignLeft);
        text->setClipToAxisRect(false);
        text->setPadding(QMargins(3, 0, 3, 0));
        m_markTexts.push_back(text);
    }
    // The newest are the ones that matter: from the right, and none over another.
    const QRect area = plotArea();
    const QFontMetrics metrics(m_plot->xAxis->tickLabelFont());
    double free = m_plot->width();
    for (std::size_t i = m_markTexts.size(); i-- > 0;) {
        QCPItemText& text = *m_markTexts[i];
        text.setVisible(false);
        if (i >= m_frame.marks.size()) continue;
        const double x = xOf(m_frame.marks[i].step);
        const double width = metrics.horizontalAdvance(m_frame.marks[i].text) + 6;
        if (x < area.left() || x > area.right()) continue;
        const double left = std::min(x - 1, free - width);
        if (left + width < x || left < area.left() - 1) continue;
        text.setText(m_frame.marks[i].text);
        text.setFont(m_plot->xAxis->tickLabelFont());
        text.setColor(m_theme.colors().muted);
        text.position->setCoords(left, area.top());
        text.setVisible(true);
        free = left - kTextGap;
    }
}

} // namespace triptych
