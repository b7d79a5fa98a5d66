// Ticks of amounts: round in the money that is shown, and written without a power of ten that nobody pays.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/widgets/money_axis.h"
#include "ui/widgets/money_text.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych::test {
namespace {

TEST(MoneyAxis, TicksAreRoundInTheMoneyThatIsShown)
{
    const std::vector<double> amounts = {5'576'000, 2.573e9};
    const auto mantissa = [](double value) { return value / std::pow(10.0, std::floor(std::log10(value) + 1e-9)); };
    for (const MoneyScale scale : {MoneyScale::Linear, MoneyScale::Logarithmic}) {
        const MoneyAxis axis(scale, amounts);
        const auto ticks = axis.ticks(8, 0.92);
        ASSERT_GE(ticks.size(), 3U);
        for (const double tick : ticks) {
            if (tick == 0) continue;
            const double halves = 2 * mantissa(tick * 0.92);
            EXPECT_NEAR(halves, std::round(halves), 1e-6) << tick;
            EXPECT_LE(axis.share(tick), 1 + 1e-9);
        }
    }
    EXPECT_EQ(MoneyAxis(MoneyScale::Linear, amounts).ticks(4), MoneyAxis(MoneyScale::Linear, amounts).ticks(4, 1));
}

TEST(MoneyAxis, SmallTicksAreWrittenOut)
{
    const Currency dollars;
    EXPECT_EQ(moneyTickText(0.00005, dollars), QString("$0.00005"));
    EXPECT_EQ(moneyTickText(-0.0025, dollars), QString(QChar(0x2212)) + "$0.0025");
    EXPECT_EQ(moneyTickText(5e6, dollars), QString("$5M"));
    EXPECT_EQ(moneyTickText(0.01, {"EUR", 0.5}), QString("EUR\u202f0.005"));
}

} // namespace
} // namespace triptych::test
