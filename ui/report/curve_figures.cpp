// Curves on axes, and their names beside them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/curve_figures.h"

#include "ui/plots/series_curves.h"
#include "ui/report/figure_sheet.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace triptych {

namespace {

constexpr int kTitle = 18; // px above a plot
constexpr int kGap = 20;   // px between plots
constexpr double kLabel = 13;
constexpr double kWidestLabel = 150;
constexpr int kNear = 60; // px from the end of a curve to where the plot ends, beyond which its name is far

bool isEmpty(const CurvePlot& plot)
{
    return std::all_of(plot.curves.begin(), plot.curves.end(), [](const FigureCurve& c) { return c.steps.empty(); });
}

void addCurve(PlotFrame& frame, const FigureCurve& curve, std::vector<double>& all)
{
    if (!curve.low.empty()) {
        frame.curves.insert(frame.curves.begin(), {curve.steps, curve.high, curve.color, CurveStyle::Line, curve.low});
        all.insert(all.end(), curve.low.begin(), curve.low.end());
        all.insert(all.end(), curve.high.begin(), curve.high.end());
    }
    frame.curves.push_back({curve.steps, curve.values, curve.color, curve.style});
    all.insert(all.end(), curve.values.begin(), curve.values.end());
    for (std::size_t i = 0; i < curve.values.size(); ++i)
        if (!std::isfinite(curve.values[i])) frame.gaps.push_back(curve.steps[i]);
}

PlotFrame frameOf(const CurvePlot& plot)
{
    PlotFrame frame;
    frame.scale = plot.scale;
    std::vector<double> all;
    double first = INFINITY;
    double last = -INFINITY;
    for (const FigureCurve& curve : plot.curves) {
        if (curve.steps.empty()) continue;
        addCurve(frame, curve, all);
        first = std::min(first, curve.steps.front());
        last = std::max(last, curve.steps.back());
    }
    std::sort(frame.gaps.begin(), frame.gaps.end());
    frame.firstStep = first;
    frame.lastStep = last > first ? last : first + 1;
    StickyRange range;
    frame.values = range.update(rangeOf(all, plot.scale), plot.scale, plot.base);
    Honesty beyond;
    markWhatIsNotShown(frame, beyond);
    return frame;
}

/// The last finite value, as far as it is seen.
double endOf(const FigureCurve& curve, const PlotFrame& frame)
{
    for (std::size_t i = curve.values.size(); i-- > 0;)
        if (std::isfinite(curve.values[i])) return std::clamp(curve.values[i], frame.values.lower, frame.values.upper);
    return frame.values.lower;
}

double lastStep(const FigureCurve& curve)
{
    for (std::size_t i = curve.values.size(); i-- > 0;)
        if (std::isfinite(curve.values[i])) return curve.steps[i];
    return curve.steps.back();
}

void addPlot(FigureSheet& sheet, const CurvePlot& plot, const QRect& place)
{
    sheet.addText({place.left() + 2.0, place.top() + 0.0, place.width() - 2.0, kTitle + 0.0},
                  sheet.fitting(plot.title, place.width()), Qt::AlignLeft | Qt::AlignVCenter, FigureInk::Muted);
    double widest = 0;
    for (const FigureCurve& curve : plot.curves)
        if (!curve.steps.empty()) widest = std::max(widest, sheet.widthOf(curve.name));
    const int beside = widest > 0 ? static_cast<int>(std::min(widest, kWidestLabel)) + 4 : 0;
    PlotCanvas& canvas = sheet.addCanvas(place.adjusted(0, kTitle - 10, -beside, 0));
    if (!plot.prefix.isEmpty()) canvas.setTickPrefix(plot.prefix);
    if (!plot.across.isEmpty()) {
        XAxisInfo across = xAxisInfo(XAxis::Step);
        across.label = plot.across;
        canvas.setXAxis(across);
    }
    const PlotFrame frame = frameOf(plot);
    sheet.settle(); // its size decides how many points it needs
    canvas.draw(frame);
    if (beside == 0) return;
    std::vector<const FigureCurve*> named;
    std::vector<double> wanted;
    for (const FigureCurve& curve : plot.curves) {
        if (curve.steps.empty() || curve.name.isEmpty()) continue;
        named.push_back(&curve);
        wanted.push_back(canvas.geometry().top() + canvas.yOf(endOf(curve, frame)));
    }
    const QRect area = canvas.plotArea().translated(canvas.geometry().topLeft());
    const std::vector<double> places = spreadLabels(wanted, kLabel, area.top() - 4, area.bottom() + 8);
    for (std::size_t i = 0; i < named.size(); ++i) {
        // A curve that ends early is far from its name: dots lead there, grey, since they are no data.
        const double end = canvas.geometry().left() + canvas.xOf(lastStep(*named[i]));
        if (end < area.right() - kNear)
            sheet.addLine({end + 4, wanted[i], place.right() - beside - 5.0, places[i]}, sheet.colors().border,
                          Qt::DotLine);
    }
    for (std::size_t i = 0; i < named.size(); ++i)
        sheet.addText({place.right() - beside - 2.0, places[i] - kLabel / 2, beside + 0.0, kLabel},
                      sheet.fitting(named[i]->name, beside), Qt::AlignLeft | Qt::AlignVCenter, named[i]->color);
}

} // namespace

FigureCurve figureCurve(const ReportCurve& curve, const QString& name, const QColor& color, CurveStyle style)
{
    FigureCurve drawn;
    drawn.name = name;
    drawn.color = color;
    drawn.style = style;
    const bool thinned =
        std::any_of(curve.points.begin(), curve.points.end(), [](const CurvePoint& p) { return p.samples > 1; });
    for (const CurvePoint& point : curve.points) {
        drawn.steps.push_back(0.5 * static_cast<double>(point.first_step + point.last_step));
        drawn.values.push_back(point.mean);
        if (thinned) {
            drawn.low.push_back(point.low);
            drawn.high.push_back(point.high);
        }
    }
    return drawn;
}

std::vector<double> spreadLabels(const std::vector<double>& wanted, double height, double top, double bottom)
{
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
    std::vector<double> places(wanted.size());
    double free = top + height / 2;
    for (const std::size_t i : order) {
        places[i] = std::max(wanted[i], free);
        free = places[i] + height;
    }
    // Those that were pushed out at the bottom push back.
    free = std::max(bottom - height / 2, top + height * (static_cast<double>(wanted.size()) - 0.5));
    for (std::size_t k = order.size(); k-- > 0;) {
        places[order[k]] = std::min(places[order[k]], free);
        free = places[order[k]] - height;
    }
    return places;
}

ReportFigure curveFigure(std::vector<CurvePlot> plots, int columns, int height)
{
    plots.erase(std::remove_if(plots.begin(), plots.end(), isEmpty), plots.end());
    const int count = static_cast<int>(plots.size());
    columns = std::max(1, std::min(columns, count));
    const int rows = std::max(1, (count + columns - 1) / columns);
    ReportFigure figure;
    figure.size = {kReportFigureWidth, rows * height};
    figure.paint = [shared = std::make_shared<const std::vector<CurvePlot>>(std::move(plots)), columns, height,
                    size = figure.size](QPainter& painter) {
        FigureSheet sheet(size);
        const int width = (size.width() - (columns - 1) * kGap) / columns;
        for (int i = 0; i < static_cast<int>(shared->size()); ++i)
            addPlot(sheet, (*shared)[static_cast<std::size_t>(i)],
                    {(i % columns) * (width + kGap), (i / columns) * height, width, height - 4});
        sheet.paint(painter);
    };
    return figure;
}

} // namespace triptych
