// Putting pieces together out of points, and of pieces that were thinned before.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/thinned_past.h"

#include "ui/bridge/indexed_series.h"
#include "ui/bridge/series_bucket.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

/// The extremes are those of the points that stayed; its counts are those of all that ever were.
struct ThinnedPast::Piece {
    Bucket extremes;
    std::uint64_t points = 0;
    std::uint64_t gaps = 0;
    double mean = std::numeric_limits<double>::quiet_NaN();

    void add(std::uint64_t more, std::uint64_t moreGaps, double itsMean)
    {
        const std::uint64_t finite = more - moreGaps;
        const std::uint64_t known = points - gaps;
        if (finite > 0) {
            const double share = static_cast<double>(finite) / static_cast<double>(known + finite);
            mean = known == 0 ? itsMean : mean + (itsMean - mean) * share;
        }
        points += more;
        gaps += moreGaps;
    }
};

std::uint64_t ThinnedPast::points(std::size_t kept) const
{
    if (kept == 0 || m_standing.empty()) return kept;
    const std::size_t thinned = std::min(kept, m_standing.size());
    return m_standing[thinned - 1].points + (kept - thinned);
}

ThinnedPast::Piece ThinnedPast::pieceOf(const Series& series, std::size_t begin, std::size_t end) const
{
    Piece piece;
    for (std::size_t i = begin; i < end; ++i) {
        const double value = series.values[i];
        include(piece.extremes, {series.steps[i], value});
        if (i >= m_standing.size())
            piece.add(1, std::isfinite(value) ? 0 : 1, value);
        else
            piece.add(points(i + 1) - points(i), gaps(i + 1) - gaps(i), m_standing[i].mean);
    }
    return piece;
}

void ThinnedPast::thin(Series& series, std::size_t cut, std::size_t mostPieces)
{
    const std::int64_t first = series.steps.front();
    const std::int64_t span = series.steps[cut - 1] - first + 1;
    while ((span + m_pieceSteps - 1) / m_pieceSteps > static_cast<std::int64_t>(mostPieces)) m_pieceSteps *= 2;
    std::vector<Standing> standing;
    Series kept;
    Standing sum;
    for (std::size_t begin = 0; begin < cut;) {
        const std::int64_t stop = first + ((series.steps[begin] - first) / m_pieceSteps + 1) * m_pieceSteps;
        std::size_t end = begin;
        while (end < cut && series.steps[end] < stop) ++end;
        const Piece piece = pieceOf(series, begin, end);
        const Bucket& b = piece.extremes;
        std::array points = {b.first, b.low, b.high, b.gap, b.last};
        std::sort(points.begin(), points.end(), [](const auto& a, const auto& c) { return a.step < c.step; });
        for (const SeriesPoint& point : points) {
            if (point.step == Bucket::kNone || (!kept.steps.empty() && kept.steps.back() == point.step)) continue;
            kept.steps.push_back(point.step);
            kept.values.push_back(point.value);
            standing.push_back(sum);
        }
        sum = {sum.points + piece.points, sum.gaps + piece.gaps};
        standing.back() = {sum.points, sum.gaps, piece.mean};
        begin = end;
    }
    const auto behind = static_cast<std::ptrdiff_t>(cut);
    kept.steps.insert(kept.steps.end(), series.steps.begin() + behind, series.steps.end());
    kept.values.insert(kept.values.end(), series.values.begin() + behind, series.values.end());
    series = std::move(kept);
    m_standing = std::move(standing);
}

void ThinnedPast::truncate(std::size_t kept)
{
    if (kept < m_standing.size()) m_standing.resize(kept);
    if (kept == 0) m_pieceSteps = 1;
}

} // namespace triptych
