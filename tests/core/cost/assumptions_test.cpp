// One set of assumptions under many hands: each takes back what it sees, and nothing else.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/assumptions.h"
#include "core/cost/cost_preset_file.h"
#include "core/cost/cost_sheet.h"
#include "core/cost/ledger.h"

#include <gtest/gtest.h>

#include <set>

namespace triptych {
namespace {

Assumptions::Names only(std::set<std::string> names)
{
    return [names = std::move(names)](const std::string& name) { return names.contains(name); };
}

TEST(Assumptions, UndoIsOfTheLastStepThatChangedWhatIsSeen)
{
    Assumptions all;
    all.change({{"tariff", 0.3}});
    all.change({{"pue", 1.5}});
    EXPECT_FALSE(all.can_undo(only({"life"})));
    all.undo(only({"life"}));
    EXPECT_EQ(all.values().size(), 2U);
    all.undo(only({"tariff", "life"}));
    EXPECT_EQ(all.values(), (std::map<std::string, double>{{"pue", 1.5}}));
    EXPECT_TRUE(all.can_redo(only({"tariff"})));
    EXPECT_FALSE(all.can_redo(only({"pue"})));
    all.redo(only({"tariff"}));
    EXPECT_EQ(all.find("tariff"), 0.3);
    all.undo(only({"tariff", "pue"}));
    EXPECT_EQ(all.find("tariff"), std::nullopt) << "made again last, taken back first";
}

TEST(Assumptions, AStepOfManyIsTakenBackAsFarAsItIsSeen)
{
    Assumptions all;
    all.change({{"a", 1}});
    all.change({{"b", 2}});
    all.change({{"a", std::nullopt}, {"b", std::nullopt}}); // reset
    all.change({{"a", 3}});
    all.undo(only({"b"}));
    EXPECT_EQ(all.values(), (std::map<std::string, double>{{"a", 3}, {"b", 2}})) << "a is not in sight";
    all.undo(only({"a"}));
    EXPECT_EQ(all.find("a"), std::nullopt);
    all.undo(only({"a"}));
    EXPECT_EQ(all.find("a"), 1) << "the other half of the reset";
    all.undo(only({"a", "b"}));
    all.undo(only({"a", "b"}));
    EXPECT_TRUE(all.values().empty());
    EXPECT_FALSE(all.can_undo(only({"a", "b"})));
    for (int i = 0; i < 9; ++i) all.redo(only({"a", "b"}));
    EXPECT_EQ(all.values(), (std::map<std::string, double>{{"a", 3}})) << "as it was before the first undo of all";
}

TEST(Assumptions, ANewStepEndsTheWayForward)
{
    Assumptions all;
    all.change({{"a", 1}});
    all.undo(only({"a"}));
    all.change({{"b", 1}});
    EXPECT_FALSE(all.can_redo(only({"a", "b"})));
    all.change({{"b", 1}});
    all.undo(only({"b"}));
    EXPECT_TRUE(all.values().empty()) << "what changes nothing is no step";
}

TEST(Assumptions, ADragIsOneStepUntilSomethingComesBetween)
{
    Assumptions all;
    for (const double value : {1, 2, 3}) all.change({{"a", value}}, "a");
    all.undo(only({"a"}));
    EXPECT_TRUE(all.values().empty());
    for (const double value : {1, 2}) all.change({{"a", value}}, "a");
    all.change({{"b", 1}});
    all.change({{"a", 5}}, "a");
    all.undo(only({"a"}));
    EXPECT_EQ(all.find("a"), 2);
}

TEST(Assumptions, WhatWasKeptHasNoWayBack)
{
    Assumptions all;
    all.change({{"a", 1}});
    all.restore({{"b", 2}});
    EXPECT_EQ(all.values(), (std::map<std::string, double>{{"b", 2}}));
    EXPECT_FALSE(all.can_undo(only({"a", "b"})));
}

/// Two presets over one set.
class SharedSheets : public testing::Test {
protected:
    CostSheet sheet(const char* preset) { return CostSheet(*load_cost_preset(preset), m_shared); }

    std::shared_ptr<Assumptions> m_shared = std::make_shared<Assumptions>();
};

TEST_F(SharedSheets, AQuantityOfTwoPresetsIsOne)
{
    CostSheet machine = sheet("this-machine");
    CostSheet owned = sheet("deepseek-v3-owned");
    const std::string before = cost_preset_json(owned.preset());
    ASSERT_TRUE(machine.set("tariff", 0.4));
    EXPECT_TRUE(owned.follow());
    EXPECT_FALSE(owned.follow()) << "nothing is new";
    EXPECT_EQ(owned.changes().values, (std::map<std::string, double>{{"tariff", 0.4}}));
    ASSERT_TRUE(machine.set("pue", 1.4)) << "of another building";
    EXPECT_FALSE(owned.follow());
    ASSERT_TRUE(owned.set("rental", 3));
    EXPECT_FALSE(machine.follow());
    EXPECT_TRUE(sheet("deepseek-v3-paper").is_edited("rental")) << "one that is opened later";
    owned.undo();
    owned.undo();
    EXPECT_EQ(cost_preset_json(owned.preset()), before);
    machine.follow();
    EXPECT_EQ(machine.changes().values, (std::map<std::string, double>{{"pue", 1.4}}));
    machine.reset_all();
    EXPECT_TRUE(m_shared->values().empty());
}

TEST_F(SharedSheets, LinesLeftOutAreOfTheirPresetAlone)
{
    CostSheet machine = sheet("this-machine");
    CostSheet owned = sheet("deepseek-v3-owned");
    ASSERT_TRUE(machine.leave_out("with_people", "people", true));
    EXPECT_FALSE(owned.follow());
    CostSheet again(*load_cost_preset("this-machine"), m_shared);
    EXPECT_TRUE(again.is_left_out("with_people", "people"));
}

TEST_F(SharedSheets, WhatAPresetCannotTakeItLeavesAlone)
{
    m_shared->restore({{"tariff", -1},
                       {"deepseek-v3-owned#utilisation", 0},
                       {"deepseek-v3-owned#owned/nobody", 1},
                       {"deepseek-v3-owned#pue", 1.3},
                       {"nobody", 3}});
    CostSheet owned = sheet("deepseek-v3-owned");
    EXPECT_EQ(owned.changes(), (CostChanges{{{"pue", 1.3}}, {}}));
    EXPECT_TRUE(evaluate(owned.preset()).ok());
}

TEST(SameQuantities, SayTheSameInEveryPreset)
{
    std::map<std::string, CostInput> first;
    std::map<std::string, int> count;
    for (const std::string& name : list_cost_presets()) {
        const auto preset = load_cost_preset(name);
        ASSERT_TRUE(preset.ok());
        for (const CostInput& input : preset->inputs) {
            if (input.means.empty()) continue;
            ++count[input.means];
            const CostInput& other = first.try_emplace(input.means, input).first->second;
            EXPECT_EQ(input.input.value, other.input.value) << name << ": " << input.means;
            EXPECT_EQ(input.input.unit, other.input.unit) << name << ": " << input.means;
            EXPECT_EQ(input.kind, other.kind) << name << ": " << input.means;
        }
    }
    for (const auto& [name, times] : count) EXPECT_GE(times, 2) << name << " is of one preset alone";
    EXPECT_EQ(count["rental_h800"], 6);
    EXPECT_EQ(count["tariff"], 2);
}

TEST(SameQuantities, AreKeptInFilesAndHaveNames)
{
    const auto preset = load_cost_preset("deepseek-v3-paper");
    ASSERT_TRUE(preset.ok());
    const std::string json = cost_preset_json(*preset);
    const auto again = parse_cost_preset(json, "again");
    ASSERT_TRUE(again.ok()) << again.error().what;
    EXPECT_EQ(cost_preset_json(*again), json);
    std::string wrong = json;
    wrong.replace(wrong.find("rental_h800"), 11, "H800 rental");
    const auto refused = parse_cost_preset(wrong, "wrong");
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().what.find("H800 rental"), std::string::npos) << refused.error().what;
}

} // namespace
} // namespace triptych
