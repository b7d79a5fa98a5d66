// The series of a run that lie in its files, of any length: read piece by piece by a thread of their own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "ui/bridge/file_series_points.h"
#include "ui/bridge/series_reader.h"
#include "ui/bridge/series_source.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace triptych {

/// A run's curves that are open. Lives on the window's thread, reads on that of the reader.
class FileRun : public QObject {
    Q_OBJECT

public:
    FileRun(CurveReader curves, std::shared_ptr<SeriesReader> reader, QObject* parent = nullptr);
    ~FileRun() override;

    /// As the last look saw it.
    const CurveShape& shape() const { return m_shape; }
    /// As SeriesSource::generation().
    std::uint64_t generation() const { return m_shape.run; }
    /// One source for each metric that has samples. The run outlives them.
    std::map<MetricId, std::unique_ptr<SeriesSource>> sources();
    /// Looks at the files again, soon: grown() is told where they have more, replaced() where they tell of another
    /// time.
    void refresh();

    /// On the reader's thread: with points that are all there. loaded() is told when it is done; of those that wait
    /// with one key the newest is done alone.
    void load(const void* key, std::size_t column, double weight, std::function<void(const FilePoints&)> job);
    FilePoints cached(std::size_t column, double weight) const;
    /// Of a metric that is no column: those that were read, more of them soon.
    const IndexedSeries& sparse(MetricId metric);
    bool isLoading(MetricId sparse) const { return m_asked.count(sparse) > 0; }
    /// From the disk so far; by the reader's last answer.
    std::uint64_t bytesRead() const { return m_bytesRead; }

signals:
    void loaded();
    void grown();
    /// Metrics came, or all that was read is outdated: take the sources anew.
    void replaced();

private:
    struct Shared;
    void takeShape(const CurveShape& shape, std::vector<MetricId> columns, std::vector<MetricId> sparse);
    void takeSparse(std::uint64_t run, MetricId metric, const std::vector<SeriesPoint>& points);

    std::shared_ptr<Shared> m_shared; ///< with the reader's jobs
    std::shared_ptr<SeriesReader> m_reader;
    CurveShape m_shape;
    std::vector<MetricId> m_columns;
    std::vector<MetricId> m_sparseMetrics;
    std::map<MetricId, IndexedSeries> m_sparse;
    std::map<MetricId, std::int64_t> m_asked; ///< what the reader has still to bring, and up to how many rows
    std::map<MetricId, std::int64_t> m_read;  ///< of how many rows it brought them
    std::uint64_t m_bytesRead = 0;
};

/// One column of it, as it is or smoothed.
class FileSeries : public SeriesSource {
public:
    FileSeries(FileRun& run, std::size_t column, double weight = 0) : m_run(run), m_column(column), m_weight(weight) {}

    std::uint64_t generation() const override { return m_run.generation(); }
    /// Steps of the run, as long as nobody counted the points.
    std::size_t size() const override;
    SeriesSummary summary() const override;
    std::optional<StepRange> extent() const override;
    std::optional<SeriesPoint> at(double step) const override;
    std::optional<SeriesPoint> neighbour(double step, int direction) const override;
    /// The last answer where finer blocks are still on their way.
    Envelope envelope(double first, double last, std::size_t buckets) const override;
    bool loading() const override { return m_loading; }
    std::unique_ptr<SeriesSource> smoothed(double weight) const override;

private:
    struct Query {
        double first = 0;
        double last = 0;
        std::size_t buckets = 0;
        std::int64_t rows = 0;
        bool operator==(const Query&) const = default;
    };
    Envelope coarse(double first, double last) const;

    FileRun& m_run;
    std::size_t m_column;
    double m_weight;
    mutable bool m_loading = false;
    mutable std::optional<Query> m_asked;
    mutable int m_times = 0; ///< that it was asked for
    struct Answer {
        double first = 0;
        double last = 0;
        Envelope envelope;
    };
    mutable Answer m_newest;
    mutable Answer m_widest;
    mutable std::optional<SeriesSummary> m_summary;
    mutable std::int64_t m_summaryRows = -1;
    mutable std::uint64_t m_of = 0; ///< the generation that these are of
};

/// A metric of few steps.
class SparseFileSeries : public IndexedSource {
public:
    SparseFileSeries(FileRun& run, MetricId metric) : m_run(run), m_metric(metric) {}

    const IndexedSeries& points() const override { return m_run.sparse(m_metric); }
    bool loading() const override { return m_run.isLoading(m_metric); }

private:
    FileRun& m_run;
    MetricId m_metric;
};

} // namespace triptych
