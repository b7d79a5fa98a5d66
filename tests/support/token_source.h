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

    void read_training_batch(std::int64_t step, std::int64_t micro_step, BatchBuffer& into) const override
    {
        fill(static_cast<std::uint64_t>(step * 64 + micro_step), into);
    }
    std::int64_t validation_batches() const override { return 2; }
    TokenBatch validation_batch(std::int64_t index) const override
    {
        BatchBuffer buffer;
        fill((std::uint64_t{1} << 40) + static_cast<std::uint64_t>(index), buffer);
        return buffer.batch;
    }
    const std::vector<std::string>& domains() const override { return m_domains; }
    double bytes_per_token() const override { return 1; }

private:
    void fill(std::uint64_t number, BatchBuffer& into) const
    {
        const Philox random(17, number);
        into.tokens.clear();
        for (std::int64_t b = 0; b < m_batch; ++b) {
            const auto start = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * b), 1000));
            const auto stride = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * b + 1), 5)) + 1;
            for (std::int64_t t = 0; t < m_length + 1 + m_depth; ++t)
                into.tokens.push_back(static_cast<std::int32_t>((start + t * stride) % m_vocab));
        }
        cut_batch(into.tokens, m_batch, m_length, m_depth, into.batch);
    }

    std::int64_t m_vocab;
    std::int64_t m_batch;
    std::int64_t m_length;
    std::int64_t m_depth;
    std::vector<std::string> m_domains;
};

} // namespace triptych::test
