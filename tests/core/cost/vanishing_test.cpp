// Where an amount comes to nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "core/cost/vanishing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace triptych {
namespace {

std::optional<VanishingPoint> of(const CostPreset& preset, const char* line, const char* input)
{
    const auto points = vanishing_points(preset, {}, line);
    EXPECT_TRUE(points.ok());
    for (const VanishingPoint& point : *points)
        if (preset.inputs[point.input].key == input) return point;
    return std::nullopt;
}

TEST(VanishingPoints, TheStepOfPriceVanishesWhereTheFleetsHourCostsTheRent)
{
    const CostPreset preset = *load_cost_preset("deepseek-v3-waterfall");
    const auto busy = of(preset, "own_hour", "utilisation");
    ASSERT_TRUE(busy);
    EXPECT_NEAR(busy->value, 0.62, 0.005); // of the source: break-even with two dollars
    EXPECT_TRUE(busy->in_range);
    const auto rent = of(preset, "own_hour", "rental");
    ASSERT_TRUE(rent);
    EXPECT_NEAR(rent->value, 1.24, 0.005);
    EXPECT_FALSE(rent->in_range) << "the sources say two dollars and more";
}

TEST(VanishingPoints, ASumOfExperimentsVanishesWhereTheRunIsAllThereWas)
{
    const auto share = of(*load_cost_preset("deepseek-v3-waterfall"), "experiments", "run_share");
    ASSERT_TRUE(share);
    EXPECT_EQ(share->value, 1);
}

TEST(VanishingPoints, AProductVanishesNowhereOfInterest)
{
    const auto points = vanishing_points(*load_cost_preset("deepseek-v3-waterfall"), {}, "headline");
    ASSERT_TRUE(points.ok());
    EXPECT_TRUE(points->empty());
}

TEST(VanishingPoints, OfTwoTheNearerIsTold)
{
    const auto preset = parse_cost_preset(R"({"title": "T", "source": "s", "date": "2025",
        "inputs": {"x": {"title": "X", "value": 2, "unit": "1", "source": "s", "date": "2025"},
                   "one": {"title": "One", "value": 1, "unit": "USD", "source": "s", "date": "2025"}},
        "lenses": {"l": {"title": "L", "scope": "S", "lines":
            {"a": {"title": "A", "ledger": "A", "formula": "(x - 1) * (x - 8) * one"}}}}})",
                                          "test.json");
    ASSERT_TRUE(preset.ok()) << preset.error().what;
    const auto point = of(*preset, "a", "x");
    ASSERT_TRUE(point);
    EXPECT_NEAR(point->value, 1, 1e-5) << "half of two; eight is four times as much";
}

TEST(VanishingPoints, AreWhereTheLineIsZeroInEveryPreset)
{
    int found = 0;
    for (const std::string& name : list_cost_presets()) {
        const CostPreset preset = *load_cost_preset(name);
        const CostLens& lens = preset.lenses.front();
        const Ledger before = *evaluate(preset);
        for (std::size_t line = 0; line < lens.lines.size(); ++line) {
            const auto points = vanishing_points(preset, lens.key, lens.lines[line].key);
            ASSERT_TRUE(points.ok()) << points.error().what;
            for (const VanishingPoint& point : *points) {
                CostPreset moved = preset;
                moved.inputs[point.input].input.value = point.value;
                const Ledger after = *evaluate(moved);
                EXPECT_LE(std::abs(after.lines[line].usd.usd()), 1e-6 + 1e-9 * std::abs(before.lines[line].usd.usd()))
                    << name << ' ' << lens.lines[line].key << ' ' << preset.inputs[point.input].key;
                ++found;
            }
        }
    }
    EXPECT_GE(found, 10);
}

TEST(VanishingPoints, OfAnUnknownLineAreAnError)
{
    EXPECT_FALSE(vanishing_points(*load_cost_preset("deepseek-v3-waterfall"), {}, "nobody").ok());
}

} // namespace
} // namespace triptych
