// A series of any length that is thinned to a screen's width in a moment: with its extremes by blocks of 16, 256, ...
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/thinned_past.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace triptych {

/// Points of one series by rising step. Values that are no finite numbers stay: a plot shows them as a gap.
struct Series {
    std::vector<std::int64_t> steps;
    std::vector<double> values;
    std::size_t size() const { return steps.size(); }
};

/// A thinned series, and how much of it is shown.
struct Envelope {
    std::vector<double> steps;
    std::vector<double> values;
    std::size_t of = 0;   ///< points within the range before thinning
    std::size_t gaps = 0; ///< how many of these are no finite numbers
    bool thinned = false; ///< whether points within the range are left out
};

/// Indices into a series.
struct Extremes {
    static constexpr std::uint32_t kNone = UINT32_MAX;
    std::uint32_t lowest = kNone;  ///< the first of the smallest finite values
    std::uint32_t highest = kNone; ///< the first of the largest
    std::uint32_t gap = kNone;     ///< the first that is no finite number
    std::uint32_t gaps = 0;        ///< how many there are
};

/// Grows at its end, as far as it is not bound(): then its older part is thinned. Moved, never copied: a run's series
/// are large, and there is one owner.
class IndexedSeries {
public:
    IndexedSeries() = default;
    explicit IndexedSeries(Series series);
    IndexedSeries(IndexedSeries&&) = default;
    IndexedSeries& operator=(IndexedSeries&&) = default;

    /// A step at or before the newest one first removes everything from that step on.
    void append(std::int64_t step, double value);

    /// No more than so many points in memory, at least kLeast, from now on; 0: all of them. Of more the newest half
    /// stays as it is, and what is older becomes a ThinnedPast: every extreme is there for ever.
    void bound(std::size_t most);
    std::size_t mostPoints() const { return m_most; }
    static constexpr std::size_t kLeast = 256;

    /// What is in memory.
    const Series& series() const { return m_series; }
    std::size_t size() const { return m_series.size(); }
    bool empty() const { return m_series.steps.empty(); }
    /// Points that were added and not taken back, those that were thinned away included.
    std::uint64_t count() const { return m_past.points(m_series.size()); }
    /// How many of these are no finite numbers.
    std::uint64_t gaps() const { return gapsOf(0, m_series.size()); }
    const ThinnedPast& past() const { return m_past; }
    /// Whether every point from this step on is in memory.
    bool isWholeFrom(double step) const;
    /// Where the step lies in the thinned past: the mean of the finite points of its piece.
    std::optional<double> thinnedMean(double step) const;
    std::size_t bytes() const;
    /// As long as this number is the same, points were only added, or thinned away. Unique among all series of the
    /// program.
    std::uint64_t generation() const { return m_generation; }

    /// The last point at or before a step.
    std::optional<std::size_t> indexAt(double step) const;

    /// Of the points [begin, end); in O(log) whatever their number.
    Extremes extremes(std::size_t begin, std::size_t end) const;

    /// As thin() does it: no more than `buckets` (and two cut ones), of equally many steps and at the same places
    /// however far the series has grown, so that a live curve does not shimmer.
    Envelope envelope(double firstStep, double lastStep, std::size_t buckets) const;

private:
    static constexpr std::size_t kFan = 16;
    static constexpr std::size_t kLevels = 5; ///< the top has blocks of a million points

    void truncate(std::size_t count);
    void thinPast();
    std::uint64_t gapsOf(std::size_t begin, std::size_t end) const;
    void index(std::size_t i);
    void include(Extremes& into, std::size_t i) const;
    void merge(Extremes& into, const Extremes& block) const;

    Series m_series;
    ThinnedPast m_past; ///< what the first points of the series stand for
    std::size_t m_most = 0;
    std::array<std::vector<Extremes>, kLevels> m_levels; ///< [k]: of each 16^(k+1) points
    std::uint64_t m_generation = nextGeneration();

    static std::uint64_t nextGeneration();
};

} // namespace triptych
