// Which experts may be off together: every token must still find enough, whichever groups it chooses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/routing_control.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

/// 16 experts in layers 1 to 3 and in the MTP block, layer 4; four for a token.
ModelConfig ungrouped()
{
    ModelConfig config;
    config.num_experts_per_tok = 4;
    return config;
}

/// The same in two groups of eight, of which a token chooses so many.
ModelConfig grouped(std::int64_t topk_group)
{
    ModelConfig config = ungrouped();
    config.n_group = 2;
    config.topk_group = topk_group;
    return config;
}

RoutingControl off(std::int64_t layer, std::vector<std::int32_t> experts)
{
    RoutingControl control;
    control.off[layer] = std::move(experts);
    return control;
}

/// What is wrong with it, and what to do; nothing where it is allowed.
std::string refusal(const ModelConfig& config, const RoutingControl& control)
{
    EXPECT_TRUE(validate(config).ok());
    const Status checked = check_control(config, control);
    return checked ? "" : checked.error().what + ". " + checked.error().hint;
}

TEST(RoutingControl, BeginsByDoingNothing)
{
    RoutingControl control;
    EXPECT_TRUE(control.empty());
    EXPECT_FALSE(control.is_off(3, 9));
    EXPECT_EQ(refusal(ungrouped(), control), "");
    control.balancing = Balancing::Forced;
    EXPECT_FALSE(control.empty());
    EXPECT_EQ(refusal(ungrouped(), control), "");
}

TEST(RoutingControl, IsToldInWords)
{
    RoutingControl control = off(3, {9});
    control.off[4] = {1, 2};
    EXPECT_EQ(control_text({}), "all experts are on, balancing is learned");
    EXPECT_EQ(control_text(control), "off are layer 3: expert 9; layer 4: experts 1, 2; balancing is learned");
    control.balancing = Balancing::Forced;
    EXPECT_EQ(control_text(control), "off are layer 3: expert 9; layer 4: experts 1, 2; balancing is forced");
}

TEST(RoutingControl, ExpertsGoOffAndComeBackAndLeaveNothingBehind)
{
    RoutingControl control;
    for (const std::int32_t expert : {9, 2, 9, 5}) control.turn(3, expert, ExpertSwitch::Off);
    EXPECT_EQ(control, off(3, {2, 5, 9}));
    EXPECT_TRUE(control.is_off(3, 5));
    EXPECT_FALSE(control.is_off(3, 4));
    EXPECT_FALSE(control.is_off(2, 5)) << "another layer's";
    EXPECT_FALSE(control.empty());
    control.turn(3, 4, ExpertSwitch::On);
    control.turn(3, 5, ExpertSwitch::On);
    EXPECT_EQ(control, off(3, {2, 9}));
    control.turn(3, 2, ExpertSwitch::On);
    control.turn(3, 9, ExpertSwitch::On);
    control.turn(1, 0, ExpertSwitch::On);
    EXPECT_EQ(control, RoutingControl{});
    EXPECT_TRUE(control.empty());
}

TEST(RoutingControl, WithoutGroupsALayerKeepsAsManyAsATokenVisits)
{
    EXPECT_EQ(fewest_experts_on(ungrouped()), 4);
    RoutingControl control;
    for (std::int32_t expert = 0; expert < 12; ++expert) control.turn(2, expert, ExpertSwitch::Off);
    EXPECT_EQ(refusal(ungrouped(), control), "");
    control.turn(2, 15, ExpertSwitch::Off);
    EXPECT_EQ(refusal(ungrouped(), control),
              "layer 2 would keep 3 of its 16 experts, and routing needs 4 there. At most 12 may be off.");
}

TEST(RoutingControl, EachGroupKeepsItsPartOfWhatATokenVisits)
{
    // Whichever group a token chooses, the four that it visits are all in it.
    EXPECT_EQ(fewest_experts_on(grouped(1)), 4);
    RoutingControl control = off(1, {0, 1, 2, 3, 12, 13, 14, 15});
    EXPECT_EQ(refusal(grouped(1), control), "");
    control.turn(1, 8, ExpertSwitch::Off);
    EXPECT_EQ(refusal(grouped(1), control),
              "group 1 of layer 1 would keep 3 of its 8 experts, and routing needs 4 there. At most 4 may be off.");
    EXPECT_EQ(refusal(ungrouped(), control), "") << "seven are enough where there are no groups";
    // Three of two groups: one of them must give two.
    ModelConfig three = grouped(2);
    three.num_experts_per_tok = 3;
    EXPECT_EQ(fewest_experts_on(three), 2);
    three.num_experts_per_tok = 5;
    EXPECT_EQ(fewest_experts_on(three), 3);
}

TEST(RoutingControl, AGroupIsRankedByItsTwoBestAndKeepsThem)
{
    ModelConfig config = grouped(2);
    config.num_experts_per_tok = 2;
    EXPECT_EQ(fewest_experts_on(config), 2);
    EXPECT_EQ(refusal(config, off(1, {2, 3, 4, 5, 6, 7})), "");
    EXPECT_NE(refusal(config, off(1, {1, 2, 3, 4, 5, 6, 7})), "");
    config.n_group = 8;
    EXPECT_EQ(refusal(config, off(1, {6})),
              "group 3 of layer 1 would keep 1 of its 2 experts, and routing needs 2 there. None of them may be off.");
}

TEST(RoutingControl, EveryLayerIsCheckedByItself)
{
    RoutingControl control = off(1, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    control.off[4] = control.off[1];
    EXPECT_EQ(refusal(ungrouped(), control), "") << "the MTP block is layer 4";
    control.turn(4, 12, ExpertSwitch::Off);
    EXPECT_NE(refusal(ungrouped(), control).find("layer 4 would keep 3"), std::string::npos);
}

TEST(RoutingControl, WhatIsNotThereIsRefusedWithWhatIs)
{
    EXPECT_EQ(refusal(ungrouped(), off(0, {1})),
              "layer 0 has no experts, it is a dense one. Layers with experts are 1 to 4.");
    for (const std::int64_t layer : {-1, 5})
        EXPECT_EQ(refusal(ungrouped(), off(layer, {1})),
                  "there is no layer " + std::to_string(layer) +
                      ": layers are 0 to 4, with MTP blocks. Layers with experts are 1 to 4.");
    for (const std::int32_t expert : {-1, 16})
        EXPECT_EQ(refusal(ungrouped(), off(1, {expert})),
                  "layer 1 has no expert " + std::to_string(expert) + ". Choose one from 0 to 15.");
    ModelConfig config = ungrouped();
    config.moe_layer_freq = 2;
    EXPECT_EQ(refusal(config, off(3, {1})),
              "layer 3 has no experts, it is a dense one. Layers with experts are 2 to 4, one in 2.");
    config.n_routed_experts = 0;
    EXPECT_EQ(refusal(config, off(2, {1})),
              "layer 2 has no experts, it is a dense one. No layer of this model has experts.");
}

TEST(RoutingControl, ListsOutOfOrderAreRefused)
{
    for (const auto& experts : {std::vector<std::int32_t>{}, {3, 2}, {2, 2}})
        EXPECT_NE(refusal(ungrouped(), off(1, experts)).find("not a rising list"), std::string::npos);
}

TEST(RoutingControl, ATokenMayChooseFewerExpertsThanConfiguredAndNoMore)
{
    EXPECT_EQ(active_experts(ungrouped(), {}), 4);
    const RoutingControl two = with_active(ungrouped(), off(1, {3}), 2).value();
    EXPECT_EQ(active_experts(ungrouped(), two), 2);
    EXPECT_EQ(two.off, off(1, {3}).off) << "the rest stays";
    EXPECT_FALSE(two.empty());
    EXPECT_EQ(control_text(with_active(ungrouped(), {}, 2).value()),
              "all experts are on, balancing is learned, 2 experts for a token");
    EXPECT_EQ(control_text(with_active(ungrouped(), {}, 1).value()),
              "all experts are on, balancing is learned, 1 expert for a token");
    EXPECT_TRUE(with_active(ungrouped(), {}, 2)->elects_all());
    EXPECT_FALSE(two.elects_all());
    EXPECT_EQ(with_active(ungrouped(), with_active(ungrouped(), {}, 2).value(), 4).value(), RoutingControl{})
        << "as many as configured is no control at all";
    const std::string hint = "Memory is planned for num_experts_per_tok = 4; start a run with more to choose more.";
    for (const std::int64_t active : {-1, 0, 5}) {
        const auto refused = with_active(ungrouped(), {}, active);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().what, "active_experts is " + std::to_string(active) + ", expected 1 to 4");
        EXPECT_EQ(refused.error().hint, hint);
    }
    RoutingControl wild;
    wild.active = 5;
    EXPECT_EQ(refusal(ungrouped(), wild), "active_experts is 5, expected 1 to 4. " + hint);
    ModelConfig dense = ungrouped();
    dense.n_routed_experts = 0;
    EXPECT_EQ(with_active(dense, {}, 1).error().what, "active_experts cannot be set: no layer of this model has experts");
}

TEST(RoutingControl, ExpertsThatAreOffAndThoseATokenChoosesGoTogether)
{
    // Two for a token spare two more of a layer, and then three are too many.
    RoutingControl control = with_active(ungrouped(), {}, 2).value();
    EXPECT_EQ(fewest_experts_on(ungrouped(), control), 2);
    for (std::int32_t expert = 0; expert < 14; ++expert) control.turn(2, expert, ExpertSwitch::Off);
    EXPECT_EQ(refusal(ungrouped(), control), "");
    const auto refused = with_active(ungrouped(), control, 3);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().what,
              "active_experts cannot be 3: layer 2 would keep 2 of its 16 experts, and routing needs 3 there");
    EXPECT_EQ(refused.error().hint, "At most 13 may be off.");
    // Of groups each still needs the two that it is ranked by.
    EXPECT_EQ(fewest_experts_on(grouped(1), with_active(grouped(1), {}, 3).value()), 3);
    EXPECT_EQ(fewest_experts_on(grouped(2), with_active(grouped(2), {}, 1).value()), 2);
}

} // namespace
} // namespace triptych::test
