// The series of the run that goes on: memory has its newest steps and the extremes of all others, its files every step.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/door.h"
#include "ui/bridge/file_series.h"
#include "ui/bridge/series_source.h"

#include <QObject>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

namespace triptych {

/// The curves of a run that somebody trains here. They are opened when somebody looks closer than memory can show; who
/// never does costs nothing.
class DeepFiles : public QObject {
    Q_OBJECT

public:
    /// `folder`: of the curves; empty where the run has none.
    DeepFiles(std::filesystem::path folder, std::shared_ptr<SeriesReader> reader);
    ~DeepFiles() override;

    /// Null while they are not open: then they are soon, or cannot be. Valid until the event loop comes round.
    const SeriesSource* find(MetricId metric, double weight);
    /// Null while they are not open, and nothing is opened for it.
    const SeriesSource* known(MetricId metric, double weight);
    bool isOpening() const { return m_state == State::Opening; }
    /// Looks, soon, whether they have more.
    void refresh();

signals:
    /// More is there to be drawn.
    void loaded();

private:
    enum class State : std::uint8_t { Closed = 1, Opening, Open, Missing };

    void open();
    void take(Result<CurveReader> curves);

    std::filesystem::path m_folder;
    std::shared_ptr<SeriesReader> m_reader;
    State m_state;
    std::unique_ptr<FileRun> m_run;
    std::map<MetricId, std::unique_ptr<SeriesSource>> m_sources;
    std::map<std::pair<MetricId, double>, std::unique_ptr<SeriesSource>> m_smoothed;
    std::shared_ptr<Door<DeepFiles>> m_door; ///< with the reader's jobs
};

/// As in memory, and as in the files where memory is thinned to pieces wider than what a pixel stands for.
class DeepSeries : public SeriesSource {
public:
    DeepSeries(std::unique_ptr<IndexedSource> memory, std::shared_ptr<DeepFiles> files, MetricId metric)
        : m_memory(std::move(memory)), m_raw(*m_memory), m_files(std::move(files)), m_metric(metric)
    {}
    /// `memory` smoothed; `raw`, which outlives this, as it is.
    DeepSeries(std::unique_ptr<IndexedSource> memory, const IndexedSource& raw, std::shared_ptr<DeepFiles> files,
               MetricId metric, double weight)
        : m_memory(std::move(memory)), m_raw(raw), m_files(std::move(files)), m_metric(metric), m_weight(weight)
    {}

    std::uint64_t generation() const override { return m_memory->generation(); }
    std::size_t size() const override { return m_memory->size(); }
    SeriesSummary summary() const override { return m_memory->summary(); }
    std::optional<StepRange> extent() const override { return m_memory->extent(); }
    std::optional<SeriesPoint> at(double step) const override;
    std::optional<SeriesPoint> neighbour(double step, int direction) const override;
    Envelope envelope(double first, double last, std::size_t buckets) const override;
    bool loading() const override { return m_loading; }
    std::unique_ptr<SeriesSource> smoothed(double weight) const override;

private:
    Envelope fromFiles(const SeriesSource& file, double first, double last, std::size_t buckets) const;

    std::unique_ptr<IndexedSource> m_memory;
    const IndexedSource& m_raw; ///< it knows what was thinned
    std::shared_ptr<DeepFiles> m_files;
    MetricId m_metric;
    double m_weight = 0;
    mutable bool m_loading = false;
};

} // namespace triptych
