// The attention of one head over a long text, a byte a weight, with smaller pictures of it that lose no peak.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace triptych {

/// One thread appends, query after query; any other reads what is ready meanwhile, without a lock. A weight w is kept
/// as 1 + 254 sqrt(w), rounded, so that faint weights are told apart; 0 is no value: a key after its query. At level k
/// a value is the largest of 2^k x 2^k weights. 22.4 MB at 4,096 tokens.
class AttentionTiles {
public:
    static constexpr std::int64_t kTile = 256;           ///< cells of a tile's side
    static constexpr std::int64_t kMostTokens = 1 << 15; ///< a side; 1.4 GB

    /// Weights of queries [first, first + count) on all keys, [count, tokens], written into the span. Those of keys
    /// after their query are not read.
    using Rows = std::function<Status(std::int64_t first, std::int64_t count, std::span<float> weights)>;

    /// Nothing is ready yet. Throws std::invalid_argument for a size outside 1 to kMostTokens.
    explicit AttentionTiles(std::int64_t tokens);

    std::int64_t tokens() const { return m_tokens; }
    /// Level 0 has a cell for each weight; the last one fits into a tile.
    int levels() const { return static_cast<int>(m_levels.size()); }
    /// Cells of a side of a level: ceil(tokens / 2^level).
    std::int64_t side(int level) const { return (m_tokens + (std::int64_t{1} << level) - 1) >> level; }
    /// Of all levels together, whatever is ready.
    std::int64_t bytes() const;

    /// Rows of a level that can be read. Of a coarser one, those whose queries are all there.
    std::int64_t rows_ready(int level) const;
    bool complete() const { return rows_ready(0) == m_tokens; }

    /// The next queries, [n, tokens]; n = weights.size() / tokens. Weights are clamped to 0..1, not-a-number is 0.
    /// Error: no whole rows, or more than are missing.
    Status append(std::span<const float> weights);
    /// All that is missing, in blocks of kTile queries; `stop` is asked before each of them. Error: the producer's.
    Status fill(const Rows& rows, const std::function<bool()>& stop);

    /// Codes of a tile, row by row, [kTile, kTile]; 0 where the level ends and where it is not ready.
    std::vector<std::uint8_t> tile(int level, std::int64_t row, std::int64_t column) const;
    /// The weight, off by less than 0.004; not-a-number for a key after its query and where it is not ready.
    double weight(std::int64_t query, std::int64_t key) const;

private:
    std::uint8_t& code(int level, std::int64_t row, std::int64_t column);
    void shrink(std::int64_t first, std::int64_t count);

    std::int64_t m_tokens;
    std::vector<std::vector<std::uint8_t>> m_levels; ///< [level][side, side], never moved after the constructor
    std::atomic<std::int64_t> m_ready{0};            ///< queries; released after their codes are written
};

/// The code of a weight.
std::uint8_t attention_code(float weight);
/// The way back; not-a-number of 0.
double attention_weight(std::uint8_t code);

} // namespace triptych
