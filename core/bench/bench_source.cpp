// Draws tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_source.h"

#include "kernels/base/rng.h"

namespace triptych {

namespace {

constexpr std::uint64_t kSeed = 0x62656e6368;
constexpr std::uint64_t kFavourites = ~std::uint64_t{0}; ///< the stream of them; texts count from 0
constexpr double kFaithful = 0.7;                        ///< share of tokens followed by their favourite

/// An id out of a uniform number: half of all are among the first eighth.
std::int32_t skewed(double uniform, std::int64_t vocabulary)
{
    return static_cast<std::int32_t>(uniform * uniform * uniform * static_cast<double>(vocabulary));
}

} // namespace

std::vector<std::int32_t> bench_tokens(std::int64_t vocabulary, std::int64_t count, std::uint64_t text)
{
    const Philox random(kSeed, text);
    const Philox favourites(kSeed, kFavourites);
    std::vector<std::int32_t> tokens;
    tokens.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) {
        const double drawn = random.uniform(static_cast<std::uint64_t>(i));
        const bool faithful = !tokens.empty() && drawn < kFaithful;
        const double uniform = faithful ? favourites.uniform(static_cast<std::uint64_t>(tokens.back()))
                                        : random.uniform(static_cast<std::uint64_t>(count + i));
        tokens.push_back(skewed(uniform, vocabulary));
    }
    return tokens;
}

TokenBatch BenchSource::training_batch(std::int64_t step, std::int64_t micro_step) const
{
    std::vector<std::int32_t> tokens;
    for (std::int64_t b = 0; b < m_batch; ++b) {
        const auto text = static_cast<std::uint64_t>(((step << 20) + micro_step) * m_batch + b);
        const auto sequence = bench_tokens(m_vocabulary, m_length + 1 + m_depth, text);
        tokens.insert(tokens.end(), sequence.begin(), sequence.end());
    }
    return make_batch(tokens, m_batch, m_length, m_depth);
}

} // namespace triptych
