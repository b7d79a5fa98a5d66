// The lesson led by a hand through two runs: what it starts, what it waits for, what it says.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/models/collapse_lesson.h"
#include "ui/widgets/figure_rows.h"
#include "ui/widgets/number_text.h"

#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QPushButton>

namespace triptych::test {
namespace {

class LessonPanelTest : public PanelFixture {
protected:
    LessonPanelTest() : PanelFixture("lesson")
    {
        QObject::connect(&rig().runs, &RunList::startRequested, &panel(),
                         [this](const RunRequest& request) { m_started.push_back(request); });
    }

    QPushButton& button() { return *panel().findChild<QPushButton*>("goOn"); }
    QString text(const char* name) { return panel().findChild<QLabel*>(QLatin1String(name))->text(); }
    std::vector<FigureRow> rows() { return panel().findChild<FigureRows*>("outcomes")->rows(); }

    void begin_run(const std::string& folder)
    {
        auto started = synthetic_start();
        started.run_folder = folder;
        feed().take(event::StateChanged{SessionState::Preparing, ""});
        feed().take(started);
        feed().take(event::StateChanged{SessionState::Running, ""});
    }
    /// Steps up to `last`, equal ones.
    void train_to(std::int64_t last, double max_vio, double loss)
    {
        std::vector<Sample> samples;
        for (std::int64_t step = feed().series().latestStep() + 1; step <= last; ++step) {
            samples.push_back({Metric::MaxVio, step, max_vio});
            samples.push_back({Metric::MainLoss, step, loss});
        }
        feed().append(samples);
        feed().showNewestNumbers();
    }
    /// Through both runs, to where the balancing can be turned on.
    void collapse()
    {
        button().click();
        begin_run("/nowhere/balanced");
        train_to(CollapseLesson::kSteps, 0.4, 2.5);
        button().click();
        begin_run("/nowhere/unbalanced");
        train_to(CollapseLesson::kSteps, 2.2, 2.55);
    }
    bool has(const std::string& setting)
    {
        const auto& all = m_started.back().settings;
        return std::find(all.begin(), all.end(), setting) != all.end();
    }

    std::vector<RunRequest> m_started;
};

TEST_F(LessonPanelTest, BeginsWithWhatWillHappenAndOneButton)
{
    EXPECT_EQ(text("stage"), "A router collapses");
    EXPECT_TRUE(text("words").contains("A run that goes on is saved and ended first."));
    EXPECT_TRUE(button().isEnabled());
    EXPECT_TRUE(m_started.empty());
    EXPECT_TRUE(panel().twins().empty());
}

TEST_F(LessonPanelTest, TrainsABalancedRunAndWaitsUntilThereIsSomethingToSee)
{
    button().click();
    ASSERT_EQ(m_started.size(), 1U);
    EXPECT_EQ(m_started.back().model, "tiny");
    EXPECT_TRUE(has("bias_update_speed=0.01"));
    EXPECT_TRUE(has("balance_loss_alpha=0"));
    EXPECT_FALSE(button().isEnabled());
    begin_run("/nowhere/balanced");
    train_to(CollapseLesson::kSteps - 1, 0.4, 2.5);
    EXPECT_FALSE(button().isEnabled()) << "one step is missing";
    train_to(CollapseLesson::kSteps, 0.4, 2.5);
    EXPECT_TRUE(button().isEnabled());
    EXPECT_EQ(text("found"), "After 60 steps the busiest expert gets 1.4 × its share.");
    EXPECT_EQ(m_started.size(), 1U) << "a hand leads on, not the clock";
}

TEST_F(LessonPanelTest, ComparesTheRunWithoutBalancingAtEqualSteps)
{
    collapse();
    ASSERT_EQ(m_started.size(), 2U);
    EXPECT_TRUE(has("bias_update_speed=0"));
    EXPECT_TRUE(rig().runs.isCompared("/nowhere/balanced")) << "both are drawn";
    EXPECT_EQ(text("found"), QString("After as many steps the busiest expert gets 3.2 × its share instead of 1.4; the "
                                     "loss is 2.55 instead of 2.50 nats, %1 apart.")
                                 .arg(percentText(0.02)));
    train_to(CollapseLesson::kSteps + 40, 5, 1);
    ASSERT_EQ(rows().size(), 2U);
    EXPECT_EQ(rows()[1].numbers[0], "2.20") << "what comes later has no equal in the balanced run";
    EXPECT_GT(rows()[1].shares.at(0), 4 * rows()[0].shares.at(0));
    EXPECT_EQ(rows()[1].numbers[1], noNumber()) << "dead experts are not counted before loads have come";
}

TEST_F(LessonPanelTest, TurnsTheBalancingOnAndWaitsUntilTheLoadsAreEvener)
{
    collapse();
    train_to(100, 1.8, 2.4);
    button().click();
    const auto* set = std::get_if<command::Set>(&posted().back());
    ASSERT_TRUE(set);
    EXPECT_EQ(set->key, "bias_update_speed");
    EXPECT_EQ(set->value, CollapseLesson::kSpeed);
    EXPECT_FALSE(button().isEnabled());
    feed().take(event::SettingChanged{100, set->key, set->value, set->ticket});
    train_to(140, 1.0, 2.3);
    EXPECT_FALSE(button().isEnabled()) << "not yet half of what it was";
    train_to(170, 0.5, 2.2);
    EXPECT_TRUE(button().isEnabled());
    EXPECT_TRUE(text("found").contains("70 steps later the busiest expert gets 1.5 × its share, 2.8 before"))
        << text("found").toStdString();
    button().click();
    EXPECT_EQ(text("stage"), "What was to be seen");
    ASSERT_EQ(panel().twins().size(), 3U);
    EXPECT_EQ(panel().twins()[0].model->rowCount(), 3);
}

TEST_F(LessonPanelTest, AnotherRunInBetweenEndsItAndSaysSo)
{
    button().click();
    begin_run("/nowhere/balanced");
    begin_run("/nowhere/other");
    EXPECT_TRUE(text("found").contains("Another run has begun")) << text("found").toStdString();
    EXPECT_EQ(text("stage"), "A router collapses");
    EXPECT_TRUE(button().isEnabled());
}

TEST_F(LessonPanelTest, ARunThatEndsTooSoonIsSaid)
{
    button().click();
    begin_run("/nowhere/balanced");
    train_to(10, 0.4, 2.5);
    feed().take(event::StateChanged{SessionState::Idle, ""});
    EXPECT_TRUE(text("found").contains("has ended before")) << text("found").toStdString();
}

TEST_F(LessonPanelTest, ARefusalIsSaidWithItsReason)
{
    collapse();
    button().click();
    const Ticket ticket = std::get<command::Set>(posted().back()).ticket;
    feed().take(event::Refused{{"no run hears it", "Start one."}, ticket});
    EXPECT_TRUE(text("found").contains("no run hears it. Start one.")) << text("found").toStdString();
}

TEST_F(LessonPanelTest, GoesOnInThePanelThatFollowsIt)
{
    collapse();
    const std::unique_ptr<Panel> next(panel_info("lesson").create(rig().context(), nullptr));
    next->succeed(panel());
    next->resize(800, 300);
    next->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(next.get()));
    EXPECT_EQ(next->findChild<QLabel*>("stage")->text(), "2 of 3: the same without balancing");
    EXPECT_TRUE(next->findChild<QPushButton*>("goOn")->isEnabled());
}

} // namespace
} // namespace triptych::test
