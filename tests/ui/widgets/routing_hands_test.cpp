// Forced balance, and taking everything back: requested, in force, refused, and when they cannot be asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/widgets/routing_hands.h"

#include <gtest/gtest.h>

#include <QToolButton>

namespace triptych::test {
namespace {

class RoutingHandsTest : public testing::Test {
protected:
    RoutingHandsTest() : m_hands(m_feed, m_theme, [this](Command c) { m_posted.push_back(std::move(c)); })
    {
        fill_feed(m_feed);
    }
    void obey(const RoutingControl& control, Ticket ticket)
    {
        m_feed.take(event::RoutingChanged{1200, control, "routing", ticket});
    }

    RunFeed m_feed;
    Theme m_theme{ThemeChoice::Dark};
    std::vector<Command> m_posted;
    RoutingHands m_hands;
};

TEST_F(RoutingHandsTest, ForcedBalanceIsRequestedThenInForceAndTakenBack)
{
    EXPECT_EQ(m_hands.message(), "learned, all on");
    EXPECT_FALSE(m_hands.clearButton()->isEnabled()) << "there is nothing to take back";
    m_hands.forceButton()->click();
    ASSERT_EQ(m_posted.size(), 1U);
    const auto& force = std::get<command::SetBalancing>(m_posted[0]);
    EXPECT_EQ(force.to, Balancing::Forced);
    EXPECT_EQ(m_hands.state(), LiveSettingState::Requested);
    EXPECT_FALSE(m_hands.forceButton()->isChecked()) << "not in force yet";
    RoutingControl control;
    control.balancing = Balancing::Forced;
    control.turn(3, 9, ExpertSwitch::Off);
    obey(control, force.ticket);
    EXPECT_EQ(m_hands.state(), LiveSettingState::InForce);
    EXPECT_TRUE(m_hands.forceButton()->isChecked());
    EXPECT_EQ(m_hands.message(), "forced, 1 off");
    m_hands.clearButton()->click();
    obey({}, std::get<command::ClearRouting>(m_posted[1]).ticket);
    EXPECT_EQ(m_hands.message(), "learned, all on");
    EXPECT_FALSE(m_hands.forceButton()->isChecked());
}

TEST_F(RoutingHandsTest, HowManyExpertsATokenChoosesIsNotTheirsToTakeBack)
{
    m_feed.take(event::SettingChanged{1200, kActiveExperts, 2});
    EXPECT_EQ(m_feed.control().active, 2);
    EXPECT_EQ(m_hands.message(), "learned, all on");
    EXPECT_FALSE(m_hands.clearButton()->isEnabled());
}

TEST_F(RoutingHandsTest, ARefusalIsSaidWithWhatToDo)
{
    m_hands.forceButton()->click();
    const Ticket ticket = std::get<command::SetBalancing>(m_posted[0]).ticket;
    m_feed.take(event::Refused{{"the router on a GPU has no forced balancing", "Train on the CPU."}, ticket + 99});
    EXPECT_EQ(m_hands.state(), LiveSettingState::Requested) << "an answer to somebody else";
    m_feed.take(event::Refused{{"the router on a GPU has no forced balancing", "Train on the CPU."}, ticket});
    EXPECT_EQ(m_hands.state(), LiveSettingState::Rejected);
    EXPECT_TRUE(m_hands.message().contains("has no forced balancing"));
    EXPECT_TRUE(m_hands.forceButton()->toolTip().contains("Train on the CPU."));
    EXPECT_FALSE(m_hands.forceButton()->isChecked());
    EXPECT_TRUE(m_hands.forceButton()->isEnabled());
}

TEST_F(RoutingHandsTest, SaysWhyNothingCanBeAskedFor)
{
    m_feed.hold(100, synthetic_loads({}, 100), nullptr);
    EXPECT_FALSE(m_hands.forceButton()->isEnabled());
    EXPECT_TRUE(m_hands.forceButton()->toolTip().contains("back to live"));
    m_feed.release();
    EXPECT_TRUE(m_hands.forceButton()->isEnabled());
    m_feed.take(event::StateChanged{SessionState::Idle, ""});
    EXPECT_FALSE(m_hands.forceButton()->isEnabled());
    EXPECT_TRUE(m_hands.forceButton()->toolTip().contains("has ended"));
}

} // namespace
} // namespace triptych::test
