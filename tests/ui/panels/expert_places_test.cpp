// Dead and hot experts, one after the other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_feed.h"
#include "ui/panels/expert_places.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

LoadFrame small_frame()
{
    LoadFrame frame;
    frame.experts = 4;
    frame.layers = {{1, {}, {}}, {2, {}, {}}};
    frame.ratio = {{0.01F, 2.5F, 0, 1.4F}, {1, 0, 1, 2}};
    frame.dead_fraction = {0.25, 0.25};
    return frame;
}

TEST(ExpertPlaces, TheIdlestOfALayerAreItsDeadOnesAsManyAsTheFrameSays)
{
    EXPECT_EQ(deadExperts(small_frame()), (std::vector<ExpertPlace>{{1, 2}, {2, 1}}));
    EXPECT_EQ(hotExperts(small_frame()), (std::vector<ExpertPlace>{{1, 1}, {2, 3}}));
}

TEST(ExpertPlaces, WhatIsSwitchedOffIsNotDead)
{
    LoadFrame frame = small_frame();
    frame.control.turn(2, 1, ExpertSwitch::Off);
    frame.dead_fraction[1] = 0;
    EXPECT_EQ(deadExperts(frame), (std::vector<ExpertPlace>{{1, 2}}));
    frame.control.turn(1, 2, ExpertSwitch::Off);
    EXPECT_EQ(deadExperts(frame), (std::vector<ExpertPlace>{{1, 0}})) << "the next idlest";
}

TEST(ExpertPlaces, TheNextOneComesByLayerAndNumberAndBeginsAgain)
{
    const std::vector<ExpertPlace> places = {{1, 2}, {1, 5}, {3, 0}};
    EXPECT_EQ(nextPlace(places, {-1, -1}), (ExpertPlace{1, 2}));
    EXPECT_EQ(nextPlace(places, {1, 2}), (ExpertPlace{1, 5}));
    EXPECT_EQ(nextPlace(places, {2, 9}), (ExpertPlace{3, 0}));
    EXPECT_EQ(nextPlace(places, {3, 0}), (ExpertPlace{1, 2}));
    EXPECT_EQ(nextPlace({}, {1, 1}), std::nullopt);
}

} // namespace
} // namespace triptych::test
