// Philox against the published test vectors, and its distributions by their moments.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/rng.h"

#include <gtest/gtest.h>

#include <set>

namespace triptych {
namespace {

/// Known answers of Random123's philox4x32-10: counter words, key words, result. Our stream is the upper half of the
/// counter.
TEST(Philox, GivesThePublishedKnownAnswers)
{
    using Block = std::array<std::uint32_t, 4>;
    EXPECT_EQ(Philox(0, 0).block(0), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(Philox(~std::uint64_t{0}, ~std::uint64_t{0}).block(~std::uint64_t{0}),
              (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(Philox(0x299f31d0a4093822, 0x0370734413198a2e).block(0x85a308d3243f6a88),
              (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, UniformFillsTheUnitInterval)
{
    const Philox philox(7, 3);
    double sum = 0;
    double squares = 0;
    constexpr int kCount = 100000;
    for (std::uint64_t i = 0; i < kCount; ++i) {
        const double u = philox.uniform(i);
        ASSERT_GE(u, 0);
        ASSERT_LT(u, 1);
        sum += u;
        squares += u * u;
    }
    EXPECT_NEAR(sum / kCount, 0.5, 0.005);
    EXPECT_NEAR(squares / kCount, 1.0 / 3, 0.005);
}

TEST(Philox, NormalHasTheMomentsOfANormal)
{
    const Philox philox(7, 4);
    double moments[5] = {};
    constexpr int kCount = 100000;
    for (std::uint64_t i = 0; i < kCount; ++i) {
        const double x = philox.normal(i);
        double power = 1;
        for (double& m : moments) {
            m += power / kCount;
            power *= x;
        }
    }
    EXPECT_NEAR(moments[1], 0, 0.02);
    EXPECT_NEAR(moments[2], 1, 0.03);
    EXPECT_NEAR(moments[3], 0, 0.06);
    EXPECT_NEAR(moments[4], 3, 0.2);
}

TEST(Philox, BelowReachesEveryValueAndNoMore)
{
    const Philox philox(1, 1);
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < 500; ++i) seen.insert(philox.below(i, 7));
    EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(philox.below(0, 1), 0U);
}

TEST(Philox, SeedsAndStreamsAreIndependent)
{
    EXPECT_NE(Philox(1, 0).block(0), Philox(2, 0).block(0));
    EXPECT_NE(Philox(1, 0).block(0), Philox(1, 1).block(0));
    EXPECT_EQ(Philox(5, 6).uniform(9), Philox(5, 6).uniform(9));
}

} // namespace
} // namespace triptych
