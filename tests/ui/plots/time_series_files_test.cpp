// The plot over series in files, over several runs, and where the window stands in time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/curve_run.h"
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/series_hub.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/number_text.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>

namespace triptych::test {
namespace {

PlotSeries loss_of(const SeriesHub::RunId& run)
{
    PlotSeries series;
    series.name = "train";
    series.metric = Metric::Loss;
    series.color = &ThemeColors::loss;
    series.text = [](double value) { return fixedText(value, 3); };
    series.widest = "0.000";
    series.run = run;
    return series;
}

class TimeSeriesPlotFilesTest : public testing::Test {
protected:
    TimeSeriesPlotFilesTest()
    {
        plot.setTitle("Loss", "nats/token");
        plot.setSeries({loss_of({})});
        plot.resize(520, 260);
        plot.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&plot));
    }
    /// Draws until nothing is on its way from the files.
    void draw()
    {
        plot.refreshNow();
        for (int i = 0; i < 5 && plot.honesty().loading; ++i) {
            settle_reader(hub.reader());
            plot.refreshNow();
        }
        EXPECT_FALSE(plot.honesty().loading);
    }
    bool ink_at(double x, double top, double bottom)
    {
        const QImage image = plot.surface()->grab().toImage();
        const double scale = plot.devicePixelRatioF();
        const QColor card = theme.colors().card;
        for (int column = static_cast<int>((x - 1) * scale); column <= static_cast<int>((x + 1) * scale); ++column)
            for (int row = static_cast<int>(top * scale); row < static_cast<int>(bottom * scale); ++row)
                if (image.rect().contains(column, row) && contrastRatio(image.pixelColor(column, row), card) > 1.6)
                    return true;
        return false;
    }

    Theme theme{ThemeChoice::Light};
    TempFolder folder;
    RunFeed feed;
    SeriesHub hub{feed};
    TimeSeriesPlot plot{theme, hub};
};

TEST_F(TimeSeriesPlotFilesTest, ASpikeOfOneSampleInTenMillionIsSeenAtTwentyZooms)
{
    constexpr std::int64_t kSteps = 10'000'000;
    constexpr std::int64_t kAt = 6'543'210;
    write_column(folder / "curves", kSteps, [](std::int64_t step) { return step == kAt ? 1.9 : noise(step); });
    hub.open({}, open_reader(folder / "curves"));
    double reach = 2.0 * kSteps;
    for (int zoom = 0; zoom < 20; ++zoom, reach *= 0.48) {
        if (reach < kSteps)
            plot.view().setRange(kAt - reach * 0.3, kAt + reach * 0.7);
        else
            plot.view().showAll();
        draw();
        const double x = plot.placeOf(kAt, 0).x();
        EXPECT_TRUE(ink_at(x, plot.placeOf(0, 1.9).y() - 1, plot.placeOf(0, 1.1).y())) << "within " << reach;
        const double beside = std::max(12.0, 2 * (plot.placeOf(kAt + 1, 0).x() - x));
        EXPECT_FALSE(ink_at(x + beside, plot.placeOf(0, 1.9).y() - 1, plot.placeOf(0, 1.1).y())) << "within " << reach;
    }
    EXPECT_LE(hub.reader().blocks().bytes(), BlockCache::kMostBytes);
}

TEST_F(TimeSeriesPlotFilesTest, OpeningAMillionStepsReadsALittleOfThem)
{
    constexpr std::int64_t kSteps = 1'000'000;
    write_column(folder / "curves", kSteps, [](std::int64_t step) { return noise(step); });
    hub.open({}, open_reader(folder / "curves"));
    draw();
    EXPECT_EQ(plot.honesty().of, static_cast<std::size_t>(kSteps));
    EXPECT_LT(hub.files({})->bytesRead(), 4'000'000u) << "of 8 MB of values";
    EXPECT_LT(hub.reader().blocks().bytes(), 1'000'000u);
}

TEST_F(TimeSeriesPlotFilesTest, PointsAndKeysWorkOnFilesToo)
{
    write_column(folder / "curves", 5'000, [](std::int64_t step) { return static_cast<double>(step) / 5'000; });
    hub.open({}, open_reader(folder / "curves"));
    draw();
    const auto press = [&](Qt::Key key) {
        for (int i = 0; i < 2; ++i) { // what was not read yet comes with the next key
            QTest::keyClick(plot.surface(), key);
            settle_reader(hub.reader());
        }
    };
    press(Qt::Key_Home);
    EXPECT_EQ(plot.view().cursor(), 1);
    press(Qt::Key_End);
    EXPECT_EQ(plot.view().cursor(), 5'000);
    EXPECT_EQ(plot.legend().values(), QStringList{"1.000"});
}

TEST_F(TimeSeriesPlotFilesTest, TwoRunsHaveTwoColoursAndTwoLines)
{
    fill_feed(feed);
    write_column(folder / "curves", 900, [](std::int64_t step) { return synthetic_loss(step) + 0.5; });
    hub.open("runs/other", open_reader(folder / "curves"), {"other", 0});
    PlotSeries other = loss_of("runs/other");
    other.runColor = 1;
    other.style = styleOfRun(1);
    plot.setSeries({loss_of({}), other});
    draw();
    ASSERT_EQ(plot.frame().curves.size(), 2u);
    EXPECT_NE(plot.frame().curves[0].color, plot.frame().curves[1].color);
    EXPECT_NE(plot.frame().curves[0].style, plot.frame().curves[1].style);
    EXPECT_EQ(plot.frame().curves[1].color, theme.runColor(1));
    EXPECT_EQ(plot.frame().curves[1].steps.back(), 900);
    hub.remove("runs/other");
    draw();
    EXPECT_EQ(plot.frame().curves.size(), 1u);
}

TEST_F(TimeSeriesPlotFilesTest, ALineStandsWhereTheWindowStandsInTime)
{
    feed.append({{Metric::Loss, 1, 0.5}, {Metric::Loss, 1000, 0.5}});
    Moment moment;
    plot.followMoment(moment);
    draw();
    const double top = plot.plotArea().top() + 1;
    const double x = plot.placeOf(400, 0).x();
    EXPECT_FALSE(ink_at(x, top, top + 12));
    moment.show(400);
    EXPECT_TRUE(ink_at(x, top, top + 12));
    moment.goLive();
    EXPECT_FALSE(ink_at(x, top, top + 12));
}

TEST_F(TimeSeriesPlotFilesTest, PaintsItselfIntoAPictureOfAnySize)
{
    feed.append({{Metric::Loss, 1, 0.5}, {Metric::Loss, 1000, 1.5}});
    draw();
    QImage image(1040, 520, QImage::Format_RGB32);
    image.fill(theme.colors().card);
    QPainter painter(&image);
    plot.paintInto(painter, image.rect());
    painter.end();
    int ink = 0;
    for (int y = image.height() / 2; y < image.height(); ++y)
        for (int x = image.width() / 2; x < image.width(); ++x)
            ink += contrastRatio(image.pixelColor(x, y), theme.colors().card) > 1.6;
    EXPECT_GT(ink, 100) << "also in the far corner";
}

} // namespace
} // namespace triptych::test
