// The whole window with a real training behind it: start, pictures, pause, step, settings, start over, failure, close.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "tests/support/training_window.h"
#include "ui/widgets/message_strip.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QSettings>
#include <QTest>

namespace triptych::test {
namespace {

class MainWindowTest : public TrainingWindow {
protected:
    /// A new run, seen at work: its actions are enabled.
    bool trains()
    {
        const std::string before = m_window->feed().run() ? m_window->feed().run()->run_folder : "";
        m_window->controller().start(m_request);
        return waits_for([&] {
            const RunFeed& feed = m_window->feed();
            return feed.run() && feed.run()->run_folder != before && feed.isTraining() && feed.probe() &&
                   feed.series().latestStep() > 3;
        });
    }
    std::int64_t step() { return m_window->feed().series().latestStep(); }
};

TEST_F(MainWindowTest, ShowsARunFromItsFirstSteps)
{
    ASSERT_TRUE(trains());
    EXPECT_TRUE(waits_for([&] { return m_window->feed().loads() != nullptr; }));
    EXPECT_TRUE(m_window->windowTitle().contains("training"));
    EXPECT_EQ(m_window->controller().playAction()->text(), QString("Pause"));
    EXPECT_GT(m_window->feed().series().latest(Metric::TrainSeconds), 0);
}

TEST_F(MainWindowTest, PausesStepsAndGoesOn)
{
    ASSERT_TRUE(trains());
    RunController& controller = m_window->controller();
    controller.playAction()->trigger();
    ASSERT_TRUE(reaches(SessionState::Paused));
    controller.bridge().poll();
    const std::int64_t before = step();
    QTest::qWait(50);
    EXPECT_EQ(step(), before);
    controller.stepAction()->trigger();
    ASSERT_TRUE(waits_for([&] { return step() == before + 1; }));
    ASSERT_TRUE(reaches(SessionState::Paused));
    controller.playAction()->trigger();
    EXPECT_TRUE(waits_for([&] { return step() > before + 3; }));
}

TEST_F(MainWindowTest, ARunThatAnotherTrainsIsNoStoppedOneAndIsLeftAlone)
{
    ASSERT_TRUE(trains());
    const QString folder = QString::fromStdString(m_window->feed().run()->run_folder);
    Theme theme{ThemeChoice::Dark};
    MainWindow other(theme);
    other.openRun(folder);
    ASSERT_TRUE(waits_for([&] { return !other.feed().trainedBy().isEmpty(); }));
    const QString process = QStringLiteral("process %1").arg(QCoreApplication::applicationPid());
    EXPECT_TRUE(other.windowTitle().contains("trained by " + process)) << other.windowTitle().toStdString();
    EXPECT_FALSE(other.controller().playAction()->isEnabled());
    EXPECT_TRUE(other.controller().playAction()->toolTip().contains(process));
    const std::int64_t before = other.feed().series().latestStep();
    EXPECT_TRUE(waits_for([&] { return other.feed().series().latestStep() > before; })) << "it is followed";
    m_window->controller().stopAction()->trigger();
    ASSERT_TRUE(waits_for([&] { return other.feed().trainedBy().isEmpty(); }));
    EXPECT_TRUE(other.windowTitle().contains("stopped")) << other.windowTitle().toStdString();
    EXPECT_TRUE(other.controller().playAction()->isEnabled());
}

TEST_F(MainWindowTest, ASettingReachesTheTrainerAndIsMarked)
{
    ASSERT_TRUE(trains());
    m_window->controller().post(command::Set{"learning_rate", 2e-4});
    ASSERT_TRUE(waits_for([&] { return !m_window->feed().marks().empty(); }));
    EXPECT_EQ(m_window->feed().marks()[0].key, QString("learning_rate"));
    EXPECT_EQ(m_window->feed().setting("learning_rate"), 2e-4);
}

TEST_F(MainWindowTest, StopSavesAndPlayGoesOnFromThere)
{
    ASSERT_TRUE(trains());
    const std::string folder = m_window->feed().run()->run_folder;
    m_window->controller().stopAction()->trigger();
    ASSERT_TRUE(reaches(SessionState::Idle));
    ASSERT_TRUE(latest_checkpoint(folder).has_value());
    EXPECT_FALSE(m_window->controller().stopAction()->isEnabled());
    m_window->controller().bridge().poll();
    const std::int64_t before = step();
    m_window->controller().playAction()->trigger();
    ASSERT_TRUE(waits_for(
        [&] { return m_window->feed().run()->first_step > 0 && step() > m_window->feed().run()->first_step; }));
    EXPECT_EQ(m_window->feed().run()->run_folder, folder);
    EXPECT_GE(step(), before);
}

TEST_F(MainWindowTest, StartOverIsANewRunOfTheSame)
{
    ASSERT_TRUE(trains());
    const std::string folder = m_window->feed().run()->run_folder;
    m_window->controller().resetAction()->trigger();
    ASSERT_TRUE(waits_for([&] { return m_window->feed().run()->run_folder != folder; }));
    EXPECT_EQ(m_window->feed().run()->first_step, 0);
    EXPECT_EQ(m_window->feed().run()->model, m_request.model);
}

TEST_F(MainWindowTest, AFailureIsSaidWithWhatToDo)
{
    m_request.model = "no-such-model";
    m_window->controller().start(m_request);
    ASSERT_TRUE(reaches(SessionState::Failed));
    auto* message = m_window->findChild<MessageStrip*>();
    ASSERT_TRUE(waits_for([&] { return message->isVisible(); }));
    EXPECT_TRUE(message->text().contains("no-such-model")) << message->text().toStdString();
    EXPECT_TRUE(message->text().contains("config.json"));
}

TEST_F(MainWindowTest, ClosingSavesTheRunFirst)
{
    ASSERT_TRUE(trains());
    const std::string folder = m_window->feed().run()->run_folder;
    m_window->close();
    EXPECT_TRUE(m_window->isVisible()); // until it is saved
    ASSERT_TRUE(waits_for([&] { return !m_window->isVisible(); }));
    EXPECT_TRUE(latest_checkpoint(folder).has_value());
}

TEST_F(MainWindowTest, OpensARecordedRunAndGoesOnWithIt)
{
    ASSERT_TRUE(trains());
    const std::string folder = m_window->feed().run()->run_folder;
    m_window->controller().stopAction()->trigger();
    ASSERT_TRUE(reaches(SessionState::Idle));

    MainWindow other(m_theme);
    other.openRun(QString::fromStdString(folder));
    ASSERT_TRUE(waits_for([&] { return other.feed().run() && other.feed().probe(); }));
    EXPECT_TRUE(other.feed().loads());
    EXPECT_NE(other.series().files({}), nullptr) << "its curves are read as far as they are looked at";
    const std::int64_t recorded = other.feed().series().latestStep();
    EXPECT_GT(recorded, 3);
    other.controller().playAction()->trigger();
    EXPECT_TRUE(waits_for([&] { return other.feed().series().latestStep() > recorded; }));
    // Until the window looks at what it trains itself, it may follow the files.
    EXPECT_TRUE(waits_for([&] { return other.series().files({}) == nullptr; }));
    EXPECT_EQ(other.feed().run()->run_folder, folder);
    // What was before comes back from the run's database.
    EXPECT_TRUE(waits_for([&] { return other.feed().series().series(Metric::Loss).steps.front() == 1; }));
}

TEST_F(MainWindowTest, OpeningAnotherRunSavesTheOneThatGoesOn)
{
    ASSERT_TRUE(trains());
    const std::string folder = m_window->feed().run()->run_folder;
    m_window->controller().stopAction()->trigger();
    ASSERT_TRUE(reaches(SessionState::Idle));
    ASSERT_TRUE(trains());
    const std::string second = m_window->feed().run()->run_folder;
    m_window->openRun(QString::fromStdString(folder));
    ASSERT_TRUE(waits_for([&] { return m_window->feed().run()->run_folder == folder; }));
    EXPECT_TRUE(latest_checkpoint(second).has_value());
}

TEST_F(MainWindowTest, AFolderThatHoldsNoRunIsSaidAndChangesNothing)
{
    m_window->openRun(QString::fromStdString(m_folder.path().string()));
    auto* message = m_window->findChild<MessageStrip*>();
    EXPECT_TRUE(waits_for([&] { return message->isVisible(); }));
    EXPECT_FALSE(message->text().isEmpty());
    EXPECT_EQ(m_window->feed().run(), nullptr);
}

TEST_F(MainWindowTest, LayoutComesBack)
{
    QSettings settings(QString::fromStdString((m_folder / "layout.ini").string()), QSettings::IniFormat);
    m_window->resize(1500, 900);
    m_window->saveLayout(settings);
    MainWindow other(m_theme);
    other.restoreLayout(settings);
    EXPECT_EQ(other.size(), m_window->size());
}

} // namespace
} // namespace triptych::test
