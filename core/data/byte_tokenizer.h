// The tokenizer that needs no training: one token a byte, after eight special ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"

#include <array>

namespace triptych {

/// Ids: 0 <bos>, 1 <eos>, 2 <pad>, 3..7 reserved, 8 + b for byte b. The first two are those of DeepSeek's config.json.
class ByteTokenizer final : public Tokenizer {
public:
    static constexpr TokenId kBos = 0;
    static constexpr TokenId kEos = 1;
    static constexpr TokenId kPad = 2;
    static constexpr TokenId kFirstByte = 8;
    static constexpr std::int64_t kVocabSize = kFirstByte + 256;
    static constexpr std::array<std::string_view, kFirstByte> kSpecialNames = {
        "<bos>", "<eos>", "<pad>", "<reserved_3>", "<reserved_4>", "<reserved_5>", "<reserved_6>", "<reserved_7>"};

    /// The token of a byte; for those who fill long arrays of them.
    static constexpr TokenId token_of(std::uint8_t byte) { return kFirstByte + byte; }

    std::string_view name() const override { return "byte"; }
    std::int64_t vocab_size() const override { return kVocabSize; }
    TokenId bos_id() const override { return kBos; }
    TokenId eos_id() const override { return kEos; }
    TokenId pad_id() const override { return kPad; }

    using Tokenizer::encode;
    void encode(std::string_view text, std::vector<TokenId>& into, SpecialTokens special) const override;
    std::string_view bytes_of(TokenId id) const override;
    std::string token_text(TokenId id) const override;
};

} // namespace triptych
