// Axes that count tokens, seconds, FLOPs or dollars: runs in line, and what is in sight stays in sight.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/series_source.h"
#include "ui/plots/x_axis.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include <cmath>

namespace triptych::test {
namespace {

Envelope points(std::vector<double> steps, std::vector<double> values)
{
    Envelope envelope;
    envelope.steps = std::move(steps);
    envelope.values = std::move(values);
    return envelope;
}

TEST(StepMap, IsStraightBetweenPointsAndGoesOnBeyondThem)
{
    const StepMap map(points({1, 3, 4}, {10, 30, 70}));
    EXPECT_DOUBLE_EQ(map.toX(2), 20);
    EXPECT_DOUBLE_EQ(map.toX(3.5), 50);
    EXPECT_DOUBLE_EQ(map.toX(0), 0);
    EXPECT_DOUBLE_EQ(map.toX(5), 110);
    for (const double step : {-3.0, 1.0, 2.25, 3.0, 3.9, 100.0}) EXPECT_NEAR(map.toStep(map.toX(step)), step, 1e-9);
}

TEST(StepMap, RisesWhateverWasRecorded)
{
    const StepMap map(points({1, 2, 3, 4, 5, 6}, {1, NAN, 5, 4, INFINITY, 9}));
    double last = -1e9;
    for (double step = 0; step < 8; step += 0.25) {
        EXPECT_GT(map.toX(step), last);
        last = map.toX(step);
    }
    EXPECT_FALSE(StepMap(points({1, 2, 3}, {4, 4, 4})).isKnown());
    EXPECT_EQ(StepMap().toX(7), 7) << "steps themselves";
}

class SharedAxisTest : public testing::Test {
protected:
    /// Another run beside the feed's, with batches of another size.
    void add_other(double tokensPerStep, std::int64_t steps = 1200)
    {
        for (std::int64_t step = 1; step <= steps; ++step) {
            other.append({Metric::Tokens, step, tokensPerStep * static_cast<double>(step)});
            other.append({Metric::MainLoss, step, synthetic_loss(step)});
        }
        SeriesHub::SeriesOfRun series;
        for (const Metric metric : {Metric::Tokens, Metric::MainLoss})
            series[metric] = std::make_unique<CachedSeries>(other, metric);
        hub.add("runs/other", std::move(series), {"other", 1e6});
    }

    /// What stands in `other`, of a run of 3 MFLOP a token.
    void add_counted()
    {
        SeriesHub::SeriesOfRun series;
        for (const Metric metric : {Metric::Tokens, Metric::Flops})
            series[metric] = std::make_unique<CachedSeries>(other, metric);
        hub.add("runs/other", std::move(series), {"other", 3e6});
    }

    SeriesCache other;
    RunFeed feed;
    SeriesHub hub{feed};
    SharedAxis axis{hub};
};

TEST_F(SharedAxisTest, AnotherAxisKeepsWhatIsInSight)
{
    fill_feed(feed);
    axis.update();
    axis.view().setRange(300, 500);
    axis.view().setCursor(400);
    for (const XAxis each :
         {XAxis::Tokens, XAxis::Time, XAxis::Relative, XAxis::Wall, XAxis::Flops, XAxis::Usd, XAxis::Step}) {
        axis.choose(each);
        ASSERT_EQ(axis.shown(), each) << axis.note().toStdString();
        EXPECT_NEAR(axis.map({}).toStep(axis.view().lower()), 300, 1e-6);
        EXPECT_NEAR(axis.map({}).toStep(axis.view().upper()), 500, 1e-6);
        EXPECT_NEAR(axis.map({}).toStep(*axis.view().cursor()), 400, 1e-6);
        EXPECT_FALSE(axis.view().isFollowing());
    }
    EXPECT_NEAR(axis.view().lower(), 300, 1e-6);
}

TEST_F(SharedAxisTest, CountsWhatTheRunRecorded)
{
    fill_feed(feed);
    axis.choose(XAxis::Tokens);
    EXPECT_NEAR(axis.map({}).toX(700), feed.series().at(Metric::Tokens, 700), 1e-6);
    axis.choose(XAxis::Usd);
    EXPECT_NEAR(axis.map({}).toX(700), feed.series().at(Metric::HeadlineUsd, 700), 1e-12);
    axis.choose(XAxis::Flops);
    EXPECT_NEAR(axis.map({}).toX(700) / (feed.series().at(Metric::Tokens, 700) * feed.run()->flops_per_token), 1,
                1e-12);
    axis.choose(XAxis::Relative);
    EXPECT_NEAR(axis.map({}).toX(1), 0, 1e-9);
    axis.choose(XAxis::Wall);
    EXPECT_NEAR(axis.map({}).toX(700), feed.series().at(Metric::TrainSeconds, 700) + 3600, 1e-6) << "with its pause";
}

TEST_F(SharedAxisTest, CountsTheFlopsOfAsManyExpertsAsTokensChose)
{
    double flops = 0;
    for (std::int64_t step = 1; step <= 100; ++step) {
        flops += step <= 50 ? 3e9 : 1e9; // half of the run with fewer experts for a token
        other.append({Metric::Tokens, step, 1000.0 * static_cast<double>(step)});
        other.append({Metric::Flops, step, flops});
    }
    add_counted();
    axis.choose(XAxis::Flops);
    ASSERT_EQ(axis.shown(), XAxis::Flops) << axis.note().toStdString();
    EXPECT_NEAR(axis.map("runs/other").toX(50), 150e9, 1);
    EXPECT_NEAR(axis.map("runs/other").toX(100), 200e9, 1);
}

TEST_F(SharedAxisTest, CountsTokensWhereARunHasOneStepWithFlops)
{
    for (std::int64_t step = 1; step <= 100; ++step)
        other.append({Metric::Tokens, step, 1000.0 * static_cast<double>(step)});
    other.append({Metric::Flops, 100, 300e9}); // an older version made all steps but the last
    add_counted();
    axis.choose(XAxis::Flops);
    ASSERT_EQ(axis.shown(), XAxis::Flops) << axis.note().toStdString();
    EXPECT_NEAR(axis.map("runs/other").toX(50), 150e9, 1);
}

TEST_F(SharedAxisTest, TwoRunsAreInLineInTokens)
{
    fill_feed(feed);
    add_other(4096);
    axis.choose(XAxis::Tokens);
    ASSERT_EQ(axis.shown(), XAxis::Tokens);
    EXPECT_NEAR(axis.map({}).toX(1000), axis.map("runs/other").toX(500), 1e-6);
    EXPECT_GE(axis.view().upper(), 4096 * 1200) << "all of both is shown";
}

TEST_F(SharedAxisTest, SaysWhatARunLacksAndStandsOverSteps)
{
    fill_feed(feed);
    QSignalSpy changed(&axis, &SharedAxis::changed);
    axis.choose(XAxis::Time);
    EXPECT_EQ(axis.shown(), XAxis::Time);
    add_other(4096); // without seconds
    axis.update();
    EXPECT_EQ(axis.shown(), XAxis::Step);
    EXPECT_TRUE(axis.note().contains("other") && axis.note().contains("time")) << axis.note().toStdString();
    EXPECT_EQ(axis.map({}).toX(17), 17);
    hub.remove("runs/other");
    axis.update();
    EXPECT_EQ(axis.shown(), XAxis::Time);
    EXPECT_TRUE(axis.note().isEmpty());
    EXPECT_GE(changed.count(), 3);
}

TEST_F(SharedAxisTest, FollowsTheRunInItsOwnUnit)
{
    const SyntheticRun run;
    fill_feed(feed, run);
    axis.choose(XAxis::Tokens);
    EXPECT_GE(axis.view().upper(), feed.series().latest(Metric::Tokens));
    append_steps(feed, run, 1201, 2400);
    axis.update();
    EXPECT_GE(axis.view().upper(), feed.series().latest(Metric::Tokens));
    axis.view().setRange(100'000, 200'000);
    append_steps(feed, run, 2401, 2500);
    axis.update();
    EXPECT_EQ(axis.view().upper(), 200'000) << "a zoom stays";
}

TEST(XText, HasTheUnitOfTheAxis)
{
    EXPECT_EQ(xText(XAxis::Step, 1240), "1,240");
    EXPECT_TRUE(xText(XAxis::Tokens, 2.5e6).endsWith(" tokens"));
    EXPECT_TRUE(xText(XAxis::Usd, 0.0021).startsWith("$"));
    EXPECT_TRUE(xText(XAxis::Time, 12.5).endsWith("s"));
}

} // namespace
} // namespace triptych::test
