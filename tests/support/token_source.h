// Batches of pseudo-random but learnable tokens, for training tests.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/batch_source.h"
#include "kernels/base/rng.h"

namespace triptych::test {

/// Each sequence counts upwards by its own stride, modulo the vocabulary: after two tokens the rest can be known.
class CountingSource : public BatchSource {
public:
    CountingSource(std::int64_t vocab, std::int64_t batch, std::int64_t length, std::int64_t depth)
        : m_vocab(vocab), m_batch(batch), m_length(length), m_depth(depth)
    {}

    TokenBatch training_batch(std::int64_t step, std::int64_t micro_step) const override
    {
        return make(static_cast<std::uint64_t>(step * 64 + micro_step));
    }
    std::int64_t validation_batches() const override { return 2; }
    TokenBatch validation_batch(std::int64_t index) const override
    {
        return make((std::uint64_t{1} << 40) + static_cast<std::uint64_t>(index));
    }
    const std::vector<std::string>& domains() const override { return m_domains; }
    double bytes_per_token() const override { return 1; }

private:
    TokenBatch make(std::uint64_t number) const
    {
        const Philox random(17, number);
        std::vector<std::int32_t> tokens;
        for (std::int64_t b = 0; b < m_batch; ++b) {
            const auto start = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * b), 1000));
            const auto stride = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * b + 1), 5)) + 1;
            for (std::int64_t t = 0; t < m_length + 1 + m_depth; ++t)
                tokens.push_back(static_cast<std::int32_t>((start + t * stride) % m_vocab));
        }
        return make_batch(tokens, m_batch, m_length, m_depth);
    }

    std::int64_t m_vocab;
    std::int64_t m_batch;
    std::int64_t m_length;
    std::int64_t m_depth;
    std::vector<std::string> m_domains;
};

} // namespace triptych::test
