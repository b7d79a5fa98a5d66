// Who has which series.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_hub.h"

#include "core/cost/closed_forms.h"
#include "ui/bridge/deep_series.h"
#include "ui/bridge/file_series.h"
#include "ui/bridge/scaled_source.h"
#include "ui/bridge/series_source.h"
#include "ui/bridge/shown_currency.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace triptych {

SeriesHub::SeriesHub(const RunFeed& feed, QObject* parent)
    : QObject(parent), m_feed(feed), m_reader(std::make_shared<SeriesReader>())
{
    connect(&feed, &RunFeed::runStarted, this, &SeriesHub::startRun);
    connect(&feed, &RunFeed::seriesChanged, this, &SeriesHub::takeFeed);
    connect(&ShownCurrency::get(), &ShownCurrency::changed, this, [this] {
        m_priced.clear();
        ++m_pricing;
        emit changed();
    });
    takeFeed();
}

SeriesHub::~SeriesHub() = default;

void SeriesHub::startRun()
{
    emit runStarted();
    if (m_files.count({}) == 0) return takeFeed();
    m_runs.erase(RunId());
    m_files.erase(RunId());
    takeFeed();
    emit changed();
}

void SeriesHub::takeFeed()
{
    if (m_files.count({}) > 0) return;
    const std::vector<MetricId> now = m_feed.series().metrics();
    SeriesOfRun& known = m_runs[RunId()];
    const auto is = [](const auto& entry, MetricId metric) { return entry.first == metric; };
    if (std::equal(known.begin(), known.end(), now.begin(), now.end(), is)) return;
    SeriesOfRun series;
    const std::filesystem::path folder = m_feed.run() ? m_feed.run()->run_folder : std::string();
    const auto files = std::make_shared<DeepFiles>(folder.empty() ? folder : folder / "curves", m_reader);
    connect(files.get(), &DeepFiles::loaded, this, &SeriesHub::loaded);
    for (const MetricId metric : now)
        series[metric] =
            std::make_unique<DeepSeries>(std::make_unique<CachedSeries>(m_feed.series(), metric), files, metric);
    m_runs[RunId()] = std::move(series);
    emit changed();
}

void SeriesHub::price(const std::optional<HourPrices>& prices)
{
    if (m_prices == prices) return;
    m_prices = prices;
    m_priced.clear();
    ++m_pricing;
    emit changed();
}

namespace {

bool isMoney(MetricId metric)
{
    return metric.metric == Metric::HeadlineUsd || metric.metric == Metric::TcoUsd;
}

} // namespace

std::optional<double> SeriesHub::priceOf(MetricId metric) const
{
    if (m_prices && metric.metric == Metric::HeadlineUsd) return m_prices->headline;
    if (m_prices && metric.metric == Metric::TcoUsd) return m_prices->full;
    return std::nullopt;
}

const SeriesSource* SeriesHub::find(const RunId& run, MetricId metric) const
{
    const auto hour = recorded(run, Metric::TrainSeconds) ? priceOf(metric) : std::nullopt;
    if (hour && !std::isfinite(*hour)) return nullptr;
    const double rate = isMoney(metric) ? ShownCurrency::get().perUsd() : 1;
    if (!hour && (rate == 1 || !recorded(run, metric))) return recorded(run, metric);
    auto& priced = m_priced[{run, metric}];
    if (!priced)
        priced = std::make_unique<ScaledSource>(
            [this, run, of = hour ? MetricId(Metric::TrainSeconds) : metric] { return recorded(run, of); },
            rate * (hour ? *hour / kSecondsPerHour : 1), m_pricing);
    return priced.get();
}

const SeriesSource* SeriesHub::recorded(const RunId& run, MetricId metric) const
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
        for (const auto& [metric, source] : known->second)
            if (std::isfinite(priceOf(metric).value_or(0))) result.push_back(metric);
    return result;
}

std::vector<SeriesHub::RunId> SeriesHub::runs() const
{
    std::vector<RunId> result;
    for (const auto& [run, series] : m_runs)
        if (!run.isEmpty()) result.push_back(run);
    return result;
}

std::optional<StepRange> SeriesHub::extent(const RunId& run) const
{
    const auto known = m_runs.find(run);
    if (known == m_runs.end()) return std::nullopt;
    std::optional<StepRange> all;
    for (const auto& [metric, source] : known->second)
        if (const auto one = source->extent())
            all = all ? StepRange{std::min(all->first, one->first), std::max(all->last, one->last)} : *one;
    return all;
}

RunTraits SeriesHub::traits(const RunId& run) const
{
    const auto known = m_traits.find(run);
    RunTraits traits = known == m_traits.end() ? RunTraits() : known->second;
    if (run.isEmpty() && m_feed.run()) {
        traits.flopsPerToken = m_feed.run()->flops_per_token;
        traits.layers = m_feed.run()->layers;
        traits.domains = m_feed.run()->domains;
    }
    if (traits.name.isEmpty()) traits.name = run.isEmpty() ? tr("this run") : run.section(QLatin1Char('/'), -1);
    return traits;
}

std::optional<MetricId> SeriesHub::counterpart(MetricId metric, const RunId& run) const
{
    const RunTraits ours = traits({});
    const RunTraits theirs = traits(run);
    const auto index = static_cast<std::int64_t>(metric.index);
    switch (metric_info(metric.metric).scope) {
    case MetricScope::Layer: {
        if (ours.layers < 0 || theirs.layers < 0) return metric;
        const bool isModule = index >= ours.layers;
        if (!isModule && index >= theirs.layers) return std::nullopt;
        const std::int64_t there = isModule ? theirs.layers + index - ours.layers : index;
        return MetricId(metric.metric, there);
    }
    case MetricScope::Domain: {
        if (theirs.domains.empty() || index >= std::ssize(ours.domains)) return metric;
        const auto& name = ours.domains[static_cast<std::size_t>(index)];
        const auto found = std::find(theirs.domains.begin(), theirs.domains.end(), name);
        if (found == theirs.domains.end()) return std::nullopt;
        return MetricId(metric.metric, found - theirs.domains.begin());
    }
    case MetricScope::Run:
    case MetricScope::Depth: break;
    }
    return metric;
}

int SeriesHub::number(const RunId& run) const
{
    const auto found = m_numbers.find(run);
    return found == m_numbers.end() ? 0 : found->second;
}

void SeriesHub::takeNumber(const RunId& run)
{
    if (run.isEmpty() || m_numbers.count(run) > 0) return;
    const auto taken = [this](int number) {
        return std::any_of(m_numbers.begin(), m_numbers.end(), [&](const auto& each) { return each.second == number; });
    };
    int number = 1;
    while (taken(number)) ++number;
    m_numbers[run] = number;
}

void SeriesHub::add(const RunId& run, SeriesOfRun series, RunTraits traits)
{
    m_runs[run] = std::move(series);
    m_files.erase(run);
    m_traits[run] = std::move(traits);
    takeNumber(run);
    emit changed();
}

void SeriesHub::open(const RunId& run, CurveReader curves, RunTraits traits)
{
    m_runs.erase(run);
    auto files = std::make_unique<FileRun>(std::move(curves), m_reader);
    connect(files.get(), &FileRun::replaced, this, [this, run] { takeSources(run); });
    connect(files.get(), &FileRun::loaded, this, &SeriesHub::loaded);
    connect(files.get(), &FileRun::grown, this, &SeriesHub::loaded);
    m_files[run] = std::move(files);
    m_traits[run] = std::move(traits);
    takeNumber(run);
    takeSources(run);
}

void SeriesHub::takeSources(const RunId& run)
{
    m_runs[run] = m_files.at(run)->sources();
    emit changed();
}

void SeriesHub::remove(const RunId& run)
{
    const bool known = m_runs.erase(run) > 0;
    m_files.erase(run);
    m_traits.erase(run);
    m_numbers.erase(run);
    if (known) emit changed();
}

void SeriesHub::refresh(const RunId& run)
{
    if (const auto files = m_files.find(run); files != m_files.end()) files->second->refresh();
}

const FileRun* SeriesHub::files(const RunId& run) const
{
    const auto found = m_files.find(run);
    return found == m_files.end() ? nullptr : found->second.get();
}

SeriesReader& SeriesHub::reader()
{
    return *m_reader;
}

} // namespace triptych
