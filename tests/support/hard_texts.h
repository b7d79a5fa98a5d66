// Texts that somebody pastes sooner or later: in every place that takes one, each must be read, cut or refused in
// words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace triptych::test {

struct HardText {
    const char* name;
    std::string bytes; ///< not all of them are UTF-8
};

inline void PrintTo(const HardText& text, std::ostream* out)
{
    *out << text.name;
}

inline std::string repeated(const std::string& part, std::size_t bytes)
{
    std::string text;
    while (text.size() + part.size() <= bytes) text += part;
    return text.append(bytes - text.size(), '.');
}

inline std::vector<HardText> hard_texts()
{
    return {
        {"empty", ""},
        {"oneCharacter", "a"},
        {"oneSpace", " "},
        {"manyTokens", repeated("The old house stands by the river. ", 4096)},
        {"manyWithoutSpaces", repeated("0123456789", 4096)},
        {"manyEmoji", repeated("\U0001F469\u200D\U0001F52C", 400)},
        {"emoji", "a \U0001F469\u200D\U0001F52C and \U0001F1E9\U0001F1EA \u2764\uFE0F"},
        {"rightToLeft", "\u05D4\u05D1\u05D9\u05EA \u05D4\u05D9\u05E9\u05DF \u05E2\u05D5\u05DE\u05D3"},
        {"bothDirections", "The \u05D1\u05D9\u05EA is \u0642\u062F\u064A\u0645 12 + 30 = 42"},
        {"manyRightToLeft", repeated("\u05D4\u05D1\u05D9\u05EA \u05D4\u05D9\u05E9\u05DF ", 400)},
        {"combiningMarks", "Z\u0361\u0327a\u0300\u0301\u0302\u0303\u0304l\u0336g\u0337o\u0338"},
        {"onlyCombiningMarks", repeated("\u0300\u0301\u0302", 120)},
        {"nul", std::string("a\0b\0\0c", 6)},
        {"tabsAndLines", "one\ttwo\r\nthree\n\n\tfour\v\f"},
        {"otherControls", "\x01\x1B[31mred\x7F \u0085\u2028\u2029"},
        {"brokenBytes", "a\xC3\xFFz \xE2\x82 \x80\x80 \xF8\x88\x80\x80\x80 \xED\xA0\x80"},
        {"byteOrderMark", "\uFEFFThe old house"},
        {"specialTokens", "<bos>The <eos> house<pad>"},
        {"hidden", "\u200B\u200E\u202Etxet siht\u202C\u2066x\u2069"},
        {"markup", "<b>bold</b> &amp; <script>alert(1)</script> %1 %n {} {0}"},
    };
}

} // namespace triptych::test
