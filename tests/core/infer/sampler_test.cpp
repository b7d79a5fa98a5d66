// Sampling: greedy, cut and drawn, against the probabilities it must follow.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/sampler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace triptych {
namespace {

std::int32_t draw(Sampler& sampler, const std::vector<float>& logits)
{
    return sampler.next(ConstView<1>(logits.data(), DType::F32, {static_cast<std::int64_t>(logits.size())}));
}

TEST(Sampler, GreedyTakesTheLikeliestAndTheLowestOfEquals)
{
    Sampler sampler({.temperature = 0});
    EXPECT_EQ(draw(sampler, {1, 3, 3, 2}), 1);
}

TEST(Sampler, FollowsTheSoftmaxProbabilities)
{
    Sampler sampler({.temperature = 1, .seed = 3});
    const std::vector<float> logits = {0, std::log(2.0F), std::log(5.0F)};
    std::vector<int> seen(3);
    constexpr int kDraws = 8000;
    for (int i = 0; i < kDraws; ++i) ++seen[static_cast<std::size_t>(draw(sampler, logits))];
    EXPECT_NEAR(seen[0], kDraws / 8.0, 5 * std::sqrt(kDraws / 8.0));
    EXPECT_NEAR(seen[1], kDraws / 4.0, 5 * std::sqrt(kDraws / 4.0));
}

TEST(Sampler, TopKAndTopPKeepOnlyTheLikeliest)
{
    const std::vector<float> logits = {0, 1, 2, 3};
    Sampler two({.top_k = 2});
    Sampler nucleus({.top_p = 0.6}); // the likeliest alone has 0.64
    for (int i = 0; i < 200; ++i) {
        EXPECT_GE(draw(two, logits), 2);
        EXPECT_EQ(draw(nucleus, logits), 3);
    }
}

TEST(Sampler, TheSameSeedDrawsTheSame)
{
    Sampler a({.seed = 9});
    Sampler b({.seed = 9});
    Sampler c({.seed = 10});
    const std::vector<float> logits(50, 0.0F);
    bool differs = false;
    for (int i = 0; i < 50; ++i) {
        const auto x = draw(a, logits);
        EXPECT_EQ(x, draw(b, logits));
        differs |= x != draw(c, logits);
    }
    EXPECT_TRUE(differs);
}

TEST(Sampler, NeverPicksNotANumber)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    Sampler greedy({.temperature = 0});
    Sampler random({});
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(draw(greedy, {nan, -5, nan}), 1);
        EXPECT_EQ(draw(random, {nan, -5, nan}), 1);
        EXPECT_EQ(draw(random, {nan, nan}), 0); // nothing to choose from is still a valid id
    }
}

} // namespace
} // namespace triptych
