// The token stream as the trainer sees it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/token_stream.h"
#include "core/train/batch_source.h"

namespace triptych {

/// Throws ErrorException where a file went away or changed during the run: the run cannot go on without its data.
class StreamSource final : public BatchSource {
public:
    StreamSource(TokenStream stream, std::int64_t evaluation_batches)
        : m_stream(std::move(stream)), m_evaluation_batches(evaluation_batches)
    {}

    void set_evaluation_batches(std::int64_t batches) { m_evaluation_batches = batches; }

    void read_training_batch(std::int64_t step, std::int64_t micro_step, BatchBuffer& into) const override;
    std::int64_t validation_batches() const override;
    TokenBatch validation_batch(std::int64_t index) const override;
    const std::vector<std::string>& domains() const override { return m_stream.domains(); }
    /// The byte tokenizer's.
    double bytes_per_token() const override { return 1.0; }
    const TokenStream& stream() const { return m_stream; }

private:
    TokenStream m_stream;
    std::int64_t m_evaluation_batches;
};

} // namespace triptych
