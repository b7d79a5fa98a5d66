// The bar: what it says live and looking back, its chips, and that nothing in it moves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/widgets/alert_chips.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/run_readouts.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QMenu>
#include <QTest>
#include <QToolButton>

namespace triptych::test {
namespace {

class RunReadoutsTest : public testing::Test {
protected:
    RunReadoutsTest()
    {
        fill_feed(m_feed);
        m_bar.resize(1000, 40);
        m_bar.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_bar));
    }
    Readout& step() { return *m_bar.findChild<Readout*>("barStep"); }
    std::vector<QRect> places()
    {
        std::vector<QRect> rects;
        for (const Readout* part : m_bar.findChildren<Readout*>()) rects.push_back(part->geometry());
        const QToolButton* alerts = m_bar.chips().alerts();
        rects.emplace_back(alerts->mapTo(&m_bar, QPoint()), alerts->size());
        return rects;
    }

    Theme m_theme{ThemeChoice::Light};
    RunFeed m_feed;
    Moment m_moment;
    Selection m_selection;
    FrameClock m_clock;
    RunReadouts m_bar{m_feed, m_moment, m_selection, m_clock, m_theme};
};

TEST_F(RunReadoutsTest, TheShareOfThePeakNamesThePrecisionOfTheRun)
{
    event::RunStarted started = synthetic_start();
    for (const char* precision : {"f32", "bf16"}) {
        started.precision = precision;
        m_feed.take(started);
        const QString said = m_bar.findChild<Readout*>("barShareOfPeak")->toolTip();
        EXPECT_TRUE(said.contains(QString("rate of %1 matrix products").arg(precision))) << said.toStdString();
    }
}

TEST_F(RunReadoutsTest, SaysHowManyStepsAreDoneOfThoseThatArePlannedAndWhatIsLeft)
{
    EXPECT_EQ(step().value(), QString("1,200 / 5,000"));
    EXPECT_EQ(step().captionNote(), QString("38 min left"));
    EXPECT_EQ(step().note(), QString());
    m_feed.take(event::StateChanged{SessionState::Paused, ""});
    EXPECT_EQ(step().captionNote(), QString()) << "a run that stands still is never done";
}

TEST_F(RunReadoutsTest, AHeldStepIsMutedWithTheNewestOneBesideItAndAWayBack)
{
    EXPECT_FALSE(m_bar.chips().back()->isVisible());
    m_moment.show(620);
    m_feed.hold(620, synthetic_loads({}, 616), nullptr);
    EXPECT_EQ(step().value(), QString("620"));
    EXPECT_EQ(step().note(), QString("now 1,200"));
    for (const Readout* readout : m_bar.findChildren<Readout*>()) EXPECT_EQ(readout->tone(), ReadoutTone::Muted);
    ASSERT_TRUE(m_bar.chips().back()->isVisible());
    QTest::mouseClick(m_bar.chips().back(), Qt::LeftButton);
    EXPECT_TRUE(m_moment.isLive());
}

TEST_F(RunReadoutsTest, NothingMovesWhateverItSays)
{
    const auto before = places();
    append_steps(m_feed, {}, 1201, 1300);
    m_feed.showNewestNumbers();
    m_feed.take(event::Health{1300, "nan", "the loss is no number"});
    m_feed.setDroppedSamples(12'345);
    m_moment.show(620);
    m_feed.hold(620, nullptr, nullptr);
    QTest::qWait(20);
    EXPECT_EQ(places(), before);
}

TEST_F(RunReadoutsTest, NewDigitsAskForNoLayout)
{
    QTest::qWait(20);
    struct Counter : QObject {
        bool eventFilter(QObject*, QEvent* event) override
        {
            if (event->type() == QEvent::LayoutRequest) ++count;
            return false;
        }
        int count = 0;
    } requests;
    m_bar.installEventFilter(&requests);
    for (std::int64_t last = 1210; last <= 1300; last += 10) {
        append_steps(m_feed, {}, last - 9, last);
        m_feed.showNewestNumbers();
        QTest::qWait(1);
    }
    EXPECT_EQ(requests.count, 0);
}

TEST_F(RunReadoutsTest, TheAlertThatIsChosenIsGoneToAndAllHaveBeenSeen)
{
    m_feed.take(event::Health{900, "dead_experts", "step 900: 1 of 16 experts of layer 3 is dead", 3});
    AlertChips& chips = m_bar.chips();
    EXPECT_EQ(chips.alerts()->text(), QString("! 2 alerts"));
    QMenu* list = chips.makeList();
    ASSERT_NE(list, nullptr);
    ASSERT_EQ(list->actions().size(), 2);
    EXPECT_EQ(list->actions()[0]->text(), QString("step 900   1 of 16 experts of layer 3 is dead"))
        << "the newest first";
    for (const RunAlert& alert : m_feed.alerts()) EXPECT_TRUE(alert.seen);
    list->actions()[0]->trigger();
    EXPECT_EQ(m_moment.step(), 900);
    EXPECT_EQ(m_selection.layer(), 3);
}

TEST_F(RunReadoutsTest, AChipThatHasNothingToSayCannotBePressed)
{
    m_feed.take(synthetic_start());
    for (const QToolButton* chip : {m_bar.chips().alerts(), m_bar.chips().slow(), m_bar.chips().dropped()}) {
        EXPECT_FALSE(chip->isEnabled());
        EXPECT_TRUE(chip->text().isEmpty());
    }
    EXPECT_EQ(m_bar.chips().makeList(), nullptr);
    m_feed.setDroppedSamples(12);
    EXPECT_EQ(m_bar.chips().dropped()->text(), QString("12 lost"));
    EXPECT_TRUE(m_bar.chips().dropped()->isEnabled());
}

TEST(DurationText, IsAsExactAsAPersonPlans)
{
    EXPECT_EQ(durationText(3), QString("10 s"));
    EXPECT_EQ(durationText(95), QString("100 s"));
    EXPECT_EQ(durationText(2280), QString("38 min"));
    EXPECT_EQ(durationText(7 * 3600), QString("7 h"));
    EXPECT_EQ(durationText(12.0 * 86400), QString("12 days"));
    EXPECT_EQ(durationText(std::nan("")), QString("–"));
}

TEST(ReadoutTest, TheUnitIsBehindTheValueAndAWiderValueMakesRoomOnce)
{
    Readout readout("loss", "nats", "0.000", {});
    const int width = readout.sizeHint().width();
    readout.setValue("1.234");
    EXPECT_EQ(readout.sizeHint().width(), width);
    readout.setValue("12,345,678.9");
    EXPECT_GT(readout.sizeHint().width(), width);
    EXPECT_EQ(readout.accessibleName(), QString("loss: 12,345,678.9 nats"));
}

} // namespace
} // namespace triptych::test
