// The plot of series: what is seen in its pixels, what hands do to it, what it says.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dollars_after.h"
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/plots/follow_chip.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/number_text.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QLabel>
#include <QTest>

#include <cmath>

namespace triptych {
namespace {

QString three(double value)
{
    return fixedText(value, 3);
}

std::vector<PlotSeries> one_series(Smoothing smoothing = Smoothing::Never)
{
    return {{"train", Metric::Loss, &ThemeColors::loss, CurveStyle::Line, smoothing, three, "0.000", {}}};
}

Series noise_series(std::size_t n, double low = 0, double high = 1)
{
    Series series;
    for (std::size_t i = 0; i < n; ++i) {
        series.steps.push_back(static_cast<std::int64_t>(i) + 1);
        series.values.push_back(low + (high - low) * test::noise(static_cast<std::int64_t>(i)));
    }
    return series;
}

class TimeSeriesPlotTest : public testing::Test {
protected:
    TimeSeriesPlotTest()
    {
        plot.setTitle("Loss", "nats/token");
        plot.setEmptyText("The loss appears here.");
        plot.setSeries(one_series());
        plot.resize(520, 260);
        plot.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&plot));
    }

    void give(Series series, MetricId metric = Metric::Loss)
    {
        SeriesCache cache;
        cache.replace(metric, std::move(series));
        feed.replaceSeries(std::move(cache));
        plot.refreshNow();
    }
    void append(std::int64_t step, double value)
    {
        feed.append({{Metric::Loss, step, value}});
        plot.refreshNow();
    }
    QImage picture() { return plot.surface()->grab().toImage(); }
    double scale() const { return plot.devicePixelRatioF(); }

    /// Whether something other than ground and grid is drawn within a pixel of the column, between two heights.
    bool ink_at(const QImage& image, double x, double top, double bottom, double contrast = 1.6) const
    {
        const QColor card = theme.colors().card;
        for (int column = static_cast<int>((x - 1) * scale()); column <= static_cast<int>((x + 1) * scale()); ++column)
            for (int row = static_cast<int>(top * scale()); row < static_cast<int>(bottom * scale()); ++row)
                if (image.rect().contains(column, row) && contrastRatio(image.pixelColor(column, row), card) > contrast)
                    return true;
        return false;
    }

    Theme theme{ThemeChoice::Light};
    RunFeed feed;
    SeriesHub hub{feed};
    TimeSeriesPlot plot{theme, hub};
};

TEST_F(TimeSeriesPlotTest, ASpikeOfOneSampleInAMillionIsSeenAtEveryZoom)
{
    constexpr std::int64_t kAt = 654'321;
    Series series = noise_series(1'000'000);
    give(series);
    for (const double reach : {1e6, 1e5, 7e3, 600.0, 40.0}) {
        for (const double spike : {1.9, 500.0}) {
            const auto look = [&](double value) {
                series.values[kAt - 1] = value;
                give(series);
                if (reach < 1e6)
                    plot.view().setRange(kAt - reach * 0.3, kAt + reach * 0.7);
                else
                    plot.view().showAll();
                plot.refreshNow();
                const double x = plot.placeOf(kAt, 0).x();
                const double top = plot.plotArea().top();
                return ink_at(picture(), x, top, std::max(top + 9, plot.placeOf(kAt, 1.02).y()));
            };
            EXPECT_FALSE(look(0.5)) << "nothing is above the noise without a spike";
            EXPECT_TRUE(look(spike)) << spike << " within " << reach << " steps";
            const bool inside = plot.shownValues().upper >= spike;
            EXPECT_NE(inside, plot.honesty().beyond > 0) << "what is outside the axis is told";
            EXPECT_EQ(plot.legend().note().contains("beyond"), !inside) << plot.legend().note().toStdString();
        }
    }
}

TEST_F(TimeSeriesPlotTest, ASpikeIsSeenBehindWhatOnlySaysItsSmoothedValue)
{
    plot.setSeries(one_series(Smoothing::Quiet));
    plot.setSmoothing(0.9, SmoothingKind::Exponential);
    constexpr std::int64_t kAt = 5'000;
    Series series = noise_series(10'000);
    series.values[kAt - 1] = 3;
    give(series);
    ASSERT_GT(plot.shownValues().upper, 3);
    // Its own height, drawn faintly: the smoothed curve ends far below.
    const QImage image = picture();
    const double top = plot.placeOf(kAt, 2.6).y();
    const double bottom = plot.placeOf(kAt, 2.1).y();
    EXPECT_TRUE(ink_at(image, plot.placeOf(kAt, 2).x(), top, bottom, 1.2));
    EXPECT_FALSE(ink_at(image, plot.placeOf(kAt, 2).x() + 30, top, bottom, 1.2));
    EXPECT_EQ(plot.legend().values().size(), 1) << "told once";
}

TEST_F(TimeSeriesPlotTest, ASpikeOfALiveRunIsSeenWhenItsPastIsThinnedLongSince)
{
    constexpr std::int64_t kAt = 300'123;
    std::vector<Sample> samples;
    for (std::int64_t step = 1; step <= 2'500'000; ++step) {
        samples.push_back({Metric::Loss, step, step == kAt ? 500 : 0.5 + 0.1 * test::noise(step)});
        if (samples.size() < 100'000) continue;
        feed.append(samples);
        samples.clear();
    }
    ASSERT_FALSE(feed.series().indexed(Metric::Loss).isWholeFrom(kAt));
    for (const double reach : {2.5e6, 2e5, 9e3, 500.0}) {
        if (reach < 2.5e6)
            plot.view().setRange(kAt - reach * 0.3, kAt + reach * 0.7);
        else
            plot.view().showAll();
        plot.refreshNow();
        const bool inside = plot.shownValues().upper >= 500;
        const double x = plot.placeOf(kAt, 0).x();
        const double top = plot.plotArea().top();
        EXPECT_TRUE(ink_at(picture(), x, top, inside ? plot.placeOf(kAt, 400).y() : top + 9)) << reach;
    }
    plot.view().showAll();
    plot.refreshNow();
    EXPECT_EQ(plot.honesty().of, 2'500'000u) << "points that are gone are told";
}

TEST_F(TimeSeriesPlotTest, NoiseCostsNoMoreThanAPlainCurveOfAsManyPoints)
{
    // Wide or joined lines of noise cost QCustomPlot a hundred times as much as hairlines drawn one by one.
    Series smooth = noise_series(100'000);
    for (std::size_t i = 0; i < smooth.size(); ++i) smooth.values[i] = 1 / (1 + 1e-4 * static_cast<double>(i));
    const Series noise = noise_series(100'000);
    const auto best_of = [&](const Series& series) {
        give(series);
        qint64 best = INT64_MAX;
        for (int i = 0; i < 9; ++i) {
            QElapsedTimer timer;
            timer.start();
            plot.refreshNow();
            best = std::min(best, timer.nsecsElapsed());
        }
        return static_cast<double>(best);
    };
    EXPECT_LT(best_of(noise) / best_of(smooth), 15);
}

TEST_F(TimeSeriesPlotTest, DrawsAFewPointsAPixelAndSaysOfHowMany)
{
    give(noise_series(50'000));
    const auto width = static_cast<std::size_t>(plot.plotArea().width());
    EXPECT_LE(plot.frame().curves[0].steps.size(), 5 * width);
    EXPECT_TRUE(plot.honesty().thinned);
    EXPECT_TRUE(plot.legend().note().contains("of 50,000 points")) << plot.legend().note().toStdString();
    plot.view().setRange(100, 200);
    plot.refreshNow();
    EXPECT_EQ(plot.legend().note(), "") << "here every point is drawn";
}

TEST_F(TimeSeriesPlotTest, ValuesThatAreNoNumbersAreGapsWithASign)
{
    Series series = noise_series(60, 1, 2);
    for (std::size_t i = 20; i < 40; ++i) series.values[i] = std::nan("");
    series.values[50] = INFINITY;
    give(series);
    const QImage image = picture();
    const double bottom = plot.plotArea().bottom();
    const auto middle = plot.placeOf(30, 0).x();
    EXPECT_FALSE(ink_at(image, middle, plot.plotArea().top(), bottom - 14)) << "no line over the gap";
    EXPECT_TRUE(ink_at(image, middle, bottom - 12, bottom - 1)) << "but a sign";
    EXPECT_TRUE(ink_at(image, plot.placeOf(51, 0).x(), bottom - 12, bottom - 1));
    EXPECT_EQ(plot.honesty().gaps, 21u);
    EXPECT_TRUE(plot.legend().note().contains("21 not a number"));
    EXPECT_LT(plot.shownValues().upper, 3) << "an infinite value does not make an infinite axis";
}

TEST_F(TimeSeriesPlotTest, SaysWhatWillAppearUntilThereIsSomething)
{
    plot.refreshNow();
    auto* text = plot.findChild<QLabel*>();
    ASSERT_NE(text, nullptr);
    EXPECT_TRUE(text->isVisible());
    EXPECT_EQ(text->text(), "The loss appears here.");
    append(1, 3);
    EXPECT_FALSE(text->isVisible());
    feed.replaceSeries({});
    plot.refreshNow();
    EXPECT_TRUE(text->isVisible());
}

TEST_F(TimeSeriesPlotTest, AZoomDuringTheRunStaysAndTheChipBringsBackTheNewestStep)
{
    for (int step = 1; step <= 500; ++step) feed.append({{Metric::Loss, step, 1.0 / step}});
    plot.refreshNow();
    auto* chip = plot.findChild<FollowChip*>();
    ASSERT_NE(chip, nullptr);
    const QString live = chip->text();

    const QPoint centre = plot.plotArea().center();
    QWheelEvent wheel(centre, plot.surface()->mapToGlobal(centre), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot.surface(), &wheel);
    const double lower = plot.view().lower();
    const double upper = plot.view().upper();
    EXPECT_LT(upper - lower, 400);
    EXPECT_NE(chip->text(), live);
    for (int step = 501; step <= 900; ++step) append(step, 1);
    EXPECT_EQ(plot.view().lower(), lower);
    EXPECT_EQ(plot.view().upper(), upper);
    EXPECT_EQ(plot.frame().lastStep, upper);

    QTest::mouseClick(chip, Qt::LeftButton);
    EXPECT_EQ(chip->text(), live);
    append(1000, 1);
    EXPECT_GE(plot.view().upper(), 1000);
}

TEST_F(TimeSeriesPlotTest, ABoxZoomsAndADoubleClickShowsEverything)
{
    give(noise_series(1000));
    const QRect area = plot.plotArea();
    const double before = plot.view().upper();
    const QPoint from(area.left() + area.width() / 4, area.top() + 10);
    const QPoint to(area.left() + area.width() / 2, area.bottom() - 40);
    const double first = before * 0.25;
    QTest::mousePress(plot.surface(), Qt::LeftButton, {}, from);
    QTest::mouseMove(plot.surface(), to);
    QTest::mouseRelease(plot.surface(), Qt::LeftButton, {}, to);
    plot.refreshNow();
    EXPECT_NEAR(plot.view().lower(), first, before * 0.02);
    EXPECT_NEAR(plot.view().upper(), before * 0.5, before * 0.02);
    EXPECT_GT(plot.shownValues().lower, 0.1) << "the box has a height, too";
    QTest::mouseDClick(plot.surface(), Qt::LeftButton, {}, area.center());
    plot.refreshNow();
    EXPECT_TRUE(plot.view().showsAll());
    EXPECT_LT(plot.shownValues().lower, 0.01);
}

TEST_F(TimeSeriesPlotTest, EveryNotchOfTheWheelCountsHoweverManyComeBetweenTwoFrames)
{
    give(noise_series(1000));
    plot.view().setRange(100, 900); // nothing follows the run
    plot.refreshNow();
    const QPoint at = plot.plotArea().center() + QPoint(0, 20);
    const auto notch = [&] {
        QWheelEvent wheel(at, plot.surface()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(plot.surface(), &wheel);
    };
    for (const ValueScale scale : {ValueScale::Linear, ValueScale::Logarithmic}) {
        const auto zoomed = [&](bool drawBetween) {
            QTest::mouseDClick(plot.surface(), Qt::LeftButton, {}, at); // everything again
            plot.view().setRange(100, 900);
            plot.setValueScale(scale);
            plot.refreshNow();
            notch();
            if (drawBetween) plot.refreshNow();
            notch();
            plot.refreshNow();
            return plot.shownValues();
        };
        const ValueRange apart = zoomed(true);
        const ValueRange together = zoomed(false);
        EXPECT_NEAR(together.lower, apart.lower, 1e-6);
        EXPECT_NEAR(together.upper, apart.upper, 1e-6);
    }
}

TEST_F(TimeSeriesPlotTest, AClickThatTremblesIsNoZoom)
{
    give(noise_series(1000));
    const QPoint at = plot.plotArea().center();
    QTest::mousePress(plot.surface(), Qt::LeftButton, {}, at);
    QTest::mouseMove(plot.surface(), at + QPoint(2, 1));
    QTest::mouseRelease(plot.surface(), Qt::LeftButton, {}, at + QPoint(2, 1));
    EXPECT_TRUE(plot.view().isFollowing());
}

TEST_F(TimeSeriesPlotTest, ShiftAndDragPans)
{
    give(noise_series(1000));
    plot.view().setRange(400, 600);
    plot.refreshNow();
    const QPoint at = plot.plotArea().center();
    QTest::mousePress(plot.surface(), Qt::LeftButton, Qt::ShiftModifier, at);
    QTest::mouseMove(plot.surface(), at + QPoint(plot.plotArea().width() / 4, 0));
    QTest::mouseRelease(plot.surface(), Qt::LeftButton, Qt::ShiftModifier, at + QPoint(50, 0));
    EXPECT_NEAR(plot.view().lower(), 350, 2) << "what was under the mouse stays there";
    EXPECT_NEAR(plot.view().upper() - plot.view().lower(), 200, 1e-6);
}

TEST_F(TimeSeriesPlotTest, MayGoWhileTheMouseIsOverIt)
{
    give(noise_series(100));
    auto gone = std::make_unique<TimeSeriesPlot>(theme, hub);
    gone->shareAxis(plot.axis());
    gone->setSeries(one_series());
    gone->resize(520, 260);
    gone->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(gone.get()));
    QTest::mouseMove(gone->surface(), gone->plotArea().center());
    EXPECT_TRUE(plot.view().cursor());
    gone.reset();
    EXPECT_FALSE(picture().isNull());
}

TEST_F(TimeSeriesPlotTest, PointsToTheNearestRecordedStepAndShowsItsValue)
{
    for (int step = 10; step <= 100; step += 10) feed.append({{Metric::Loss, step, step / 1000.0}});
    plot.refreshNow();
    EXPECT_EQ(plot.legend().values(), QStringList{"0.100"});
    const QPointF place = plot.placeOf(42, 0);
    QTest::mouseMove(plot.surface(), QPoint(static_cast<int>(place.x()), plot.plotArea().center().y()));
    EXPECT_EQ(plot.view().cursor(), 40);
    EXPECT_EQ(plot.legend().values(), QStringList{"0.040"});
    EXPECT_TRUE(ink_at(picture(), plot.placeOf(40, 0).x(), plot.plotArea().top() + 1, plot.plotArea().top() + 9));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(plot.surface(), &leave);
    EXPECT_EQ(plot.legend().values(), QStringList{"0.100"});
}

TEST_F(TimeSeriesPlotTest, CanBeUsedByKeysAlone)
{
    give(noise_series(100));
    EXPECT_EQ(plot.surface()->focusPolicy(), Qt::StrongFocus);
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers with = {}) {
        QTest::keyClick(plot.surface(), key, with);
    };
    press(Qt::Key_Home);
    EXPECT_EQ(plot.view().cursor(), 1);
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    EXPECT_EQ(plot.view().cursor(), 3);
    press(Qt::Key_Left);
    EXPECT_EQ(plot.view().cursor(), 2);
    press(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_GT(plot.view().cursor(), 4);
    press(Qt::Key_End);
    EXPECT_EQ(plot.view().cursor(), 100);
    press(Qt::Key_Plus);
    EXPECT_FALSE(plot.view().isFollowing());
    press(Qt::Key_F);
    EXPECT_TRUE(plot.view().isFollowing());
    press(Qt::Key_L);
    EXPECT_EQ(plot.valueScale(), ValueScale::Logarithmic);
    press(Qt::Key_Minus);
    press(Qt::Key_R);
    EXPECT_TRUE(plot.view().showsAll());
    press(Qt::Key_Escape);
    EXPECT_FALSE(plot.view().cursor());
}

TEST_F(TimeSeriesPlotTest, ThePictureGoesWhereTheCrosshairGoes)
{
    give(noise_series(1000));
    plot.view().setRange(400, 500);
    QTest::keyClick(plot.surface(), Qt::Key_Home);
    EXPECT_LE(plot.view().lower(), 1);
    EXPECT_GE(plot.view().upper(), 1);
}

TEST_F(TimeSeriesPlotTest, SaysInWordsWhatItShows)
{
    for (int step = 1; step <= 200; ++step) append(step, 3 - 0.01 * step);
    QTest::keyClick(plot.surface(), Qt::Key_Home);
    EXPECT_EQ(plot.surface()->accessibleName(), "Loss over steps, nats/token");
    EXPECT_EQ(plot.surface()->accessibleDescription(), "train 2.990 at step 1");
    QTest::keyClick(plot.surface(), Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return plot.surface()->accessibleDescription() == "train 1.000 at step 200, falling"; }, 3000))
        << plot.surface()->accessibleDescription().toStdString();
}

TEST_F(TimeSeriesPlotTest, LinkedPlotsShareStepsAndCrosshair)
{
    give(noise_series(1000));
    SharedAxis shared(hub);
    shared.update();
    TimeSeriesPlot other(theme, hub);
    other.setSeries(one_series());
    other.resize(300, 200);
    other.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&other));
    plot.shareAxis(shared);
    other.shareAxis(shared);
    QTest::keyClick(plot.surface(), Qt::Key_Home);
    plot.view().setRange(0, 50);
    EXPECT_TRUE(QTest::qWaitFor([&] { return other.frame().lastStep == 50 && plot.frame().lastStep == 50; }, 3000));
    EXPECT_EQ(other.view().cursor(), 1);
    EXPECT_EQ(other.legend().values(), plot.legend().values());
    EXPECT_TRUE(ink_at(other.surface()->grab().toImage(), other.placeOf(1, 0).x(), other.plotArea().top() + 2,
                       other.plotArea().top() + 12));
    EXPECT_FALSE(plot.findChild<FollowChip*>()->isVisible()) << "one chip for all";
}

TEST_F(TimeSeriesPlotTest, KeepsRawValuesFaintlyBehindTheSmoothedCurve)
{
    plot.setSeries(one_series(Smoothing::WithRawBehind));
    plot.setSmoothing(0.95);
    give(noise_series(400));
    ASSERT_EQ(plot.frame().curves.size(), 2u);
    EXPECT_EQ(plot.frame().curves[0].style, CurveStyle::FaintLine);
    EXPECT_EQ(plot.frame().curves[1].style, CurveStyle::Line);
    const auto spread = [](const Curve& curve) {
        return *std::max_element(curve.values.begin() + 50, curve.values.end()) -
               *std::min_element(curve.values.begin() + 50, curve.values.end());
    };
    EXPECT_LT(spread(plot.frame().curves[1]), 0.5 * spread(plot.frame().curves[0]));
    EXPECT_EQ(plot.legend().values().size(), 2);
    plot.setSmoothing(0);
    plot.refreshNow();
    EXPECT_EQ(plot.frame().curves.size(), 1u);
}

TEST_F(TimeSeriesPlotTest, ALogarithmicAxisSaysWhatItCannotShow)
{
    Series series = noise_series(100, 0.1, 10);
    series.values[10] = 0;
    series.values[11] = -1;
    give(series);
    plot.setValueScale(ValueScale::Logarithmic);
    plot.refreshNow();
    EXPECT_GT(plot.shownValues().lower, 0);
    EXPECT_EQ(plot.honesty().notPositive, 2u);
    EXPECT_TRUE(plot.legend().note().contains("2 not above 0"));
    EXPECT_EQ(plot.frame().gaps.size(), 2u);
}

TEST_F(TimeSeriesPlotTest, TheAxisOfAnotherRunOrSeriesKeepsNoReachOfTheOneBefore)
{
    const auto decades = [](double low, double high) {
        Series series;
        for (int i = 0; i <= 100; ++i) {
            series.steps.push_back(i + 1);
            series.values.push_back(low * std::pow(high / low, i / 100.0));
        }
        return series;
    };
    plot.setValueScale(ValueScale::Logarithmic);
    feed.take(test::synthetic_start());
    give(decades(1e-6, 1e-3));
    EXPECT_LT(plot.shownValues().lower, 1e-6);
    feed.take(test::synthetic_start());
    plot.refreshNow(); // nothing yet
    SeriesCache both;
    both.replace(Metric::Loss, decades(1e-3, 1));
    both.replace(Metric::MainLoss, decades(1e-6, 1e-3));
    feed.replaceSeries(std::move(both));
    plot.refreshNow();
    EXPECT_GT(plot.shownValues().lower, 3e-4);
    EXPECT_LT(plot.shownValues().upper, 3);
    auto other = one_series();
    other.front().metric = Metric::MainLoss;
    plot.setSeries(std::move(other));
    plot.refreshNow();
    EXPECT_GT(plot.shownValues().lower, 3e-7);
    EXPECT_LT(plot.shownValues().upper, 3e-3);
}

TEST_F(TimeSeriesPlotTest, CopiesEveryPointOfThePartThatIsShown)
{
    give(noise_series(100'000));
    plot.view().setRange(10, 12);
    plot.refreshNow();
    const QStringList lines = plot.valuesAsText().split('\n', Qt::SkipEmptyParts);
    ASSERT_GE(lines.size(), 4);
    EXPECT_EQ(lines[0], "step\tloss");
    EXPECT_EQ(lines[2].split('\t')[1].toDouble(),
              feed.series().series(Metric::Loss).values[lines[2].split('\t')[0].toUInt() - 1]);
}

TEST_F(TimeSeriesPlotTest, TheTableHasThePlacesOnTheAxisAndWhatIsSmoothed)
{
    for (int step = 1; step <= 4; ++step)
        feed.append({{Metric::Loss, step, 10.0 - step}, {Metric::Tokens, step, 64.0 * step}});
    plot.setSeries(one_series(Smoothing::WithRawBehind));
    plot.setSmoothing(0.5, SmoothingKind::Exponential);
    plot.axis().choose(XAxis::Tokens);
    plot.axis().update();
    plot.refreshNow();
    const QStringList lines = plot.valuesAsText().split('\n', Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 5);
    EXPECT_EQ(lines[0], "step\ttokens\tloss\tloss smoothed");
    EXPECT_EQ(lines[1], "1\t64\t9\t9");
    const QStringList second = lines[2].split('\t');
    EXPECT_EQ(second[1], "128");
    EXPECT_NEAR(second[3].toDouble(), (8 + 0.5 * 9) / 1.5, 1e-12);
}

TEST_F(TimeSeriesPlotTest, TheTableNamesTheMoneyThatItsAxisCounts)
{
    const test::DollarsAfter after;
    ASSERT_TRUE(ShownCurrency::get().choose("EUR=0.5").ok());
    for (int step = 1; step <= 3; ++step)
        feed.append({{Metric::Loss, step, 10.0 - step}, {Metric::HeadlineUsd, step, 4.0 * step}});
    plot.axis().choose(XAxis::Usd);
    plot.axis().update();
    plot.refreshNow();
    const QStringList lines = plot.valuesAsText().split('\n', Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 4);
    EXPECT_EQ(lines[0], "step\teur\tloss");
    EXPECT_EQ(lines[1], "1\t2\t9");
}

TEST_F(TimeSeriesPlotTest, DrawsNothingWhileNobodySeesItAndEverythingAfterwards)
{
    append(1, 1);
    plot.hide();
    append(2, 2);
    EXPECT_EQ(plot.frame().curves[0].steps.size(), 1u);
    plot.show();
    EXPECT_TRUE(QTest::qWaitFor([&] { return plot.frame().curves[0].steps.size() == 2; }, 3000));
}

TEST_F(TimeSeriesPlotTest, ComesUpWithManyUpdatesInOnePicture)
{
    append(1, 1);
    for (int step = 2; step <= 100; ++step) {
        feed.append({{Metric::Loss, step, 1}});
        plot.refresh();
    }
    EXPECT_EQ(plot.frame().curves[0].steps.size(), 1u) << "not before its time";
    EXPECT_TRUE(QTest::qWaitFor([&] { return plot.frame().curves[0].steps.size() == 100; }, 3000));
}

TEST_F(TimeSeriesPlotTest, TakesTheColoursOfTheTheme)
{
    give(noise_series(100));
    theme.choose(ThemeChoice::Dark);
    EXPECT_TRUE(QTest::qWaitFor([&] { return plot.frame().curves[0].color == darkColors().loss; }, 3000));
    EXPECT_EQ(picture().pixelColor(1, 1), darkColors().card);
}

TEST_F(TimeSeriesPlotTest, ItsAxisKeepsItsPlaceHoweverLongItsNumbersAre)
{
    give(noise_series(100, 0, 1));
    const QRect before = plot.plotArea();
    give(noise_series(100, 0, 12345678));
    EXPECT_EQ(plot.plotArea(), before);
    give(noise_series(100, 0, 1e-7));
    EXPECT_EQ(plot.plotArea(), before);
}

TEST_F(TimeSeriesPlotTest, IsDrawnAsSharpAsTheScreen)
{
    give(noise_series(100));
    const QImage image = picture();
    EXPECT_EQ(image.width(), qRound(plot.surface()->width() * scale()));
    if (scale() < 2) return;
    // A picture drawn at half the size and blown up has pairs of equal columns.
    int differing = 0;
    for (int x = 0; x + 1 < image.width(); x += 2)
        for (int y = 0; y < image.height(); ++y) differing += image.pixel(x, y) != image.pixel(x + 1, y);
    EXPECT_GT(differing, 200);
}

} // namespace
} // namespace triptych
