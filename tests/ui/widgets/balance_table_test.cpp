// The numbers of balance: quantiles, entropy, and the table of a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/balance_metrics.h"
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/widgets/balance_table.h"
#include "ui/widgets/number_text.h"

#include <gtest/gtest.h>

#include <QLabel>

#include <cmath>

namespace triptych::test {
namespace {

TEST(Quantile, IsLinearBetweenTheTwoNearestAndLeavesOutWhatIsNoNumber)
{
    EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
    EXPECT_DOUBLE_EQ(quantile({0, 10}, 0.95), 9.5);
    EXPECT_DOUBLE_EQ(quantile({std::nan(""), 7}, 0.1), 7);
    EXPECT_DOUBLE_EQ(quantile({1, 2, 3}, 1), 3);
    EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
    EXPECT_TRUE(std::isnan(quantile({std::nan("")}, 0.5)));
}

TEST(BalanceTable, HasTheMeanOf20StepsOfTheChosenLayerAndHowLayersAreSpread)
{
    RunFeed feed;
    fill_feed(feed);
    BalanceTable table;
    table.setFrame(feed, *feed.loads(), 1, "Layer 2");
    EXPECT_EQ(table.cell(0, 1), "Layer 2");
    EXPECT_EQ(table.cell(1, 1), fixedText(feed.calm({Metric::LayerMaxVio, 2}), 2));
    std::vector<double> all;
    for (int layer = 1; layer <= 4; ++layer) all.push_back(feed.calm({Metric::LayerMinVio, layer}));
    EXPECT_EQ(table.cell(2, 5), fixedText(quantile(all, 0.95), 2));
    EXPECT_EQ(table.cell(4, 1), fixedText(feed.calm({Metric::LayerDiversity, 2}), 3)) << "exp(H) / N";
    EXPECT_EQ(table.cell(5, 1), percentText(0));
}

TEST(BalanceTable, SaysOfWhichStepsEachNumberIs)
{
    RunFeed feed;
    fill_feed(feed);
    BalanceTable table;
    table.setFrame(feed, *feed.loads(), 1, "Layer 2");
    const auto says = [&](const char* what) {
        for (const QLabel* label : table.findChildren<QLabel*>())
            if (label->toolTip().contains(what)) return label->toolTip();
        return QString();
    };
    EXPECT_TRUE(says("eq. 4").contains("Mean of the last 20 steps"));
    EXPECT_FALSE(says("without a token").contains("Mean of the last 20 steps")) << "it is of one step";
}

TEST(BalanceTable, MicroBatchesHaveRowsOfTheirOwnWhereThereAreSeveral)
{
    RunFeed feed;
    fill_feed(feed);
    BalanceTable table;
    LoadFrame frame = *feed.loads();
    table.setFrame(feed, frame, 0, "Layer 1");
    EXPECT_EQ(table.cell(6, 1), "");
    for (const double worse : {0.5, 1.0, 1.5, 2.0})
        frame.micro_balance.push_back({worse, worse / 10, worse / 2, 1 / (1 + worse), worse / 100});
    table.setFrame(feed, frame, 2, "Layer 3");
    const auto row = [&](int r) { return (QStringList() << table.cell(r, 1) << table.cell(r, 2)).join('|'); };
    EXPECT_EQ(table.cell(6, 0), "micro-batches");
    EXPECT_EQ(row(7), "1.50|1.25");
    EXPECT_EQ(row(8), "0.15|" + fixedText(0.125, 2));
    EXPECT_EQ(row(9), "0.75|" + fixedText(0.625, 2));
    EXPECT_EQ(row(10), "0.400|0.450");
    EXPECT_EQ(row(11), percentText(0.015) + "|" + percentText(0.0125));
    for (BalanceMeasures& kept : frame.micro_balance) kept.variation = std::nan("");
    table.setFrame(feed, frame, 2, "Layer 3");
    EXPECT_EQ(row(9), noNumber() + "|" + noNumber()) << "a run of an older version does not keep it";
    EXPECT_EQ(table.microHeight(), table.stepHeight());
    const auto told = [&] {
        for (const QLabel* label : table.findChildren<QLabel*>())
            if (label->toolTip().contains("Of each micro-batch by itself: 1.50.")) return true;
        return false;
    };
    EXPECT_TRUE(told()) << "where the rows have no room";
    table.showMicro(false); // there is no room
    EXPECT_EQ(table.cell(9, 1), "");
    EXPECT_FALSE(table.cell(1, 1).isEmpty());
    table.showMicro(true);
    frame.micro_balance.clear();
    table.setFrame(feed, frame, 2, "Layer 3");
    EXPECT_EQ(table.cell(9, 1), "");
    EXPECT_EQ(table.microHeight(), 0);
    EXPECT_FALSE(told());
}

TEST(BalanceTable, MicroBatchesOfARecordedRunHaveEveryMeasureAtAnyStep)
{
    RunFeed feed;
    fill_feed(feed);
    std::vector<Sample> samples;
    for (std::int64_t step = 1; step <= 1200; ++step)
        for (int layer = 1; layer <= 4; ++layer)
            for (const BalanceMetric& of : kBalanceMetrics)
                samples.push_back({{of.of_micro_batches, layer}, step, (step <= 600 ? 0.1 : 0.3) * layer});
    feed.append(samples);
    LoadFrame frame = *feed.loads();
    for (int layer = 1; layer <= 4; ++layer) // as a history has it
        frame.micro_balance.push_back({9, std::nan(""), std::nan(""), std::nan(""), std::nan("")});
    BalanceTable table;
    const auto rows = [&] {
        QStringList all;
        for (int row = 7; row <= 11; ++row) all << table.cell(row, 1);
        return all;
    };
    table.setFrame(feed, frame, 1, "Layer 2");
    EXPECT_EQ(rows(), (QStringList{"0.60", "0.60", "0.60", "0.600", percentText(0.6)}));
    EXPECT_EQ(table.cell(9, 2), fixedText(0.75, 2)) << "half of the layers have less";
    feed.hold(500, std::make_shared<LoadFrame>(frame), nullptr);
    table.setFrame(feed, frame, 1, "Layer 2");
    EXPECT_EQ(rows(), (QStringList{"0.20", "0.20", "0.20", "0.200", percentText(0.2)})) << "as they were then";
    frame.micro_balance.clear();
    table.setFrame(feed, frame, 1, "Layer 2");
    EXPECT_EQ(table.cell(7, 1), "0.20") << "the metrics are enough";
}

} // namespace
} // namespace triptych::test
