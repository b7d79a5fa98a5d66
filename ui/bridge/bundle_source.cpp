// Putting series together.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/bundle_source.h"

#include "ui/bridge/series_thinning.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The pieces of an axis that a bundle is worked out in: those between the ends of the picture, and one beyond either.
class Grid {
public:
    Grid(double first, double last, double begin, double size)
        : m_first(first), m_last(last), m_begin(begin), m_size(size), m_lowest(index(first))
    {}

    std::size_t count() const { return static_cast<std::size_t>(index(m_last) - m_lowest) + 3; }
    std::size_t placeOf(double step) const
    {
        if (step < m_first) return 0;
        if (step > m_last) return count() - 1;
        return static_cast<std::size_t>(index(step) - m_lowest) + 1;
    }

private:
    std::int64_t index(double step) const { return static_cast<std::int64_t>(std::floor((step - m_begin) / m_size)); }

    double m_first;
    double m_last;
    double m_begin;
    double m_size;
    std::int64_t m_lowest;
};

/// What all members have in one piece.
struct Piece {
    std::vector<double> last; ///< of each member
    double step = -std::numeric_limits<double>::infinity();
    double low = kNone;
    double high = kNone;
};

/// Members that have points at the very same steps, as the layers of a run do.
bool stepsAgree(std::span<const Envelope> all)
{
    return std::all_of(all.begin(), all.end(), [&](const Envelope& one) { return one.steps == all.front().steps; });
}

void addTo(Fan& fan, double step, double low, double high, std::vector<double> values)
{
    fan.median.steps.push_back(step);
    fan.median.values.push_back(medianOf(std::move(values)));
    fan.low.push_back(low);
    fan.high.push_back(high);
}

void pointByPoint(std::span<const Envelope> all, Fan& fan)
{
    std::vector<double> values(all.size());
    for (std::size_t i = 0; i < all.front().steps.size(); ++i) {
        double low = kNone;
        double high = kNone;
        for (std::size_t m = 0; m < all.size(); ++m) {
            values[m] = all[m].values[i];
            if (!std::isfinite(values[m])) continue;
            low = std::fmin(low, values[m]);
            high = std::fmax(high, values[m]);
        }
        addTo(fan, all.front().steps[i], low, high, values);
    }
}

void pieceByPiece(std::span<const Envelope> all, const Grid& grid, Fan& fan)
{
    std::vector<Piece> pieces(grid.count());
    for (const Envelope& one : all) {
        for (std::size_t i = 0; i < one.steps.size(); ++i) {
            Piece& piece = pieces[grid.placeOf(one.steps[i])];
            const double v = one.values[i];
            const bool goesOn = i > 0 && grid.placeOf(one.steps[i - 1]) == grid.placeOf(one.steps[i]);
            if (!goesOn)
                piece.last.push_back(v);
            else if (std::isfinite(v))
                piece.last.back() = v;
            piece.step = std::max(piece.step, one.steps[i]);
            if (!std::isfinite(v)) continue;
            piece.low = std::fmin(piece.low, v);
            piece.high = std::fmax(piece.high, v);
        }
    }
    for (Piece& piece : pieces)
        if (!piece.last.empty()) addTo(fan, piece.step, piece.low, piece.high, std::move(piece.last));
}

} // namespace

double medianOf(std::vector<double> values)
{
    std::erase_if(values, [](double v) { return !std::isfinite(v); });
    if (values.empty()) return kNone;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

BundleSource::BundleSource(std::vector<const SeriesSource*> members) : m_members(std::move(members)) {}

Fan BundleSource::fan(double first, double last, std::size_t buckets) const
{
    Fan fan;
    const auto all = extent();
    if (!all || !(first <= last)) return fan;
    std::vector<Envelope> envelopes;
    for (const SeriesSource* member : m_members) {
        envelopes.push_back(member->envelope(first, last, buckets));
        fan.median.of = std::max(fan.median.of, envelopes.back().of);
        fan.median.gaps += envelopes.back().gaps;
        fan.median.thinned |= envelopes.back().thinned;
    }
    if (!fan.median.thinned && stepsAgree(envelopes)) {
        pointByPoint(envelopes, fan);
        return fan;
    }
    // Within what there is, so that there are no more pieces than pixels however far a picture reaches.
    const auto begin = static_cast<double>(all->first);
    const double from = std::clamp(first, begin, static_cast<double>(all->last));
    const double to = std::clamp(last, from, static_cast<double>(all->last));
    const auto steps = static_cast<std::int64_t>(to - from) + 1;
    const std::int64_t size = fan.median.thinned ? bucketSize(steps, std::max<std::size_t>(buckets, 1)) : 1;
    pieceByPiece(envelopes, Grid(from, to, begin, static_cast<double>(size)), fan);
    return fan;
}

std::uint64_t BundleSource::generation() const
{
    std::uint64_t mixed = 0xcbf29ce484222325u;
    for (const SeriesSource* member : m_members) mixed = (mixed ^ member->generation()) * 0x100000001b3u;
    return mixed;
}

std::size_t BundleSource::size() const
{
    std::size_t most = 0;
    for (const SeriesSource* member : m_members) most = std::max(most, member->size());
    return most;
}

SeriesSummary BundleSource::summary() const
{
    SeriesSummary all{0, 0, kNone, kNone, kNone, kNone, size(), 0};
    const auto steps = extent();
    if (!steps) return all;
    all.firstStep = steps->first;
    all.lastStep = steps->last;
    const auto valueAt = [this](std::int64_t step) {
        const auto point = at(static_cast<double>(step));
        return point ? point->value : kNone;
    };
    all.first = valueAt(steps->first);
    all.last = valueAt(steps->last);
    for (const SeriesSource* member : m_members) {
        const SeriesSummary one = member->summary();
        all.lowest = std::fmin(all.lowest, one.lowest);
        all.highest = std::fmax(all.highest, one.highest);
        all.gaps += one.gaps;
    }
    return all;
}

std::optional<StepRange> BundleSource::extent() const
{
    std::optional<StepRange> all;
    for (const SeriesSource* member : m_members)
        if (const auto one = member->extent())
            all = all ? StepRange{std::min(all->first, one->first), std::max(all->last, one->last)} : *one;
    return all;
}

std::optional<SeriesPoint> BundleSource::at(double step) const
{
    std::optional<SeriesPoint> found;
    std::vector<double> values;
    for (const SeriesSource* member : m_members) {
        const auto range = member->extent();
        if (!range || static_cast<double>(range->first) > step) continue;
        const auto point = member->at(step);
        if (!point) return std::nullopt; // a median of those that happen to be loaded would be another one
        values.push_back(point->value);
        if (!found || point->step > found->step) found = *point;
    }
    if (found) found->value = medianOf(std::move(values));
    return found;
}

std::optional<SeriesPoint> BundleSource::neighbour(double step, int direction) const
{
    std::optional<SeriesPoint> nearest;
    for (const SeriesSource* member : m_members) {
        const auto point = member->neighbour(step, direction);
        if (!point) continue;
        const bool nearer = !nearest || (direction < 0 ? point->step > nearest->step : point->step < nearest->step);
        if (nearer) nearest = *point;
    }
    return nearest ? at(static_cast<double>(nearest->step)) : std::nullopt;
}

bool BundleSource::loading() const
{
    return std::any_of(m_members.begin(), m_members.end(),
                       [](const SeriesSource* member) { return member->loading(); });
}

std::unique_ptr<SeriesSource> BundleSource::smoothed(double weight) const
{
    auto bundle = std::make_unique<BundleSource>(std::vector<const SeriesSource*>());
    for (const SeriesSource* member : m_members) {
        bundle->m_own.push_back(member->smoothed(weight));
        bundle->m_members.push_back(bundle->m_own.back().get());
    }
    return bundle;
}

} // namespace triptych
