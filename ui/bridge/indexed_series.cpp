// The pyramid of extremes, and thinning by it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/indexed_series.h"

#include "ui/bridge/series_thinning.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace triptych {

namespace {

/// As thin() reads points.
class PointsOf {
public:
    explicit PointsOf(const IndexedSeries& series) : m_series(series) {}

    std::int64_t firstStep() const { return m_series.empty() ? 0 : steps().front(); }
    std::int64_t lastStep() const { return m_series.empty() ? -1 : steps().back(); }
    bool bucket(std::int64_t size, std::int64_t number, Bucket& out) const
    {
        return part(firstStep() + number * size, firstStep() + (number + 1) * size, out);
    }
    bool part(std::int64_t from, std::int64_t end, Bucket& out) const
    {
        const std::size_t begin = indexFrom(from);
        const std::size_t stop = indexFrom(end);
        if (begin >= stop) return true;
        const Extremes found = m_series.extremes(begin, stop);
        const auto put = [this](SeriesPoint& to, std::uint32_t i) {
            if (i != Extremes::kNone) to = point(i);
        };
        out.first = point(begin);
        out.last = point(stop - 1);
        put(out.low, found.lowest);
        put(out.high, found.highest);
        put(out.gap, found.gap);
        out.points = stop - begin;
        out.gaps = found.gaps;
        return true;
    }
    bool list(std::int64_t from, std::int64_t end, std::vector<SeriesPoint>& out) const
    {
        for (std::size_t i = indexFrom(from); i < indexFrom(end); ++i) out.push_back(point(i));
        return true;
    }
    bool before(std::int64_t step, std::optional<SeriesPoint>& out) const
    {
        const std::size_t i = indexFrom(step);
        out = i > 0 ? std::optional(point(i - 1)) : std::nullopt;
        return true;
    }
    bool from(std::int64_t step, std::optional<SeriesPoint>& out) const
    {
        const std::size_t i = indexFrom(step);
        out = i < steps().size() ? std::optional(point(i)) : std::nullopt;
        return true;
    }

private:
    const std::vector<std::int64_t>& steps() const { return m_series.series().steps; }
    SeriesPoint point(std::size_t i) const { return {steps()[i], m_series.series().values[i]}; }
    /// Of the first point at or behind a step. Most series have one at every step: no search there.
    std::size_t indexFrom(std::int64_t step) const
    {
        if (step <= firstStep()) return 0;
        const auto guess = static_cast<std::size_t>(step - firstStep());
        if (guess < steps().size() && steps()[guess] == step) return guess;
        return static_cast<std::size_t>(std::lower_bound(steps().begin(), steps().end(), step) - steps().begin());
    }

    const IndexedSeries& m_series;
};

} // namespace

std::uint64_t IndexedSeries::nextGeneration()
{
    static std::atomic<std::uint64_t> last = 0; // readers make series too
    return ++last;
}

IndexedSeries::IndexedSeries(Series series) : m_series(std::move(series))
{
    for (std::size_t i = 0; i < m_series.size(); ++i) index(i);
}

void IndexedSeries::append(std::int64_t step, double value)
{
    if (!m_series.steps.empty() && m_series.steps.back() >= step) {
        const auto kept = std::lower_bound(m_series.steps.begin(), m_series.steps.end(), step);
        truncate(static_cast<std::size_t>(kept - m_series.steps.begin()));
    }
    m_series.steps.push_back(step);
    m_series.values.push_back(value);
    index(m_series.size() - 1);
    if (m_most == 0) return;
    if (m_series.size() == m_most / 2) { // instead of room for twice as many as there will ever be
        m_series.steps.reserve(m_most + 1);
        m_series.values.reserve(m_most + 1);
    }
    if (m_series.size() > m_most) thinPast();
}

void IndexedSeries::bound(std::size_t most)
{
    m_most = most == 0 ? 0 : std::max(most, kLeast);
    if (m_most > 0 && m_series.size() > m_most) thinPast();
}

void IndexedSeries::thinPast()
{
    constexpr std::size_t kPieces = 20; // of the bound: five points each are a quarter of it
    m_past.thin(m_series, m_series.size() - m_most / 2, m_most / kPieces);
    m_series.steps.reserve(m_most + 1);
    m_series.values.reserve(m_most + 1);
    for (auto& level : m_levels) level.clear();
    for (std::size_t i = 0; i < m_series.size(); ++i) index(i);
}

bool IndexedSeries::isWholeFrom(double step) const
{
    if (m_past.empty()) return true;
    return step > static_cast<double>(m_series.steps[m_past.size() - 1]);
}

std::optional<double> IndexedSeries::thinnedMean(double step) const
{
    const auto begin = m_series.steps.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(m_past.size());
    // The end of the step's piece is the first point at or behind the step that has a mean.
    auto i = std::lower_bound(begin, end, step, [](std::int64_t s, double v) { return static_cast<double>(s) < v; });
    const auto& standing = m_past.standing();
    for (; i != end; ++i)
        if (const double mean = standing[static_cast<std::size_t>(i - begin)].mean; !std::isnan(mean)) return mean;
    return std::nullopt;
}

std::uint64_t IndexedSeries::gapsOf(std::size_t begin, std::size_t end) const
{
    const std::size_t past = m_past.size();
    return m_past.gaps(std::min(end, past)) - m_past.gaps(std::min(begin, past)) +
           extremes(std::max(begin, past), std::max(end, past)).gaps;
}

std::size_t IndexedSeries::bytes() const
{
    std::size_t all = m_series.steps.capacity() * sizeof(std::int64_t) + m_series.values.capacity() * sizeof(double) +
                      m_past.size() * sizeof(ThinnedPast::Standing);
    for (const auto& level : m_levels) all += level.capacity() * sizeof(Extremes);
    return all;
}

void IndexedSeries::truncate(std::size_t count)
{
    m_generation = nextGeneration();
    m_series.steps.resize(count);
    m_series.values.resize(count);
    m_past.truncate(count);
    std::size_t block = 1;
    for (std::size_t k = 0; k < kLevels; ++k) {
        block *= kFan;
        auto& level = m_levels[k];
        level.resize((count + block - 1) / block);
        if (count % block == 0) continue;
        // The last block has lost points: put it together again from the level below.
        Extremes rest;
        const std::size_t begin = count / block * kFan;
        if (k == 0) {
            for (std::size_t i = begin; i < count; ++i) include(rest, i);
        } else {
            for (std::size_t b = begin; b < m_levels[k - 1].size(); ++b) merge(rest, m_levels[k - 1][b]);
        }
        level.back() = rest;
    }
}

void IndexedSeries::index(std::size_t i)
{
    std::size_t b = i;
    for (auto& level : m_levels) {
        b /= kFan;
        if (b == level.size()) level.emplace_back();
        include(level[b], i);
    }
}

void IndexedSeries::include(Extremes& into, std::size_t i) const
{
    const double v = m_series.values[i];
    const auto at = static_cast<std::uint32_t>(i);
    if (!std::isfinite(v)) {
        if (into.gaps++ == 0) into.gap = at;
        return;
    }
    if (into.lowest == Extremes::kNone || v < m_series.values[into.lowest]) into.lowest = at;
    if (into.highest == Extremes::kNone || v > m_series.values[into.highest]) into.highest = at;
}

void IndexedSeries::merge(Extremes& into, const Extremes& block) const
{
    if (block.lowest != Extremes::kNone) {
        include(into, block.lowest);
        include(into, block.highest);
    }
    if (into.gaps == 0) into.gap = block.gap;
    into.gaps += block.gaps;
}

std::optional<std::size_t> IndexedSeries::indexAt(double step) const
{
    const auto beyond = std::upper_bound(m_series.steps.begin(), m_series.steps.end(), step,
                                         [](double limit, std::int64_t s) { return limit < static_cast<double>(s); });
    if (beyond == m_series.steps.begin()) return std::nullopt;
    return static_cast<std::size_t>(beyond - m_series.steps.begin()) - 1;
}

Extremes IndexedSeries::extremes(std::size_t begin, std::size_t end) const
{
    Extremes all;
    for (std::size_t i = begin; i < end;) {
        // The largest block that starts here and ends in time.
        std::size_t k = 0;
        std::size_t block = 1;
        while (k < kLevels && i % (block * kFan) == 0 && i + block * kFan <= end) {
            block *= kFan;
            ++k;
        }
        if (k == 0)
            include(all, i);
        else
            merge(all, m_levels[k - 1][i / block]);
        i += block;
    }
    return all;
}

Envelope IndexedSeries::envelope(double firstStep, double lastStep, std::size_t buckets) const
{
    Envelope envelope = *thin(PointsOf(*this), firstStep, lastStep, buckets);
    if (isWholeFrom(firstStep) || std::isnan(firstStep) || std::isnan(lastStep)) return envelope;
    // Of the points that were, not of those that stayed.
    const auto& steps = m_series.steps;
    const auto isBefore = [](std::int64_t s, double limit) { return static_cast<double>(s) < limit; };
    const auto from = std::lower_bound(steps.begin(), steps.end(), firstStep, isBefore);
    const auto begin = static_cast<std::size_t>(from - steps.begin());
    const auto last = indexAt(lastStep);
    const std::size_t end = std::max(begin, last ? *last + 1 : 0);
    envelope.of = std::max<std::size_t>(m_past.points(end) - m_past.points(begin), end - begin);
    envelope.gaps = gapsOf(begin, end);
    envelope.thinned = envelope.thinned || envelope.of > end - begin;
    return envelope;
}

} // namespace triptych
