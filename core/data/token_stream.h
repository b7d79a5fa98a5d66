// The batches of a run: any step can be asked for at any time, so that a resumed run sees what it would have seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/corpus.h"
#include "core/data/mixture.h"
#include "core/model/token_batch.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace triptych {

struct StreamOptions {
    std::int64_t batch_size = 8;        ///< B
    std::int64_t sequence_length = 256; ///< T
    std::int64_t mtp_depth = 1;         ///< D
    std::int64_t micro_steps = 1;       ///< batches of one optimizer step
    std::uint64_t seed = 1;
    double validation_fraction = 0.1;
};

/// Mixes one or more corpora by weight. Where no spec has a weight, files count by their training tokens and each
/// built-in text as much as the files do on average; where one has, the others weigh 1. Safe to use from several
/// threads.
class TokenStream {
public:
    /// Specs as users write them, see DataSpec. Errors: those of DataSpec::parse and open_corpus.
    static Result<TokenStream> open(const std::vector<std::string>& specs, const StreamOptions& options);

    /// Labels of all corpora, each name once.
    const std::vector<std::string>& domains() const { return m_domains; }
    /// What each corpus is, in the order of the specs.
    std::vector<CorpusInfo> infos() const;
    /// Rows of each corpus in 1024.
    const std::vector<std::uint64_t>& shares() const { return m_mixture.quotas(); }

    /// Batch `micro_step` (below micro_steps) of a step; depends on the data, the options and these two numbers alone.
    /// A target is -1 where the token to predict belongs to another document than the position it is predicted at.
    /// Errors only where a file went away or changed during the run.
    Result<TokenBatch> batch(std::uint64_t step, std::uint64_t micro_step = 0) const;
    /// The same into a buffer, which keeps its memory. Files that were read before take none either, and a lock that
    /// nobody waits for; built-in texts are written anew each time and take memory for it.
    Status read(std::uint64_t step, std::uint64_t micro_step, BatchBuffer& into) const;

    bool has_validation() const;
    /// Batch `index` of `count` that cover the validation splits evenly, each corpus in its share. The same for every
    /// seed and step. Ask has_validation() first (std::logic_error).
    Result<TokenBatch> validation_batch(std::uint64_t index, std::uint64_t count) const;
    /// Batches after which every validation token has been seen about once; kEndless for built-in texts.
    std::int64_t validation_batches() const;

private:
    TokenStream(std::vector<std::unique_ptr<Corpus>> corpora, Mixture mixture, const StreamOptions& options);
    struct ValidationPlace {
        std::size_t corpus = 0;
        std::uint64_t row = 0;
        std::uint64_t count = 0;
    };
    ValidationPlace validation_place(std::uint64_t row, std::uint64_t rows) const;
    class Packer;

    std::vector<std::unique_ptr<Corpus>> m_corpora;
    Mixture m_mixture;
    StreamOptions m_options;
    std::vector<std::string> m_domains;
    std::vector<std::vector<std::int32_t>> m_labels; // of each corpus: its labels in m_domains
};

} // namespace triptych
