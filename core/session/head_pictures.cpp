// Pooling rows of weights, and adding them up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/head_pictures.h"

#include "core/session/attention_tiles.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr std::int64_t kFirstCounted = 2; ///< before, the token before is the first one, or there is none
constexpr double kEvenly = 0.5;           ///< of the tokens share the look
constexpr double kHardly = 0.25;          ///< of the weight is no habit

} // namespace

std::int64_t thumbnail_pool(std::int64_t tokens)
{
    return std::max<std::int64_t>((tokens + HeadThumbnail::kMostSide - 1) / HeadThumbnail::kMostSide, 1);
}

double HeadHabits::of(Habit habit) const
{
    switch (habit) {
    case Habit::Self: return self;
    case Habit::Previous: return previous;
    case Habit::First: return first;
    case Habit::Spread: return spread;
    }
    return 0;
}

Habit HeadHabits::strongest() const
{
    const double most = std::max({self, previous, first});
    if (most < kHardly || (spread > most && spread >= kEvenly)) return Habit::Spread;
    return most == self ? Habit::Self : most == previous ? Habit::Previous : Habit::First;
}

void HabitCounter::add(std::span<const float> weights)
{
    const std::size_t query = weights.size() - 1;
    if (static_cast<std::int64_t>(query) < kFirstCounted) return;
    double squares = 0;
    for (const float w : weights) squares += static_cast<double>(w) * static_cast<double>(w);
    m_sum.self += static_cast<double>(weights[query]);
    m_sum.previous += static_cast<double>(weights[query - 1]);
    m_sum.first += static_cast<double>(weights[0]);
    if (squares > 0) m_sum.spread += std::min(1 / squares / static_cast<double>(weights.size()), 1.0);
    ++m_rows;
}

HeadHabits HabitCounter::habits() const
{
    HeadHabits mean = m_sum;
    for (double* sum : {&mean.self, &mean.previous, &mean.first, &mean.spread})
        *sum /= static_cast<double>(std::max<std::int64_t>(m_rows, 1));
    return mean;
}

HeadThumbnail empty_thumbnail(std::int64_t tokens)
{
    const std::int64_t pool = thumbnail_pool(tokens);
    HeadThumbnail picture;
    picture.side = (tokens + pool - 1) / pool;
    picture.codes.assign(static_cast<std::size_t>(picture.side * picture.side), 0);
    for (std::int64_t row = 0; row < picture.side; ++row)
        std::fill_n(picture.codes.begin() + row * picture.side, row + 1, attention_code(0));
    return picture;
}

void pool_row(HeadThumbnail& picture, std::int64_t pool, std::int64_t query, std::span<const float> weights)
{
    std::uint8_t* row = picture.codes.data() + query / pool * picture.side;
    const auto keys = static_cast<std::int64_t>(weights.size());
    for (std::int64_t first = 0; first < keys; first += pool) {
        const auto part =
            weights.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(std::min(pool, keys - first)));
        // The code rises with the weight: one root a cell and not one a weight.
        row[first / pool] = std::max(row[first / pool], attention_code(*std::max_element(part.begin(), part.end())));
    }
}

namespace {

/// Calls fn(query, weights) for the rows of a head; of a pooled frame each pooled row once.
template <class Fn>
void each_row(const ProbeFrame& frame, std::int64_t layer, std::int64_t head, Fn&& fn)
{
    const auto tokens = static_cast<std::int64_t>(frame.tokens.size());
    for (std::int64_t query = 0; query < tokens; query += frame.pool)
        fn(query / frame.pool, std::span(&frame.attention[attention_index(frame, layer, head, query, 0)],
                                         static_cast<std::size_t>(query / frame.pool + 1)));
}

} // namespace

HeadThumbnail ProbePictures::thumbnail(std::int64_t layer, std::int64_t head) const
{
    const auto tokens = static_cast<std::int64_t>(m_frame->tokens.size());
    const std::int64_t rows = (tokens + m_frame->pool - 1) / m_frame->pool;
    HeadThumbnail picture = empty_thumbnail(rows);
    each_row(*m_frame, layer, head, [&](std::int64_t query, std::span<const float> weights) {
        pool_row(picture, thumbnail_pool(rows), query, weights);
    });
    return picture;
}

HeadHabits ProbePictures::habits(std::int64_t layer, std::int64_t head) const
{
    HabitCounter counter;
    each_row(*m_frame, layer, head, [&](std::int64_t, std::span<const float> weights) { counter.add(weights); });
    return counter.habits();
}

} // namespace triptych
