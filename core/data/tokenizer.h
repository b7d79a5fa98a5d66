// What turns text into token ids and back; the same interface for bytes and, later, for merges.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/utf8.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

using TokenId = std::int32_t;

/// Whether "<eos>" written in a text is five characters or the special token. Training data is always Literal, so that
/// no file can forge a document boundary; Parsed is what Hugging Face tokenizers do with a prompt.
enum class SpecialTokens : std::uint8_t { Literal = 1, Parsed };

/// Immutable and safe to share between threads.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    virtual std::string_view name() const = 0;
    /// Ids are 0..vocab_size()-1. A model may have more rows than this, never fewer.
    virtual std::int64_t vocab_size() const = 0;
    virtual TokenId bos_id() const = 0;
    virtual TokenId eos_id() const = 0;
    virtual TokenId pad_id() const = 0;

    /// Appends the tokens of any bytes (they need not be UTF-8). Adds no <bos> or <eos>.
    virtual void encode(std::string_view text, std::vector<TokenId>& into,
                        SpecialTokens special = SpecialTokens::Literal) const = 0;
    /// The bytes a token stands for; empty for special tokens and for ids out of range.
    virtual std::string_view bytes_of(TokenId id) const = 0;
    /// A token for display, never empty and valid UTF-8: space as "␣", newline as "↵", part of a character as "<0xC3>",
    /// special tokens by name, ids out of range as "<#300>".
    virtual std::string token_text(TokenId id) const = 0;

    std::vector<TokenId> encode(std::string_view text, SpecialTokens special = SpecialTokens::Literal) const;
    /// Valid UTF-8; broken bytes become U+FFFD, special tokens nothing.
    std::string decode(std::span<const TokenId> tokens) const;
};

/// Text of tokens as they come: a character whose bytes are not all there yet is held back.
class StreamingDecoder {
public:
    /// The tokenizer must outlive the decoder.
    explicit StreamingDecoder(const Tokenizer& tokenizer) : m_tokenizer(&tokenizer) {}

    std::string push(TokenId token) { return m_stream.push(m_tokenizer->bytes_of(token)); }
    std::string finish() { return m_stream.finish(); }

private:
    const Tokenizer* m_tokenizer;
    Utf8Stream m_stream;
};

} // namespace triptych
