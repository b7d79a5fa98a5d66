// From memory as long as that is exact to a pixel.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/deep_series.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// The first step from which on every point is in memory.
double wholeFrom(const IndexedSeries& memory)
{
    const std::size_t thinned = memory.past().size();
    return static_cast<double>(memory.series().steps[std::min(thinned, memory.size() - 1)]);
}

/// Two parts of one series, the second of which begins where the first ends.
Envelope joined(Envelope all, const Envelope& rest)
{
    for (std::size_t i = 0; i < rest.steps.size(); ++i) {
        if (!all.steps.empty() && rest.steps[i] <= all.steps.back()) continue;
        all.steps.push_back(rest.steps[i]);
        all.values.push_back(rest.values[i]);
    }
    all.of += rest.of;
    all.gaps += rest.gaps;
    all.thinned |= rest.thinned;
    return all;
}

} // namespace

DeepFiles::DeepFiles(std::filesystem::path folder, std::shared_ptr<SeriesReader> reader)
    : m_folder(std::move(folder)), m_reader(std::move(reader)),
      m_state(m_folder.empty() ? State::Missing : State::Closed), m_door(std::make_shared<Door<DeepFiles>>(*this))
{}

DeepFiles::~DeepFiles()
{
    m_door->close();
}

void DeepFiles::open()
{
    m_state = State::Opening;
    m_reader->ask(nullptr, [door = m_door, folder = m_folder] {
        const auto curves = std::make_shared<Result<CurveReader>>(CurveReader::open(folder));
        door->tell([curves](DeepFiles& files) { files.take(std::move(*curves)); });
    });
}

/// What cannot be read is no trouble: memory shows what it has.
void DeepFiles::take(Result<CurveReader> curves)
{
    m_state = curves ? State::Open : State::Missing;
    if (curves) {
        m_run = std::make_unique<FileRun>(curves.take(), m_reader);
        const auto takeSources = [this] {
            m_smoothed.clear();
            m_sources = m_run->sources();
        };
        takeSources();
        connect(m_run.get(), &FileRun::replaced, this, takeSources);
        connect(m_run.get(), &FileRun::loaded, this, &DeepFiles::loaded);
        connect(m_run.get(), &FileRun::grown, this, &DeepFiles::loaded);
    }
    emit loaded();
}

const SeriesSource* DeepFiles::find(MetricId metric, double weight)
{
    if (m_state == State::Closed) open();
    return known(metric, weight);
}

const SeriesSource* DeepFiles::known(MetricId metric, double weight)
{
    const auto found = m_sources.find(metric);
    if (found == m_sources.end()) return nullptr;
    if (weight == 0) return found->second.get();
    auto& smoothed = m_smoothed[{metric, weight}];
    if (!smoothed) smoothed = found->second->smoothed(weight);
    return smoothed.get();
}

void DeepFiles::refresh()
{
    if (m_run) m_run->refresh();
}

std::optional<SeriesPoint> DeepSeries::at(double step) const
{
    if (!m_raw.points().isWholeFrom(step))
        if (const SeriesSource* file = m_files->known(m_metric, m_weight))
            if (const auto point = file->at(step)) return point;
    return m_memory->at(step);
}

std::optional<SeriesPoint> DeepSeries::neighbour(double step, int direction) const
{
    if (!m_raw.points().isWholeFrom(step))
        if (const SeriesSource* file = m_files->known(m_metric, m_weight))
            if (const auto point = file->neighbour(step, direction)) return point;
    return m_memory->neighbour(step, direction);
}

Envelope DeepSeries::envelope(double first, double last, std::size_t buckets) const
{
    m_loading = false;
    const IndexedSeries& raw = m_raw.points();
    Envelope known = m_memory->envelope(first, last, buckets);
    const double pixel = (last - first) / static_cast<double>(std::max<std::size_t>(buckets, 1));
    if (raw.isWholeFrom(first) || !(pixel < static_cast<double>(raw.past().pieceSteps()))) return known;
    const SeriesSource* file = m_files->find(m_metric, m_weight);
    if (!file) {
        m_loading = m_files->isOpening();
        return known;
    }
    Envelope exact = fromFiles(*file, first, last, buckets);
    return m_loading ? known : exact;
}

Envelope DeepSeries::fromFiles(const SeriesSource& file, double first, double last, std::size_t buckets) const
{
    const double whole = wholeFrom(m_raw.points());
    const auto extent = file.extent();
    if (!extent || static_cast<double>(extent->last) < std::min(last, whole)) { // opened long ago
        m_files->refresh();
        m_loading = true;
        return {};
    }
    if (last < whole) {
        Envelope exact = file.envelope(first, last, buckets);
        m_loading = file.loading();
        return exact;
    }
    const double share = std::clamp((whole - first) / (last - first), 0.0, 1.0);
    const auto past =
        std::clamp<std::size_t>(static_cast<std::size_t>(share * static_cast<double>(buckets)), 1, buckets);
    Envelope exact = file.envelope(first, whole - 1, past);
    m_loading = file.loading();
    return joined(std::move(exact), m_memory->envelope(whole, last, std::max<std::size_t>(buckets - past, 1)));
}

std::unique_ptr<SeriesSource> DeepSeries::smoothed(double weight) const
{
    return std::make_unique<DeepSeries>(std::make_unique<SmoothedSource>(*m_memory, weight), m_raw, m_files, m_metric,
                                        weight);
}

} // namespace triptych
