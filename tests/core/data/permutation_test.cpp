// The shuffled order visits every place once, differs by seed and stream, and needs no table for huge ranges.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/permutation.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace triptych {
namespace {

std::vector<std::uint64_t> order(std::uint64_t size, std::uint64_t seed, std::uint64_t stream)
{
    const Permutation permutation(size, seed, stream);
    std::vector<std::uint64_t> places;
    for (std::uint64_t i = 0; i < size; ++i) places.push_back(permutation(i));
    return places;
}

TEST(Permutation, VisitsEveryPlaceOnce)
{
    for (const std::uint64_t size : {1, 2, 3, 4, 5, 7, 8, 16, 17, 63, 64, 65, 1000, 4097}) {
        const auto places = order(size, 11, 3);
        const std::set<std::uint64_t> different(places.begin(), places.end());
        ASSERT_EQ(different.size(), size);
        ASSERT_LT(*different.rbegin(), size);
    }
}

TEST(Permutation, DiffersBySeedAndStreamAndIsNotTheOrderItself)
{
    const auto places = order(100, 1, 1);
    EXPECT_EQ(places, order(100, 1, 1));
    EXPECT_NE(places, order(100, 2, 1));
    EXPECT_NE(places, order(100, 1, 2));
    int at_home = 0;
    for (std::uint64_t i = 0; i < 100; ++i) at_home += places[i] == i ? 1 : 0;
    EXPECT_LT(at_home, 12);
}

TEST(Permutation, StaysInAHugeRange)
{
    const std::uint64_t size = (std::uint64_t{1} << 61) + 12345;
    const Permutation permutation(size, 5, 0);
    std::set<std::uint64_t> places;
    for (std::uint64_t i = 0; i < 1000; ++i) places.insert(permutation(i * (size / 1000)));
    EXPECT_EQ(places.size(), 1000u);
    EXPECT_LT(*places.rbegin(), size);
    EXPECT_GT(*places.rbegin(), size / 2);
}

} // namespace
} // namespace triptych
