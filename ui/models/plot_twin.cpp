// Cells out of the points of a plot.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/plot_twin.h"

#include "ui/plots/time_series_plot.h"
#include "ui/widgets/number_text.h"

namespace triptych {

Twin plotTwin(Panel& panel, const char* key, const TimeSeriesPlot& plot)
{
    const auto table = std::make_shared<const PlotTable>(plot.values());
    QStringList headers = {TimeSeriesPlot::tr("step")};
    for (qsizetype i = 0; i < table->names.size(); ++i)
        headers << (table->units[i].isEmpty() ? table->names[i]
                                              : QStringLiteral("%1 (%2)").arg(table->names[i], table->units[i]));
    const auto cell = [table](int row, int column) -> QVariant {
        const auto r = static_cast<std::size_t>(row);
        if (column == 0) return countCell(table->steps[r]);
        const std::optional<double>& value = table->columns[static_cast<std::size_t>(column - 1)][r];
        return value ? QVariant(*value) : QVariant();
    };
    QString title = plot.title();
    if (table->thinned)
        title = TimeSeriesPlot::tr("%1, %2 of %3 points", "a title; of the others the lowest and highest are there")
                    .arg(title, countText(static_cast<std::int64_t>(table->shown)),
                         countText(static_cast<std::int64_t>(table->of)));
    return twinTable(panel, key, title, headers, static_cast<int>(table->steps.size()), cell);
}

} // namespace triptych
