// Choosing the next token from logits: greedy, temperature, top-k, top-p.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/rng.h"
#include "kernels/base/view.h"

#include <cstdint>
#include <vector>

namespace triptych {

struct SamplingSettings {
    double temperature = 1.0; ///< 0: always the most likely token
    double top_p = 1.0;       ///< keep the smallest set of tokens with at least this probability
    std::int64_t top_k = 0;   ///< keep this many; 0: all
    std::uint64_t seed = 0;
};

/// Deterministic: token n of a generation draws from (seed, n). Not-a-number logits count as impossible.
class Sampler {
public:
    explicit Sampler(const SamplingSettings& settings) : m_settings(settings), m_random(settings.seed, 0x73616d706c65) {}

    /// logits [V], F32 or F64. Returns a token id; the lowest of equally likely ones when greedy.
    std::int32_t next(ConstView<1> logits);

private:
    SamplingSettings m_settings;
    Philox m_random;
    std::uint64_t m_drawn = 0;
    std::vector<std::pair<double, std::int32_t>> m_candidates;
};

} // namespace triptych
