// The bars of one layer's experts: heights by load, the chosen one outlined and not filled, mouse and keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/widgets/expert_bars.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

namespace triptych::test {
namespace {

class ExpertBarsTest : public testing::Test {
protected:
    ExpertBarsTest() : m_bars(m_theme)
    {
        m_bars.resize(68 + 160, 120); // 40 pixels an expert
        m_bars.setData({0, 1, 2, 1}, {0.01F, 0, -0.01F, 0});
        m_bars.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_bars));
    }
    /// The column of a bar, whole.
    QImage picture(int place)
    {
        QImage all(m_bars.size(), QImage::Format_RGB32);
        all.fill(Qt::magenta);
        m_bars.render(&all, {}, {}, QWidget::DrawChildren);
        return all.copy(34 + 40 * place, 0, 40, m_bars.height());
    }
    /// The colour in the middle of it, so many pixels below the upper edge.
    QColor color(int place, int y) { return picture(place).pixelColor(20, y); }

    Theme m_theme{ThemeChoice::Light};
    ExpertBars m_bars;
};

TEST_F(ExpertBarsTest, ABarIsAsHighAsItsLoad)
{
    EXPECT_EQ(color(0, 60), QColor(Qt::magenta)) << "a dead expert has no bar";
    EXPECT_EQ(color(1, 15), QColor(Qt::magenta)) << "an even load reaches half of two";
    EXPECT_NE(color(1, 65), QColor(Qt::magenta));
    EXPECT_NE(color(2, 15), QColor(Qt::magenta)) << "twice the mean reaches the top";
}

TEST_F(ExpertBarsTest, TheChosenColumnIsOutlinedAndNotFilled)
{
    m_bars.setSelected(1);
    EXPECT_EQ(color(1, 15), QColor(Qt::magenta));
}

TEST_F(ExpertBarsTest, AClickChoosesTheExpertUnderIt)
{
    QSignalSpy chosen(&m_bars, &ExpertBars::expertChosen);
    QTest::mouseClick(&m_bars, Qt::LeftButton, {}, {34 + 40 * 2 + 5, 50});
    QTest::mouseClick(&m_bars, Qt::LeftButton, {}, {5, 50});
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0][0].toInt(), 2);
}

TEST_F(ExpertBarsTest, KeysMoveTheChoiceAndStopAtTheEnds)
{
    QSignalSpy chosen(&m_bars, &ExpertBars::expertChosen);
    m_bars.setSelected(3);
    QTest::keyClick(&m_bars, Qt::Key_Right);
    QTest::keyClick(&m_bars, Qt::Key_Left);
    ASSERT_EQ(chosen.count(), 2);
    EXPECT_EQ(chosen[0][0].toInt(), 3);
    EXPECT_EQ(chosen[1][0].toInt(), 2);
}

TEST_F(ExpertBarsTest, DrawingOverBarsAndShiftWithArrowsChooseSeveralWithinReach)
{
    m_bars.setBrush(2);
    QSignalSpy chosen(&m_bars, &ExpertBars::expertChosen);
    QSignalSpy brushed(&m_bars, &ExpertBars::brushed);
    QTest::mousePress(&m_bars, Qt::LeftButton, {}, {34 + 5, 50});
    QTest::mouseMove(&m_bars, {34 + 45, 50});
    QTest::mouseMove(&m_bars, {34 + 50, 50});
    QTest::mouseMove(&m_bars, {34 + 125, 50});
    QTest::mouseRelease(&m_bars, Qt::LeftButton, {}, {34 + 125, 50});
    EXPECT_EQ(chosen.count(), 1);
    ASSERT_EQ(brushed.count(), 2);
    EXPECT_EQ(brushed[0], (QList<QVariant>{0, 1}));
    EXPECT_EQ(brushed[1], (QList<QVariant>{0, 2})) << "no further than two";
    m_bars.setSelected(3);
    QTest::keyClick(&m_bars, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(&m_bars, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(brushed.last(), (QList<QVariant>{3, 1}));
    QSignalSpy toggled(&m_bars, &ExpertBars::expertToggled);
    QTest::mouseClick(&m_bars, Qt::LeftButton, Qt::ControlModifier, {34 + 45, 50});
    EXPECT_EQ(toggled[0][0].toInt(), 1);
}

TEST_F(ExpertBarsTest, ExpertsOfALaterGroupAreCalledByTheirNumbers)
{
    m_bars.setData({0, 1, 2, 1}, {}, 12);
    QSignalSpy chosen(&m_bars, &ExpertBars::expertChosen);
    QTest::mouseClick(&m_bars, Qt::LeftButton, {}, {34 + 40 * 2 + 5, 50});
    QTest::keyClick(&m_bars, Qt::Key_Left);
    m_bars.setSelected(15);
    QTest::keyClick(&m_bars, Qt::Key_Right);
    QTest::keyClick(&m_bars, Qt::Key_Left);
    ASSERT_EQ(chosen.count(), 4);
    EXPECT_EQ(chosen[0][0].toInt(), 14);
    EXPECT_EQ(chosen[1][0].toInt(), 12) << "the first key chooses the first";
    EXPECT_EQ(chosen[2][0].toInt(), 15) << "none comes after the last";
    EXPECT_EQ(chosen[3][0].toInt(), 14);
    m_bars.setBrush(2);
    QSignalSpy brushed(&m_bars, &ExpertBars::brushed);
    QTest::mousePress(&m_bars, Qt::LeftButton, {}, {34 + 45, 50});
    QTest::mouseMove(&m_bars, {34 + 5, 50});
    QTest::mouseRelease(&m_bars, Qt::LeftButton, {}, {34 + 5, 50});
    ASSERT_EQ(brushed.count(), 1);
    EXPECT_EQ(brushed[0], (QList<QVariant>{13, 12}));
    m_bars.setBrush(0);
    QTest::mouseMove(&m_bars, {34 + 40 * 3 + 5, 50});
    EXPECT_TRUE(QToolTip::text().startsWith("Expert 15: 1.00")) << QToolTip::text().toStdString();
    m_bars.setSelected(-1);
    const QImage before = picture(3);
    m_bars.setOff({3});
    EXPECT_EQ(picture(3), before) << "of another group";
    m_bars.setOff({15});
    EXPECT_NE(picture(3), before);
}

TEST_F(ExpertBarsTest, TheEndsOfTheBiasesAreWrittenWithoutAPowerOfTen)
{
    EXPECT_EQ(m_bars.biasLimitText(), "0.01");
    for (const auto& [bias, text] : {std::pair(0.3F, "0.32"), {1.0F, "1.3"}, {17.0F, "20"}, {100.0F, "164"}}) {
        m_bars.setData({0, 1, 2, 1}, {bias, 0, -bias, 0});
        EXPECT_EQ(m_bars.biasLimitText(), text);
    }
}

TEST_F(ExpertBarsTest, AnExpertThatIsOffIsCrossedOut)
{
    const QImage before = picture(0); // has no bar
    m_bars.setOff({0});
    EXPECT_NE(picture(0), before);
    m_bars.setOff({3});
    EXPECT_EQ(picture(0), before);
}

} // namespace
} // namespace triptych::test
