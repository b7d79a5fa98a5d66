// UTF-8 that arrives byte by byte or broken: always hands out valid text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/utf8.h"

#include <cstdint>

namespace triptych {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD"; // U+FFFD

struct Character {
    enum class Kind { Whole, Broken, Unfinished } kind;
    std::size_t size; // bytes it takes
};

bool in_range(std::uint8_t byte, unsigned low, unsigned high)
{
    return byte >= low && byte <= high;
}

/// How many bytes a lead byte announces (0: not a lead byte) and which second bytes it allows (Unicode table 3-7).
struct Lead {
    std::size_t size;
    unsigned second_low;
    unsigned second_high;
};

Lead lead_of(std::uint8_t byte)
{
    if (byte < 0x80) return {1, 0, 0};
    if (in_range(byte, 0xC2, 0xDF)) return {2, 0x80, 0xBF};
    if (byte == 0xE0) return {3, 0xA0, 0xBF}; // below: overlong
    if (byte == 0xED) return {3, 0x80, 0x9F}; // above: surrogates
    if (in_range(byte, 0xE1, 0xEF)) return {3, 0x80, 0xBF};
    if (byte == 0xF0) return {4, 0x90, 0xBF};
    if (in_range(byte, 0xF1, 0xF3)) return {4, 0x80, 0xBF};
    if (byte == 0xF4) return {4, 0x80, 0x8F}; // above: beyond U+10FFFF
    return {0, 0, 0};
}

/// The first character of a text that is not empty.
Character first_character(std::string_view bytes)
{
    const Lead lead = lead_of(static_cast<std::uint8_t>(bytes[0]));
    if (lead.size == 0) return {Character::Kind::Broken, 1};
    for (std::size_t i = 1; i < lead.size; ++i) {
        if (i == bytes.size()) return {Character::Kind::Unfinished, i};
        const auto byte = static_cast<std::uint8_t>(bytes[i]);
        const bool fits = i == 1 ? in_range(byte, lead.second_low, lead.second_high) : in_range(byte, 0x80, 0xBF);
        if (!fits) return {Character::Kind::Broken, i};
    }
    return {Character::Kind::Whole, lead.size};
}

} // namespace

std::string Utf8Stream::push(std::string_view bytes)
{
    m_pending.append(bytes);
    std::string_view rest = m_pending;
    std::string text;
    text.reserve(rest.size());
    while (!rest.empty()) {
        const Character character = first_character(rest);
        if (character.kind == Character::Kind::Unfinished) break;
        text += character.kind == Character::Kind::Whole ? rest.substr(0, character.size) : kReplacement;
        rest.remove_prefix(character.size);
    }
    m_pending = std::string(rest);
    return text;
}

std::string Utf8Stream::finish()
{
    const bool unfinished = !m_pending.empty();
    m_pending.clear();
    return std::string(unfinished ? kReplacement : std::string_view());
}

std::string to_valid_utf8(std::string_view bytes)
{
    Utf8Stream stream;
    std::string text = stream.push(bytes);
    return text + stream.finish();
}

} // namespace triptych
