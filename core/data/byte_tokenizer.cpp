// The tokenizer that needs no training: one token a byte, after eight special ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"

#include <optional>

namespace triptych {

namespace {

constexpr auto kAllBytes = [] {
    std::array<char, 256> bytes{};
    for (std::size_t i = 0; i < 256; ++i) bytes[i] = static_cast<char>(i);
    return bytes;
}();

/// The special token whose name the text begins with.
std::optional<TokenId> special_at(std::string_view text)
{
    if (text.empty() || text[0] != '<') return std::nullopt;
    for (std::size_t i = 0; i < ByteTokenizer::kSpecialNames.size(); ++i) {
        if (text.starts_with(ByteTokenizer::kSpecialNames[i])) return static_cast<TokenId>(i);
    }
    return std::nullopt;
}

} // namespace

void ByteTokenizer::encode(std::string_view text, std::vector<TokenId>& into, SpecialTokens special) const
{
    into.reserve(into.size() + text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto id = special == SpecialTokens::Parsed ? special_at(text.substr(at)) : std::nullopt;
        into.push_back(id ? *id : token_of(static_cast<std::uint8_t>(text[at])));
        at += id ? kSpecialNames[static_cast<std::size_t>(*id)].size() : 1;
    }
}

std::string_view ByteTokenizer::bytes_of(TokenId id) const
{
    if (id < kFirstByte || id >= kVocabSize) return {};
    return {&kAllBytes[static_cast<std::size_t>(id - kFirstByte)], 1};
}

std::string ByteTokenizer::token_text(TokenId id) const
{
    if (id < 0 || id >= kVocabSize) return "<#" + std::to_string(id) + ">";
    if (id < kFirstByte) return std::string(kSpecialNames[static_cast<std::size_t>(id)]);
    const auto byte = static_cast<std::uint8_t>(id - kFirstByte);
    if (byte == ' ') return "\u2423";  // open box
    if (byte == '\n') return "\u21B5"; // return arrow
    if (byte == '\t') return "\u21E5"; // tab arrow
    if (byte > ' ' && byte < 0x7F) return {static_cast<char>(byte)};
    constexpr std::string_view digits = "0123456789ABCDEF";
    return std::string("<0x") + digits[byte >> 4] + digits[byte & 15] + ">";
}

} // namespace triptych
