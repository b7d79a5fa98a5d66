// Who has which series.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_hub.h"

#include "ui/bridge/series_source.h"

namespace triptych {

SeriesHub::SeriesHub(const RunFeed& feed, QObject* parent) : QObject(parent), m_feed(feed)
{
    connect(&feed, &RunFeed::seriesChanged, this, &SeriesHub::takeFeed);
    takeFeed();
}

SeriesHub::~SeriesHub() = default;

void SeriesHub::takeFeed()
{
    const std::vector<MetricId> now = m_feed.series().metrics();
    if (metrics({}) == now) return;
    SeriesOfRun series;
    for (const MetricId metric : now) series[metric] = std::make_unique<CachedSeries>(m_feed.series(), metric);
    add({}, std::move(series));
}

const SeriesSource* SeriesHub::find(const RunId& run, MetricId metric) const
{
    const auto known = m_runs.find(run);
    if (known == m_runs.end()) return nullptr;
    const auto found = known->second.find(metric);
    return found == known->second.end() ? nullptr : found->second.get();
}

std::vector<MetricId> SeriesHub::metrics(const RunId& run) const
{
    std::vector<MetricId> result;
    if (const auto known = m_runs.find(run); known != m_runs.end())
        for (const auto& [metric, source] : known->second) result.push_back(metric);
    return result;
}

std::vector<SeriesHub::RunId> SeriesHub::runs() const
{
    std::vector<RunId> result;
    for (const auto& [run, series] : m_runs)
        if (!run.isEmpty()) result.push_back(run);
    return result;
}

void SeriesHub::add(const RunId& run, SeriesOfRun series)
{
    m_runs[run] = std::move(series);
    emit changed();
}

void SeriesHub::remove(const RunId& run)
{
    if (m_runs.erase(run) > 0) emit changed();
}

} // namespace triptych
