// What a card of curves can show: every metric that the runs in view record, how it is called, drawn and written.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_hub.h"
#include "ui/plots/series_curves.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace triptych {

/// One series, or all that a metric has: of every layer, depth or domain.
enum class SeriesReach : std::uint8_t { One = 1, All };

struct SeriesKey {
    MetricId metric; ///< of All: with any index
    SeriesReach reach = SeriesReach::One;
    bool operator==(const SeriesKey& other) const
    {
        return reach == other.reach && metric.metric == other.metric.metric &&
               (reach == SeriesReach::All || metric.index == other.metric.index);
    }
};

/// As files call it: "main_loss", "layer.3.max_vio"; "layer.*.max_vio" of all.
QString seriesKeyText(const SeriesKey& key);
/// The way back; nothing for what this version does not know.
std::optional<SeriesKey> seriesKeyOf(const QString& text);

class SeriesCatalog {
public:
    /// Both outlive it.
    SeriesCatalog(const RunFeed& feed, const SeriesHub& hub) : m_feed(feed), m_hub(hub) {}

    /// Of all runs in view, by group, those of all layers, depths or domains before the single ones.
    std::vector<SeriesKey> keys() const;
    /// "Loss to minimise", "MaxVio · layer 3", "MaxVio · all layers".
    QString title(const SeriesKey& key) const;
    /// "Run", "Layers", "MTP modules", "Domains".
    static QString group(const SeriesKey& key);
    /// Of its axis: "nats/token"; empty for a pure number.
    static QString unit(const SeriesKey& key);
    static QString explanation(const SeriesKey& key);
    /// Of the feed's run.
    PlotSeries series(const SeriesKey& key) const;

private:
    QString place(const SeriesKey& key) const;
    QString priceTip(Metric metric) const;
    std::vector<MetricId> recorded() const;

    const RunFeed& m_feed;
    const SeriesHub& m_hub;
};

} // namespace triptych
