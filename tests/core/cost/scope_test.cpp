// Counting more never comes to less: every lens that says it widens another, and every step of scope, at values drawn
// from the ranges of the inputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "kernels/base/rng.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace triptych {
namespace {

constexpr int kDraws = 200;

/// The preset with every input somewhere in its range; the first draws are all lows and all highs.
CostPreset drawn(CostPreset preset, int draw)
{
    const Philox random(7, static_cast<std::uint64_t>(draw));
    for (std::size_t i = 0; i < preset.inputs.size(); ++i) {
        PriceInput& in = preset.inputs[i].input;
        const double u = draw == 0 ? 0 : draw == 1 ? 1 : random.uniform(i);
        in.value = in.low + (in.high - in.low) * u;
    }
    return preset;
}

class ScopeOf : public testing::TestWithParam<std::string> {
protected:
    ScopeOf() : m_preset(*load_cost_preset(GetParam())) {}
    static Ledger priced(const CostPreset& preset, const std::string& lens)
    {
        auto ledger = evaluate(preset, lens);
        EXPECT_TRUE(ledger.ok()) << ledger.error().what;
        return ledger.ok() ? ledger.take() : Ledger{};
    }

    const CostPreset m_preset;
};

std::string test_name(const testing::TestParamInfo<std::string>& info)
{
    std::string name = info.param;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(EveryPreset, ScopeOf, testing::ValuesIn(list_cost_presets()), test_name);

TEST_P(ScopeOf, ALensThatWidensAnotherNeverComesToLess)
{
    for (int draw = 0; draw < kDraws; ++draw) {
        const CostPreset preset = drawn(m_preset, draw);
        for (const CostLens& lens : preset.lenses) {
            if (lens.widens.empty()) continue;
            EXPECT_GE(priced(preset, lens.key).total, priced(preset, lens.widens).total)
                << lens.key << " over " << lens.widens << ", draw " << draw;
        }
    }
}

TEST_P(ScopeOf, AStepOfScopeNeverLeadsDown)
{
    for (int draw = 0; draw < kDraws; ++draw) {
        const CostPreset preset = drawn(m_preset, draw);
        for (const CostLens& lens : preset.lenses)
            for (const LedgerLine& line : priced(preset, lens.key).lines)
                EXPECT_TRUE(line.axis != CostAxis::Scope || line.usd >= Money()) << line.key << ", draw " << draw;
    }
}

TEST_P(ScopeOf, SharesOfTheLinesSumToOne)
{
    for (const CostLens& lens : m_preset.lenses) {
        const Ledger ledger = priced(m_preset, lens.key);
        if (ledger.total == Money()) continue;
        double shares = 0;
        for (const LedgerLine& line : ledger.lines) shares += line.usd.usd() / ledger.total.usd();
        EXPECT_NEAR(shares, 1, 1e-12) << lens.key;
    }
}

TEST_P(ScopeOf, BandsHoldTheirValuesWhateverSomebodySets)
{
    for (int draw = 0; draw < 8; ++draw) {
        const CostPreset preset = drawn(m_preset, draw);
        for (const CostLens& lens : preset.lenses) {
            Ledger ledger = priced(preset, lens.key);
            ASSERT_TRUE(add_band(preset, ledger, {.samples = 64}));
            EXPECT_LE(ledger.low, ledger.total) << lens.key;
            EXPECT_GE(ledger.high, ledger.total) << lens.key;
            for (const LedgerQuantity& quantity : ledger.quantities) {
                EXPECT_LE(quantity.low, quantity.value) << quantity.key;
                EXPECT_GE(quantity.high, quantity.value) << quantity.key;
            }
        }
    }
}

TEST_P(ScopeOf, ALineThatIsLeftOutTakesItsAmountFromTheTotalAndNothingElse)
{
    for (const CostLens& lens : m_preset.lenses) {
        const Ledger whole = priced(m_preset, lens.key);
        for (std::size_t i = 0; i < lens.lines.size(); ++i) {
            CostPreset preset = m_preset;
            const auto same = static_cast<std::size_t>(&lens - m_preset.lenses.data());
            preset.lenses[same].lines[i].left_out = true;
            Ledger ledger = priced(preset, lens.key);
            EXPECT_EQ(ledger.total.micro(), whole.total.micro() - whole.lines[i].usd.micro()) << lens.key;
            for (std::size_t other = 0; other < whole.lines.size(); ++other)
                EXPECT_EQ(ledger.lines[other].usd, whole.lines[other].usd) << ledger.lines[other].key;
            EXPECT_EQ(waterfall(ledger)->back().to, ledger.total);
            ASSERT_TRUE(add_band(preset, ledger, {.samples = 64}));
            EXPECT_LE(ledger.low, ledger.total);
            EXPECT_GE(ledger.high, ledger.total);
            // Kept in a file, without what the source must come to.
            const auto again = parse_cost_preset(cost_preset_json(preset), preset.name);
            ASSERT_TRUE(again.ok()) << again.error().what;
            EXPECT_EQ(priced(*again, lens.key).total, ledger.total);
            EXPECT_TRUE(again->expectations.empty());
        }
    }
}

TEST(Scope, SomeLensesOfThePresetsWidenOthers)
{
    int widening = 0;
    for (const std::string& name : list_cost_presets()) {
        const auto preset = load_cost_preset(name);
        ASSERT_TRUE(preset.ok()) << preset.error().what;
        for (const CostLens& lens : preset->lenses) widening += lens.widens.empty() ? 0 : 1;
    }
    EXPECT_GE(widening, 10);
}

TEST(Scope, ALensCannotWidenWhatIsNotThereOrItself)
{
    std::string json = cost_preset_json(*load_cost_preset("deepseek-v3-programme"));
    const std::string claim = R"("widens": "compute")";
    for (const char* other : {R"("widens": "nobody")", R"("widens": "with_people")"}) {
        std::string changed = json;
        changed.replace(changed.find(claim), claim.size(), other);
        const auto refused = parse_cost_preset(changed, "changed.json");
        ASSERT_FALSE(refused.ok());
        EXPECT_NE(refused.error().what.find("with_people"), std::string::npos) << refused.error().what;
    }
}

TEST(Scope, TheWideningLensesOfARunGoThroughTheFullLedgerInTheSameOrder)
{
    const CostPreset preset = *load_cost_preset("this-machine");
    // With nothing lost, the widest is the full cost, to the rounding of its lines.
    EXPECT_NEAR(evaluate(preset, "with_people")->total.usd(), evaluate(preset, "full")->total.usd(), 3e-6);
}

} // namespace
} // namespace triptych
