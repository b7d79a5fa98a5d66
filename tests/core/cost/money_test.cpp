// Money: rounding, sums and their ends, and rates.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/currency.h"
#include "core/cost/money.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace triptych {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST(Money, RoundsOnceToTheNearestMicroDollarHalvesAwayFromZero)
{
    EXPECT_EQ(Money::from_usd(0.0000014)->micro(), 1);
    EXPECT_EQ(Money::from_usd(0.0000016)->micro(), 2);
    EXPECT_EQ(Money::from_usd(0.5e-6)->micro(), 1);
    EXPECT_EQ(Money::from_usd(-0.5e-6)->micro(), -1);
    EXPECT_EQ(Money::from_usd(0.4e-6)->micro(), 0);
    EXPECT_EQ(Money::from_usd(5'576'000)->micro(), 5'576'000'000'000);
}

TEST(Money, AMillionTenthsOfACentAreAThousandDollarsExactly)
{
    const std::vector<Money> tenths(1'000'000, *Money::from_usd(0.001));
    EXPECT_EQ(sum(tenths)->micro(), 1'000'000'000);
}

TEST(Money, SaysWhenAnAmountDoesNotFitInsteadOfWrapping)
{
    EXPECT_FALSE(Money::from_usd(1e13).ok());
    EXPECT_FALSE(Money::from_usd(-1e13).ok());
    EXPECT_FALSE(Money::from_usd(std::numeric_limits<double>::quiet_NaN()).ok());
    EXPECT_FALSE(Money::from_usd(std::numeric_limits<double>::infinity()).ok());
    // 2^63 micro-dollars, and the last double below.
    EXPECT_FALSE(Money::from_usd(9223372036854.775808).ok());
    EXPECT_TRUE(Money::from_usd(9223372036854.0).ok());
    EXPECT_FALSE(add(Money::from_micro(kMost), Money::from_micro(1)).ok());
    EXPECT_EQ(add(Money::from_micro(kMost), Money::from_micro(-1))->micro(), kMost - 1);
    const std::vector<Money> much(3, Money::from_micro(kMost / 2));
    EXPECT_FALSE(sum(much).ok());
}

TEST(Money, AMeterGoesOnAtTheEnds)
{
    EXPECT_EQ(Money::clamped(std::numeric_limits<double>::quiet_NaN()), Money());
    EXPECT_EQ(Money::clamped(1e300).micro(), kMost);
    EXPECT_EQ(Money::clamped(-1e300).micro(), -kMost);
    EXPECT_EQ(Money::clamped(1.5).micro(), 1'500'000);
}

TEST(Currency, IsReadWithItsRateAndRefusedWithout)
{
    const auto euro = parse_currency("EUR=0.92");
    ASSERT_TRUE(euro.ok());
    EXPECT_EQ(euro->code, "EUR");
    EXPECT_DOUBLE_EQ(euro->from(Money::from_micro(100'000'000)), 92);
    EXPECT_TRUE(parse_currency("USD=1").ok());
    for (const char* text : {"", "EUR", "EUR=", "eur=1", "EURO=1", "EU=1", "EUR=0", "EUR=-1", "EUR=nan", "EUR=inf",
                             "EUR=1x", "EUR 0.92", "USD=2", "EUR=1e999"})
        EXPECT_FALSE(parse_currency(text).ok()) << text;
}

} // namespace
} // namespace triptych
