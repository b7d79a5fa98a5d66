// From blocks to points, and from a run's files to blocks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/file_series_points.h"

#include "ui/bridge/smoothed_series.h"

#include <algorithm>

namespace triptych {

namespace {

/// Buckets up to this many steps are put together from their values, larger ones from extents.
constexpr std::int64_t kStreamed = 256;
/// Values of a column that are read at once on their way into buckets.
constexpr std::int64_t kPiece = 65'536;

/// The coarsest level of extents that buckets of a size are made of.
int levelUnder(std::int64_t size)
{
    int level = 0;
    while (level < curve::kTopLevel && size % curve::block_steps(level + 1) == 0) ++level;
    return level;
}

/// Of pieces, the last one of which may be cut.
std::size_t countOf(std::int64_t rows, std::int64_t size)
{
    return static_cast<std::size_t>(std::max<std::int64_t>((rows + size - 1) / size, 0));
}

} // namespace

std::shared_ptr<const SeriesBlock> FilePoints::block(std::int64_t size, std::int64_t index) const
{
    const BlockKey key{m_shape.run, m_column, m_weight, size, index};
    if (m_last && m_lastKey == key) return m_last;
    std::shared_ptr<const SeriesBlock> found = m_cache.find(key);
    // One that the run's end cut is good for a run that ended there.
    const std::int64_t end = (index + 1) * SeriesBlock::steps(size);
    if (found && found->rows < end && found->rows != m_shape.rows) found = nullptr;
    if (!found && m_reader) {
        found = load(size, index);
        m_cache.put(key, found);
    }
    if (!found) return nullptr;
    m_lastKey = key;
    m_last = found;
    return found;
}

bool FilePoints::bucket(std::int64_t size, std::int64_t number, Bucket& out) const
{
    const auto found = block(size, number / SeriesBlock::kBuckets);
    if (!found) return false;
    out = found->buckets[static_cast<std::size_t>(number % SeriesBlock::kBuckets)];
    return true;
}

/// By the largest buckets of 16, 256, ... steps that begin where the last one ended, and end in time.
bool FilePoints::part(std::int64_t from, std::int64_t end, Bucket& out) const
{
    const std::int64_t endRow = end - firstStep();
    for (std::int64_t row = from - firstStep(); row < endRow;) {
        int level = 0;
        while (level < curve::kTopLevel && row % curve::block_steps(level + 1) == 0 &&
               row + curve::block_steps(level + 1) <= endRow)
            ++level;
        const std::int64_t size = curve::block_steps(level);
        if (level == 0) {
            const auto values = block(1, row / SeriesBlock::kValues);
            if (!values) return false;
            const double value = values->values[static_cast<std::size_t>(row % SeriesBlock::kValues)];
            if (!curve::is_missing(value)) include(out, {firstStep() + row, value});
        } else {
            Bucket whole;
            if (!bucket(size, row / size, whole)) return false;
            merge(out, whole);
        }
        row += size;
    }
    return true;
}

bool FilePoints::list(std::int64_t from, std::int64_t end, std::vector<SeriesPoint>& out) const
{
    for (std::int64_t row = from - firstStep(); row < end - firstStep(); ++row) {
        const auto found = block(1, row / SeriesBlock::kValues);
        if (!found) return false;
        const double value = found->values[static_cast<std::size_t>(row % SeriesBlock::kValues)];
        if (!curve::is_missing(value)) out.push_back({firstStep() + row, value});
    }
    return true;
}

bool FilePoints::before(std::int64_t step, std::optional<SeriesPoint>& out) const
{
    return search(std::min(step - firstStep(), m_shape.rows) - 1, -1, out);
}

bool FilePoints::from(std::int64_t step, std::optional<SeriesPoint>& out) const
{
    return search(std::max<std::int64_t>(step - firstStep(), 0), 1, out);
}

/// The first row from this one on, in a direction, that has a sample.
bool FilePoints::search(std::int64_t row, int direction, std::optional<SeriesPoint>& out) const
{
    out.reset();
    for (; row >= 0 && row < m_shape.rows; row += direction) {
        const auto found = block(1, row / SeriesBlock::kValues);
        if (!found) return false;
        const double value = found->values[static_cast<std::size_t>(row % SeriesBlock::kValues)];
        if (curve::is_missing(value)) continue;
        out = SeriesPoint{firstStep() + row, value};
        return true;
    }
    return true;
}

std::shared_ptr<const SeriesBlock> FilePoints::load(std::int64_t size, std::int64_t index) const
{
    auto block = std::make_shared<SeriesBlock>();
    block->rows = m_shape.rows;
    const std::int64_t from = index * SeriesBlock::steps(size);
    const std::int64_t end = std::min(from + SeriesBlock::steps(size), m_shape.rows);
    if (size == 1)
        block->values = m_weight > 0 ? smoothed(from, end) : values(from, end);
    else if (m_weight > 0 || size <= kStreamed || levelUnder(size) == 0)
        block->buckets = streamed(size, from, end);
    else
        block->buckets = folded(size, from, end);
    return block;
}

std::vector<double> FilePoints::values(std::int64_t fromRow, std::int64_t endRow) const
{
    std::vector<double> read(static_cast<std::size_t>(std::max<std::int64_t>(endRow - fromRow, 0)), curve::kMissing);
    if (read.empty() || m_reader->values(m_column, firstStep() + fromRow, read)) return read;
    std::fill(read.begin(), read.end(), curve::kMissing); // damaged, or shrunk since: the next look will tell
    return read;
}

/// Begins as far in front as a value still matters.
std::vector<double> FilePoints::smoothed(std::int64_t fromRow, std::int64_t endRow) const
{
    const std::int64_t begin = std::max<std::int64_t>(fromRow - runIn(m_weight), 0);
    std::vector<double> read = values(begin, endRow);
    Smoother smoother(m_weight);
    for (double& value : read) {
        const double smooth = smoother.next(value);
        if (!curve::is_missing(value)) value = smooth;
    }
    read.erase(read.begin(), read.begin() + (fromRow - begin));
    return read;
}

/// Of values, a piece at a time.
std::vector<Bucket> FilePoints::streamed(std::int64_t size, std::int64_t fromRow, std::int64_t endRow) const
{
    std::vector<Bucket> buckets(countOf(endRow - fromRow, size));
    for (std::int64_t row = fromRow; row < endRow; row += kPiece) {
        const std::int64_t stop = std::min(row + kPiece, endRow);
        const std::vector<double> piece = m_weight > 0 ? smoothed(row, stop) : values(row, stop);
        for (std::int64_t i = row; i < stop; ++i) {
            const double value = piece[static_cast<std::size_t>(i - row)];
            if (curve::is_missing(value)) continue;
            include(buckets[static_cast<std::size_t>((i - fromRow) / size)], {firstStep() + i, value});
        }
    }
    return buckets;
}

/// Of extents, and of the few values at the ends of each bucket.
std::vector<Bucket> FilePoints::folded(std::int64_t size, std::int64_t fromRow, std::int64_t endRow) const
{
    const int level = levelUnder(size);
    const std::int64_t steps = curve::block_steps(level);
    std::vector<Extent> extents(countOf(endRow - fromRow, steps));
    if (!m_reader->extents(m_column, level, fromRow / steps, extents)) return streamed(size, fromRow, endRow);

    std::vector<Bucket> buckets(countOf(endRow - fromRow, size));
    for (std::size_t i = 0; i < extents.size(); ++i) {
        const Extent& extent = extents[i];
        const std::int64_t behind = static_cast<std::int64_t>(i) * steps;
        const std::int64_t step = firstStep() + fromRow + behind;
        Bucket part;
        part.points = extent.points;
        part.gaps = extent.gaps;
        if (!std::isnan(extent.low)) {
            part.low = {step + extent.low_at, extent.low};
            part.high = {step + extent.high_at, extent.high};
        }
        if (extent.gaps > 0) part.gap = {step + extent.gap_at, 0};
        merge(buckets[static_cast<std::size_t>(behind / size)], part);
    }
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        const std::int64_t begin = fromRow + static_cast<std::int64_t>(i) * size;
        findEnds(buckets[i], begin, std::min(begin + size, endRow));
    }
    return buckets;
}

/// The first and last point of a bucket of which extents were merged, and the value of its gap.
void FilePoints::findEnds(Bucket& bucket, std::int64_t fromRow, std::int64_t endRow) const
{
    if (bucket.points == 0) return;
    const auto isThere = [](double value) { return !curve::is_missing(value); };
    // As much at once as the files have together.
    for (std::int64_t row = fromRow, stop = 0; row < endRow; row = stop) {
        stop = std::min((row / SeriesBlock::kValues + 1) * SeriesBlock::kValues, endRow);
        const std::vector<double> piece = values(row, stop);
        const auto found = std::find_if(piece.begin(), piece.end(), isThere);
        if (found == piece.end()) continue;
        bucket.first = {firstStep() + row + (found - piece.begin()), *found};
        break;
    }
    for (std::int64_t stop = endRow, row = 0; stop > fromRow; stop = row) {
        row = std::max((stop - 1) / SeriesBlock::kValues * SeriesBlock::kValues, fromRow);
        const std::vector<double> piece = values(row, stop);
        const auto found = std::find_if(piece.rbegin(), piece.rend(), isThere);
        if (found == piece.rend()) continue;
        bucket.last = {firstStep() + stop - 1 - (found - piece.rbegin()), *found};
        break;
    }
    if (bucket.gaps == 0) return;
    const std::int64_t gapRow = bucket.gap.step - firstStep();
    bucket.gap.value = values(gapRow, gapRow + 1).front();
}

} // namespace triptych
