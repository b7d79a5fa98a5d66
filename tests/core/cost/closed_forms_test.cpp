// The formulas of cost accounting against sums made by hand and against what defines them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/closed_forms.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych {
namespace {

TEST(ClosedForms, StraightLineSpreadsWhatIsLostOverTheBusyHours)
{
    EXPECT_NEAR(straight_line(50000, 0, 4, 1), 1.42596, 5e-6);
    EXPECT_NEAR(straight_line(50000, 0, 4, 0.85), 1.67760, 5e-6);
    EXPECT_DOUBLE_EQ(straight_line(8766, 0, 1, 1), 1);
    EXPECT_DOUBLE_EQ(straight_line(8766, 4383, 1, 0.5), 1);
}

TEST(ClosedForms, AnAnnuityPaysThePriceBackWithInterestAndKeepsTheRest)
{
    const double price = 50000;
    const double residual = 8000;
    for (const double interest : {0.03, 0.08, 0.25}) {
        const double a_year = annuity(price, residual, interest, 5, 0.7) * kHoursPerYear * 0.7;
        double debt = price;
        for (int year = 0; year < 5; ++year) debt = debt * (1 + interest) - a_year;
        EXPECT_NEAR(debt, residual, 1e-6) << interest;
    }
}

TEST(ClosedForms, AnAnnuityWithoutInterestIsTheStraightLineAndRisesWithIt)
{
    EXPECT_DOUBLE_EQ(annuity(50000, 1000, 0, 4, 0.85), straight_line(50000, 1000, 4, 0.85));
    EXPECT_NEAR(annuity(50000, 1000, 1e-12, 4, 0.85), straight_line(50000, 1000, 4, 0.85), 1e-9);
    double before = 0;
    for (const double interest : {0.0, 1e-9, 0.01, 0.1, 1.0}) {
        const double now = annuity(50000, 0, interest, 4, 1);
        EXPECT_GT(now, before) << interest;
        before = now;
    }
}

TEST(ClosedForms, EconomicDecayIsTheSlopeOfAFallingPrice)
{
    const double hour = 1 / kHoursPerYear;
    const double lost = 33800 * (1 - std::pow(10, -0.14 * hour));
    EXPECT_NEAR(economic_decay(33800, 0.14), lost, lost * 1e-4);
    EXPECT_NEAR(economic_decay(33800, 0.14), 1.24297, 5e-6);
    EXPECT_NEAR(1 - std::pow(10, -0.14), 0.276, 5e-4); // 27.6 % a year
}

TEST(ClosedForms, YoungsIntervalWastesLeast)
{
    const double save = 1.0 / 60;
    const double mtbf = 24.7;
    const double best = young_interval(save, mtbf);
    EXPECT_NEAR(best * 60, 54, 0.5);
    const double goodput = expected_goodput(save, best, 0, mtbf);
    for (const double factor : {0.5, 0.9, 1.1, 2.0})
        EXPECT_GT(goodput, expected_goodput(save, best * factor, 0, mtbf)) << factor;
    EXPECT_LT(expected_goodput(save, best, 0.25, mtbf), goodput);
    EXPECT_EQ(expected_goodput(1, 0.1, 0, 1), 0) << "more is lost than there is";
}

} // namespace
} // namespace triptych
