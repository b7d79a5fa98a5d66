// The pyramid of extremes, and thinning by it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/indexed_series.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace triptych {

namespace {

/// Points of a bucket: 1, 2, 3, 4, 6, 8, 12, ... A short list, so that it seldom changes while a series grows.
std::size_t bucketSize(std::size_t count, std::size_t buckets)
{
    const std::size_t needed = (count + buckets - 1) / buckets;
    const std::size_t ceil = std::bit_ceil(needed);
    return ceil >= 4 && ceil / 4 * 3 >= needed ? ceil / 4 * 3 : ceil;
}

} // namespace

std::uint64_t IndexedSeries::nextGeneration()
{
    static std::uint64_t last = 0; // of the GUI's thread alone
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
}

void IndexedSeries::truncate(std::size_t count)
{
    m_generation = nextGeneration();
    m_series.steps.resize(count);
    m_series.values.resize(count);
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
    Envelope out;
    const auto& steps = m_series.steps;
    const auto first = std::lower_bound(steps.begin(), steps.end(), firstStep,
                                        [](std::int64_t s, double limit) { return static_cast<double>(s) < limit; });
    const auto last = std::upper_bound(first, steps.end(), lastStep,
                                       [](double limit, std::int64_t s) { return limit < static_cast<double>(s); });
    const auto from = static_cast<std::size_t>(first - steps.begin());
    const auto to = static_cast<std::size_t>(last - steps.begin());
    out.of = to - from;
    out.gaps = extremes(from, to).gaps;
    const auto keep = [&](std::size_t i) {
        out.steps.push_back(static_cast<double>(steps[i]));
        out.values.push_back(m_series.values[i]);
    };
    if (from > 0) keep(from - 1);
    if (out.of <= 4 * buckets) {
        for (std::size_t i = from; i < to; ++i) keep(i);
    } else {
        out.thinned = true;
        const std::size_t size = bucketSize(out.of, std::max<std::size_t>(buckets, 1));
        for (std::size_t b = from; b < to;) {
            const std::size_t next = std::min((b / size + 1) * size, to);
            const Extremes found = extremes(b, next);
            std::array<std::size_t, 5> kept = {b, found.lowest, found.highest, found.gap, next - 1};
            std::sort(kept.begin(), kept.end());
            std::size_t previous = next;
            for (const std::size_t i : kept) {
                if (i < next && i != previous) keep(i);
                previous = i;
            }
            b = next;
        }
    }
    if (to < steps.size()) keep(to);
    return out;
}

} // namespace triptych
