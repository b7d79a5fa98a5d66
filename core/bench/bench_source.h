// Tokens for benchmarks: no files, the same on every machine, with something in them to learn.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/batch_source.h"

namespace triptych {

/// Low ids are frequent and high ones rare, as in texts, and most tokens are followed by a favourite of theirs: a loss
/// falls and experts are loaded unevenly, as in a true training. There is no validation.
class BenchSource final : public BatchSource {
public:
    /// Batches of `batch` sequences of `length` positions, targets for `depth` MTP modules.
    BenchSource(std::int64_t vocabulary, std::int64_t batch, std::int64_t length, std::int64_t depth)
        : m_vocabulary(vocabulary), m_batch(batch), m_length(length), m_depth(depth)
    {}

    void read_training_batch(std::int64_t step, std::int64_t micro_step, BatchBuffer& into) const override;
    std::int64_t validation_batches() const override { return 0; }
    TokenBatch validation_batch(std::int64_t) const override { return {}; }
    const std::vector<std::string>& domains() const override { return m_domains; }
    double bytes_per_token() const override { return 1; }

private:
    std::int64_t m_vocabulary;
    std::int64_t m_batch;
    std::int64_t m_length;
    std::int64_t m_depth;
    std::vector<std::string> m_domains;
};

/// The first `count` tokens of such a text.
std::vector<std::int32_t> bench_tokens(std::int64_t vocabulary, std::int64_t count, std::uint64_t text);

} // namespace triptych
