// A cached series read as a source, and the runs of a hub.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/series_hub.h"
#include "ui/bridge/series_source.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include <cmath>

namespace triptych::test {
namespace {

SeriesCache cache_of(std::vector<double> values)
{
    SeriesCache cache;
    for (std::size_t i = 0; i < values.size(); ++i)
        cache.append({Metric::Loss, static_cast<std::int64_t>(10 * (i + 1)), values[i]});
    return cache;
}

TEST(CachedSeries, SumsUpWhatIsFinite)
{
    const SeriesCache cache = cache_of({std::nan(""), 3, -1, 5, std::nan("")});
    const SeriesSummary all = CachedSeries(cache, Metric::Loss).summary();
    EXPECT_EQ(all.firstStep, 10);
    EXPECT_EQ(all.lastStep, 50);
    EXPECT_EQ(all.first, 3);
    EXPECT_EQ(all.last, 5);
    EXPECT_EQ(all.lowest, -1);
    EXPECT_EQ(all.highest, 5);
    EXPECT_EQ(all.count, 5U);
    EXPECT_EQ(all.gaps, 2U);
}

TEST(CachedSeries, OfNothingHasNothing)
{
    const SeriesCache cache;
    const CachedSeries series(cache, Metric::Loss);
    EXPECT_EQ(series.size(), 0U);
    EXPECT_TRUE(std::isnan(series.summary().last));
    EXPECT_FALSE(series.at(5));
    EXPECT_FALSE(series.neighbour(5, 1));
    EXPECT_FALSE(series.neighbour(5, -1));
    EXPECT_TRUE(series.envelope(0, 10, 4).steps.empty());
}

TEST(CachedSeries, FindsPointsByStep)
{
    const SeriesCache cache = cache_of({1, 2, 3});
    const CachedSeries series(cache, Metric::Loss);
    EXPECT_FALSE(series.at(9.5));
    EXPECT_EQ(series.at(25)->step, 20);
    EXPECT_EQ(series.at(99)->value, 3);
    EXPECT_EQ(series.neighbour(20, 1)->step, 30);
    EXPECT_EQ(series.neighbour(20, -1)->step, 10);
    EXPECT_EQ(series.neighbour(25, 1)->step, 30);
    EXPECT_EQ(series.neighbour(25, -1)->step, 20);
    EXPECT_FALSE(series.neighbour(30, 1));
    EXPECT_FALSE(series.neighbour(10, -1));
}

TEST(SeriesHub, KnowsTheFeedsSeriesAlsoAfterTheyWereReadAgain)
{
    RunFeed feed;
    SeriesHub hub(feed);
    QSignalSpy changed(&hub, &SeriesHub::changed);
    feed.append({{Metric::Loss, 1, 2.5}});
    EXPECT_EQ(changed.count(), 1);
    const SeriesSource* loss = hub.find({}, Metric::Loss);
    ASSERT_NE(loss, nullptr);
    feed.append({{Metric::Loss, 2, 2.25}});
    EXPECT_EQ(changed.count(), 1) << "a point is no new series";
    EXPECT_EQ(loss->summary().last, 2.25);
    feed.replaceSeries(cache_of({7, 8}));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(loss->at(20)->value, 8);
    EXPECT_EQ(hub.find({}, Metric::MaxVio), nullptr);
    feed.append({{Metric::MaxVio, 20, 0.5}});
    EXPECT_EQ(changed.count(), 2);
    EXPECT_EQ(hub.metrics({}), (std::vector<MetricId>{Metric::Loss, Metric::MaxVio}));
}

TEST(SeriesHub, TakesOtherRunsBesideIt)
{
    RunFeed feed;
    SeriesHub hub(feed);
    const SeriesCache other = cache_of({1});
    SeriesHub::SeriesOfRun series;
    series[Metric::Loss] = std::make_unique<CachedSeries>(other, Metric::Loss);
    hub.add("runs/other", std::move(series));
    EXPECT_EQ(hub.runs(), (std::vector<QString>{"runs/other"}));
    EXPECT_EQ(hub.find("runs/other", Metric::Loss)->size(), 1U);
    EXPECT_EQ(hub.find("runs/none", Metric::Loss), nullptr);
    QSignalSpy changed(&hub, &SeriesHub::changed);
    hub.remove("runs/other");
    hub.remove("runs/other");
    EXPECT_EQ(changed.count(), 1);
    EXPECT_TRUE(hub.runs().empty());
}

TEST(SeriesHub, KnowsWhatIsTheSameInAnotherRun)
{
    RunFeed feed;
    SeriesHub hub(feed);
    event::RunStarted started;
    started.layers = 4;
    started.domains = {"code", "prose"};
    feed.take(started);
    hub.add("runs/other", {}, {"other", 0, 6, {"prose", "tables"}});
    hub.add("runs/small", {}, {"small", 0, 2, {}});
    using Same = std::optional<MetricId>;
    EXPECT_EQ(hub.counterpart(Metric::MainLoss, "runs/other"), Same(Metric::MainLoss));
    EXPECT_EQ(hub.counterpart({Metric::LayerMaxVio, 3}, "runs/other"), Same({Metric::LayerMaxVio, 3}));
    EXPECT_EQ(hub.counterpart({Metric::LayerMaxVio, 5}, "runs/other"), Same({Metric::LayerMaxVio, 7}))
        << "the second MTP module";
    EXPECT_EQ(hub.counterpart({Metric::LayerMaxVio, 3}, "runs/small"), Same()) << "it has no such layer";
    EXPECT_EQ(hub.counterpart({Metric::DomainLoss, 1}, "runs/other"), Same({Metric::DomainLoss, 0}));
    EXPECT_EQ(hub.counterpart({Metric::DomainLoss, 0}, "runs/other"), Same()) << "it has no code";
    EXPECT_EQ(hub.counterpart({Metric::DomainLoss, 1}, "runs/small"), Same({Metric::DomainLoss, 1})) << "not known";
}

} // namespace
} // namespace triptych::test
