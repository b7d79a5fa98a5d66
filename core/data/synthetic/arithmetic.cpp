// Arithmetic: lines like "37 + 45 = 82" and small word problems. Every answer is right.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/pattern.h"
#include "core/data/synthetic/writers.h"

#include <algorithm>
#include <array>

namespace triptych::synthetic {

namespace {

constexpr std::array kNames = {"Anna", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "Jack",
                               "Kate", "Leo", "Maria", "Nick",  "Nora", "Oscar", "Paula", "Simon", "Tina", "Victor"};
constexpr std::array kThings = {"apples", "books", "coins",  "eggs",    "stamps", "marbles", "pens", "cards", "shells",
                                "nuts",   "plums", "stones", "tickets", "roses",  "cakes",   "keys", "balls", "cups"};
constexpr std::array kGains = {"buys", "finds", "gets", "wins", "picks up"};
constexpr std::array kLosses = {"sells", "loses", "gives away", "drops", "eats up"};

std::string text(int number)
{
    return std::to_string(number);
}

/// Mostly two digits, since that is what a small model can learn soon.
int operand(TextRng& rng)
{
    return rng.chance(80) ? rng.between(0, 99) : rng.between(100, 999);
}

std::string sum(TextRng& rng)
{
    const int a = operand(rng);
    const int b = operand(rng);
    return text(a) + " + " + text(b) + " = " + text(a + b);
}

std::string difference(TextRng& rng)
{
    int a = operand(rng);
    int b = operand(rng);
    if (a < b) std::swap(a, b);
    return text(a) + " - " + text(b) + " = " + text(a - b);
}

std::string product(TextRng& rng)
{
    const int a = rng.between(2, 12);
    const int b = rng.between(2, 20);
    return text(a) + " * " + text(b) + " = " + text(a * b);
}

std::string quotient(TextRng& rng)
{
    const int a = rng.between(2, 12);
    const int b = rng.between(1, 20);
    return text(a * b) + " / " + text(a) + " = " + text(b);
}

std::string chain(TextRng& rng)
{
    const int a = rng.between(1, 40);
    const int b = rng.between(1, 40);
    const int c = rng.between(2, 9);
    if (rng.chance(50))
        return "(" + text(a) + " + " + text(b) + ") * " + text(c) + " = " + text(a + b) + " * " + text(c) + " = " +
               text((a + b) * c);
    return text(a) + " + " + text(b) + " + " + text(c) + " = " + text(a + b) + " + " + text(c) + " = " +
           text(a + b + c);
}

std::string comparison(TextRng& rng)
{
    const int a = operand(rng);
    const int b = operand(rng);
    const int larger = std::max(a, b);
    if (rng.chance(50)) return text(a) + (a < b ? " < " : a > b ? " > " : " = ") + text(b);
    return "max(" + text(a) + ", " + text(b) + ") = " + text(larger);
}

std::string sequence(TextRng& rng)
{
    const int step = rng.between(1, 12);
    int value = rng.between(0, 40);
    std::string line = text(value);
    for (int i = 0; i < 7; ++i) line += ", " + text(value += step);
    return line;
}

std::string property(TextRng& rng)
{
    const int a = operand(rng);
    switch (rng.below(4)) {
    case 0: return text(a) + " is " + (a % 2 == 0 ? "even" : "odd");
    case 1: return "double of " + text(a) + " is " + text(2 * a);
    case 2: return "half of " + text(2 * a) + " is " + text(a);
    default: return text(a) + " mod 10 = " + text(a % 10);
    }
}

std::string word_problem(TextRng& rng)
{
    const bool gain = rng.chance(50);
    const std::string name = rng.word(kNames);
    const std::string thing = rng.word(kThings);
    const int more = rng.between(2, 30);
    const int first = gain ? rng.between(2, 60) : more + rng.between(2, 60);
    const std::string verb = gain ? rng.word(kGains) : rng.word(kLosses);
    return name + " has " + text(first) + " " + thing + " and " + verb + " " + text(more) + (gain ? " more" : "") +
           ". Now " + name + " has " + text(gain ? first + more : first - more) + " " + thing + ".";
}

} // namespace

std::string write_arithmetic(TextRng& rng)
{
    // Sums and differences twice: they carry the most to learn.
    constexpr std::array kKinds = {sum,   sum,        difference, difference, product,     quotient,
                                   chain, comparison, sequence,   property,   word_problem};
    return assemble(rng, "\n", [&] { return rng.pick(kKinds)(rng); });
}

} // namespace triptych::synthetic
