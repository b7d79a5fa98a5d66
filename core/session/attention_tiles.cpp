// Codes of weights, and the levels above them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/attention_tiles.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace triptych {

namespace {

constexpr double kSteps = 254; // codes 1 to 255

} // namespace

std::uint8_t attention_code(float weight)
{
    const double w = std::isnan(weight) ? 0 : std::clamp(static_cast<double>(weight), 0.0, 1.0);
    return static_cast<std::uint8_t>(1 + std::lround(kSteps * std::sqrt(w)));
}

double attention_weight(std::uint8_t code)
{
    if (code == 0) return std::nan("");
    const double root = (code - 1) / kSteps;
    return root * root;
}

AttentionTiles::AttentionTiles(std::int64_t tokens) : m_tokens(tokens)
{
    if (tokens < 1 || tokens > kMostTokens)
        throw std::invalid_argument("AttentionTiles: " + std::to_string(tokens) + " tokens, expected 1 to " +
                                    std::to_string(kMostTokens));
    for (int level = 0; level == 0 || side(level - 1) > kTile; ++level) {
        const auto cells = static_cast<std::size_t>(side(level));
        m_levels.emplace_back(cells * cells);
    }
}

std::int64_t AttentionTiles::bytes() const
{
    std::size_t sum = 0;
    for (const auto& level : m_levels) sum += level.size();
    return static_cast<std::int64_t>(sum);
}

std::int64_t AttentionTiles::rows_ready(int level) const
{
    const std::int64_t ready = m_ready.load(std::memory_order_acquire);
    return ready == m_tokens ? side(level) : ready >> level;
}

std::uint8_t& AttentionTiles::code(int level, std::int64_t row, std::int64_t column)
{
    return m_levels[static_cast<std::size_t>(level)][static_cast<std::size_t>(row * side(level) + column)];
}

Status AttentionTiles::append(std::span<const float> weights)
{
    const std::int64_t first = m_ready.load(std::memory_order_relaxed);
    const auto values = static_cast<std::int64_t>(weights.size());
    const std::int64_t count = values / m_tokens;
    if (values % m_tokens != 0 || count > m_tokens - first)
        return Error{std::to_string(values) + " attention weights do not fit: " + std::to_string(m_tokens - first) +
                         " rows of " + std::to_string(m_tokens) + " are missing",
                     "Append whole rows, a query each."};
    for (std::int64_t r = 0; r < count; ++r) {
        const std::int64_t query = first + r;
        for (std::int64_t key = 0; key <= query; ++key)
            code(0, query, key) = attention_code(weights[static_cast<std::size_t>(r * m_tokens + key)]);
    }
    shrink(first, count);
    m_ready.store(first + count, std::memory_order_release);
    return {};
}

void AttentionTiles::shrink(std::int64_t first, std::int64_t count)
{
    // A row of a level may get its queries from two calls: it is read only once all of them are there.
    for (int level = 1; level < levels(); ++level)
        for (std::int64_t below = first >> (level - 1); below <= (first + count - 1) >> (level - 1); ++below)
            for (std::int64_t column = 0; column < side(level - 1); ++column) {
                std::uint8_t& largest = code(level, below / 2, column / 2);
                largest = std::max(largest, code(level - 1, below, column));
            }
}

Status AttentionTiles::fill(const Rows& rows, const std::function<bool()>& stop)
{
    std::vector<float> block;
    while (!complete()) {
        if (stop()) return Error{"reading the attention was stopped", "Choose the head again to read it."};
        const std::int64_t first = m_ready.load(std::memory_order_relaxed);
        const std::int64_t count = std::min(kTile, m_tokens - first);
        block.resize(static_cast<std::size_t>(count * m_tokens));
        if (Status made = rows(first, count, block); !made) return made;
        if (Status added = append(block); !added) return added;
    }
    return {};
}

std::vector<std::uint8_t> AttentionTiles::tile(int level, std::int64_t row, std::int64_t column) const
{
    std::vector<std::uint8_t> out(static_cast<std::size_t>(kTile * kTile));
    if (level < 0 || level >= levels() || row < 0 || column < 0) return out;
    const auto& codes = m_levels[static_cast<std::size_t>(level)];
    const std::int64_t left = column * kTile;
    const std::int64_t width = std::min(kTile, side(level) - left);
    const std::int64_t end = std::min((row + 1) * kTile, rows_ready(level));
    if (width <= 0) return out;
    for (std::int64_t r = row * kTile; r < end; ++r)
        std::copy_n(codes.begin() + r * side(level) + left, width, out.begin() + (r - row * kTile) * kTile);
    return out;
}

double AttentionTiles::weight(std::int64_t query, std::int64_t key) const
{
    if (query < 0 || key < 0 || key > query || query >= rows_ready(0)) return std::nan("");
    return attention_weight(m_levels[0][static_cast<std::size_t>(query * m_tokens + key)]);
}

} // namespace triptych
