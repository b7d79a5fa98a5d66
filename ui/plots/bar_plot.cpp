// Bars by the plot library.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/bar_plot.h"

#include "ui/plots/plot_style.h"
#include "ui/plots/value_ticker.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

namespace {

constexpr int kTextGap = 6; // px between the end of a bar and its text
constexpr int kPixelsPerTick = 90;
constexpr double kThickness = 0.56; // of a row

double sumOf(const BarPlotRow& row)
{
    return std::accumulate(row.parts.begin(), row.parts.end(), 0.0);
}
double endOf(const BarPlotRow& row)
{
    return row.band ? std::max(sumOf(row), row.band->second) : sumOf(row);
}

} // namespace

BarPlot::BarPlot(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme), m_plot(new QCustomPlot(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    preparePlot(*m_plot);
    m_plot->yAxis->setRangeReversed(true);
    m_plot->yAxis->setSubTicks(false);
    m_plot->xAxis->setSubTicks(false);
    connect(&theme, &Theme::changed, this, &BarPlot::draw);
}

void BarPlot::setBars(std::vector<BarPlotPart> parts, std::vector<BarPlotRow> rows)
{
    m_parts = std::move(parts);
    m_rows = std::move(rows);
    draw();
}

void BarPlot::setTickPrefix(const QString& prefix)
{
    m_prefix = prefix;
    draw();
}

void BarPlot::setLabelWidth(int pixels)
{
    m_plot->axisRect()->setMinimumMargins(QMargins(pixels, 4, 2, 2));
}

void BarPlot::draw()
{
    m_plot->clearPlottables();
    m_plot->clearItems();
    const ThemeColors& colors = m_theme.colors();
    applyTheme(*m_plot, colors);
    const auto names = QSharedPointer<QCPAxisTickerText>::create();
    QVector<double> places;
    double longest = 0;
    int widest = 0;
    const QFontMetrics metrics(m_plot->xAxis->tickLabelFont());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        places.append(static_cast<double>(i));
        names->addTick(places.back(), m_rows[i].label);
        longest = std::max(longest, endOf(m_rows[i]));
        widest = std::max(widest, metrics.horizontalAdvance(m_rows[i].text) + 2 * kTextGap);
    }
    const auto values = QSharedPointer<ValueTicker>::create();
    values->setPrefix(m_prefix);
    values->setMost(std::max(2, (width() - 200) / kPixelsPerTick));
    m_plot->xAxis->setTicker(values);
    m_plot->yAxis->setTicker(names);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLength(0, 0);
        axis->setTickPen(Qt::NoPen);
    }
    m_plot->yAxis->setTickLabelColor(colors.text);
    m_plot->yAxis->grid()->setVisible(false);
    m_plot->xAxis->setBasePen(Qt::NoPen);
    // Room for the texts at the ends, whose width in values depends on the range itself.
    const double room = std::max(0.3, 1 - widest / std::max(1.0, width() - 160.0));
    m_plot->xAxis->setRange(0, longest > 0 && std::isfinite(longest) ? longest / room : 1);
    m_plot->yAxis->setRange(-0.5, std::max(0.5, static_cast<double>(m_rows.size()) - 0.5));

    QCPBars* below = nullptr;
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        auto* bars = new QCPBars(m_plot->yAxis, m_plot->xAxis);
        QVector<double> lengths;
        for (const BarPlotRow& row : m_rows)
            lengths.append(part < row.parts.size() ? std::max(0.0, row.parts[part]) : 0);
        bars->setData(places, lengths, true);
        bars->setWidth(kThickness);
        bars->setPen(Qt::NoPen);
        bars->setBrush(m_parts[part].color);
        bars->setAntialiased(false);
        if (below) bars->moveAbove(below);
        below = bars;
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const BarPlotRow& row = m_rows[i];
        const double y = static_cast<double>(i);
        if (row.band) {
            for (const auto& [from, to] :
                 {std::pair{QPointF(row.band->first, y), QPointF(row.band->second, y)},
                  {QPointF(row.band->first, y - 0.14), QPointF(row.band->first, y + 0.14)},
                  {QPointF(row.band->second, y - 0.14), QPointF(row.band->second, y + 0.14)}}) {
                auto* line = new QCPItemLine(m_plot);
                line->start->setCoords(from);
                line->end->setCoords(to);
                line->setPen(QPen(colors.text, 1.2));
            }
        }
        if (row.text.isEmpty()) continue;
        auto* text = new QCPItemText(m_plot);
        text->setText(row.text);
        text->setFont(m_plot->xAxis->tickLabelFont());
        text->setColor(colors.text);
        text->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        text->setPadding(QMargins(kTextGap, 0, 0, 0));
        text->setClipToAxisRect(false);
        text->position->setCoords(endOf(row), y);
    }
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

} // namespace triptych
