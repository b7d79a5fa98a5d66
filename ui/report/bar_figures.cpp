// Bars on a sheet.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/bar_figures.h"

#include "ui/report/figure_sheet.h"

#include <algorithm>
#include <array>
#include <utility>

namespace triptych {

namespace {

constexpr int kRow = 30;  // px of a bar with its air
constexpr int kAxis = 30; // px below the bars
constexpr int kUnit = 16;
constexpr int kWidestName = 230;

std::vector<FigureKey> keysOf(const std::vector<BarPlotPart>& parts)
{
    std::vector<FigureKey> keys;
    for (const BarPlotPart& part : parts)
        if (!part.name.isEmpty()) keys.push_back({part.name, part.color, CurveStyle::FaintLine});
    return keys;
}

} // namespace

QColor partColor(std::size_t index)
{
    static constexpr std::array<QRgb, 8> kColors = {0x0072b2, 0xe69f00, 0x009e73, 0xcc79a7,
                                                    0x56b4e9, 0xd55e00, 0x8c8c8c, 0xf0e442};
    return QColor::fromRgb(kColors[index % kColors.size()]);
}

ReportFigure barFigure(std::vector<BarPlotPart> parts, std::vector<BarPlotRow> rows, const QString& prefix,
                       const QString& unit)
{
    ReportFigure figure;
    FigureSheet trial({kReportFigureWidth, 100});
    const std::vector<FigureKey> names = keysOf(parts);
    const int keys = names.size() > 1 ? static_cast<int>(trial.addKeys({0, 0}, kReportFigureWidth, names)) + 6 : 0;
    const int bars = kRow * static_cast<int>(rows.size()) + kAxis;
    figure.size = {kReportFigureWidth, keys + bars + kUnit};
    for (BarPlotRow& row : rows) row.label = trial.fitting(row.label, kWidestName);
    figure.paint = [parts = std::move(parts), rows = std::move(rows), names, prefix, unit, keys, bars,
                    size = figure.size](QPainter& painter) {
        FigureSheet sheet(size);
        if (keys > 0) sheet.addKeys({0, 0}, size.width(), names);
        BarPlot& plot = sheet.addBars({0, keys, size.width(), bars});
        plot.setTickPrefix(prefix);
        plot.setBars(parts, rows);
        sheet.addText({0, size.height() - kUnit - 2.0, size.width() - 4.0, kUnit + 0.0}, unit,
                      Qt::AlignRight | Qt::AlignVCenter, FigureInk::Muted);
        sheet.paint(painter);
    };
    return figure;
}

} // namespace triptych
