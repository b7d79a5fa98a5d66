// What a run has counted of itself is read while somebody wants it, and never taken for that of another run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/priced_run.h"
#include "tests/support/qt_print.h"
#include "ui/bridge/run_measures.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

namespace triptych::test {
namespace {

class RunMeasuresTest : public testing::Test {
protected:
    void start(const char* folder)
    {
        event::RunStarted run;
        if (*folder) run.run_folder = (m_temp / folder).string();
        m_feed.apply(run);
    }
    RunMeasures& measures() { return RunMeasures::of(m_feed); }
    bool wait_for_goodput(double wanted)
    {
        return QTest::qWaitFor([&] {
            const auto& facts = measures().facts();
            return facts && facts->time && std::abs(facts->time->goodput() - wanted) < 1e-12;
        });
    }

    TempFolder m_temp;
    RunFeed m_feed;
    QObject m_page;
};

TEST_F(RunMeasuresTest, AreReadOnceSomebodyWantsThem)
{
    make_priced_run(m_temp / "run");
    QSignalSpy changed(&measures(), &RunMeasures::changed);
    start("run");
    EXPECT_FALSE(measures().isReading());
    measures().want(&m_page);
    EXPECT_TRUE(measures().isReading());
    ASSERT_TRUE(wait_for_goodput(0.75));
    EXPECT_FALSE(measures().isReading());
    EXPECT_EQ(measures().facts()->device_seconds, 300);
    EXPECT_EQ(measures().facts()->threads, 2);
    EXPECT_EQ(changed.count(), 2) << "the run, and what was read of it";
}

TEST_F(RunMeasuresTest, FollowARunThatGrows)
{
    make_priced_run(m_temp / "run");
    measures().want(&m_page);
    start("run");
    ASSERT_TRUE(wait_for_goodput(0.75));
    write_account(m_temp / "run", 300);
    m_feed.apply(event::CheckpointSaved{300, {}});
    ASSERT_TRUE(wait_for_goodput(0.5)) << "at a checkpoint";
    write_account(m_temp / "run", 900);
    m_feed.setTrainedBy("process 4711");
    ASSERT_TRUE(wait_for_goodput(0.25)) << "as somebody begins to train it";
    write_account(m_temp / "run", 100);
    ASSERT_TRUE(wait_for_goodput(0.75)) << "and every few seconds while it grows";
}

TEST_F(RunMeasuresTest, WhatHappensWhileTheyAreReadIsReadAfterwards)
{
    make_priced_run(m_temp / "run");
    measures().want(&m_page);
    QSignalSpy changed(&measures(), &RunMeasures::changed);
    start("run");
    ASSERT_TRUE(measures().isReading());
    m_feed.apply(event::CheckpointSaved{300, {}});
    EXPECT_TRUE(QTest::qWaitFor([&] { return changed.count() == 3; }, 2000)) << "the run, and two readings";
}

TEST_F(RunMeasuresTest, OfARunBeforeAreForgottenAtOnceAndNeverComeLate)
{
    make_priced_run(m_temp / "run");
    make_priced_run(m_temp / "other");
    write_account(m_temp / "other", 300);
    measures().want(&m_page);
    start("run");
    start("other"); // while the first is being read
    ASSERT_TRUE(wait_for_goodput(0.5));
    start("");
    EXPECT_FALSE(measures().facts().has_value());
    EXPECT_FALSE(measures().isReading()) << "it keeps no files";
    start("run");
    start("");
    QTest::qWait(200);
    EXPECT_FALSE(measures().facts().has_value()) << "of a run that has gone";
}

TEST_F(RunMeasuresTest, AreReadForAPageWhileItCanBeSeen)
{
    make_priced_run(m_temp / "run");
    QWidget page;
    measures().serve(page);
    start("run");
    EXPECT_FALSE(measures().isReading());
    page.show();
    ASSERT_TRUE(wait_for_goodput(0.75));
    page.hide();
    write_account(m_temp / "run", 300);
    m_feed.apply(event::CheckpointSaved{300, {}});
    QTest::qWait(200);
    EXPECT_DOUBLE_EQ(measures().facts()->time->goodput(), 0.75) << "nobody looks";
    page.show();
    ASSERT_TRUE(wait_for_goodput(0.5)) << "what has become old is read anew";
    QSignalSpy read(&measures(), &RunMeasures::changed);
    {
        const QObject other;
        measures().want(&other);
    }
    measures().dropWish(&page);
    ASSERT_TRUE(QTest::qWaitFor([&read] { return !read.isEmpty(); })) << "what the other one wanted";
    write_account(m_temp / "run", 100);
    m_feed.apply(event::CheckpointSaved{301, {}});
    QTest::qWait(200);
    EXPECT_DOUBLE_EQ(measures().facts()->time->goodput(), 0.5) << "who is gone wants nothing";
}

} // namespace
} // namespace triptych::test
