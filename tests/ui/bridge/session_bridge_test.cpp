// The bridge to a session: looks are as seldom as they are dear, and who asks for something does not wait for the next
// one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_run.h"
#include "ui/bridge/session_bridge.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <functional>

namespace triptych::test {
namespace {

class SessionBridgeTest : public testing::Test {
protected:
    static constexpr int kPatience = 60000; // ms; only a failing test waits for so long

    /// Steps take so long that what they tell would fit between the slowest looks.
    void train()
    {
        RunRequest request = m_run.request();
        request.settings = {"sequence_length=64", "batch_size=16", "threads=1", "precision=f32", "eval_every=0"};
        m_bridge.start(request);
        ASSERT_TRUE(waits_for([this] { return m_feed.isTraining(); }));
    }
    static bool waits_for(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
    void TearDown() override
    {
        m_bridge.post(command::Stop{});
        EXPECT_TRUE(waits_for([this] { return m_bridge.state() == SessionState::Idle; }));
    }

    SmallRun m_run;
    RunFeed m_feed;
    SessionBridge m_bridge{m_feed};
};

/// A window whose thread works for a tenth of the time, which is far more than its share.
class DearWindow {
public:
    DearWindow()
    {
        m_timer.callOnTimeout([] {
            const double until = threadCpuSeconds() + 1e-3 * kWork;
            while (threadCpuSeconds() < until) {
            }
        });
        m_timer.start(10 * kWork);
    }

private:
    static constexpr int kWork = 5; // ms
    QTimer m_timer;
};

/// The time between the last two looks.
class Looks {
public:
    explicit Looks(const RunFeed& feed)
    {
        QObject::connect(&feed, &RunFeed::seriesChanged, &m_context, [this] {
            m_gap = m_since.isValid() ? m_since.elapsed() : 0;
            m_since.start();
        });
    }
    qint64 gap() const { return m_gap; }

private:
    QObject m_context;
    QElapsedTimer m_since;
    qint64 m_gap = 0;
};

TEST_F(SessionBridgeTest, WhatIsAskedForIsAnsweredBeforeTheNextSlowLook)
{
    const DearWindow window;
    const Looks looks(m_feed);
    train();
    std::int64_t answers = 0;
    QObject context;
    QObject::connect(&m_feed, &RunFeed::answered, &context, [&](quint64 ticket, bool obeyed) {
        EXPECT_EQ(ticket, 7U);
        EXPECT_TRUE(obeyed);
        ++answers;
    });
    ASSERT_TRUE(waits_for([&] { return looks.gap() > 0.8 * Pace::kSlowest; })) << "looks stay quick";
    QElapsedTimer since;
    since.start();
    m_bridge.post(command::SwitchExpert{.layer = 1, .expert = 0, .to = ExpertSwitch::Off, .ticket = 7});
    ASSERT_TRUE(waits_for([&] { return answers > 0; }));
    EXPECT_LT(since.elapsed(), Pace::kSlowest / 2) << "as long as if nothing had been asked for";
    EXPECT_EQ(answers, 1);
}

TEST_F(SessionBridgeTest, LooksAreQuickForAWhileAfterItAndSlowAgainThen)
{
    const DearWindow window;
    const Looks looks(m_feed);
    train();
    ASSERT_TRUE(waits_for([&] { return looks.gap() > 0.8 * Pace::kSlowest; }));
    m_bridge.post(command::SetProbeEvery{.steps = 20});
    ASSERT_TRUE(waits_for([&] { return looks.gap() < 0.2 * Pace::kSlowest; })) << "nobody looked again";
    EXPECT_TRUE(waits_for([&] { return looks.gap() > 0.8 * Pace::kSlowest; })) << "looks stay quick";
    EXPECT_EQ(m_bridge.droppedSamples(), 0U);
}

TEST_F(SessionBridgeTest, KeepsWhatTheRunWasStartedWith)
{
    EXPECT_FALSE(m_bridge.request());
    train();
    ASSERT_TRUE(m_bridge.request());
    EXPECT_EQ(m_bridge.request()->model, m_run.request().model);
    ASSERT_TRUE(waits_for([this] { return m_feed.series().latestStep() > 2; }));
    m_bridge.post(command::Pause{});
    ASSERT_TRUE(waits_for([this] { return m_feed.state() == SessionState::Paused; }));
    EXPECT_EQ(m_bridge.state(), SessionState::Paused);
}

} // namespace
} // namespace triptych::test
