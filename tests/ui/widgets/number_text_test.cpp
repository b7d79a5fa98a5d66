// Numbers as people read them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/widgets/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace triptych::test {
namespace {

const QChar kThin(0x202f);

TEST(NumberText, CountsAreGrouped)
{
    EXPECT_EQ(countText(0), QString("0"));
    EXPECT_EQ(countText(1240), QString("1,240"));
    EXPECT_EQ(countText(-5), QString("-5"));
}

TEST(NumberText, LargeNumbersKeepThreeDigits)
{
    EXPECT_EQ(largeText(671.03e9), QString("671") + kThin + "B");
    EXPECT_EQ(largeText(1'834'112), QString("1.83") + kThin + "M");
    EXPECT_EQ(largeText(999'600), QString("1.00") + kThin + "M");
    EXPECT_EQ(largeText(37), QString("37"));
}

TEST(NumberText, PlainNumbersHaveNoExponentAndNoZerosAtTheirEnd)
{
    EXPECT_EQ(plainNumberText(0), QString("0"));
    EXPECT_EQ(plainNumberText(0.01), QString("0.01"));
    EXPECT_EQ(plainNumberText(0.064), QString("0.064"));
    EXPECT_EQ(plainNumberText(-1.28), QString("-1.28"));
    EXPECT_EQ(plainNumberText(2), QString("2"));
    EXPECT_EQ(plainNumberText(200), QString("200"));
    EXPECT_EQ(plainNumberText(1310.72), QString("1,311"));
    EXPECT_EQ(plainNumberText(2e6), QString("2,000,000"));
}

TEST(NumberText, MoneyShowsMicroDollarsBelowADollar)
{
    EXPECT_EQ(usdText(0.002134), QString("$0.002134"));
    EXPECT_EQ(usdText(12.345), QString("$12.35"));
    EXPECT_EQ(usdText(5'576'000), QString("$5,576,000"));
}

TEST(NumberText, BytesCountByThousands)
{
    EXPECT_EQ(bytesText(842), QString("842") + kThin + "B");
    EXPECT_EQ(bytesText(70'272), QString("70.3") + kThin + "kB");
}

TEST(NumberText, WhatIsNoNumberIsADash)
{
    for (const double value : {std::nan(""), std::numeric_limits<double>::infinity()}) {
        EXPECT_EQ(fixedText(value, 2), noNumber());
        EXPECT_EQ(percentText(value), noNumber());
        EXPECT_EQ(usdText(value), noNumber());
        EXPECT_EQ(largeText(value), noNumber());
        EXPECT_EQ(plainNumberText(value), noNumber());
        EXPECT_EQ(bytesText(value), noNumber());
    }
}

} // namespace
} // namespace triptych::test
