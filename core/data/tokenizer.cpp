// What turns text into token ids and back; the same interface for bytes and, later, for merges.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/tokenizer.h"

namespace triptych {

std::vector<TokenId> Tokenizer::encode(std::string_view text, SpecialTokens special) const
{
    std::vector<TokenId> tokens;
    encode(text, tokens, special);
    return tokens;
}

std::string Tokenizer::decode(std::span<const TokenId> tokens) const
{
    std::string bytes;
    for (const auto token : tokens) bytes += bytes_of(token);
    return to_valid_utf8(bytes);
}

} // namespace triptych
