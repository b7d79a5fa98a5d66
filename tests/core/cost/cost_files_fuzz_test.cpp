// Thousands of damaged presets, formulas, edits and GPUs: each is refused in words or comes to amounts, none crashes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/gpu_preset.h"
#include "core/cost/cost_preset_file.h"
#include "core/cost/currency.h"
#include "core/cost/ledger.h"
#include "core/util/resources.h"
#include "tests/support/mutate.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace triptych::test {
namespace {

/// What a page would ask of a preset. Amounts that do not fit or are no numbers are told, not shown.
void use(const CostPreset& preset)
{
    for (const CostLens& lens : preset.lenses) {
        auto ledger = evaluate(preset, lens.key);
        if (!ledger) {
            EXPECT_FALSE(ledger.error().what.empty() || ledger.error().hint.empty());
            continue;
        }
        EXPECT_EQ(ledger->lines.size(), lens.lines.size());
        (void)waterfall(*ledger);
        (void)tornado(preset, lens.key);
        if (add_band(preset, *ledger, {.samples = 4, .seed = 1})) {
            EXPECT_LE(ledger->low.micro(), ledger->total.micro());
            EXPECT_GE(ledger->high.micro(), ledger->total.micro());
        }
    }
}

TEST(CostFilesFuzz, DamagedPresetsAreRefusedOrComeToAmounts)
{
    int refused = 0;
    int valid = 0;
    for (const std::string& name : list_cost_presets()) {
        const std::string whole = slurp(find_resource("cost_presets/" + name + ".json").value());
        ASSERT_FALSE(whole.empty()) << name;
        for (std::uint64_t round = 0; round < 80; ++round) {
            const auto preset = parse_cost_preset(mutated(whole, 1, round), name + ".json");
            if (!preset) {
                ++refused;
                EXPECT_TRUE(preset.error().what.starts_with(name)) << preset.error().what;
                EXPECT_FALSE(preset.error().hint.empty()) << preset.error().what;
                continue;
            }
            ++valid;
            use(*preset);
            const auto again = parse_cost_preset(cost_preset_json(*preset), name + ".json");
            EXPECT_TRUE(again.ok()) << "what was read can be written and read again: " << again.error().what;
        }
    }
    EXPECT_GT(refused, 200);
    EXPECT_GT(valid, 120);
}

TEST(CostFilesFuzz, DamagedFormulasAreRefusedOrGiveANumber)
{
    constexpr std::array<std::string_view, 6> kNames = {"hours", "price", "share", "years", "capital", "mtbf"};
    const auto resolve = [&](std::string_view name) -> std::optional<std::size_t> {
        const auto found = std::find(kNames.begin(), kNames.end(), name);
        if (found == kNames.end()) return std::nullopt;
        return static_cast<std::size_t>(found - kNames.begin());
    };
    constexpr std::array<std::string_view, 4> kWhole = {
        "hours * price / (1 - share) + straight_line(capital, 0 * capital, years, share)",
        "-(hours + 2.5e3) * annuity(capital, capital, share, years, 1)",
        "young_interval(hours, mtbf) / min(max(price, share), given_or(years, 4))",
        "expected_goodput(hours, years, share, mtbf) - economic_decay(capital, share) / 7"};
    const std::array<double, kNames.size()> values = {3, 2, 0.5, 4, 1e6, 40};
    const std::vector<Unit> units(kNames.size());
    int valid = 0;
    for (std::uint64_t round = 0; round < 8000; ++round) {
        const auto formula = Formula::parse(mutated(std::string(kWhole[round % kWhole.size()]), 2, round), resolve);
        if (!formula) {
            EXPECT_FALSE(formula.error().hint.empty()) << formula.error().what;
            continue;
        }
        ++valid;
        (void)formula->evaluate(values);
        (void)formula->unit(units);
        EXPECT_TRUE(Formula::parse(formula->text(), resolve).ok()) << formula->text();
    }
    EXPECT_GT(valid, 500);
}

TEST(CostFilesFuzz, DeepFormulasAreRefusedOrGiveANumber)
{
    const auto none = [](std::string_view) { return std::optional<std::size_t>{}; };
    for (const std::size_t depth : {10U, 500U, 999U, 5000U})
        for (const std::string_view open : {"(", "-", "min(1,", "1+(", "2*-("}) {
            std::string text;
            for (std::size_t i = 0; i < depth; ++i) text += open;
            text += "1";
            if (open.find('(') != open.npos) text.append(depth, ')');
            const auto formula = Formula::parse(text, none);
            if (formula) {
                EXPECT_TRUE(std::isfinite(formula->evaluate({})));
            } else {
                EXPECT_FALSE(formula.error().what.empty());
            }
        }
}

TEST(CostFilesFuzz, DamagedEditsLeaveAPresetThatComesToAmounts)
{
    const auto preset = load_cost_preset("deepseek-v3-owned");
    ASSERT_TRUE(preset.ok());
    constexpr std::array<std::string_view, 4> kEdits = {"rental=2.95,1.99,6.88", "utilisation=0.85", "life=3",
                                                        "tariff=0.30,0.05,0.4"};
    int applied = 0;
    for (std::uint64_t round = 0; round < 600; ++round) {
        CostPreset edited = *preset;
        const std::string edit = mutated(std::string(kEdits[round % kEdits.size()]), 3, round);
        if (const Status done = apply_edit(edited, edit); !done) {
            EXPECT_FALSE(done.error().hint.empty()) << edit;
            EXPECT_EQ(cost_preset_json(edited), cost_preset_json(*preset)) << edit;
            continue;
        }
        ++applied;
        use(edited);
    }
    EXPECT_GT(applied, 40);
}

TEST(CostFilesFuzz, DamagedCurrenciesAreRefusedOrConvert)
{
    for (std::uint64_t round = 0; round < 3000; ++round) {
        const auto currency = parse_currency(mutated("EUR=0.92", 4, round));
        if (!currency) {
            EXPECT_FALSE(currency.error().hint.empty());
            continue;
        }
        EXPECT_EQ(currency->code.size(), 3U);
        EXPECT_GT(currency->per_usd, 0);
        EXPECT_TRUE(std::isfinite(currency->per_usd));
    }
}

TEST(CostFilesFuzz, DamagedGpusAreRefusedOrWhole)
{
    int valid = 0;
    for (const std::string& name : list_gpu_presets()) {
        const std::string whole = slurp(find_resource("gpu_presets/" + name + ".json").value());
        ASSERT_FALSE(whole.empty()) << name;
        for (std::uint64_t round = 0; round < 500; ++round) {
            const auto gpu = parse_gpu(name, mutated(whole, 5, round));
            if (!gpu) {
                EXPECT_FALSE(gpu.error().what.empty() || gpu.error().hint.empty()) << gpu.error().what;
                continue;
            }
            ++valid;
            for (const double figure : {gpu->bf16_flops, gpu->fp8_flops, gpu->multiprocessors, gpu->memory_bytes,
                                        gpu->memory_bandwidth, gpu->nvlink_bandwidth, gpu->network_bandwidth})
                EXPECT_TRUE(std::isfinite(figure) && figure > 0) << name << " round " << round;
            EXPECT_GT(gpu->domain, 0);
        }
    }
    EXPECT_GT(valid, 200);
}

} // namespace
} // namespace triptych::test
