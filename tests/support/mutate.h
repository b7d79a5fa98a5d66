// Damages files for fuzz tests: the same damage for the same seed and round, everywhere.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/rng.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace triptych::test {

/// What parsers have tripped over: numbers at the ends of their types, brackets, quotes, broken UTF-8, zero bytes.
inline constexpr std::array<std::string_view, 20> kNastyPieces = {"-1",
                                                                  "0",
                                                                  "1e999",
                                                                  "-0.0",
                                                                  "9223372036854775808",
                                                                  "18446744073709551616",
                                                                  "null",
                                                                  "true",
                                                                  "NaN",
                                                                  "\"",
                                                                  "\\u0",
                                                                  "[[[",
                                                                  "]",
                                                                  "{",
                                                                  "}",
                                                                  ",",
                                                                  "\xC3\x28",
                                                                  "\xFF",
                                                                  "\xED\xA0\x80",
                                                                  "\\"};

/// The contents with one to four changes: bytes set, bits flipped, digits changed, pieces removed, doubled, inserted,
/// the end cut off.
inline std::string mutated(std::string contents, std::uint64_t seed, std::uint64_t round)
{
    const Philox random(seed, round);
    std::uint64_t draw = 0;
    const auto below = [&](std::size_t bound) {
        return static_cast<std::size_t>(random.below(draw++, std::max<std::size_t>(bound, 1)));
    };
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
        const std::size_t place = below(contents.size());
        const std::size_t length = std::min(below(24), contents.size() - std::min(place, contents.size()));
        switch (contents.empty() ? 6 : below(9)) {
        case 0: contents[place] = static_cast<char>(below(256)); break;
        case 1: contents[place] = static_cast<char>(contents[place] ^ (1 << below(8))); break;
        case 2:
        case 3: {
            const std::size_t digit = contents.find_first_of("0123456789", place);
            if (digit != contents.npos) contents[digit] = static_cast<char>('0' + below(10));
            break;
        }
        case 4: contents.erase(place, length); break;
        case 5: contents.insert(place, contents.substr(place, length)); break;
        case 6: contents.insert(place, kNastyPieces[below(kNastyPieces.size())]); break;
        case 7: contents.replace(place, length, kNastyPieces[below(kNastyPieces.size())]); break;
        default:
            if (below(8) == 0) contents.resize(place);
        }
    }
    return contents;
}

} // namespace triptych::test
