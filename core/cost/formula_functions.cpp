// The list of functions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/formula_functions.h"

#include "core/cost/closed_forms.h"

#include <algorithm>
#include <array>

namespace triptych {

namespace {

using Names = std::string_view;

Unit known(std::string_view text)
{
    const auto unit = Unit::parse(text);
    return unit ? *unit : Unit();
}

/// Refuses the argument of this number unless it is of the unit.
Status expect(std::span<const Unit> units, std::size_t number, const Unit& unit, std::span<const Names> names)
{
    if (units[number] == unit) return {};
    return Error{std::string(names[number]) + " is in " + units[number].text() + " but must be in " + unit.text(),
                 "Give it in " + unit.text() + "."};
}

/// What an hour takes off a price: the price's unit over hours. Pairs of an argument and what it must be in.
Result<Unit> per_hour(std::span<const Unit> units, std::span<const Names> names,
                      std::initializer_list<std::pair<std::size_t, Unit>> expected)
{
    for (const auto& [number, unit] : expected)
        if (Status status = expect(units, number, unit, names); !status) return status.error();
    return units[0].over(known("hour"));
}

constexpr std::array<Names, 4> kStraightLine = {"price", "residual", "years", "utilisation"};
constexpr std::array<Names, 5> kAnnuity = {"price", "residual", "interest", "years", "utilisation"};
constexpr std::array<Names, 2> kDecay = {"price", "orders"};
constexpr std::array<Names, 2> kYoung = {"save", "mtbf"};
constexpr std::array<Names, 4> kGoodput = {"save", "interval", "restart", "mtbf"};
constexpr std::array<Names, 2> kPair = {"a", "b"};

Result<Unit> straight_line_unit(std::span<const Unit> u)
{
    return per_hour(u, kStraightLine, {{1, u[0]}, {2, known("year")}, {3, Unit()}});
}
Result<Unit> annuity_unit(std::span<const Unit> u)
{
    return per_hour(u, kAnnuity, {{1, u[0]}, {2, known("1/year")}, {3, known("year")}, {4, Unit()}});
}
Result<Unit> decay_unit(std::span<const Unit> u)
{
    return per_hour(u, kDecay, {{1, known("1/year")}});
}
Result<Unit> young_unit(std::span<const Unit> u)
{
    if (Status status = expect(u, 1, u[0], kYoung); !status) return status.error();
    return u[0].times(u[1]).square_root();
}
Result<Unit> goodput_unit(std::span<const Unit> u)
{
    for (const std::size_t number : {1U, 2U, 3U})
        if (Status status = expect(u, number, u[0], kGoodput); !status) return status.error();
    return Unit();
}
Result<Unit> like_unit(std::span<const Unit> u)
{
    if (Status status = expect(u, 1, u[0], kPair); !status) return status.error();
    return u[0];
}

constexpr std::array kFunctions = {
    FormulaFunction{"straight_line", kStraightLine,
                    [](const double* a) { return straight_line(a[0], a[1], a[2], a[3]); }, straight_line_unit},
    FormulaFunction{"annuity", kAnnuity, [](const double* a) { return annuity(a[0], a[1], a[2], a[3], a[4]); },
                    annuity_unit},
    FormulaFunction{"economic_decay", kDecay, [](const double* a) { return economic_decay(a[0], a[1]); }, decay_unit},
    FormulaFunction{"young_interval", kYoung, [](const double* a) { return young_interval(a[0], a[1]); }, young_unit},
    FormulaFunction{"expected_goodput", kGoodput,
                    [](const double* a) { return expected_goodput(a[0], a[1], a[2], a[3]); }, goodput_unit},
    FormulaFunction{"min", kPair, [](const double* a) { return std::min(a[0], a[1]); }, like_unit},
    FormulaFunction{"max", kPair, [](const double* a) { return std::max(a[0], a[1]); }, like_unit},
    // A measured or typed number where there is one, else an estimate.
    FormulaFunction{"given_or", kPair, [](const double* a) { return a[0] > 0 ? a[0] : a[1]; }, like_unit},
};

} // namespace

std::span<const FormulaFunction> formula_function_list()
{
    return kFunctions;
}

} // namespace triptych
