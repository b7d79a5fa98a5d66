// Roman numerals: converted both ways, added and compared. Every line is right.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/writers.h"

#include <array>

namespace triptych::synthetic {

namespace {

struct Digit {
    int value;
    const char* text;
};
constexpr std::array kDigits = {Digit{1000, "M"}, Digit{900, "CM"}, Digit{500, "D"}, Digit{400, "CD"}, Digit{100, "C"},
                                Digit{90, "XC"},  Digit{50, "L"},   Digit{40, "XL"}, Digit{10, "X"},   Digit{9, "IX"},
                                Digit{5, "V"},    Digit{4, "IV"},   Digit{1, "I"}};

std::string roman(int number)
{
    std::string text;
    for (const auto& digit : kDigits) {
        for (; number >= digit.value; number -= digit.value) text += digit.text;
    }
    return text;
}

std::string line(TextRng& rng)
{
    const int a = rng.chance(60) ? rng.between(1, 99) : rng.between(100, 1999);
    const int b = rng.between(1, 99);
    switch (rng.below(6)) {
    case 0: return std::to_string(a) + " = " + roman(a);
    case 1: return roman(a) + " = " + std::to_string(a);
    case 2: return roman(a) + " + " + roman(b) + " = " + roman(a + b);
    case 3: return roman(a) + (a < b ? " < " : a > b ? " > " : " = ") + roman(b);
    case 4: return "ANNO " + roman(a + 900) + " (" + std::to_string(a + 900) + ")";
    default: return roman(a) + ", " + roman(a + 1) + ", " + roman(a + 2) + ", " + roman(a + 3);
    }
}

} // namespace

std::string write_roman(TextRng& rng)
{
    return assemble(rng, "\n", [&] { return line(rng); });
}

} // namespace triptych::synthetic
