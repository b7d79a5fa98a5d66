// A source of token sequences: text files or built-in texts, split into training and validation without leaks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_spec.h"
#include "core/data/tokenizer.h"
#include "core/util/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace triptych {

enum class Split : std::uint8_t { Train = 1, Validation };

/// Tokens that a row of a batch spans: T positions and what the last of them predicts, D + 1 tokens further.
struct RowShape {
    std::int64_t sequence_length = 0; ///< T
    std::int64_t lookahead = 1;       ///< D + 1
    std::int64_t tokens() const { return sequence_length + lookahead; }
};

struct CorpusOptions {
    RowShape row;
    std::uint64_t seed = 1;           ///< of the order of training rows; validation never depends on it
    double validation_fraction = 0.1; ///< of the tokens, 0..0.5; 0: no validation split
};

/// One row to be filled; three arrays of row.tokens().
struct RowView {
    std::span<TokenId> tokens;
    std::span<std::int32_t> documents; ///< 0, 1, ...: which document of this row the token belongs to
    std::span<std::int32_t> domains;   ///< index into domains()
};

/// What run.json says about the data.
struct CorpusInfo {
    std::string spec;               ///< as the user wrote it; valid UTF-8
    std::uint64_t hash = 0;         ///< of the content, docs/run_format.md; another hash means other data
    std::int64_t bytes = 0;         ///< of text; 0: endless
    std::int64_t documents = 0;     ///< 0: endless
    std::vector<std::string> notes; ///< what was left out, how it was split
};

/// Documents are packed end to end: <bos>, a token a byte, <eos>. Rows depend on (data, options, row number) alone, so
/// that a run can be resumed at any row. Safe to read from several threads.
class Corpus {
public:
    virtual ~Corpus() = default;

    virtual const CorpusInfo& info() const = 0;
    virtual const std::vector<std::string>& domains() const = 0;
    /// Tokens of a split; 0 where there is none, kEndless for built-in texts.
    virtual std::int64_t tokens(Split split) const = 0;
    static constexpr std::int64_t kEndless = -1;

    /// Training row number `row`: files go round in epochs, every token once in each, in an order shuffled anew.
    virtual Status read_training(std::uint64_t row, const RowView& into) const = 0;
    /// Row `row` of `count` that cover the validation split evenly, first to last.
    virtual Status read_validation(std::uint64_t row, std::uint64_t count, const RowView& into) const = 0;
};

/// Opens what the spec names. Errors: what find_text_files and SyntheticText say, and a split too small for one row
/// (the error says how many bytes are needed).
Result<std::unique_ptr<Corpus>> open_corpus(const DataSpec& spec, const CorpusOptions& options);

} // namespace triptych
