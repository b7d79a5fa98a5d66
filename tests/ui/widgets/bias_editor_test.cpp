// Biases by hand: dragged, typed, refused, and when they cannot be.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/widgets/bias_editor.h"

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace triptych::test {
namespace {

class BiasEditorTest : public testing::Test {
protected:
    BiasEditorTest() : m_editor(m_feed, m_theme, [this](Command c) { m_posted.push_back(std::move(c)); })
    {
        fill_feed(m_feed);
        m_editor.resize(480, 160);
        m_editor.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_editor));
        m_editor.setFrame(*m_feed.loads(), 2);
        m_editor.setExperts({9, 4});
    }
    BiasStrip& strip() { return *m_editor.strip(); }
    const command::SetExpertBias& last() { return std::get<command::SetExpertBias>(m_posted.back()); }
    double inForce(int expert) { return static_cast<double>(m_feed.loads()->layers[2].bias[expert]); }
    void obey(Ticket ticket)
    {
        event::RoutingChanged changed{1200, m_feed.control(), "a bias", ticket};
        m_feed.take(changed);
    }
    void press(int expert) { QTest::mousePress(&strip(), Qt::LeftButton, {}, strip().placeOf(expert).toPoint()); }
    /// So many pixels up from where the dot was when it was pressed.
    void move(QPoint from, int up) { QTest::mouseMove(&strip(), from - QPoint(0, up)); }

    RunFeed m_feed;
    Theme m_theme{ThemeChoice::Dark};
    std::vector<Command> m_posted;
    BiasEditor m_editor;
};

TEST_F(BiasEditorTest, ShowsTheBiasesOfTheLayerAndTheNumberOfTheChosenExpert)
{
    EXPECT_EQ(strip().bias(), m_feed.loads()->layers[2].bias);
    EXPECT_NEAR(m_editor.field()->text().toDouble(), inForce(9), 1e-5);
    EXPECT_EQ(m_editor.state(), LiveSettingState::InForce);
    EXPECT_EQ(m_editor.message(), "in force");
    EXPECT_EQ(m_editor.field()->accessibleName(), "Bias of expert 9 of layer 3");
    m_editor.setExperts({4});
    EXPECT_NEAR(m_editor.field()->text().toDouble(), inForce(4), 1e-5);
}

TEST_F(BiasEditorTest, ALargeBiasHasAPlainNumberAtTheEdge)
{
    EXPECT_EQ(strip().limitText(), "0.04");
    strip().setData({1200, -3}, {});
    EXPECT_EQ(strip().limitText(), "1,311");
}

TEST_F(BiasEditorTest, ArrowsSayWhereTheControllerMovesEachBias)
{
    const LayerLoad& load = m_feed.loads()->layers[2];
    double mean = 0;
    for (const auto count : load.counts) mean += static_cast<double>(count) / 16;
    for (std::size_t e = 0; e < 16; ++e)
        EXPECT_EQ(strip().pushes()[e], static_cast<double>(load.counts[e]) < mean ? BiasPush::Up : BiasPush::Down) << e;
    auto even = std::make_shared<LoadFrame>(*m_feed.loads());
    even->layers[2].counts.assign(16, 7);
    even->layers[2].counts[5] = 0; // off: it does not count, and rests
    even->control.turn(3, 5, ExpertSwitch::Off);
    m_editor.setFrame(*even, 2);
    EXPECT_EQ(strip().pushes()[0], BiasPush::None);
    m_feed.take(event::SettingChanged{1200, "bias_update_speed", 0});
    m_editor.setFrame(*m_feed.loads(), 2);
    EXPECT_TRUE(strip().pushes().empty()) << "a controller without speed moves nothing";
}

TEST_F(BiasEditorTest, ADragAsksOnceAFrameAtMostAndSendsTheLast)
{
    const QPoint from = strip().placeOf(9).toPoint();
    press(9);
    move(from, 6);
    EXPECT_EQ(m_posted.size(), 1U);
    const Ticket first = last().ticket;
    EXPECT_EQ(last().layer, 3);
    EXPECT_EQ(last().expert, 9);
    EXPECT_GT(last().bias, inForce(9));
    for (int up = 7; up < 20; ++up) move(from, up);
    EXPECT_EQ(m_posted.size(), 1U) << "within a frame";
    EXPECT_EQ(m_editor.state(), LiveSettingState::Requested);
    QTest::qWait(3 * BiasEditor::kFrame);
    EXPECT_EQ(m_posted.size(), 1U) << "the first was not answered yet";
    obey(first);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_posted.size() == 2U; }));
    EXPECT_EQ(m_editor.state(), LiveSettingState::Requested);
    move(from, 24);
    QTest::mouseRelease(&strip(), Qt::LeftButton, {}, from - QPoint(0, 24));
    ASSERT_EQ(m_posted.size(), 3U) << "the last does not wait";
    const double end = last().bias;
    EXPECT_NEAR(m_editor.field()->text().toDouble(), end, 1e-5);
    EXPECT_NEAR(strip().requested().at(9), end, 1e-9);
    obey(std::get<command::SetExpertBias>(m_posted[1]).ticket);
    EXPECT_EQ(m_editor.state(), LiveSettingState::Requested) << "the last is what counts";
    obey(last().ticket);
    EXPECT_EQ(m_editor.state(), LiveSettingState::InForce);
    EXPECT_TRUE(strip().requested().empty());
    EXPECT_NEAR(strip().bias()[9], end, 1e-6) << "before the next frame comes";
    EXPECT_EQ(m_posted.size(), 3U);
}

TEST_F(BiasEditorTest, AClickChoosesAndChangesNothing)
{
    QSignalSpy chosen(&m_editor, &BiasEditor::expertChosen);
    const QPoint place = strip().placeOf(6).toPoint();
    QTest::mouseClick(&strip(), Qt::LeftButton, {}, place);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 6);
    QTest::mousePress(&strip(), Qt::LeftButton, {}, place + QPoint(0, 15)); // not on the dot
    QTest::mouseMove(&strip(), place);
    QTest::mouseRelease(&strip(), Qt::LeftButton, {}, place);
    EXPECT_TRUE(m_posted.empty());
}

TEST_F(BiasEditorTest, ANumberIsSentByEnterAndWalksByArrows)
{
    m_editor.field()->selectAll();
    QTest::keyClicks(m_editor.field(), "0.25");
    EXPECT_EQ(m_editor.state(), LiveSettingState::Editing);
    EXPECT_TRUE(m_posted.empty());
    QTest::keyClick(m_editor.field(), Qt::Key_Return);
    ASSERT_EQ(m_posted.size(), 1U);
    EXPECT_EQ(last().bias, 0.25);
    obey(last().ticket);
    QTest::keyClick(m_editor.field(), Qt::Key_Up);
    EXPECT_NEAR(last().bias, 0.252, 1e-9) << "by gamma, which is 0.002";
    obey(last().ticket);
    QTest::keyClick(m_editor.field(), Qt::Key_Down);
    EXPECT_NEAR(last().bias, 0.25, 1e-9);
    obey(last().ticket);
    m_editor.findChild<QToolButton*>("biasZero")->click();
    EXPECT_EQ(last().bias, 0);
}

TEST_F(BiasEditorTest, ARefusalIsSaidAtTheField)
{
    m_editor.request("200");
    m_feed.take(event::Refused{{"a bias of 200 was asked for", "Choose one from -100 to 100."}, last().ticket});
    EXPECT_EQ(m_editor.state(), LiveSettingState::Rejected);
    EXPECT_EQ(m_editor.message(), "✕ a bias of 200 was asked for");
    EXPECT_TRUE(m_editor.field()->toolTip().contains("from -100 to 100"));
    EXPECT_NEAR(m_editor.field()->text().toDouble(), inForce(9), 1e-5);
    QTest::keyClick(m_editor.field(), Qt::Key_Escape);
    EXPECT_EQ(m_editor.state(), LiveSettingState::InForce);
    m_editor.request("half");
    EXPECT_EQ(m_editor.state(), LiveSettingState::Rejected);
    EXPECT_EQ(m_posted.size(), 1U);
}

TEST_F(BiasEditorTest, SaysWhyNothingCanBeAskedFor)
{
    const auto expectReason = [this](const char* why) {
        EXPECT_EQ(m_editor.state(), LiveSettingState::Unavailable);
        EXPECT_FALSE(m_editor.field()->isEnabled());
        EXPECT_TRUE(m_editor.field()->toolTip().contains(why)) << m_editor.field()->toolTip().toStdString();
        m_editor.request("0.1");
        const QPoint from = strip().placeOf(9).toPoint();
        press(9);
        move(from, 12);
        QTest::mouseRelease(&strip(), Qt::LeftButton, {}, from - QPoint(0, 12));
        EXPECT_TRUE(m_posted.empty());
    };
    m_feed.hold(100, synthetic_loads({}, 100), nullptr);
    expectReason("back to live");
    m_feed.release();
    EXPECT_EQ(m_editor.state(), LiveSettingState::InForce);
    m_feed.take(event::StateChanged{SessionState::Idle, ""});
    expectReason("has ended");
}

TEST_F(BiasEditorTest, ARouterWithoutBiasSaysSo)
{
    auto plain = std::make_shared<LoadFrame>(*m_feed.loads());
    for (LayerLoad& load : plain->layers) load.bias.clear();
    m_editor.setFrame(*plain, 2);
    EXPECT_EQ(m_editor.state(), LiveSettingState::Unavailable);
    EXPECT_TRUE(m_editor.field()->toolTip().contains("no bias"));
}

TEST_F(BiasEditorTest, AnotherRunForgetsWhatWasAskedFor)
{
    m_editor.request("0.5");
    m_feed.take(synthetic_start());
    EXPECT_TRUE(strip().requested().empty());
}

} // namespace
} // namespace triptych::test
