// The predella: three plots over one axis, fed by a run, with the learning rate in reach.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/plots/follow_chip.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/curve_card.h"
#include "ui/widgets/live_setting.h"

#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSlider>
#include <QToolButton>
#include <QTreeWidget>

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
    EXPECT_EQ(plot("lossPlot").frame().curves.size(), 5u) << "train and MTP, each raw and smoothed, and validation";
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
    control<QSlider>("smoothingSlider").setValue(200);
    EXPECT_DOUBLE_EQ(control<QDoubleSpinBox>("smoothing").value(), 0.99);
    control<QSlider>("smoothingSlider").setValue(control<QSlider>("smoothingSlider").maximum());
    EXPECT_DOUBLE_EQ(control<QDoubleSpinBox>("smoothing").value(), 0.999);
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

TEST_F(Predella, TwelveCardsAndAllChoicesComeBack)
{
    fill();
    QVariantList cards;
    for (const char* key : {"main_loss", "grad_norm", "layer.*.max_vio", "layer.1.load_cv", "mtp.1.loss",
                            "domain.2.val_loss", "learning_rate", "balance_loss", "max_vio", "step_seconds", "mfu"})
        cards.append(QVariantMap{{"series", QStringList{key}}, {"log", cards.size() % 2 == 0}});
    cards.append(QVariantMap{{"series", QStringList{"domain.0.val_loss", "domain.1.val_loss"}}, {"smoothing", 0.5}});
    panel().restoreState({{"cards", cards}, {"grouped", true}, {"folded", QStringList{"mtp"}}, {"values", true}});
    const QVariantMap saved = panel().saveState();
    EXPECT_EQ(saved["cards"].toList().size(), 12);
    EXPECT_EQ(panel().findChildren<CurveCard*>().size(), 12 + 3) << "the three before go with the next event";
    panel().restoreState({{"cards", QVariantList{7, QVariantMap{{"series", "x"}}}}, {"folded", 3}, {"smoothing", "a"}});
    EXPECT_EQ(panel().saveState()["cards"], saved["cards"]) << "nonsense is ignored";
    const std::unique_ptr<Panel> other(panel_info("predella").create(rig().context(), nullptr));
    other->restoreState(saved);
    EXPECT_EQ(other->saveState(), saved);
}

TEST_F(Predella, AZoomComesBackWhereThereIsARunToLookInto)
{
    fill();
    EXPECT_FALSE(panel().saveState().contains("zoom")) << "it follows the run";
    plot("lossPlot").view().setRange(300, 400);
    const QVariantMap saved = panel().saveState();
    const std::unique_ptr<Panel> other(panel_info("predella").create(rig().context(), nullptr));
    other->restoreState(saved);
    EXPECT_EQ(other->saveState(), saved);
    other->restoreState({{"zoom", QVariantList{"a", 7}}});
    EXPECT_EQ(other->saveState(), saved) << "nonsense is ignored";
    PanelRig empty(ThemeChoice::Dark);
    const std::unique_ptr<Panel> early(panel_info("predella").create(empty.context(), nullptr));
    early->restoreState(saved);
    EXPECT_FALSE(early->saveState().contains("zoom"));
}

TEST_F(Predella, KeysAreForTheCurvesAndNotForTextFields)
{
    fill();
    QWidget& chip = control<QToolButton>("logarithmic");
    panel().activateWindow();
    chip.setFocus();
    QTest::keyClick(&chip, Qt::Key_S);
    EXPECT_EQ(QApplication::focusWidget(), &control<QDoubleSpinBox>("smoothing"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_L);
    EXPECT_EQ(plot("lossPlot").valueScale(), ValueScale::Linear) << "a field has the focus";
    chip.setFocus();
    QTest::keyClick(&chip, Qt::Key_L);
    EXPECT_EQ(plot("lossPlot").valueScale(), ValueScale::Logarithmic);
    plot("lossPlot").view().setRange(300, 400);
    QTest::keyClick(&chip, Qt::Key_R);
    EXPECT_TRUE(plot("lossPlot").view().showsAll());
    QTest::keyClick(&chip, Qt::Key_F);
    EXPECT_FALSE(plot("lossPlot").view().isFollowing());
}

TEST_F(Predella, PinnedTheCrosshairStaysAndTheTableTellsItsValues)
{
    fill();
    StepView& view = plot("lossPlot").view();
    view.setCursor(600);
    QTest::keyClick(plot("lossPlot").surface(), Qt::Key_P);
    EXPECT_TRUE(view.isPinned());
    EXPECT_TRUE(control<QTreeWidget>("readout").isVisible());
    view.setCursor(100);
    view.clearCursor();
    EXPECT_EQ(view.cursor(), 600);
    QTRY_VERIFY(control<QTreeWidget>("readout").topLevelItemCount() > 3);
    EXPECT_TRUE(visible_text().contains("step 600 · pinned"));
    QTest::keyClick(plot("lossPlot").surface(), Qt::Key_Escape);
    EXPECT_FALSE(view.isPinned());
    EXPECT_FALSE(view.cursor());
}

TEST_F(Predella, TheTableBeginsWithTheCurveThatIsNearestToTheMouse)
{
    fill();
    control<QToolButton>("values").click();
    TimeSeriesPlot& loss = plot("lossPlot");
    draw();
    const auto readings = [&](double value) {
        const QPoint at = loss.placeOf(600, value).toPoint();
        QTest::mouseMove(loss.surface(), at);
        clock().drawNow(*panel().findChild<QTreeWidget*>("readout")->parentWidget());
        return panel().findChild<QTreeWidget*>("readout")->topLevelItem(0)->text(0);
    };
    EXPECT_EQ(readings(loss.shownValues().lower + 0.02).section(" · ", 1), QString("train"));
    EXPECT_EQ(readings(synthetic_loss(600) + 0.6).section(" · ", 1), QString("MTP"));
}

TEST_F(Predella, FiltersCardsByMetric)
{
    fill();
    QTest::keyClick(plot("lossPlot").surface(), Qt::Key_F, Qt::ControlModifier);
    auto& field = control<QLineEdit>("cardFilter");
    EXPECT_TRUE(field.isVisible());
    QTest::keyClicks(&field, "tokens per");
    EXPECT_FALSE(plot("lossPlot").isVisible());
    EXPECT_TRUE(plot("throughputPlot").isVisible());
    QTest::keyClick(&field, Qt::Key_Escape);
    EXPECT_TRUE(plot("lossPlot").isVisible());
    EXPECT_FALSE(field.isVisible());
}

TEST_F(Predella, CountsWhatIsNoNumber)
{
    fill();
    feed().append({{Metric::MainLoss, 1201, std::nan("")}, {Metric::MainLoss, 1202, std::nan("")}});
    draw();
    EXPECT_TRUE(plot("lossPlot").legend().note().contains("2 not a number"))
        << plot("lossPlot").legend().note().toStdString();
}

TEST_F(Predella, TellsWhatHandsDidToTheElectionOfExperts)
{
    fill();
    event::RoutingChanged routing;
    routing.step = 1200;
    routing.text = "layer 3, expert 9 is off";
    feed().take(routing);
    draw();
    const auto& marks = plot("moneyPlot").frame().marks;
    ASSERT_EQ(marks.size(), 3U);
    EXPECT_EQ(marks[2].step, 1200);
    EXPECT_EQ(marks[2].tip, "step 1200: layer 3, expert 9 is off");
    const QPoint at(static_cast<int>(plot("moneyPlot").placeOf(1200, 0).x()),
                    plot("moneyPlot").plotArea().center().y());
    QTest::mouseMove(plot("moneyPlot").surface(), at);
    EXPECT_EQ(plot("moneyPlot").surface()->toolTip(), marks[2].tip);
}

TEST_F(Predella, MarksWhereATokenBeganToChooseFewerExperts)
{
    fill();
    feed().take(event::SettingChanged{1200, kActiveExperts, 2});
    draw();
    const auto& marks = plot("lossPlot").frame().marks;
    ASSERT_EQ(marks.size(), 3U);
    EXPECT_EQ(marks[2].step, 1200);
    EXPECT_EQ(marks[2].text, "K′ 2");
    EXPECT_EQ(feed().log().back().text, "step 1200: active_experts = 2");
}

TEST_F(Predella, FiveSettingsGoToTheTrainerAndSayWhereTheyStand)
{
    fill();
    auto& button = control<QToolButton>("settings");
    EXPECT_TRUE(button.text().contains("lr 0.0005"));
    button.click();
    for (const char* key :
         {"learning_rate", "bias_update_speed", "balance_loss_alpha", "mtp_loss_weight", "active_experts"})
        EXPECT_TRUE(control<QLineEdit>(key).isVisible()) << key;
    auto& gamma = control<QLineEdit>("bias_update_speed");
    gamma.selectAll();
    QTest::keyClicks(&gamma, "0.01");
    QTest::keyClick(&gamma, Qt::Key_Return);
    EXPECT_TRUE(button.text().contains("…")) << "requested";
    feed().take(event::Refused{{"bias_update_speed = 0.01 cannot be set", "this router has no bias"}, 0});
    EXPECT_TRUE(button.text().contains("!")) << "refused";
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
