// A series wherever it lies, as plots read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"
#include "ui/bridge/series_cache.h"
#include "ui/bridge/smoothed_series.h"

#include <memory>
#include <optional>

namespace triptych {

/// Of all points of a series. Values are those of finite points; not-a-number where there is none.
struct SeriesSummary {
    std::int64_t firstStep = 0;
    std::int64_t lastStep = 0;
    double first = 0;
    double last = 0;
    double lowest = 0;
    double highest = 0;
    std::size_t count = 0;
    std::size_t gaps = 0; ///< how many are no finite numbers
};

/// In memory or in files; never waits for a disk.
class SeriesSource {
public:
    virtual ~SeriesSource() = default;

    /// See IndexedSeries::generation().
    virtual std::uint64_t generation() const = 0;
    virtual std::size_t size() const = 0;
    virtual SeriesSummary summary() const = 0;
    /// First and last step; nothing without points. Always quick.
    virtual std::optional<StepRange> extent() const = 0;
    /// The last point at or before a step; nothing before the first, or while it is not loaded.
    virtual std::optional<SeriesPoint> at(double step) const = 0;
    /// The next point before (direction < 0) or after a step, which need not be that of a point itself.
    virtual std::optional<SeriesPoint> neighbour(double step, int direction) const = 0;
    /// As thin() says. Coarser where finer blocks are still on their way: then loading() is true.
    virtual Envelope envelope(double first, double last, std::size_t buckets) const = 0;
    virtual bool loading() const { return false; }
    /// The same series smoothed (see Smoother), 0 < weight < 1. Outlived by this one.
    virtual std::unique_ptr<SeriesSource> smoothed(double weight) const = 0;

    /// The point nearest to a step.
    std::optional<SeriesPoint> nearest(double step) const;
};

/// In memory.
class IndexedSource : public SeriesSource {
public:
    virtual const IndexedSeries& points() const = 0;

    std::uint64_t generation() const override { return points().generation(); }
    std::size_t size() const override { return points().count(); }
    SeriesSummary summary() const override;
    std::optional<StepRange> extent() const override;
    std::optional<SeriesPoint> at(double step) const override;
    std::optional<SeriesPoint> neighbour(double step, int direction) const override;
    Envelope envelope(double first, double last, std::size_t buckets) const override
    {
        return points().envelope(first, last, buckets);
    }
    std::unique_ptr<SeriesSource> smoothed(double weight) const override;
};

/// One series of a cache, which outlives it and may be replaced by another meanwhile.
class CachedSeries : public IndexedSource {
public:
    CachedSeries(const SeriesCache& cache, MetricId metric) : m_cache(cache), m_metric(metric) {}

    const IndexedSeries& points() const override { return m_cache.indexed(m_metric); }

private:
    const SeriesCache& m_cache;
    MetricId m_metric;
};

/// Another one smoothed, worked out as it grows.
class SmoothedSource : public IndexedSource {
public:
    SmoothedSource(const IndexedSource& source, double weight) : m_source(source), m_weight(weight) {}

    const IndexedSeries& points() const override { return m_smoothed.follow(m_source.points(), m_weight); }

private:
    const IndexedSource& m_source;
    double m_weight;
    mutable SmoothedSeries m_smoothed;
};

} // namespace triptych
