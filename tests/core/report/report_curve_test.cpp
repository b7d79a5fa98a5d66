// Thinned curves: few points, no spike lost, single samples as they are.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace triptych::test {
namespace {

std::vector<SeriesPoint> wave(std::int64_t steps)
{
    std::vector<SeriesPoint> samples;
    for (std::int64_t step = 1; step <= steps; ++step)
        samples.push_back({step, std::sin(static_cast<double>(step) / 50)});
    return samples;
}

TEST(ReportCurve, KeepsEverySampleAsItIsWhereThereIsRoom)
{
    const auto samples = wave(100);
    const ReportCurve curve = thin(Metric::Loss, samples, 100, 100);
    ASSERT_EQ(curve.points.size(), samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const CurvePoint& point = curve.points[i];
        EXPECT_EQ(point.first_step, samples[i].step);
        EXPECT_EQ(point.last_step, samples[i].step);
        EXPECT_EQ(point.mean, samples[i].value);
        EXPECT_EQ(point.low, samples[i].value);
        EXPECT_EQ(point.high, samples[i].value);
    }
    EXPECT_EQ(curve.name, "loss");
    EXPECT_EQ(curve.unit, "nats/token");
}

TEST(ReportCurve, NeverLosesASpike)
{
    auto samples = wave(100'003);
    samples[77'776].value = 40;
    samples[3].value = -9;
    const ReportCurve curve = thin(Metric::Loss, samples, 100'003, 600);
    EXPECT_LE(curve.points.size(), 600U);
    EXPECT_EQ(curve.samples, 100'003);
    std::int64_t counted = 0;
    bool up = false;
    bool down = false;
    for (const CurvePoint& point : curve.points) {
        counted += point.samples;
        EXPECT_LE(point.low, point.mean);
        EXPECT_LE(point.mean, point.high);
        up = up || (point.high == 40 && point.high_step == 77'777);
        down = down || (point.low == -9 && point.low_step == 4);
    }
    EXPECT_EQ(counted, 100'003);
    EXPECT_TRUE(up && down);
    EXPECT_EQ(curve.most.step, 77'777);
    EXPECT_EQ(curve.least.step, 4);
    EXPECT_EQ(curve.first.value, samples.front().value);
    EXPECT_EQ(curve.last.value, samples.back().value);
}

TEST(ReportCurve, HasTheMeanOfItsSamples)
{
    const ReportCurve curve = thin(Metric::Loss, std::vector<SeriesPoint>{{1, 1}, {2, 2}, {3, 6}, {4, 10}}, 4, 2);
    ASSERT_EQ(curve.points.size(), 2U);
    EXPECT_DOUBLE_EQ(curve.points[0].mean, 1.5);
    EXPECT_DOUBLE_EQ(curve.points[1].mean, 8);
}

TEST(ReportCurve, SharesItsBordersWithOtherCurvesOfTheRun)
{
    const ReportCurve dense = thin(Metric::Loss, wave(1000), 1000, 10);
    const ReportCurve rare = thin(Metric::ValLoss, std::vector<SeriesPoint>{{250, 2}, {500, 1}}, 1000, 10);
    ASSERT_EQ(dense.points.size(), 10U);
    ASSERT_EQ(rare.points.size(), 2U);
    EXPECT_EQ(dense.points[2].first_step, 201);
    EXPECT_EQ(dense.points[2].last_step, 300);
    EXPECT_EQ(rare.points[0].first_step, 250);
    EXPECT_EQ(rare.points[1].last_step, 500);
}

TEST(ReportCurve, CountsWhatIsNoNumber)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const ReportCurve curve =
        thin(Metric::Loss, std::vector<SeriesPoint>{{1, nan}, {2, nan}, {3, 5}, {4, HUGE_VAL}}, 4, 2);
    ASSERT_EQ(curve.points.size(), 2U);
    EXPECT_EQ(curve.points[0].gaps, 2);
    EXPECT_TRUE(std::isnan(curve.points[0].mean));
    EXPECT_EQ(curve.points[0].low_step, 0);
    EXPECT_EQ(curve.points[1].gaps, 1);
    EXPECT_EQ(curve.points[1].mean, 5);
    EXPECT_EQ(curve.first.step, 3);
    EXPECT_EQ(curve.last.step, 3);
}

TEST(ReportCurve, OfNothingIsEmpty)
{
    const ReportCurve curve = thin(Metric::Mfu, {}, 0, 0);
    EXPECT_TRUE(curve.points.empty());
    EXPECT_EQ(curve.first.step, 0);
}

} // namespace
} // namespace triptych::test
