// A setting changed by hand: sent, confirmed, refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/language_scope.h"
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/widgets/live_setting.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QTest>

namespace triptych {
namespace {

using State = LiveSettingState;

class LiveSettingTest : public testing::Test {
protected:
    void start()
    {
        feed.take(test::synthetic_start());
        feed.take(event::StateChanged{SessionState::Running, ""});
    }
    void enter(const char* text)
    {
        setting.field()->selectAll();
        QTest::keyClick(setting.field(), Qt::Key_Delete);
        QTest::keyClicks(setting.field(), QString::fromUtf8(text));
        QTest::keyClick(setting.field(), Qt::Key_Return);
    }
    void confirm(double value) { feed.take(event::SettingChanged{7, "learning_rate", value}); }
    std::vector<double> sent() const
    {
        std::vector<double> values;
        for (const Command& command : posted) values.push_back(std::get<command::Set>(command).value);
        return values;
    }

    Theme theme{ThemeChoice::Light};
    RunFeed feed;
    std::vector<Command> posted;
    LiveSetting setting{feed, theme, [this](Command c) { posted.push_back(std::move(c)); }, "learning_rate"};
};

TEST_F(LiveSettingTest, SaysWhyItCannotBeUsedBeforeARun)
{
    EXPECT_EQ(setting.state(), State::Unavailable);
    EXPECT_FALSE(setting.field()->isEnabled());
    EXPECT_FALSE(setting.message().isEmpty());
    setting.request("0.01");
    EXPECT_TRUE(posted.empty());
}

TEST_F(LiveSettingTest, ShowsWhatIsInForceOnceARunIsLive)
{
    start();
    EXPECT_EQ(setting.state(), State::InForce);
    EXPECT_TRUE(setting.field()->isEnabled());
    EXPECT_EQ(setting.field()->text(), "0.001");
}

TEST_F(LiveSettingTest, WritesAndReadsNumbersAsTheLanguageDoes)
{
    const test::LanguageScope german(LanguageChoice::German);
    start();
    EXPECT_EQ(setting.field()->text(), "0,001");
    enter("2,5e-05");
    enter("0.002"); // as programs write it
    QTest::keyClick(setting.field(), Qt::Key_Up);
    EXPECT_EQ(setting.field()->text(), "0,005");
    QTest::keyClick(setting.field(), Qt::Key_Return);
    EXPECT_EQ(sent(), (std::vector{2.5e-05, 0.002, 0.005}));
}

TEST_F(LiveSettingTest, IsRequestedUntilTheTrainerConfirms)
{
    start();
    enter("5e-4");
    ASSERT_EQ(posted.size(), 1u);
    EXPECT_EQ(std::get<command::Set>(posted[0]).key, "learning_rate");
    EXPECT_EQ(std::get<command::Set>(posted[0]).value, 5e-4);
    EXPECT_EQ(setting.state(), State::Requested);
    EXPECT_TRUE(setting.message().contains("0.001")) << "what is still in force must be seen";
    confirm(5e-4);
    EXPECT_EQ(setting.state(), State::InForce);
    EXPECT_EQ(setting.field()->text(), "0.0005");
    EXPECT_FALSE(setting.requested());
}

TEST_F(LiveSettingTest, WaitsForTheLastOfTwoRequests)
{
    start();
    enter("0.002");
    enter("0.004");
    confirm(0.002);
    EXPECT_EQ(setting.state(), State::Requested);
    EXPECT_EQ(setting.field()->text(), "0.004");
    confirm(0.004);
    EXPECT_EQ(setting.state(), State::InForce);
}

TEST_F(LiveSettingTest, EscapeKeepsARequestThatIsOnItsWay)
{
    start();
    enter("0.002");
    QTest::keyClicks(setting.field(), "9");
    QTest::keyClick(setting.field(), Qt::Key_Escape);
    EXPECT_EQ(setting.state(), State::Requested);
    EXPECT_EQ(setting.field()->text(), "0.002");
}

TEST_F(LiveSettingTest, RefusesWhatIsNoNumberOrOutOfRangeWithoutSending)
{
    start();
    for (const char* text : {"fast", "", "11", "-1", "inf", "nan"}) {
        enter(text);
        EXPECT_EQ(setting.state(), State::Rejected) << text;
        EXPECT_EQ(setting.field()->text(), text) << "what was typed stays to be mended";
    }
    EXPECT_TRUE(posted.empty());
    QTest::keyClick(setting.field(), Qt::Key_Escape);
    EXPECT_EQ(setting.state(), State::InForce);
    EXPECT_EQ(setting.field()->text(), "0.001");
}

TEST_F(LiveSettingTest, TellsWhyTheTrainerRefused)
{
    start();
    enter("0.002");
    feed.take(event::Failed{{"the disk is full", "Make room."}});
    EXPECT_EQ(setting.state(), State::Requested) << "a failure of something else";
    feed.take(event::Refused{{"min_learning_rate is 0.01, above learning_rate (0.002)", "Choose a smaller one."}});
    EXPECT_EQ(setting.state(), State::Rejected);
    EXPECT_TRUE(setting.message().contains("above learning_rate"));
    enter("0.02");
    EXPECT_EQ(setting.state(), State::Requested);
}

TEST_F(LiveSettingTest, AChangeBySomebodyElseIsShown)
{
    start();
    confirm(0.0125);
    EXPECT_EQ(setting.field()->text(), "0.0125");
    feed.take(event::SettingChanged{8, "bias_update_speed", 0.5});
    EXPECT_EQ(setting.field()->text(), "0.0125");
}

TEST_F(LiveSettingTest, TypingIsNotInterruptedByAConfirmation)
{
    start();
    enter("0.002");
    setting.field()->selectAll();
    QTest::keyClicks(setting.field(), "0.00");
    confirm(0.002);
    EXPECT_EQ(setting.field()->text(), "0.00");
    EXPECT_EQ(setting.state(), State::Editing);
}

TEST_F(LiveSettingTest, EndsWithTheRunAndForgetsWhatWasAsked)
{
    start();
    enter("0.002");
    feed.take(event::StateChanged{SessionState::Finished, "max steps reached"});
    EXPECT_EQ(setting.state(), State::Unavailable);
    start();
    EXPECT_EQ(setting.state(), State::InForce);
    EXPECT_FALSE(setting.requested());
}

TEST_F(LiveSettingTest, ArrowsWalkTheLadderAndSendNothing)
{
    start();
    QTest::keyClick(setting.field(), Qt::Key_Up);
    EXPECT_EQ(setting.field()->text(), "0.002");
    QTest::keyClick(setting.field(), Qt::Key_Down);
    QTest::keyClick(setting.field(), Qt::Key_Down);
    EXPECT_EQ(setting.field()->text(), "0.0005");
    EXPECT_EQ(setting.state(), State::Editing);
    EXPECT_TRUE(posted.empty());
}

class ActiveExpertsTest : public LiveSettingTest {
protected:
    /// Of a run of 32 experts, eight for a token.
    static event::RunStarted started(std::int64_t experts = 32, std::int64_t chosen = 8)
    {
        event::RunStarted run = test::synthetic_start();
        run.experts = experts;
        run.experts_per_token = chosen;
        return run;
    }
    void begin(const event::RunStarted& run = started())
    {
        feed.take(run);
        feed.take(event::StateChanged{SessionState::Running, ""});
    }
    QLineEdit& field() const { return *active.field(); }
    void ask(const char* text)
    {
        field().selectAll();
        QTest::keyClicks(&field(), text);
        QTest::keyClick(&field(), Qt::Key_Return);
    }

    LiveSetting active{feed, theme, [this](Command c) { posted.push_back(std::move(c)); }, kActiveExperts};
};

TEST_F(ActiveExpertsTest, BeginWithAsManyAsTheRunIsConfiguredForAndAreConfirmed)
{
    begin();
    EXPECT_EQ(field().text(), "8");
    EXPECT_EQ(active.caption()->text(), "Active experts");
    EXPECT_TRUE(field().toolTip().contains("1 to 8 experts")) << field().toolTip().toStdString();
    EXPECT_TRUE(field().toolTip().contains("section 2.1.2"));
    ask("2");
    ASSERT_EQ(posted.size(), 1U);
    EXPECT_EQ(std::get<command::Set>(posted[0]).key, "active_experts");
    EXPECT_EQ(std::get<command::Set>(posted[0]).value, 2);
    EXPECT_EQ(active.state(), State::Requested);
    feed.take(event::SettingChanged{7, kActiveExperts, 2});
    EXPECT_EQ(active.state(), State::InForce);
    EXPECT_EQ(field().text(), "2");
    EXPECT_EQ(feed.control().active, 2);
    feed.take(event::SettingChanged{9, kActiveExperts, 8});
    EXPECT_TRUE(feed.control().empty()) << "as many as configured";
}

TEST_F(ActiveExpertsTest, AreAWholeNumberWithinWhatMemoryIsPlannedFor)
{
    begin();
    for (const char* text : {"9", "0", "2.5"}) {
        ask(text);
        EXPECT_EQ(active.state(), State::Rejected) << text;
    }
    EXPECT_TRUE(posted.empty());
    ask("9");
    EXPECT_EQ(active.message(), "✕ expected 1 to 8");
    begin(started(32, 4));
    EXPECT_EQ(field().text(), "4");
    ask("5");
    EXPECT_EQ(active.message(), "✕ expected 1 to 4") << "the range is the run's";
}

TEST_F(ActiveExpertsTest, ArrowsGoByOneAndStayInTheRange)
{
    begin();
    QTest::keyClick(&field(), Qt::Key_Up);
    EXPECT_EQ(field().text(), "8");
    for (const char* expected : {"7", "6", "5"}) {
        QTest::keyClick(&field(), Qt::Key_Down);
        EXPECT_EQ(field().text(), expected);
    }
}

TEST_F(ActiveExpertsTest, TellWhyTheTrainerRefused)
{
    begin();
    ask("3");
    feed.take(event::Refused{{"active_experts cannot be 3: layer 1 would keep 2 of its 8 experts, and routing needs 3 "
                              "there",
                              "At most 5 may be off."}});
    EXPECT_EQ(active.state(), State::Rejected);
}

TEST_F(ActiveExpertsTest, AreNothingToMoveWhereAModelHasNoExperts)
{
    begin(started(0, 4));
    EXPECT_EQ(active.state(), State::Unavailable);
    EXPECT_EQ(active.message(), "the model has no routed experts");
    active.request("1");
    EXPECT_TRUE(posted.empty());
    begin();
    EXPECT_EQ(active.state(), State::InForce);
}

TEST(LiveSettingLadder, GoesByOneTwoFive)
{
    EXPECT_DOUBLE_EQ(nextOnLadder(1, 1), 2);
    EXPECT_DOUBLE_EQ(nextOnLadder(3, 1), 5);
    EXPECT_DOUBLE_EQ(nextOnLadder(5, 1), 10);
    EXPECT_DOUBLE_EQ(nextOnLadder(1, -1), 0.5);
    EXPECT_DOUBLE_EQ(nextOnLadder(7, -1), 5);
    EXPECT_DOUBLE_EQ(nextOnLadder(0, 1, 1e-3), 1e-3);
    EXPECT_DOUBLE_EQ(nextOnLadder(1e-3, -1, 1e-3), 0);
    double value = 1e-6;
    for (int i = 0; i < 18; ++i) value = nextOnLadder(value, 1);
    EXPECT_NEAR(value, 1, 1e-12);
    for (int i = 0; i < 18; ++i) value = nextOnLadder(value, -1);
    EXPECT_NEAR(value, 1e-6, 1e-18);
}

TEST_F(LiveSettingTest, CannotBeUsedWhileTheWindowLooksBackAndSaysSo)
{
    start();
    feed.append({{Metric::MainLoss, 1, 3.0}, {Metric::MainLoss, 2, 2.0}});
    feed.hold(1, nullptr, nullptr);
    EXPECT_EQ(setting.state(), State::Unavailable);
    EXPECT_FALSE(setting.field()->isEnabled());
    EXPECT_EQ(setting.message(), QString("back to live to change this"));
    setting.request("0.01");
    EXPECT_TRUE(posted.empty());
    feed.take(event::StateChanged{SessionState::Paused, ""});
    EXPECT_FALSE(setting.field()->isEnabled());
    feed.release();
    EXPECT_EQ(setting.state(), State::InForce);
    EXPECT_TRUE(setting.field()->isEnabled());
}

TEST_F(LiveSettingTest, WhatWasRequestedBeforeLookingBackIsStillConfirmed)
{
    start();
    enter("5e-4");
    feed.hold(1, nullptr, nullptr);
    EXPECT_EQ(setting.state(), State::Requested);
    EXPECT_FALSE(setting.field()->isEnabled());
    confirm(5e-4);
    EXPECT_EQ(setting.state(), State::Unavailable);
    feed.release();
    EXPECT_EQ(setting.state(), State::InForce);
    EXPECT_EQ(setting.field()->text(), "0.0005");
}

} // namespace
} // namespace triptych
