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

void write_tokens(std::int64_t vocabulary, std::uint64_t text, std::span<std::int32_t> tokens)
{
    const Philox random(kSeed, text);
    const Philox favourites(kSeed, kFavourites);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool faithful = random.uniform(i) < kFaithful && i > 0;
        const double uniform = faithful ? favourites.uniform(static_cast<std::uint64_t>(tokens[i - 1]))
                                        : random.uniform(tokens.size() + i);
        tokens[i] = skewed(uniform, vocabulary);
    }
}

} // namespace

std::vector<std::int32_t> bench_tokens(std::int64_t vocabulary, std::int64_t count, std::uint64_t text)
{
    std::vector<std::int32_t> tokens(static_cast<std::size_t>(count));
    write_tokens(vocabulary, text, tokens);
    return tokens;
}

void BenchSource::read_training_batch(std::int64_t step, std::int64_t micro_step, BatchBuffer& into) const
{
    const auto stride = static_cast<std::size_t>(m_length + 1 + m_depth);
    into.tokens.resize(static_cast<std::size_t>(m_batch) * stride);
    for (std::int64_t b = 0; b < m_batch; ++b)
        write_tokens(m_vocabulary, static_cast<std::uint64_t>(((step << 20) + micro_step) * m_batch + b),
                     std::span(into.tokens).subspan(static_cast<std::size_t>(b) * stride, stride));
    cut_batch(into.tokens, m_batch, m_length, m_depth, into.batch);
}

} // namespace triptych
