// The experts of a layer over the steps: from the folder, from the feed, and both together.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/recorded_history.h"
#include "tests/support/temp_folder.h"
#include "ui/bridge/expert_history.h"

#include <gtest/gtest.h>

#include <QTest>

namespace triptych::test {
namespace {

const std::vector<std::int64_t> kSteps = {100, 200, 400, 616, 800};

class ExpertHistoryTest : public testing::Test {
protected:
    void start(bool folder)
    {
        if (folder) record_history(m_folder.path(), {}, kSteps);
        m_feed.take(event::StateChanged{SessionState::Preparing, ""});
        m_feed.take(folder ? recorded_start(m_folder.path()) : synthetic_start());
        m_feed.take(event::StateChanged{SessionState::Running, ""});
    }
    void come(std::int64_t step)
    {
        m_feed.setLoads(synthetic_loads({}, step));
        m_feed.setProbe(synthetic_probe({}, step));
    }
    std::vector<std::int64_t> steps() const
    {
        std::vector<std::int64_t> all;
        for (const auto& moment : m_history.moments()) all.push_back(moment->step);
        return all;
    }
    bool has(const std::vector<std::int64_t>& wanted)
    {
        return QTest::qWaitFor([&] { return steps() == wanted; });
    }

    TempFolder m_folder;
    RunFeed m_feed;
    ExpertHistory m_history{m_feed};
};

TEST_F(ExpertHistoryTest, ReadsTheLayerOutOfEveryFrameOfTheFolder)
{
    start(true);
    m_history.watch({2});
    ASSERT_TRUE(has(kSteps));
    for (const auto& moment : m_history.moments()) {
        const auto frame = synthetic_loads({}, moment->step);
        ASSERT_EQ(moment->layers.size(), 1U);
        ASSERT_EQ(moment->layers[0].ratio.size(), 16U);
        EXPECT_NEAR(moment->layers[0].ratio[3], frame->ratio[1][3], 1e-3);
        EXPECT_NEAR(moment->layers[0].bias[3], frame->layers[1].bias[3], 1e-3);
    }
    EXPECT_FALSE(m_history.isReading());
    m_history.watch({3});
    ASSERT_TRUE(has(kSteps));
    EXPECT_NEAR(m_history.moments()[2]->layers[0].ratio[3], synthetic_loads({}, 400)->ratio[2][3], 1e-3);
}

TEST_F(ExpertHistoryTest, ReadsOtherLayersAlongAndTakesThemFromNewFramesToo)
{
    start(true);
    m_history.watch({2, 3, 99});
    ASSERT_TRUE(has(kSteps));
    const auto check = [](const LayerMoment& moment) {
        const auto frame = synthetic_loads({}, moment.step);
        ASSERT_EQ(moment.layers.size(), 2U) << "the run has no layer 99";
        EXPECT_EQ(moment.layers[0].layer, 2);
        EXPECT_NEAR(moment.layers[0].ratio[3], frame->ratio[1][3], 1e-3);
        EXPECT_EQ(moment.layers[1].layer, 3);
        EXPECT_NEAR(moment.layers[1].ratio[3], frame->ratio[2][3], 1e-3);
        EXPECT_NEAR(moment.layers[1].bias[3], frame->layers[2].bias[3], 1e-3);
    };
    for (const auto& moment : m_history.moments()) check(*moment);
    come(900);
    ASSERT_EQ(steps().back(), 900);
    check(*m_history.moments().back());
    m_history.watch({2, 1});
    ASSERT_TRUE(QTest::qWaitFor([this] { return steps().size() > kSteps.size() && !m_history.isReading(); }));
    for (const auto& moment : m_history.moments()) EXPECT_EQ(moment->layers.at(1).layer, 1);
}

TEST_F(ExpertHistoryTest, TheNewestFramesOfTheFeedComeAfterThoseOfTheFolder)
{
    start(true);
    come(700); // the folder has it with 800
    come(850);
    come(900);
    m_history.watch({1});
    auto all = kSteps;
    all.insert(all.end(), {850, 900});
    ASSERT_TRUE(has(all));
    come(950);
    all.push_back(950);
    EXPECT_EQ(steps(), all) << "at once";
}

TEST_F(ExpertHistoryTest, ARunWithoutAFolderIsRememberedFromTheBeginning)
{
    start(false);
    for (const std::int64_t step : {10, 20, 30}) come(step);
    m_history.watch({1});
    EXPECT_EQ(steps(), (std::vector<std::int64_t>{10, 20, 30})) << "without waiting";
    come(40);
    EXPECT_EQ(steps().back(), 40);
    EXPECT_FALSE(m_history.trouble());
}

TEST_F(ExpertHistoryTest, StepsThatAreSaidAgainReplaceTheOldOnes)
{
    start(false);
    m_history.watch({1});
    for (const std::int64_t step : {10, 20, 30, 20}) come(step);
    EXPECT_EQ(steps(), (std::vector<std::int64_t>{10, 20}));
}

TEST_F(ExpertHistoryTest, NothingIsReadWhileNobodyLooksAndNothingOfAnotherRunStays)
{
    start(true);
    QTest::qWait(20);
    EXPECT_TRUE(m_history.moments().empty());
    m_history.watch({2});
    ASSERT_TRUE(has(kSteps));
    m_feed.take(synthetic_start());
    EXPECT_TRUE(m_history.moments().empty());
    EXPECT_TRUE(m_history.settled().empty());
    come(5);
    EXPECT_TRUE(has({5}));
}

TEST_F(ExpertHistoryTest, SaysHowMuchOfTheRoutingTheNewestStepStillHas)
{
    start(true);
    m_history.watch({2});
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_history.settled().size() == kSteps.size(); }));
    EXPECT_EQ(m_history.settled().back().step, 800);
    EXPECT_EQ(m_history.settled().back().share, 1);
    EXPECT_EQ(m_history.settled().front().share, 1) << "synthetic routes are the same in all steps";
    // A newer frame where the first token goes to none of the experts that it went to before.
    auto other = std::make_shared<ProbeFrame>(*synthetic_probe({}, 900));
    auto& first = other->routes[2][0];
    std::vector<std::int32_t> rest;
    for (std::int32_t e = 0; e < 16 && rest.size() < first.size(); ++e)
        if (std::find(first.begin(), first.end(), e) == first.end()) rest.push_back(e);
    first = rest;
    m_feed.setProbe(other);
    m_history.watch({});
    m_history.watch({2});
    const double expected = 1 - 1.0 / static_cast<double>(other->tokens.size());
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return m_history.settled().size() == kSteps.size() + 1 &&
               std::abs(m_history.settled().front().share - expected) < 1e-9;
    }));
}

TEST_F(ExpertHistoryTest, AFolderWithoutHistoryIsSaidWhereNothingElseIsThere)
{
    auto started = synthetic_start();
    started.run_folder = (m_folder.path() / "gone").string();
    m_feed.take(started);
    m_history.watch({1});
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_history.trouble().has_value(); }));
    EXPECT_FALSE(m_history.trouble()->what.empty());
}

} // namespace
} // namespace triptych::test
