// Every preset of the resources comes to what its source says, and says where each number comes from.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "core/cost/run_meter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace triptych {
namespace {

CostPreset loaded(const std::string& name)
{
    auto preset = load_cost_preset(name);
    EXPECT_TRUE(preset.ok()) << (preset.ok() ? "" : preset.error().what + " " + preset.error().hint);
    return preset.ok() ? preset.take() : CostPreset{};
}

Ledger priced(const CostPreset& preset, const std::string& lens = {})
{
    auto ledger = evaluate(preset, lens);
    EXPECT_TRUE(ledger.ok()) << (ledger.ok() ? "" : ledger.error().what);
    return ledger.ok() ? ledger.take() : Ledger{};
}

class CostPresets : public testing::TestWithParam<std::string> {};

template <class Entry, class Value>
void expect_numbers(const std::vector<CostExpectation::Number>& numbers, const std::vector<Entry>& entries, Value value)
{
    for (const auto& number : numbers) {
        const auto entry =
            std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.key == number.key; });
        ASSERT_NE(entry, entries.end()) << number.key;
        EXPECT_NEAR(value(*entry), number.value, number.tolerance) << number.key;
    }
}

TEST_P(CostPresets, ComesToWhatItsSourceSays)
{
    const CostPreset preset = loaded(GetParam());
    ASSERT_FALSE(preset.expectations.empty());
    std::set<std::string> proven;
    for (const CostExpectation& expected : preset.expectations) {
        SCOPED_TRACE(expected.lens + ": " + expected.source);
        CostPreset edited = preset;
        for (const auto& number : expected.settings)
            ASSERT_TRUE(apply_edit(edited, CostEdit{number.key, number.value, number.value, number.value}));
        const Ledger ledger = priced(edited, expected.lens);
        if (expected.total) {
            // Without a tolerance to the micro-dollar.
            EXPECT_LE(std::abs(static_cast<double>(ledger.total.micro()) - std::round(expected.total->value * 1e6)),
                      expected.total->tolerance * 1e6)
                << ledger.total.usd();
            proven.insert(expected.lens);
        }
        expect_numbers(expected.lines, ledger.lines, [](const LedgerLine& line) { return line.usd.usd(); });
        expect_numbers(expected.quantities, ledger.quantities, [](const LedgerQuantity& q) { return q.value; });
    }
    EXPECT_TRUE(proven.count(preset.lenses.front().key) || preset.basis == PriceBasis::Assumed)
        << "the lens that is shown first has no total to prove it";
}

TEST_P(CostPresets, SaysOfEveryNumberWhereItComesFrom)
{
    const CostPreset preset = loaded(GetParam());
    EXPECT_FALSE(preset.title.empty());
    EXPECT_FALSE(preset.source.empty());
    EXPECT_FALSE(preset.date.empty());
    for (const CostInput& input : preset.inputs) {
        SCOPED_TRACE(input.key);
        EXPECT_FALSE(input.title.empty());
        EXPECT_FALSE(input.input.unit.empty());
        EXPECT_FALSE(input.input.source.empty());
        EXPECT_FALSE(input.input.date.empty());
        EXPECT_FALSE(input.input.edited);
    }
    for (const CostLens& lens : preset.lenses) {
        EXPECT_FALSE(lens.scope.empty()) << lens.key;
        for (const LedgerLine& line : priced(preset, lens.key).lines) {
            EXPECT_FALSE(line.source.empty()) << line.key;
            EXPECT_FALSE(line.date.empty()) << line.key;
            EXPECT_FALSE(line.inputs.empty()) << line.key;
        }
    }
}

TEST_P(CostPresets, HoldsItsAmountsInTheirBandsAndAddsUp)
{
    const CostPreset preset = loaded(GetParam());
    for (const CostLens& lens : preset.lenses) {
        SCOPED_TRACE(lens.key);
        Ledger ledger = priced(preset, lens.key);
        const Status banded = add_band(preset, ledger, {.samples = 512});
        ASSERT_TRUE(banded.ok()) << banded.error().what;
        std::int64_t total = 0;
        for (const LedgerLine& line : ledger.lines) {
            EXPECT_LE(line.low, line.usd) << line.key;
            EXPECT_GE(line.high, line.usd) << line.key;
            total += line.usd.micro();
        }
        EXPECT_EQ(total, ledger.total.micro());
        EXPECT_LE(ledger.low, ledger.total);
        EXPECT_GE(ledger.high, ledger.total);
    }
}

TEST_P(CostPresets, SurvivesBeingWrittenAndRead)
{
    const CostPreset preset = loaded(GetParam());
    const std::string json = cost_preset_json(preset);
    const auto again = parse_cost_preset(json, preset.name + ".json");
    ASSERT_TRUE(again.ok()) << again.error().what;
    EXPECT_EQ(cost_preset_json(*again), json);
    EXPECT_EQ(again->expectations.size(), preset.expectations.size());
    for (const CostLens& lens : preset.lenses)
        EXPECT_EQ(priced(*again, lens.key).total, priced(preset, lens.key).total) << lens.key;
}

std::string test_name(const testing::TestParamInfo<std::string>& info)
{
    std::string name = info.param;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(All, CostPresets, testing::ValuesIn(list_cost_presets()), test_name);

TEST(CostPresetList, HoldsThoseThatScriptsKnow)
{
    const auto names = list_cost_presets();
    for (const char* name :
         {"deepseek-v3-paper", "deepseek-v3-owned", "deepseek-v3-programme", "deepseek-v3-waterfall",
          "deepseek-r1-nature", "deepseek-r1-press", "semianalysis-fleet", "gpt-4-epoch", "gpt-4o-epoch",
          "llama-3.1-405b-epoch", "deepseek-serving-day", "this-machine", "v3-extrapolation", "deepseek-epoch",
          "gpt-4.5-epoch", "gemini-1.0-ultra-epoch", "grok-3-epoch"})
        EXPECT_TRUE(std::find(names.begin(), names.end(), name) != names.end()) << name;
}

TEST(CostPresetList, MarksClaimsAndNamesTheDefectsOfTheFleet)
{
    EXPECT_EQ(loaded("deepseek-r1-press").basis, PriceBasis::Claimed);
    EXPECT_EQ(loaded("semianalysis-fleet").basis, PriceBasis::Claimed);
    EXPECT_GE(loaded("semianalysis-fleet").defects.size(), 4U);
    EXPECT_EQ(loaded("deepseek-v3-paper").basis, PriceBasis::Published);
}

TEST(CostPresetList, PricesThisMachineAsTheMeterOfARunDoes)
{
    CostPreset preset = loaded("this-machine");
    const double seconds = 12345.5;
    const std::vector<CostFact> facts = {{"machine.threads", 6, "counted", "2026"},
                                         {"run.device_hours", seconds / 3600, "run", "2026"}};
    EXPECT_EQ(fill(preset, facts).value(), 2);
    // The meter assumes the staff's and the programme's shares alike.
    ASSERT_TRUE(apply_edit(preset, "run_share=0.2"));
    const RunMeter meter(RunPrices::this_machine(6));
    EXPECT_NEAR(static_cast<double>(priced(preset, "rental").total.micro()),
                static_cast<double>(meter.headline_micro_usd(seconds)), 1);
    EXPECT_NEAR(static_cast<double>(priced(preset, "full").total.micro()),
                static_cast<double>(meter.tco_micro_usd(seconds)), 10); // each line is rounded by itself
}

TEST(CostPresetList, RefusesAMeasuredValueThatMakesNoSense)
{
    CostPreset preset = loaded("v3-extrapolation");
    const auto filled = fill(preset, std::vector<CostFact>{{"run.flop", 0, "counted by the run", "2026"}});
    ASSERT_FALSE(filled.ok());
    EXPECT_NE(filled.error().what.find("counted by the run"), std::string::npos) << filled.error().what;
    EXPECT_NE(filled.error().what.find("more than zero"), std::string::npos) << filled.error().what;
}

TEST(CostPresetList, PricesAnOwnedHopperAsTheMeterDoes)
{
    const RunMeter meter(RunPrices::h800());
    const Ledger ledger = priced(loaded("deepseek-v3-owned"), "straight_line");
    EXPECT_NEAR(ledger.total.usd(), meter.owned_usd_per_device_hour() * 2.788e6, 1);
}

TEST(Waterfall, LeadsFromTheHeadlineToTheFleetWithOnePriceStepThatFalls)
{
    const Ledger ledger = priced(loaded("deepseek-v3-waterfall"));
    const auto steps = waterfall(ledger);
    ASSERT_TRUE(steps.ok());
    ASSERT_EQ(steps->size(), 6U);
    EXPECT_EQ(steps->front().from, Money());
    EXPECT_EQ(steps->front().to.micro(), 5'576'000'000'000);
    EXPECT_EQ(steps->back().to, ledger.total);
    for (std::size_t i = 1; i < steps->size(); ++i) {
        const WaterfallStep& step = (*steps)[i];
        EXPECT_EQ(step.from, (*steps)[i - 1].to);
        ASSERT_TRUE(step.line->axis.has_value()) << step.line->key;
        EXPECT_EQ(step.to < step.from, *step.line->axis == CostAxis::Price) << step.line->key;
    }
}

} // namespace
} // namespace triptych
