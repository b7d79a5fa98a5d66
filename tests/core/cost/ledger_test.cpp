// Ledgers: sums, bands, what matters most, and presets that are wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "core/util/atomic_file.h"
#include "core/util/resources.h"
#include "tests/support/mutate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace triptych::test {
namespace {

std::string input(const std::string& key, const std::string& numbers, const std::string& unit = "USD",
                  const std::string& more = "")
{
    return fmt::format(R"("{}": {{"title": "{}", "unit": "{}", {}, "source": "s", "date": "2025"{}}})", key, key, unit,
                       numbers, more);
}

/// A preset with these inputs and lines: "a": "x + y".
std::string preset_text(const std::string& inputs, const std::string& lines, const std::string& quantities = "")
{
    return fmt::format(R"({{"title": "T", "source": "s", "date": "2025", "inputs": {{{}}}, "quantities": {{{}}},
        "lenses": {{"l": {{"title": "L", "scope": "S", "lines": {{{}}}}}}}}})",
                       inputs, quantities, lines);
}
std::string line(const std::string& key, const std::string& formula, const std::string& ledger = "A")
{
    return fmt::format(R"("{}": {{"title": "{}", "ledger": "{}", "formula": "{}"}})", key, key, ledger, formula);
}

CostPreset parsed(const std::string& text)
{
    auto preset = parse_cost_preset(text, "test.json");
    EXPECT_TRUE(preset.ok()) << (preset.ok() ? "" : preset.error().what);
    return preset.ok() ? preset.take() : CostPreset{};
}
std::string refusal_of(const std::string& text)
{
    const auto preset = parse_cost_preset(text, "test.json");
    EXPECT_FALSE(preset.ok()) << text;
    return preset.ok() ? "" : preset.error().what;
}

CostPreset two_inputs()
{
    return parsed(preset_text(input("x", R"("value": 10, "low": 8, "high": 14)") + "," +
                                  input("y", R"("value": 3, "low": 3, "high": 4)") + "," + input("z", R"("value": 1)"),
                              line("first", "x + y") + "," + line("second", "first * 2 + z")));
}

TEST(Ledger, AddsUpToTheMicroDollarAndLinesSeeThoseAbove)
{
    // A third of a cent three times: the total is that of the rounded lines.
    const CostPreset preset = parsed(preset_text(
        input("x", R"("value": 0.01)"), line("a", "x / 3") + "," + line("b", "x / 3") + "," + line("c", "a * 3")));
    const auto ledger = evaluate(preset);
    ASSERT_TRUE(ledger.ok());
    EXPECT_EQ(ledger->lines[0].usd.micro(), 3333);
    EXPECT_EQ(ledger->lines[2].usd.micro(), 9999) << "a line is used as it is shown";
    EXPECT_EQ(ledger->total.micro(), 3333 + 3333 + 9999);
}

TEST(Ledger, SaysWhatEachLineRestsOnThroughOtherLines)
{
    const auto ledger = evaluate(two_inputs());
    ASSERT_TRUE(ledger.ok());
    EXPECT_EQ(ledger->lines[1].inputs, (std::vector<std::string>{"x", "y", "z"}));
    CostPreset edited = two_inputs();
    ASSERT_TRUE(apply_edit(edited, "y=5"));
    const auto after = evaluate(edited);
    EXPECT_TRUE(after->lines[1].edited);
    EXPECT_NE(after->lines[1].source.find("edited by the user"), std::string::npos);
    EXPECT_FALSE(ledger->lines[1].edited);
}

TEST(LedgerBand, IsTheSameForTheSameSeedAndHoldsTheAmount)
{
    const CostPreset preset = two_inputs();
    Ledger a = *evaluate(preset);
    Ledger b = a;
    Ledger c = a;
    ASSERT_TRUE(add_band(preset, a, {.samples = 1000, .seed = 7}));
    ASSERT_TRUE(add_band(preset, b, {.samples = 1000, .seed = 7}));
    ASSERT_TRUE(add_band(preset, c, {.samples = 1000, .seed = 8}));
    EXPECT_EQ(a.low, b.low);
    EXPECT_EQ(a.high, b.high);
    EXPECT_NE(a.high, c.high);
    for (const LedgerLine& line : a.lines) {
        EXPECT_LT(line.low, line.usd) << line.key;
        EXPECT_GT(line.high, line.usd) << line.key;
    }
    EXPECT_FALSE(add_band(preset, a, {.samples = 0}).ok());
}

TEST(LedgerBand, OfOneInputHasTheQuantilesThatCanBeWorkedOut)
{
    // Half of the draws evenly in 8 to 10, half in 10 to 14: 5 % of all lie below 8.2, 5 % above 13.6.
    const CostPreset preset = parsed(preset_text(input("x", R"("value": 10, "low": 8, "high": 14)"), line("a", "x")));
    Ledger ledger = *evaluate(preset);
    ASSERT_TRUE(add_band(preset, ledger, {.samples = 20000}));
    EXPECT_NEAR(ledger.low.usd(), 8.2, 0.03);
    EXPECT_NEAR(ledger.high.usd(), 13.6, 0.06);
}

TEST(LedgerBand, DrawsEveryInputAboveItsValueInHalfOfTheCases)
{
    // The least of four is above zero once in 16 draws, more than 5 %; of five once in 32, less.
    std::string inputs;
    for (const char* key : {"a", "b", "c", "d", "e"})
        inputs += (inputs.empty() ? "" : ",") + input(key, R"("value": 0, "low": 0, "high": 1)");
    const CostPreset preset = parsed(preset_text(inputs, line("four", "min(min(a, b), min(c, d))") + "," +
                                                             line("five", "min(min(min(a, b), min(c, d)), e)")));
    Ledger ledger = *evaluate(preset);
    ASSERT_TRUE(add_band(preset, ledger, {.samples = 20000}));
    EXPECT_GT(ledger.lines[0].high, Money());
    EXPECT_EQ(ledger.lines[1].high, Money());
}

TEST(LedgerBand, StaysWithinTheEndsAndVanishesWithTheRanges)
{
    CostPreset preset = two_inputs();
    Ledger ledger = *evaluate(preset);
    ASSERT_TRUE(add_band(preset, ledger));
    EXPECT_GE(ledger.low.usd(), 3 * 11 + 1);
    EXPECT_LE(ledger.high.usd(), 3 * 18 + 1);
    ASSERT_TRUE(apply_edit(preset, "x=10"));
    ASSERT_TRUE(apply_edit(preset, "y=3"));
    ledger = *evaluate(preset);
    ASSERT_TRUE(add_band(preset, ledger));
    EXPECT_EQ(ledger.low, ledger.total);
    EXPECT_EQ(ledger.high, ledger.total);
}

TEST(LedgerBand, OneMoreInputDrawsNoOtherAnew)
{
    const std::string x = input("x", R"("value": 10, "low": 8, "high": 14)");
    const CostPreset alone = parsed(preset_text(x, line("a", "x")));
    const CostPreset after = parsed(
        preset_text(input("w", R"("value": 1, "low": 0, "high": 2)") + "," + x, line("a", "x") + "," + line("b", "w")));
    Ledger first = *evaluate(alone);
    Ledger second = *evaluate(after);
    ASSERT_TRUE(add_band(alone, first));
    ASSERT_TRUE(add_band(after, second));
    EXPECT_EQ(first.lines[0].low, second.lines[0].low);
    EXPECT_EQ(first.lines[0].high, second.lines[0].high);
}

TEST(Tornado, PutsTheWidestFirstAndLeavesOutWhatChangesNothing)
{
    const auto bars = tornado(two_inputs());
    ASSERT_TRUE(bars.ok());
    ASSERT_EQ(bars->size(), 2U) << "z has no range";
    EXPECT_EQ((*bars)[0].key, "x");
    EXPECT_EQ((*bars)[0].at_low.usd(), 3 * 11 + 1);
    EXPECT_EQ((*bars)[0].at_high.usd(), 3 * 17 + 1);
    EXPECT_EQ((*bars)[1].key, "y");
    EXPECT_EQ((*bars)[0].swing(), 18'000'000U);
    TornadoBar falling{"k", "t", Money::from_micro(5), Money::from_micro(-3)};
    EXPECT_EQ(falling.swing(), 8U);
}

TEST(Waterfall, StaysWhereALineIsLeftOutAndGoesOnBehindIt)
{
    CostPreset preset = two_inputs();
    preset.lenses.front().lines[0].left_out = true;
    const auto ledger = evaluate(preset);
    ASSERT_TRUE(ledger.ok());
    const auto steps = waterfall(*ledger);
    ASSERT_TRUE(steps.ok());
    EXPECT_EQ((*steps)[0].to, Money()) << "nothing is added";
    EXPECT_EQ((*steps)[1].from, Money());
    EXPECT_EQ((*steps)[1].to.usd(), 27) << "twice the line that is left out, and one";
    EXPECT_EQ((*steps)[1].to, ledger->total);
}

TEST(Tornado, HasNoBarForWhatIsOnlyRounded)
{
    const auto preset = load_cost_preset("deepseek-v3-waterfall");
    ASSERT_TRUE(preset.ok());
    const auto bars = tornado(*preset);
    ASSERT_TRUE(bars.ok());
    EXPECT_TRUE(bars->empty()) << bars->front().key << " moves the total by " << bars->front().swing() << " u$";
}

TEST(Tornado, IsOfTheLastRunningTotalThatARangeMoves)
{
    const auto preset = load_cost_preset("deepseek-v3-waterfall");
    ASSERT_TRUE(preset.ok());
    const auto found = running_tornado(*preset);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->line, 2U) << "after the experiments; the year of the Hoppers takes up what they leave";
    EXPECT_NEAR(found->total.usd(), 17'320'840, 1);
    ASSERT_EQ(found->bars.size(), 2U);
    // 2.788e6 h x 544.6e6 USD / (50,000 x 8,766 h), over a tenth and over three tenths; over 0.62 of the time.
    const double run = 2.788e6 * 544.6e6 / (50'000.0 * 8766);
    EXPECT_NEAR(found->bars[0].at_low.usd(), run / 0.1, 1);
    EXPECT_NEAR(found->bars[0].at_high.usd(), run / 0.3, 1);
    EXPECT_NEAR(found->bars[1].at_low.usd(), run / 0.2 / 0.62, 1);
    EXPECT_NEAR(found->bars[1].at_high.usd(), run / 0.2, 1);
}

TEST(Tornado, IsOfTheTotalWhereARangeMovesItAndEmptyWhereNoneDoes)
{
    const auto owned = load_cost_preset("deepseek-v3-owned");
    const auto fleet = load_cost_preset("semianalysis-fleet");
    ASSERT_TRUE(owned.ok() && fleet.ok());
    const auto moved = running_tornado(*owned, "full");
    ASSERT_TRUE(moved.ok());
    EXPECT_EQ(moved->line + 1, evaluate(*owned, "full")->lines.size());
    EXPECT_EQ(moved->total, evaluate(*owned, "full")->total);
    const auto still = running_tornado(*fleet, "tco_4_years");
    ASSERT_TRUE(still.ok());
    EXPECT_TRUE(still->bars.empty());
    EXPECT_EQ(still->total, evaluate(*fleet, "tco_4_years")->total);
}

TEST(Tornado, IsOrderedForEveryPresetUnderEveryLens)
{
    for (const std::string& name : list_cost_presets()) {
        const auto preset = load_cost_preset(name);
        ASSERT_TRUE(preset.ok());
        for (const CostLens& lens : preset->lenses) {
            const auto bars = tornado(*preset, lens.key);
            ASSERT_TRUE(bars.ok()) << name << " " << lens.key;
            EXPECT_TRUE(std::is_sorted(bars->begin(), bars->end(),
                                       [](const TornadoBar& a, const TornadoBar& b) { return a.swing() > b.swing(); }))
                << name << " " << lens.key;
        }
    }
}

TEST(CostPresetFile, RefusesWhatWouldBeIgnoredOrMisread)
{
    const std::string x = input("x", R"("value": 10)");
    const auto has = [](const std::string& text, const char* words) {
        const std::string what = refusal_of(text);
        EXPECT_EQ(what.rfind("test.json: ", 0), 0U) << what;
        EXPECT_NE(what.find(words), std::string::npos) << what;
    };
    has("{", "line 1");
    has("{}", "\"title\" is missing");
    has(preset_text(input("x", R"("valeu": 10)"), line("a", "x")), "inputs.x: the key \"valeu\" is not known");
    has(preset_text(input("x", R"("value": "10")"), line("a", "x")), "inputs.x.value: a number was expected");
    has(preset_text(input("x", R"("value": -1)"), line("a", "x")), "must be zero or more");
    has(preset_text(input("x", R"("value": 1, "low": 2, "high": 3)"), line("a", "x")), "outside its range");
    has(preset_text(input("x", R"("value": 1, "kind": "sharee")"), line("a", "x")), "\"sharee\" is not known");
    has(preset_text(input("X", R"("value": 1)"), line("a", "X")), "is no name");
    has(preset_text(input("hours_per_year", R"("value": 1)"), line("a", "x")), "already the name");
    has(preset_text(x, line("x", "x")), "already the name");
    has(preset_text(x, line("a", "b") + "," + line("b", "x")), "\"b\" is not known");
    has(preset_text(x, line("a", "a")), "\"a\" is not known");
    has(preset_text(x, line("a", "x * x")), "comes out in USD-USD, not in USD");
    has(preset_text(input("x", R"("value": 1)", "parsecs"), line("a", "x")), "comes out in parsec");
    has(preset_text(input("x", R"("value": 1)", "USD per hour"), line("a", "x")), "is no unit");
    has(preset_text(x, line("a", "x", "H")), "\"H\" is not known");
    has(preset_text(x, line("a", "x", "C") + "," + line("b", "x", "I")), "inference stands beside other books");
    has(preset_text(x, ""), "there is no line");
    has(preset_text(x, line("a", "x"), R"("q": {"title": "t", "unit": "hour", "formula": "x"})"), "not in hour");
    has(preset_text(x + "," + x, line("a", "x")), "occurs twice");
    std::string many;
    for (int i = 0; i < 600; ++i) many += (i ? "," : "") + input("x" + std::to_string(i), R"("value": 1)");
    has(preset_text(many, line("a", "x0")), "600 entries are too many");
}

TEST(CostPresetFile, AFormulaWithoutAValueIsNamed)
{
    const CostPreset none = parsed(preset_text(input("x", R"("value": 0)"), line("a", "x * x / x")));
    const auto ledger = evaluate(none);
    ASSERT_FALSE(ledger.ok());
    EXPECT_NE(ledger.error().what.find("a = x * x / x"), std::string::npos) << ledger.error().what;
    // A value, but none within the range: the band says so.
    CostPreset hole = parsed(preset_text(input("x", R"("value": 1, "low": 0, "high": 1)"), line("a", "x * x / x")));
    hole.inputs[0].input.high = 1;
    Ledger at_value = *evaluate(hole);
    EXPECT_EQ(at_value.total.usd(), 1);
    EXPECT_FALSE(tornado(hole).ok());
    const CostPreset much = parsed(preset_text(input("x", R"("value": 1e12)"), line("a", "x * 100")));
    ASSERT_FALSE(evaluate(much).ok());
    EXPECT_NE(evaluate(much).error().what.find("more than 9.2 trillion"), std::string::npos);
}

TEST(CostPresetFile, DamagedFilesEndInAnErrorOrInAPresetThatCanBePriced)
{
    int read = 0;
    for (const std::string& name : list_cost_presets()) {
        const auto file = find_resource("cost_presets/" + name + ".json");
        ASSERT_TRUE(file.has_value());
        const auto text = read_whole_file(*file);
        ASSERT_TRUE(text.ok());
        for (std::uint64_t round = 0; round < 60; ++round) {
            auto preset = parse_cost_preset(mutated(*text, 5, round), name + ".json");
            if (!preset) {
                EXPECT_EQ(preset.error().what.rfind(name + ".json: ", 0), 0U) << preset.error().what;
                EXPECT_FALSE(preset.error().hint.empty()) << preset.error().what;
                continue;
            }
            ++read;
            for (const CostLens& lens : preset->lenses) {
                auto ledger = evaluate(*preset, lens.key);
                if (ledger.ok() && add_band(*preset, *ledger, {.samples = 20}).ok()) {
                    EXPECT_LE(ledger->low, ledger->total);
                    EXPECT_GE(ledger->high, ledger->total);
                }
            }
        }
    }
    EXPECT_GT(read, 20);
}

} // namespace
} // namespace triptych::test
