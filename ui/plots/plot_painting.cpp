// A paint event of a plot, answered in lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_painting.h"

#include "ui/plots/plot_style.h"
#include "ui/plots/time_series_plot.h"

#include <QCoreApplication>
#include <QEvent>
#include <QList>
#include <QPointer>

#include <algorithm>
#include <cmath>
#include <utility>

namespace triptych {

namespace {

/// SVG files of Qt 6.4 have no clipping: curves must not leave the picture by themselves. What lies beyond an edge goes
/// along it, where the signs of values beyond stand.
class TrimmedCurves {
public:
    explicit TrimmedCurves(QCustomPlot& plot)
    {
        for (int i = 0; i < plot.graphCount(); ++i) {
            QCPGraph* graph = plot.graph(i);
            const QCPRange keys = graph->keyAxis()->range();
            const QCPRange values = graph->valueAxis()->range();
            QSharedPointer<QCPGraphDataContainer> inside(new QCPGraphDataContainer);
            for (const QCPGraphData& point : *graph->data())
                if (keys.contains(point.key))
                    inside->add({point.key, std::isnan(point.value)
                                                ? point.value
                                                : std::clamp(point.value, values.lower, values.upper)});
            m_whole.push_back({graph, graph->data()});
            graph->setData(inside);
        }
    }
    ~TrimmedCurves()
    {
        for (const auto& [graph, data] : m_whole) graph->setData(data);
    }
    TrimmedCurves(const TrimmedCurves&) = delete;
    TrimmedCurves& operator=(const TrimmedCurves&) = delete;

private:
    std::vector<std::pair<QCPGraph*, QSharedPointer<QCPGraphDataContainer>>> m_whole;
};

/// The plot library paints its widgets from pictures that it keeps; in a painter of its own kind it draws. Within
/// QWidget::render() a painter that is begun on the widget is the one that everything is rendered with.
class LinePainter : public QObject {
public:
    explicit LinePainter(QCustomPlot& plot) : m_plot(plot) { plot.installEventFilter(this); }

    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::Paint) return false;
        QCPPainter painter;
        painter.begin(&m_plot);
        painter.setMode(QCPPainter::pmVectorized);
        painter.setMode(QCPPainter::pmNonCosmetic); // a line without width is none on paper
        painter.setRenderHint(QPainter::LosslessImageRendering);
        const TrimmedCurves trimmed(m_plot);
        m_plot.toPainter(&painter, m_plot.width(), m_plot.height());
        return true;
    }

private:
    QCustomPlot& m_plot;
};

void setRatio(QWidget& root, double ratio)
{
    for (auto* plot : root.findChildren<QCustomPlot*>()) {
        holdRatio(*plot, ratio);
        plot->setPlottingHint(QCP::phCacheLabels, ratio <= 0); // those of another ratio would be put in as they are
        plot->setBufferDevicePixelRatio(ratio > 0 ? ratio : plot->devicePixelRatioF());
    }
}

} // namespace

void deliverPosted(QWidget& root)
{
    QCoreApplication::sendPostedEvents(&root);
    // What is delivered to one may be the end of another.
    const auto found = root.findChildren<QObject*>();
    const QList<QPointer<QObject>> children(found.begin(), found.end());
    for (const QPointer<QObject>& child : children)
        if (child) QCoreApplication::sendPostedEvents(child);
}

void settlePlots(QWidget& root)
{
    for (auto* plot : root.findChildren<TimeSeriesPlot*>()) plot->refreshNow();
    for (auto* plot : root.findChildren<QCustomPlot*>())
        if (plot->isVisible()) plot->replot(QCustomPlot::rpQueuedRefresh);
}

PlotPainting::PlotPainting(QWidget& root, PlotsAs as, double ratio) : m_root(root)
{
    setRatio(root, as == PlotsAs::Pixels ? ratio : 1);
    if (as == PlotsAs::Lines)
        for (auto* plot : root.findChildren<QCustomPlot*>()) m_painters.push_back(std::make_unique<LinePainter>(*plot));
    settlePlots(root);
}

PlotPainting::~PlotPainting()
{
    setRatio(m_root, 0);
}

} // namespace triptych
