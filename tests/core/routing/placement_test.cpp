// Experts on GPUs: nothing is lost, nothing gets worse, and the best is found where it is plain.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/placement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace triptych {
namespace {

TEST(Placement, InOrderPutsNeighboursOnOneGpu)
{
    const auto placed = place_in_order(std::vector<double>{4, 2, 1, 1}, 2);
    ASSERT_TRUE(placed);
    EXPECT_EQ(placed->experts, (std::vector<std::vector<std::int32_t>>{{0, 1}, {2, 3}}));
    EXPECT_EQ(placed->load, (std::vector<double>{6, 2}));
    EXPECT_DOUBLE_EQ(placed->imbalance(), 1.5);
}

TEST(Placement, PackedPutsTheBusyBesideTheIdle)
{
    const std::vector<double> loads = {4, 2, 1, 1};
    const auto packed = place_packed(loads, 2, 0);
    ASSERT_TRUE(packed);
    EXPECT_DOUBLE_EQ(packed->worst(), 5) << "the busiest with one of the idle";
    EXPECT_DOUBLE_EQ(time_saved(*place_in_order(loads, 2), *packed), 1.0 / 6);
}

TEST(Placement, CopiesShareTheLoadOfTheBusiestOnDifferentGpus)
{
    const auto packed = place_packed(std::vector<double>{6, 4, 1, 1}, 2, 2);
    ASSERT_TRUE(packed);
    EXPECT_DOUBLE_EQ(packed->imbalance(), 1);
    for (const auto& gpu : packed->experts) {
        EXPECT_EQ(gpu.size(), 3U);
        EXPECT_EQ(std::count(gpu.begin(), gpu.end(), 0), 1);
        EXPECT_EQ(std::count(gpu.begin(), gpu.end(), 1), 1) << "the next busiest has the second copy";
    }
}

TEST(Placement, IsNeverWorseThanInOrderKeepsTheLoadAndFillsEverySlot)
{
    std::mt19937 random(7);
    std::lognormal_distribution<double> load(0, 1.5);
    for (int trial = 0; trial < 300; ++trial) {
        const std::int64_t gpus = std::int64_t{1} << random() % 5;
        const std::int64_t replicas = gpus * static_cast<std::int64_t>(random() % 3);
        std::vector<double> loads(static_cast<std::size_t>(gpus) * (1 + random() % 4));
        for (double& l : loads) l = random() % 5 == 0 ? 0 : load(random);
        const auto before = place_in_order(loads, gpus);
        const auto after = place_packed(loads, gpus, replicas);
        ASSERT_TRUE(before && after);
        EXPECT_LE(after->worst(), before->worst()) << trial;
        EXPECT_GE(time_saved(*before, *after), 0);
        const double total = std::accumulate(loads.begin(), loads.end(), 0.0);
        EXPECT_NEAR(std::accumulate(after->load.begin(), after->load.end(), 0.0), total, 1e-9 * (1 + total));
        std::vector<int> slots(loads.size());
        for (const auto& gpu : after->experts) {
            EXPECT_EQ(gpu.size() * static_cast<std::size_t>(gpus), loads.size() + static_cast<std::size_t>(replicas));
            for (const std::int32_t e : gpu) ++slots.at(static_cast<std::size_t>(e));
        }
        EXPECT_GE(*std::min_element(slots.begin(), slots.end()), 1) << "every expert is somewhere";
    }
}

TEST(Placement, OrderThatIsBestAlreadyStays)
{
    // Greedy packing gives 3 + 2 + 2 = 7 here; in order, both GPUs have 6.
    const std::vector<double> loads = {3, 3, 0, 2, 2, 2};
    const auto packed = place_packed(loads, 2, 2);
    ASSERT_TRUE(packed);
    EXPECT_LE(packed->worst(), 6);
    EXPECT_EQ(place_packed(loads, 2, 0)->worst(), 6);
    EXPECT_EQ(place_packed(loads, 2, 0)->experts, place_in_order(loads, 2)->experts);
}

TEST(Placement, ExpertsOfAGroupStayOnOneNode)
{
    // Groups of 10, 9, 2 and 1: the first with the last, the second with the third.
    const std::vector<double> loads = {8, 2, 8, 1, 1, 1, 0.5, 0.5};
    const auto packed = place_packed(loads, 4, 0, {.count = 2, .groups = 4});
    ASSERT_TRUE(packed);
    EXPECT_EQ(packed->experts, (std::vector<std::vector<std::int32_t>>{{0, 7}, {1, 6}, {2, 5}, {3, 4}}));
    EXPECT_EQ(packed->load, (std::vector<double>{8.5, 2.5, 9, 2}));
    // Two copies on each node, both of its busiest expert.
    const auto copied = place_packed(loads, 4, 4, {.count = 2, .groups = 4});
    ASSERT_TRUE(copied);
    EXPECT_LT(copied->worst(), 6.5);
    for (std::size_t g = 0; g < 4; ++g)
        for (const std::int32_t e : copied->experts[g])
            EXPECT_EQ(g < 2, e < 2 || e > 5) << "expert " << e << " on GPU " << g;
}

TEST(Placement, OfNodesIsNeverWorseThanInOrderAndFillsEverySlot)
{
    std::mt19937 random(11);
    std::lognormal_distribution<double> load(0, 1.5);
    for (int trial = 0; trial < 300; ++trial) {
        const std::int64_t nodes = std::int64_t{1} << random() % 3;
        const std::int64_t gpus = nodes << random() % 3;
        const std::int64_t groups = nodes << random() % 2;
        const std::int64_t replicas = gpus * static_cast<std::int64_t>(random() % 3);
        const auto experts = static_cast<std::size_t>(std::max(gpus, groups)) * (1 + random() % 4);
        std::vector<double> loads(experts);
        for (double& l : loads) l = random() % 5 == 0 ? 0 : load(random);
        const auto after = place_packed(loads, gpus, replicas, {nodes, groups});
        ASSERT_TRUE(after);
        EXPECT_LE(after->worst(), place_in_order(loads, gpus)->worst()) << trial;
        std::vector<std::set<std::int64_t>> nodes_of(static_cast<std::size_t>(groups));
        std::vector<int> slots(experts);
        for (std::size_t g = 0; g < after->experts.size(); ++g) {
            const auto& gpu = after->experts[g];
            EXPECT_EQ(gpu.size() * static_cast<std::size_t>(gpus), experts + static_cast<std::size_t>(replicas));
            for (const std::int32_t e : gpu) {
                ++slots.at(static_cast<std::size_t>(e));
                nodes_of[static_cast<std::size_t>(e) / (experts / static_cast<std::size_t>(groups))].insert(
                    static_cast<std::int64_t>(g) * nodes / gpus);
            }
        }
        EXPECT_GE(*std::min_element(slots.begin(), slots.end()), 1) << "every expert is somewhere";
        for (const auto& where : nodes_of) EXPECT_EQ(where.size(), 1U) << "a group is on one node, trial " << trial;
    }
}

TEST(Placement, RefusesNodesThatDoNotDivide)
{
    const std::vector<double> eight(8, 1.0);
    EXPECT_NE(place_packed(eight, 4, 0, {.count = 3, .groups = 8}).error().what.find("over 3 nodes"),
              std::string::npos);
    EXPECT_FALSE(place_packed(eight, 8, 0, {.count = 4, .groups = 2}));
    EXPECT_FALSE(place_packed(eight, 8, 0, {.count = 0, .groups = 2}));
    EXPECT_NE(place_packed(eight, 8, 0, {.count = 1, .groups = 3}).error().what.find("3 groups"), std::string::npos);
}

TEST(Placement, RefusesWhatDoesNotDivide)
{
    const std::vector<double> six(6, 1.0);
    EXPECT_NE(place_in_order(six, 4).error().what.find("6 experts cannot be spread evenly over 4 GPUs"),
              std::string::npos);
    EXPECT_FALSE(place_in_order(six, 0));
    EXPECT_FALSE(place_in_order({}, 1));
    EXPECT_NE(place_packed(six, 3, 2).error().what.find("2 copies"), std::string::npos);
    EXPECT_FALSE(place_packed(six, 3, -3));
    EXPECT_DOUBLE_EQ(place_packed(std::vector<double>(4, 0.0), 2, 2)->imbalance(), 1) << "no load at all";
}

} // namespace
} // namespace triptych
