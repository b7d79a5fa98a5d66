// The split against every possible split.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/stage_split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace triptych::test {
namespace {

double dearest(const std::vector<double>& seconds, const std::vector<std::size_t>& begins)
{
    double most = 0;
    for (std::size_t i = 0; i + 1 < begins.size(); ++i)
        most = std::max(most, std::accumulate(seconds.begin() + static_cast<std::ptrdiff_t>(begins[i]),
                                              seconds.begin() + static_cast<std::ptrdiff_t>(begins[i + 1]), 0.0));
    return most;
}

/// Tries every place for the next cut.
double best_of_all(const std::vector<double>& seconds, std::vector<std::size_t> begins, std::int64_t stages)
{
    if (stages == 1) {
        begins.push_back(seconds.size());
        return dearest(seconds, begins);
    }
    double best = 1e300;
    for (std::size_t cut = begins.back() + 1; cut + static_cast<std::size_t>(stages) - 1 <= seconds.size(); ++cut) {
        auto longer = begins;
        longer.push_back(cut);
        best = std::min(best, best_of_all(seconds, longer, stages - 1));
    }
    return best;
}

TEST(StageSplit, IsAsGoodAsTheBestOfAll)
{
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> seconds_of(0.1, 3);
    for (int round = 0; round < 40; ++round) {
        std::vector<double> seconds(5 + static_cast<std::size_t>(round % 6));
        for (double& s : seconds) s = seconds_of(random);
        for (std::int64_t stages = 1; stages <= static_cast<std::int64_t>(seconds.size()); ++stages) {
            const auto begins = split_into_stages(seconds, stages);
            ASSERT_EQ(begins.size(), static_cast<std::size_t>(stages) + 1);
            EXPECT_EQ(begins.front(), 0U);
            EXPECT_EQ(begins.back(), seconds.size());
            EXPECT_TRUE(std::is_sorted(begins.begin(), begins.end()));
            EXPECT_EQ(std::adjacent_find(begins.begin(), begins.end()), begins.end()) << "an empty stage";
            EXPECT_NEAR(dearest(seconds, begins), best_of_all(seconds, {0}, stages), 1e-9);
        }
    }
}

TEST(StageSplit, TakesPartsThatCostNothing)
{
    EXPECT_EQ(split_into_stages(std::vector<double>{0, 0, 0}, 3), (std::vector<std::size_t>{0, 1, 2, 3}));
    EXPECT_EQ(split_into_stages(std::vector<double>{1, 1, 1, 1}, 2), (std::vector<std::size_t>{0, 2, 4}));
}

} // namespace
} // namespace triptych::test
