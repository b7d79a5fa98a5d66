// The token stream as a batch source.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/stream_source.h"

#include "core/util/error_exception.h"

#include <algorithm>

namespace triptych {

namespace {

[[noreturn]] void throw_error(const Error& error)
{
    throw ErrorException(error);
}

} // namespace

void StreamSource::read_training_batch(std::int64_t step, std::int64_t micro_step, BatchBuffer& into) const
{
    // The stream counts steps from 0.
    const auto first = static_cast<std::uint64_t>(step - 1);
    if (const Status read = m_stream.read(first, static_cast<std::uint64_t>(micro_step), into); !read)
        throw_error(read.error());
}

std::int64_t StreamSource::validation_batches() const
{
    if (!m_stream.has_validation()) return 0;
    const std::int64_t all = m_stream.validation_batches();
    return all == Corpus::kEndless ? m_evaluation_batches : std::min(all, m_evaluation_batches);
}

TokenBatch StreamSource::validation_batch(std::int64_t index) const
{
    auto batch =
        m_stream.validation_batch(static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(validation_batches()));
    if (!batch) throw_error(batch.error());
    return batch.take();
}

} // namespace triptych
