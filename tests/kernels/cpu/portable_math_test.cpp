// exp and log against the C library, with their ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/portable_math.h"

#include <gtest/gtest.h>

namespace triptych::cpu {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(PortableExp, IsWithinAFewUnitsInTheLastPlace)
{
    for (double x = -708; x < 709.7; x += 0.0173) {
        const double expected = std::exp(x);
        ASSERT_NEAR(portable_exp(x) / expected, 1, 4e-16) << x;
    }
}

TEST(PortableExp, HandlesItsEnds)
{
    EXPECT_EQ(portable_exp(0), 1);
    EXPECT_EQ(portable_exp(-kInfinity), 0);
    EXPECT_EQ(portable_exp(kInfinity), kInfinity);
    EXPECT_EQ(portable_exp(710), kInfinity);
    EXPECT_EQ(portable_exp(-746), 0);
    EXPECT_NEAR(portable_exp(-740) / std::exp(-740.0), 1, 0.02); // among the subnormal numbers
    EXPECT_LT(portable_exp(709.78), kInfinity);
    EXPECT_TRUE(std::isnan(portable_exp(std::nan(""))));
}

TEST(PortableLog, IsWithinAFewUnitsInTheLastPlace)
{
    for (double x = -700; x < 700; x += 0.0173) {
        const double value = std::exp(x);
        ASSERT_NEAR(portable_log(value), std::log(value), 4e-16 * std::abs(x) + 1e-17) << value;
    }
    for (double x = 0.9; x < 1.1; x += 1e-5) // where the result itself is small
        ASSERT_NEAR(portable_log(x), std::log(x), 4e-16 * std::abs(std::log(x)) + 1e-30) << x;
}

TEST(PortableLog, HandlesItsEnds)
{
    EXPECT_EQ(portable_log(1), 0);
    EXPECT_EQ(portable_log(0), -kInfinity);
    EXPECT_EQ(portable_log(kInfinity), kInfinity);
    EXPECT_TRUE(std::isnan(portable_log(-1)));
    EXPECT_TRUE(std::isnan(portable_log(std::nan(""))));
    EXPECT_NEAR(portable_log(5e-324), std::log(5e-324), 1e-12);
}

/// A few bits written down: they must come out the same on every CPU.
TEST(PortableMath, GivesTheBitsWrittenDownHere)
{
    EXPECT_EQ(portable_exp(1), 0x1.5bf0a8b14576ap+1);
    EXPECT_EQ(portable_exp(-0.3), 0x1.7b4c869c37c05p-1);
    EXPECT_EQ(portable_log(10), 0x1.26bb1bbb55516p+1);
}

} // namespace
} // namespace triptych::cpu
