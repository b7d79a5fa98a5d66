// The list for translators is what the presets say.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/gpu_rental.h"
#include "core/cost/cost_preset_file.h"
#include "ui/language/cost_texts.h"

#include <gtest/gtest.h>

#include <set>

namespace triptych {
namespace {

std::set<std::string> said(const CostPreset& preset)
{
    std::set<std::string> all = {preset.title, preset.note};
    all.insert(preset.defects.begin(), preset.defects.end());
    for (const CostInput& input : preset.inputs) all.insert(input.title);
    for (const CostQuantity& quantity : preset.quantities) all.insert(quantity.title);
    for (const CostLens& lens : preset.lenses) {
        all.insert({lens.title, lens.scope, lens.note});
        for (const CostLine& line : lens.lines) all.insert({line.title, line.note});
    }
    all.erase("");
    return all;
}

TEST(CostTexts, AreThoseOfThePresets)
{
    std::set<std::string> listed;
    for (const char* text : costTexts()) EXPECT_TRUE(listed.insert(text).second) << "twice: " << text;
    std::set<std::string> all;
    for (const std::string& name : list_cost_presets()) {
        const auto preset = load_cost_preset(name);
        ASSERT_TRUE(preset.ok()) << preset.error().what;
        all.merge(said(*preset));
    }
    auto rental = rental_preset(load_gpu(list_gpu_presets().front()).take()).take();
    rental.title.clear(); // a name
    all.merge(said(rental));
    for (const std::string& text : all) EXPECT_TRUE(listed.contains(text)) << "not for translators: " << text;
    for (const std::string& text : listed) EXPECT_TRUE(all.contains(text)) << "no preset says: " << text;
}

TEST(CostTexts, OfAPersonsOwnPresetComeBackAsTheyAre)
{
    EXPECT_EQ(costText("My own cluster, 30 % off"), QString("My own cluster, 30 % off"));
    EXPECT_EQ(costText(""), QString());
}

} // namespace
} // namespace triptych
