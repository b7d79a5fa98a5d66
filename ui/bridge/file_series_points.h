// The points of one column of a run's curves, read block by block, or only as far as blocks are in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "ui/bridge/series_blocks.h"

#include <memory>
#include <optional>
#include <vector>

namespace triptych {

/// A run's curves at one moment, as numbers that any thread can have.
struct CurveShape {
    std::uint64_t run = 0; ///< see BlockKey::run
    std::int64_t firstStep = 1;
    std::int64_t rows = 0;
};

/// What thin() reads. With a reader, whose thread this is then for, everything is there but what a damaged file does
/// not give up, which is taken for steps without samples; without, what is not in the cache is not there yet.
class FilePoints {
public:
    /// All of it outlives this. weight: of the smoothing, 0 for none.
    FilePoints(BlockCache& cache, const CurveShape& shape, std::size_t column, double weight,
               const CurveReader* reader = nullptr)
        : m_cache(cache), m_shape(shape), m_column(column), m_weight(weight), m_reader(reader)
    {}

    std::int64_t firstStep() const { return m_shape.firstStep; }
    std::int64_t lastStep() const { return m_shape.firstStep + m_shape.rows - 1; }
    bool bucket(std::int64_t size, std::int64_t number, Bucket& out) const;
    bool part(std::int64_t from, std::int64_t end, Bucket& out) const;
    bool list(std::int64_t from, std::int64_t end, std::vector<SeriesPoint>& out) const;
    bool before(std::int64_t step, std::optional<SeriesPoint>& out) const;
    bool from(std::int64_t step, std::optional<SeriesPoint>& out) const;

private:
    bool search(std::int64_t row, int direction, std::optional<SeriesPoint>& out) const;
    std::shared_ptr<const SeriesBlock> block(std::int64_t size, std::int64_t index) const;
    std::shared_ptr<const SeriesBlock> load(std::int64_t size, std::int64_t index) const;
    std::vector<double> values(std::int64_t fromRow, std::int64_t endRow) const;
    std::vector<double> smoothed(std::int64_t fromRow, std::int64_t endRow) const;
    std::vector<Bucket> streamed(std::int64_t size, std::int64_t fromRow, std::int64_t endRow) const;
    std::vector<Bucket> folded(std::int64_t size, std::int64_t fromRow, std::int64_t endRow) const;
    void findEnds(Bucket& bucket, std::int64_t fromRow, std::int64_t endRow) const;

    BlockCache& m_cache;
    CurveShape m_shape;
    std::size_t m_column;
    double m_weight;
    const CurveReader* m_reader;
    /// The block used last: most are asked for again at once.
    mutable BlockKey m_lastKey;
    mutable std::shared_ptr<const SeriesBlock> m_last;
};

} // namespace triptych
