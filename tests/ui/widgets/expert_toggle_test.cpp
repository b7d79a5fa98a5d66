// Asking for an expert to be switched off: requested, in force, refused, and when it cannot be asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/widgets/expert_toggle.h"

#include <gtest/gtest.h>

#include <QToolButton>

namespace triptych::test {
namespace {

class ExpertToggleTest : public testing::Test {
protected:
    ExpertToggleTest() : m_toggle(m_feed, m_theme, [this](Command c) { m_posted.push_back(std::move(c)); })
    {
        fill_feed(m_feed);
        m_toggle.setExpert(3, 9);
    }
    const command::SwitchExpert& last() { return std::get<command::SwitchExpert>(m_posted.back()); }
    /// The answer to the last command.
    void obey()
    {
        event::RoutingChanged changed{500, m_feed.control(), "layer 3, expert 9", last().ticket};
        changed.control.turn(last().layer, static_cast<std::int32_t>(last().expert), last().to);
        m_feed.take(changed);
    }
    void refuse()
    {
        m_feed.take(event::Refused{{"4 experts must stay on", "Switch another one on first."}, last().ticket});
    }

    RunFeed m_feed;
    Theme m_theme{ThemeChoice::Dark};
    std::vector<Command> m_posted;
    ExpertToggle m_toggle;
};

TEST_F(ExpertToggleTest, ShowsWhatWasAskedForUntilTheTrainingHasIt)
{
    EXPECT_EQ(m_toggle.state(), LiveSettingState::InForce);
    m_toggle.button()->click();
    ASSERT_EQ(m_posted.size(), 1U);
    EXPECT_EQ(last().layer, 3);
    EXPECT_EQ(last().expert, 9);
    EXPECT_EQ(last().to, ExpertSwitch::Off);
    EXPECT_NE(last().ticket, 0U);
    EXPECT_EQ(m_toggle.state(), LiveSettingState::Requested);
    EXPECT_EQ(m_toggle.message(), "off requested");
    m_toggle.toggle();
    EXPECT_EQ(m_posted.size(), 1U) << "once is enough";
    obey();
    EXPECT_EQ(m_toggle.state(), LiveSettingState::InForce);
    EXPECT_EQ(m_toggle.message(), "✕ off");
    EXPECT_EQ(m_toggle.button()->text(), "Switch on");
    m_toggle.toggle();
    EXPECT_EQ(last().to, ExpertSwitch::On);
    obey();
    EXPECT_EQ(m_toggle.message(), "");
    EXPECT_TRUE(m_feed.control().empty());
}

TEST_F(ExpertToggleTest, ARefusalIsSaidAtTheControlWithWhatToDo)
{
    m_toggle.toggle();
    refuse();
    EXPECT_EQ(m_toggle.state(), LiveSettingState::Rejected);
    EXPECT_EQ(m_toggle.message(), "✕ 4 experts must stay on");
    EXPECT_TRUE(m_toggle.button()->toolTip().contains("Switch another one on first."));
    EXPECT_TRUE(m_toggle.button()->isEnabled()) << "it may be tried again";
    m_toggle.setExpert(3, 10);
    EXPECT_EQ(m_toggle.message(), "") << "of another expert";
}

TEST_F(ExpertToggleTest, AnswersToOthersAreNotTakenForItsOwn)
{
    m_toggle.toggle();
    m_feed.take(event::Refused{{"learning_rate is out of range", ""}, last().ticket + 1000});
    m_feed.take(event::Refused{{"nobody waits", ""}, 0});
    EXPECT_EQ(m_toggle.state(), LiveSettingState::Requested);
}

TEST_F(ExpertToggleTest, WaitsForEachExpertByItself)
{
    m_toggle.toggle();
    const Ticket first = last().ticket;
    m_toggle.setExpert(2, 1);
    EXPECT_EQ(m_toggle.state(), LiveSettingState::InForce);
    m_toggle.toggle();
    EXPECT_NE(last().ticket, first);
    refuse();
    m_toggle.setExpert(3, 9);
    EXPECT_EQ(m_toggle.state(), LiveSettingState::Requested);
}

TEST_F(ExpertToggleTest, SaysWhyNothingCanBeAskedFor)
{
    const auto expectReason = [this](const char* why) {
        EXPECT_EQ(m_toggle.state(), LiveSettingState::Unavailable);
        EXPECT_FALSE(m_toggle.button()->isEnabled());
        EXPECT_TRUE(m_toggle.button()->toolTip().contains(why)) << m_toggle.button()->toolTip().toStdString();
        m_toggle.toggle();
        EXPECT_TRUE(m_posted.empty());
    };
    m_toggle.setExpert(-1, -1);
    expectReason("Choose an expert");
    m_toggle.setExpert(3, 9);
    m_feed.hold(100, synthetic_loads({}, 100), nullptr);
    expectReason("back to live");
    m_feed.release();
    EXPECT_EQ(m_toggle.state(), LiveSettingState::InForce);
    m_feed.take(event::StateChanged{SessionState::Idle, ""});
    expectReason("has ended");
}

TEST_F(ExpertToggleTest, AStepThatWasShowsWhatWasOffThen)
{
    m_toggle.toggle();
    obey();
    m_feed.hold(100, synthetic_loads({}, 100), nullptr);
    EXPECT_EQ(m_toggle.message(), "");
    m_feed.release();
    EXPECT_EQ(m_toggle.message(), "✕ off");
}

TEST_F(ExpertToggleTest, AnotherRunForgetsWhatWasAskedFor)
{
    m_toggle.toggle();
    m_feed.take(synthetic_start());
    EXPECT_EQ(m_toggle.state(), LiveSettingState::InForce);
    EXPECT_TRUE(m_feed.control().empty());
}

} // namespace
} // namespace triptych::test
