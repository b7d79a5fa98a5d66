// A series wherever it lies, as plots read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"
#include "ui/bridge/series_cache.h"

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
    /// The last point at or before a step; nothing before the first, or while it is not loaded.
    virtual std::optional<SeriesPoint> at(double step) const = 0;
    /// The next point before (direction < 0) or after a step, which need not be that of a point itself.
    virtual std::optional<SeriesPoint> neighbour(double step, int direction) const = 0;
    /// As IndexedSeries::envelope(). Coarser where finer blocks are still on their way: then loading() is true.
    virtual Envelope envelope(double first, double last, std::size_t buckets) const = 0;
    virtual bool loading() const { return false; }
};

/// One series of a cache, which outlives it and may be replaced by another meanwhile.
class CachedSeries : public SeriesSource {
public:
    CachedSeries(const SeriesCache& cache, MetricId metric) : m_cache(cache), m_metric(metric) {}

    std::uint64_t generation() const override { return points().generation(); }
    std::size_t size() const override { return points().size(); }
    SeriesSummary summary() const override;
    std::optional<SeriesPoint> at(double step) const override;
    std::optional<SeriesPoint> neighbour(double step, int direction) const override;
    Envelope envelope(double first, double last, std::size_t buckets) const override
    {
        return points().envelope(first, last, buckets);
    }

private:
    const IndexedSeries& points() const { return m_cache.indexed(m_metric); }

    const SeriesCache& m_cache;
    MetricId m_metric;
};

} // namespace triptych
