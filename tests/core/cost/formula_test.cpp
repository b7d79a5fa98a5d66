// Formulas and units: what they compute, what they come out in, and what is refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/closed_forms.h"
#include "core/cost/formula.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace triptych {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"hours", "price", "share", "years", "capital"};
constexpr std::array<double, 5> kValues = {100, 2, 0.25, 4, 50000};

std::optional<std::size_t> resolve(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return i;
    return std::nullopt;
}

double value_of(const std::string& text)
{
    const auto formula = Formula::parse(text, resolve);
    EXPECT_TRUE(formula.ok()) << (formula.ok() ? "" : formula.error().what);
    return formula.ok() ? formula->evaluate(kValues) : std::nan("");
}

std::string refusal_of(const std::string& text)
{
    const auto formula = Formula::parse(text, resolve);
    EXPECT_FALSE(formula.ok()) << text;
    return formula.ok() ? "" : formula.error().what;
}

std::string unit_of(const std::string& text)
{
    std::vector<Unit> units;
    for (const char* unit : {"GPU-hours", "USD/GPU-hour", "share", "years", "USD/GPU"})
        units.push_back(*Unit::parse(unit));
    const auto formula = Formula::parse(text, resolve);
    if (!formula) return "unreadable";
    const auto unit = formula->unit(units);
    return unit ? unit->text() : "refused: " + unit.error().what;
}

TEST(Formula, ComputesAsWritten)
{
    EXPECT_EQ(value_of("hours * price"), 200);
    EXPECT_EQ(value_of("1 + 2 * 3"), 7);
    EXPECT_EQ(value_of("(1 + 2) * 3"), 9);
    EXPECT_EQ(value_of("8 - 4 - 2"), 2);
    EXPECT_EQ(value_of("16 / 4 / 2"), 2);
    EXPECT_EQ(value_of("-hours + 1"), -99);
    EXPECT_EQ(value_of("2 * -price"), -4);
    EXPECT_EQ(value_of("--price"), 2);
    EXPECT_EQ(value_of("hours/(1-share)"), 100 / 0.75);
    EXPECT_EQ(value_of("1.5e2 + .5"), 150.5);
    EXPECT_EQ(value_of("min(hours, price) + max(hours, price)"), 102);
    EXPECT_EQ(value_of("given_or(0, hours) + given_or(price, hours)"), 102);
    EXPECT_EQ(value_of("straight_line(capital, 0 * capital, years, share)"), straight_line(50000, 0, 4, 0.25));
    EXPECT_TRUE(std::isinf(value_of("hours / 0")));
}

TEST(Formula, TellsWhatItReadsEachOnce)
{
    EXPECT_EQ(Formula::parse("capital + hours * capital", resolve)->reads(), (std::vector<std::size_t>{0, 4}));
    EXPECT_TRUE(Formula::parse("1 + 1", resolve)->reads().empty());
}

TEST(Formula, SaysInWhichColumnItCannotBeRead)
{
    EXPECT_NE(refusal_of("hours * prize").find("column 9: \"prize\" is not known"), std::string::npos);
    EXPECT_NE(refusal_of("hours price").find("column 7: an operator was expected"), std::string::npos);
    EXPECT_NE(refusal_of("hours *").find("column 8: a number or a name"), std::string::npos);
    EXPECT_NE(refusal_of("(hours").find("column 7: a ) is missing"), std::string::npos);
    EXPECT_NE(refusal_of("root(hours)").find("no function \"root\""), std::string::npos);
    EXPECT_NE(refusal_of("min(hours)").find("min takes 2 values"), std::string::npos);
    EXPECT_NE(refusal_of("min(hours, price, share)").find("min takes 2 values"), std::string::npos);
    for (const char* text : {"", " ", ")", "1e999", "1..2", "hours +* price", "a = 1", "hours; price", "2 hours",
                             "hours \xC3\x28", "min", "min(", "min()", "price ^ 2"})
        refusal_of(text);
    refusal_of(std::string("hours\0+ price", 13));
}

TEST(Formula, RefusesWhatWouldTakeTooMuchRoom)
{
    EXPECT_NE(refusal_of(std::string(5000, '1')).find("longer than"), std::string::npos);
    EXPECT_NE(refusal_of(std::string(900, '(') + "1" + std::string(900, ')')).find("too deeply"), std::string::npos);
    EXPECT_NE(refusal_of(std::string(900, '-') + "1").find("too deeply"), std::string::npos);
    // As deep as brackets go, each with a value that waits: within the stack, or refused.
    std::string deep = "1";
    for (int i = 0; i < 49; ++i) deep = "1 + (2 * (" + deep + "))";
    refusal_of(deep);
    std::string wide = "1";
    for (int i = 0; i < 24; ++i) wide = "1 + (2 * (" + wide + "))";
    EXPECT_GT(value_of(wide), 1e6);
}

TEST(Formula, ComesOutInItsUnit)
{
    EXPECT_EQ(unit_of("hours * price"), "USD");
    EXPECT_EQ(unit_of("price / (1 - share)"), "USD/GPU-hour");
    EXPECT_EQ(unit_of("straight_line(capital, capital, years, share)"), "USD/GPU-hour");
    EXPECT_EQ(unit_of("economic_decay(capital, 1 / years)"), "USD/GPU-hour");
    EXPECT_EQ(unit_of("young_interval(years, years)"), "year");
    EXPECT_EQ(unit_of("expected_goodput(years, years, years, years)"), "1");
    EXPECT_EQ(unit_of("share"), "1");
    EXPECT_EQ(unit_of("1 / price"), "GPU-hour/USD");
    for (const char* text :
         {"hours + price", "hours - 1", "min(hours, years)", "straight_line(capital, capital, hours, share)",
          "annuity(capital, capital, share, years, share)", "economic_decay(capital, years)",
          "young_interval(hours, years)", "expected_goodput(years, years, share, years)"})
        EXPECT_EQ(unit_of(text).substr(0, 8), "refused:") << text;
}

TEST(Unit, IsReadInTheWaysThatPeopleWriteIt)
{
    const auto text = [](const char* written) {
        const auto unit = Unit::parse(written);
        return unit ? unit->text() : "refused";
    };
    EXPECT_EQ(text("GPU-hours"), "GPU-hour");
    EXPECT_EQ(text("USD/kWh"), "USD/hour-kW");
    EXPECT_EQ(text("kWh"), "hour-kW");
    EXPECT_EQ(text("1"), "1");
    EXPECT_EQ(text("share"), "1");
    EXPECT_EQ(text("1/year"), "1/year");
    EXPECT_EQ(text("GPUs/GPU"), "1");
    for (const char* wrong : {"", "/", "USD/", "USD/h/h", "USD per hour", "2", "USD-", "m2"})
        EXPECT_EQ(text(wrong), "refused") << wrong;
    EXPECT_FALSE(Unit::parse("hour")->square_root().ok());
    EXPECT_EQ(Unit::parse("hour-hour")->square_root()->text(), "hour");
}

} // namespace
} // namespace triptych
