// All heads of a text at a glance: a small picture of each, and where it looks by habit.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace triptych {

/// The attention of a head, the largest of pool x pool weights a cell.
struct HeadThumbnail {
    static constexpr std::int64_t kMostSide = 64;

    std::int64_t side = 0;           ///< cells
    std::vector<std::uint8_t> codes; ///< [side, side] as of attention_code(); 0: a key after its query
};

/// Tokens a side of a thumbnail's cell: the fewest with which it fits.
std::int64_t thumbnail_pool(std::int64_t tokens);

/// What a head does, in a word: where most of its weight goes.
enum class Habit : std::uint8_t {
    Self = 1, ///< the token itself
    Previous, ///< the one before
    First,    ///< the first of the text
    Spread,   ///< no single one: many tokens alike
};
inline constexpr Habit kHabits[] = {Habit::Self, Habit::Previous, Habit::First, Habit::Spread};

/// Where a head looks on average: shares 0..1 over the tokens from the third on, for which they are three.
struct HeadHabits {
    double self = 0;     ///< weight on the token itself
    double previous = 0; ///< on the one before
    double first = 0;    ///< on the first of the text
    double spread = 0;   ///< 1 / sum of w^2, the number of tokens that share the look, as a share of all that are seen

    double of(Habit habit) const;
    /// The largest of the four; spread counts from half of the tokens on, or where nothing else has a quarter.
    Habit strongest() const;
};

/// Adds up the rows of a head.
class HabitCounter {
public:
    /// The weights of a query on keys 0 to query.
    void add(std::span<const float> weights);
    HeadHabits habits() const;

private:
    HeadHabits m_sum;
    std::int64_t m_rows = 0;
};

/// A text's heads: of a probe frame, or of a long text. Each call computes; nothing is kept. Any thread.
class HeadPictures {
public:
    virtual ~HeadPictures() = default;
    virtual std::int64_t layers() const = 0;
    virtual std::int64_t heads() const = 0;
    virtual HeadThumbnail thumbnail(std::int64_t layer, std::int64_t head) const = 0;
    virtual HeadHabits habits(std::int64_t layer, std::int64_t head) const = 0;
};

/// Of pooled frames the habits are those of the pooled cells: too large, but in the same order.
class ProbePictures final : public HeadPictures {
public:
    explicit ProbePictures(std::shared_ptr<const ProbeFrame> frame) : m_frame(std::move(frame)) {}

    std::int64_t layers() const override { return m_frame->layers; }
    std::int64_t heads() const override { return m_frame->heads; }
    HeadThumbnail thumbnail(std::int64_t layer, std::int64_t head) const override;
    HeadHabits habits(std::int64_t layer, std::int64_t head) const override;

private:
    std::shared_ptr<const ProbeFrame> m_frame;
};

/// Puts the weights of a query on keys 0 to query into the picture of its text.
void pool_row(HeadThumbnail& picture, std::int64_t pool, std::int64_t query, std::span<const float> weights);
/// With no weight yet; what cannot be seen is 0, the rest the code of nothing.
HeadThumbnail empty_thumbnail(std::int64_t tokens);

} // namespace triptych
