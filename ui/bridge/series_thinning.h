// Thins a series to what a screen can show: one rule for series in memory and in files, so that both look the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/indexed_series.h"
#include "ui/bridge/series_bucket.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>
#include <vector>

namespace triptych {

/// Steps of a bucket: 1, 2, 3, 4, 6, 8, 12, ... A short list, so that it seldom changes while a series grows.
inline std::int64_t bucketSize(std::int64_t steps, std::size_t buckets)
{
    const std::uint64_t needed = (static_cast<std::uint64_t>(steps) + buckets - 1) / buckets;
    const std::uint64_t ceil = std::bit_ceil(needed);
    return static_cast<std::int64_t>(ceil >= 4 && ceil / 4 * 3 >= needed ? ceil / 4 * 3 : ceil);
}

namespace thinning {

struct Range {
    std::int64_t from = 0;
    std::int64_t end = 0;
};

/// The steps of [first, last] that a series may have points at.
inline Range within(double first, double last, std::int64_t seriesFirst, std::int64_t seriesLast)
{
    const auto lowest = static_cast<double>(seriesFirst);
    const auto beyond = static_cast<double>(seriesLast) + 1;
    Range range;
    range.from = static_cast<std::int64_t>(std::clamp(std::ceil(first), lowest, beyond));
    range.end = static_cast<std::int64_t>(std::clamp(std::floor(last) + 1, static_cast<double>(range.from), beyond));
    return range;
}

inline void keep(Envelope& out, const SeriesPoint& point)
{
    out.steps.push_back(static_cast<double>(point.step));
    out.values.push_back(point.value);
}

inline void keep(Envelope& out, const Bucket& bucket)
{
    std::array kept = {bucket.first, bucket.low, bucket.high, bucket.gap, bucket.last};
    std::sort(kept.begin(), kept.end(), [](const SeriesPoint& a, const SeriesPoint& b) { return a.step < b.step; });
    std::int64_t previous = Bucket::kNone;
    for (const SeriesPoint& point : kept) {
        if (point.step != previous) keep(out, point);
        previous = point.step;
    }
}

/// All points of a range.
template <class Points>
bool keepAll(const Points& points, Range range, Envelope& out)
{
    std::vector<SeriesPoint> all;
    if (!points.list(range.from, range.end, all)) return false;
    out.of = all.size();
    for (const SeriesPoint& point : all) {
        if (!std::isfinite(point.value)) ++out.gaps;
        keep(out, point);
    }
    return true;
}

/// Buckets begin at multiples of their size behind the first step; those that the range cuts are put together anew.
template <class Points>
bool collect(const Points& points, Range range, std::size_t buckets, std::vector<Bucket>& out)
{
    const std::int64_t begin = points.firstStep();
    const std::int64_t size = bucketSize(range.end - range.from, std::max<std::size_t>(buckets, 1));
    for (std::int64_t b = (range.from - begin) / size; begin + b * size < range.end; ++b) {
        const std::int64_t from = begin + b * size;
        const std::int64_t end = std::min(from + size, points.lastStep() + 1);
        const bool whole = range.from <= from && end <= range.end;
        Bucket& bucket = out.emplace_back();
        const bool there = whole ? points.bucket(size, b, bucket)
                                 : points.part(std::max(range.from, from), std::min(range.end, end), bucket);
        if (!there) return false;
    }
    return true;
}

} // namespace thinning

/// The points from one step to another, and one beyond either end so that lines leave the picture. Where they are more
/// than four a bucket, the first, smallest, largest and last of each bucket, and one gap: no spike is lost. Nothing
/// where the points say that they are not there yet.
///
/// Points have steps from firstStep() to lastStep(), none where that is smaller, and answer, true where they can:
/// bucket(size, number, out), part(from, end, out), list(from, end, out), before(step, out) and from(step, out): the
/// nearest point before a step, and at or behind it.
template <class Points>
std::optional<Envelope> thin(const Points& points, double first, double last, std::size_t buckets)
{
    Envelope out;
    if (points.lastStep() < points.firstStep() || std::isnan(first) || std::isnan(last)) return out;
    const auto range = thinning::within(first, last, points.firstStep(), points.lastStep());
    std::optional<SeriesPoint> beyond;
    if (!points.before(range.from, beyond)) return std::nullopt;
    if (beyond) thinning::keep(out, *beyond);

    const auto most = static_cast<std::int64_t>(4 * buckets);
    std::vector<Bucket> found;
    if (range.end - range.from > most) {
        if (!thinning::collect(points, range, buckets, found)) return std::nullopt;
        for (const Bucket& bucket : found) {
            out.of += bucket.points;
            out.gaps += bucket.gaps;
        }
    }
    out.thinned = out.of > static_cast<std::size_t>(most);
    if (out.thinned) {
        for (const Bucket& bucket : found)
            if (bucket.points > 0) thinning::keep(out, bucket);
    } else {
        out.gaps = 0;
        if (!thinning::keepAll(points, range, out)) return std::nullopt;
    }
    if (!points.from(range.end, beyond)) return std::nullopt;
    if (beyond) thinning::keep(out, *beyond);
    return out;
}

} // namespace triptych
