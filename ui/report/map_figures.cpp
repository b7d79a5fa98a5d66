// Maps on a sheet, with one scale of colours for all.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/map_figures.h"

#include "ui/panels/layer_names.h"
#include "ui/report/figure_sheet.h"
#include "ui/theme/color_maps.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/token_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <memory>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

constexpr int kTitle = 18;  // px above a map
constexpr int kLabels = 22; // px below it
constexpr int kGap = 16;
constexpr int kBelow = 4; // between maps one below the other
constexpr int kLegend = 34;

/// The colours of load / mean load, in a line.
void addRatioScale(FigureSheet& sheet, double left, double top, double width, const QString& title)
{
    const auto map = divergingMap(sheet.colors());
    constexpr int kPieces = 60;
    const double piece = width / kPieces;
    for (int i = 0; i < kPieces; ++i)
        sheet.addBox({left + i * piece, top, piece + 0.3, 8}, colorAt(map, (i + 0.5) / kPieces));
    for (const auto& [ratio, text] :
         {std::pair{0.125, "0"}, {0.25, "¼"}, {0.5, "½"}, {1.0, "1"}, {2.0, "2"}, {4.0, "4"}, {8.0, "8×"}})
        sheet.addText({left + ratioPosition(ratio) * width - 20, top + 9, 40, 14}, QString::fromUtf8(text),
                      Qt::AlignHCenter | Qt::AlignVCenter, FigureInk::Muted);
    sheet.addText({left - 320, top - 4, 308, 16}, title, Qt::AlignRight | Qt::AlignVCenter, FigureInk::Muted);
}

HeatmapData dataOf(const LoadMap& map, const ReportLoads& loads)
{
    HeatmapData data;
    data.rows = static_cast<int>(map.ratio.size());
    data.columns = static_cast<int>(loads.experts);
    for (const auto& row : map.ratio) {
        std::vector<float> cells = row;
        cells.resize(static_cast<std::size_t>(loads.experts), std::nanf(""));
        data.values.insert(data.values.end(), cells.begin(), cells.end());
    }
    for (std::size_t i = 0; i < map.ratio.size() && i < loads.layers.size(); ++i)
        data.rowLabels << layerLabel(loads.layers[i], loads.main_layers);
    return data;
}

void addNamed(FigureSheet& sheet, const QRect& place, const QString& title, HeatmapScale scale,
              QColor ThemeColors::*accent, HeatmapData data, const std::pair<QString, QString>& axes)
{
    sheet.addText({place.left() + 2.0, place.top() + 0.0, place.width() - 2.0, kTitle + 0.0},
                  sheet.fitting(title, place.width()), Qt::AlignLeft | Qt::AlignVCenter, FigureInk::Text);
    HeatmapPlot& map = sheet.addMap(place.adjusted(0, kTitle, 0, 0), scale, accent);
    map.setScaleVisible(false);
    map.setAxisTitles(axes.first, axes.second);
    map.setData(std::move(data));
}

struct NamedMap {
    QString title;
    HeatmapData data;
};

/// One scale for all; wide ones one below the other, with the numbers of experts below the last alone.
ReportFigure ratioMaps(std::vector<NamedMap> maps)
{
    int rows = 1;
    int experts = 0;
    for (const NamedMap& map : maps) {
        rows = std::max(rows, map.data.rows);
        experts = std::max(experts, map.data.columns);
    }
    const bool wide = experts > 64;
    const int columns = wide || maps.size() < 2 ? 1 : 2;
    const int cell = std::clamp(220 / rows, 4, wide ? 8 : 18);
    const int height = kTitle + rows * cell + (wide ? kLabels : 2 * kLabels);
    const int lines = (static_cast<int>(maps.size()) + columns - 1) / columns;
    ReportFigure figure;
    figure.size = {kReportFigureWidth, lines * (height + kBelow) + (wide ? kLabels : 0) + kLegend};
    figure.paint = [shared = std::make_shared<const std::vector<NamedMap>>(std::move(maps)), size = figure.size,
                    columns, height, wide](QPainter& painter) {
        FigureSheet sheet(size);
        const int width = (size.width() - (columns - 1) * kGap) / columns;
        const int count = static_cast<int>(shared->size());
        for (int i = 0; i < count; ++i) {
            const NamedMap& map = (*shared)[static_cast<std::size_t>(i)];
            const bool titled = !wide || i == count - 1;
            const QPoint corner((i % columns) * (width + kGap), (i / columns) * (height + kBelow));
            addNamed(sheet, {corner, QSize(width, height + (wide && titled ? kLabels : 0))}, map.title,
                     HeatmapScale::Ratio, &ThemeColors::moe, map.data,
                     {titled ? Words::tr("expert") : QString(), Words::tr("layer")});
        }
        addRatioScale(sheet, size.width() - 280, size.height() - kLegend + 8, 270,
                      Words::tr("load ÷ mean load of the layer"));
        sheet.paint(painter);
    };
    return figure;
}

} // namespace

QString habitText(Habit habit)
{
    switch (habit) {
    case Habit::Self: return Words::tr("looks at the token itself");
    case Habit::Previous: return Words::tr("looks at the token before");
    case Habit::First: return Words::tr("looks at the first token");
    case Habit::Spread: break;
    }
    return Words::tr("looks at many tokens alike");
}

ReportFigure loadFigure(const ReportLoads& loads)
{
    std::vector<NamedMap> maps;
    for (const LoadMap& map : loads.maps)
        maps.push_back({Words::tr("Step %1").arg(countText(map.step)), dataOf(map, loads)});
    return ratioMaps(std::move(maps));
}

ReportFigure newestLoadsFigure(const std::vector<const ReportLoads*>& loads, const QStringList& names)
{
    std::vector<NamedMap> maps;
    for (std::size_t i = 0; i < loads.size(); ++i)
        if (loads[i] && !loads[i]->maps.empty())
            maps.push_back({Words::tr("%1, step %2")
                                .arg(names.value(static_cast<qsizetype>(i)), countText(loads[i]->maps.back().step)),
                            dataOf(loads[i]->maps.back(), *loads[i])});
    return ratioMaps(std::move(maps));
}

std::size_t mostSpecialised(const ReportSpecialisation& domains)
{
    const auto best = std::max_element(domains.distance.begin(), domains.distance.end());
    return best == domains.distance.end() ? 0 : static_cast<std::size_t>(best - domains.distance.begin());
}

ReportFigure specialisationFigure(const ReportSpecialisation& domains, std::int64_t mainLayers)
{
    const std::size_t layer = mostSpecialised(domains);
    HeatmapData data;
    if (layer < domains.share.size()) {
        const auto& shares = domains.share[layer];
        data.rows = static_cast<int>(shares.size());
        data.columns = shares.empty() ? 0 : static_cast<int>(shares.front().size());
        for (const auto& row : shares)
            for (const float share : row) data.values.push_back(share * static_cast<float>(row.size()));
    }
    for (const std::string& domain : domains.domains) data.rowLabels << reportName(QString::fromStdString(domain), 24);
    ReportFigure figure;
    figure.size = {kReportFigureWidth, kTitle + std::clamp(data.rows * 18, 60, 320) + 2 * kLabels + kLegend};
    const QString title = layer < domains.layers.size() ? layerTitle(domains.layers[layer], mainLayers) : QString();
    figure.paint = [data, title, size = figure.size](QPainter& painter) {
        FigureSheet sheet(size);
        addNamed(sheet, {0, 0, size.width(), size.height() - kLegend}, title, HeatmapScale::Ratio, &ThemeColors::moe,
                 data, {Words::tr("expert"), {}});
        addRatioScale(sheet, size.width() - 280, size.height() - kLegend + 8, 270,
                      Words::tr("share of the domain's choices ÷ even share"));
        sheet.paint(painter);
    };
    return figure;
}

ReportFigure attentionFigure(const ReportAttention& attention, std::int64_t mainLayers)
{
    const TokenTexts texts(attention.token_texts);
    const int pool = static_cast<int>(std::max<std::int64_t>(attention.pool, 1));
    QStringList cells;
    for (int i = 0; i < texts.count(); i += pool) cells << reportName(texts.label(i), 12);
    std::vector<LabelSpan> words;
    if (pool == 1)
        for (const TokenWord& word : texts.words())
            words.push_back({word.first, word.count, reportName(word.text, 16)});
    const int columns = std::clamp(static_cast<int>(attention.examples.size()), 1, 3);
    const int width = (kReportFigureWidth - (columns - 1) * kGap) / columns;
    const int height = columns > 1 ? width + 2 * kTitle : 360;
    const int lines = (static_cast<int>(attention.examples.size()) + columns - 1) / columns;
    ReportFigure figure;
    figure.size = {kReportFigureWidth, std::max(1, lines) * (height + kGap)};
    figure.paint = [shared = std::make_shared<const ReportAttention>(attention), cells, words, columns, width, height,
                    mainLayers, size = figure.size](QPainter& painter) {
        FigureSheet sheet(size);
        int i = 0;
        for (const AttentionExample& example : shared->examples) {
            HeatmapData data;
            data.rows = data.columns = static_cast<int>(cells.size());
            data.values = example.weights;
            data.rowLabels = data.columnLabels = cells;
            data.rowSpans = data.columnSpans = words;
            for (int row = 0; row < data.rows; ++row) // nobody looks ahead: no value, and not a weight of nothing
                for (int column = row + 1; column < data.columns; ++column) {
                    const auto at = static_cast<std::size_t>(row * data.columns + column);
                    if (at < data.values.size()) data.values[at] = std::nanf("");
                }
            const QRect place((i % columns) * (width + kGap), (i / columns) * (height + kGap), width, height);
            sheet.addText(
                {place.left() + 2.0, place.top() + 0.0, width - 2.0, kTitle + 0.0},
                Words::tr("%1, head %2").arg(layerTitle(example.layer, mainLayers), QString::number(example.head)),
                Qt::AlignLeft | Qt::AlignVCenter, FigureInk::Text);
            addNamed(sheet, place.adjusted(0, kTitle, 0, 0), habitText(example.habit), HeatmapScale::Weight,
                     &ThemeColors::mla, data, {});
            ++i;
        }
        sheet.paint(painter);
    };
    return figure;
}

} // namespace triptych
