// The predella: three plots over one axis, fed by a run, with the learning rate in reach.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/plots/follow_chip.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/live_setting.h"

#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace triptych::test {
namespace {

class Predella : public PanelFixture {
protected:
    Predella() : PanelFixture("predella", ThemeChoice::Light) { panel().resize(1250, 200); }

    TimeSeriesPlot& plot(const char* name) { return *panel().findChild<TimeSeriesPlot*>(name); }
    void draw()
    {
        for (TimeSeriesPlot* p : panel().findChildren<TimeSeriesPlot*>()) p->refreshNow();
    }
    void fill(const SyntheticRun& run = {})
    {
        fill_feed(feed(), run);
        draw();
    }
    template <class Widget>
    Widget& control(const char* name)
    {
        return *panel().findChild<Widget*>(name);
    }
};

TEST_F(Predella, ShowsTheCurvesOfARun)
{
    fill();
    EXPECT_EQ(plot("lossPlot").frame().curves.size(), 4u) << "train raw and smoothed, validation, MTP";
    EXPECT_EQ(plot("throughputPlot").frame().curves.size(), 2u);
    EXPECT_EQ(plot("moneyPlot").frame().curves.size(), 2u);
    const auto& loss = plot("lossPlot").legend().values();
    EXPECT_EQ(loss[0], "") << "the number stands beside the smoothed line";
    EXPECT_EQ(loss[1].toDouble(), std::round(1000 * feed().calm(Metric::MainLoss)) / 1000);
    EXPECT_EQ(plot("moneyPlot").legend().values()[0], "$0.019200");
    EXPECT_EQ(plot("throughputPlot").legend().values().size(), 3) << "with the share of the peak";
}

TEST_F(Predella, ThePlotsStandOnOneAxisAndPointAtOneStep)
{
    fill();
    for (const char* name : {"throughputPlot", "moneyPlot"}) {
        EXPECT_EQ(plot(name).frame().firstStep, plot("lossPlot").frame().firstStep);
        EXPECT_EQ(plot(name).frame().lastStep, plot("lossPlot").frame().lastStep);
        EXPECT_EQ(plot(name).plotArea().topLeft(), plot("lossPlot").plotArea().topLeft()) << "axes in line";
        EXPECT_EQ(plot(name).plotArea().height(), plot("lossPlot").plotArea().height());
    }
    plot("moneyPlot").view().setCursor(600);
    EXPECT_EQ(plot("lossPlot").legend().values()[0].toDouble(), std::round(1000 * synthetic_loss(600)) / 1000);
}

TEST_F(Predella, SaysLiveOfARunThatGoesOnAlone)
{
    fill();
    const auto chip = [&] {
        QStringList shown;
        for (const QToolButton* each : panel().findChildren<QToolButton*>("followChip"))
            if (each->isVisible()) shown << each->text();
        return shown.join(' ');
    };
    EXPECT_EQ(chip(), QString("● Live"));
    feed().take(event::StateChanged{SessionState::Finished, "max steps reached"});
    EXPECT_EQ(chip(), QString("At the end"));
    plot("lossPlot").view().setRange(300, 400);
    EXPECT_EQ(chip(), QString("Jump to the end"));
    feed().take(event::StateChanged{SessionState::Running, ""});
    EXPECT_EQ(chip(), QString("Jump to live"));
}

TEST_F(Predella, GrowsWithTheRunAndStaysWhereAHandZoomed)
{
    fill();
    const SyntheticRun run;
    plot("lossPlot").view().setRange(300, 400);
    append_steps(feed(), run, 1201, 1800);
    draw();
    EXPECT_EQ(plot("moneyPlot").frame().lastStep, 400);
    for (auto* each : panel().findChildren<FollowChip*>())
        if (each->isVisible()) QTest::mouseClick(each, Qt::LeftButton);
    draw();
    EXPECT_GE(plot("moneyPlot").frame().lastStep, 1800);
    append_steps(feed(), run, 1801, 2400);
    draw();
    EXPECT_GE(plot("throughputPlot").frame().lastStep, 2400);
}

TEST_F(Predella, MarksWhatWasChangedWhileTraining)
{
    fill();
    const auto& marks = plot("moneyPlot").frame().marks;
    ASSERT_EQ(marks.size(), 2u);
    EXPECT_EQ(marks[0].step, 600);
    EXPECT_EQ(marks[0].text, "lr 0.0005");
    EXPECT_EQ(marks[1].text, QString::fromUtf8("γ 0.002"));
}

TEST_F(Predella, AnotherRunStartsWithACleanSheet)
{
    fill();
    plot("lossPlot").view().setRange(300, 400);
    feed().take(synthetic_start());
    draw();
    EXPECT_TRUE(plot("lossPlot").view().showsAll());
    EXPECT_TRUE(plot("lossPlot").frame().curves.empty());
    EXPECT_TRUE(plot("lossPlot").frame().marks.empty());
}

TEST_F(Predella, SmoothingIsOneNumberForSliderFieldAndPlots)
{
    fill();
    control<QSlider>("smoothingSlider").setValue(50);
    EXPECT_DOUBLE_EQ(control<QDoubleSpinBox>("smoothing").value(), 0.5);
    control<QDoubleSpinBox>("smoothing").setValue(0);
    EXPECT_EQ(control<QSlider>("smoothingSlider").value(), 0);
    draw();
    EXPECT_EQ(plot("lossPlot").frame().curves.size(), 3u) << "no raw curve behind itself";
}

TEST_F(Predella, TheLogarithmIsForLossAndMoney)
{
    fill();
    auto& button = control<QToolButton>("logarithmic");
    button.click();
    EXPECT_EQ(plot("lossPlot").valueScale(), ValueScale::Logarithmic);
    EXPECT_EQ(plot("moneyPlot").valueScale(), ValueScale::Logarithmic);
    EXPECT_EQ(plot("throughputPlot").valueScale(), ValueScale::Linear);
    QTest::keyClick(plot("moneyPlot").surface(), Qt::Key_L);
    EXPECT_EQ(plot("moneyPlot").valueScale(), ValueScale::Linear);
    EXPECT_FALSE(button.isChecked());
    EXPECT_EQ(plot("lossPlot").valueScale(), ValueScale::Logarithmic);
}

TEST_F(Predella, TheLearningRateGoesToTheTrainer)
{
    fill();
    auto& field = control<QLineEdit>("learning_rate");
    EXPECT_EQ(field.text(), "0.0005");
    field.selectAll();
    QTest::keyClicks(&field, "0.002");
    QTest::keyClick(&field, Qt::Key_Return);
    ASSERT_EQ(posted().size(), 1u);
    EXPECT_EQ(std::get<command::Set>(posted()[0]).value, 0.002);
}

TEST_F(Predella, MoneyExplainsBothOfItsViewsWithTheirSources)
{
    fill();
    SeriesLegend& legend = plot("moneyPlot").legend();
    const QString both = legend.tipAt({5, 5});
    for (const char* part : {"vCPU-hour", "assumed", "published", "USD/kWh", "Headline", "Full cost"})
        EXPECT_TRUE(both.contains(part)) << part;
    const QString headline = legend.tipAt({20, legend.height() - 5});
    EXPECT_TRUE(headline.contains("Headline"));
    EXPECT_FALSE(headline.contains("Full cost"));
}

TEST_F(Predella, RemembersSmoothingAndScale)
{
    panel().restoreState({{"smoothing", 0.5}, {"logarithmic", true}});
    EXPECT_DOUBLE_EQ(control<QDoubleSpinBox>("smoothing").value(), 0.5);
    EXPECT_EQ(plot("lossPlot").valueScale(), ValueScale::Logarithmic);
    const QVariantMap saved = panel().saveState();
    panel().restoreState({{"smoothing", "much"}, {"logarithmic", QVariant()}});
    EXPECT_EQ(panel().saveState(), saved);
    panel().restoreState({{"smoothing", 7.0}});
    EXPECT_LT(control<QDoubleSpinBox>("smoothing").value(), 1);
}

TEST_F(Predella, ATwoHoursRunOfTwentyStepsASecondIsDrawnInAFrame)
{
    // Fifty times the points must not cost fifty times the time: a pyramid is asked, not the points.
    const auto cost = [&](std::int64_t steps) {
        SeriesCache cache;
        for (const Metric metric :
             {Metric::MainLoss, Metric::MtpLoss, Metric::TokensPerSecond, Metric::HeadlineUsd, Metric::TcoUsd}) {
            Series series;
            for (std::int64_t step = 1; step <= steps; ++step) {
                series.steps.push_back(step);
                series.values.push_back(synthetic_loss(step));
            }
            cache.replace(metric, std::move(series));
        }
        feed().replaceSeries(std::move(cache));
        draw();
        qint64 best = INT64_MAX;
        for (int i = 0; i < 7; ++i) {
            QElapsedTimer timer;
            timer.start();
            draw();
            best = std::min(best, timer.nsecsElapsed());
        }
        return static_cast<double>(best);
    };
    const double few = cost(3'000);
    EXPECT_LT(cost(150'000) / few, 6);
}

} // namespace
} // namespace triptych::test
