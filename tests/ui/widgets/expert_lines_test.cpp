// Lines over steps: places, words, and asking for a step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/widgets/expert_lines.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace triptych::test {
namespace {

class ExpertLinesTest : public testing::Test {
protected:
    ExpertLinesTest()
    {
        m_lines.resize(400, 140);
        m_lines.setData({100, 200, 400}, {{"e9", {1.5, 1.2, 1.0}}, {"e4", {0.5, std::nan(""), 0.8}}});
        m_lines.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_lines));
    }
    /// How many pixels of the picture have nearly this colour, between two columns.
    int count(const QColor& color, double from, double to)
    {
        const QImage image = m_lines.grab().toImage();
        int found = 0;
        for (int x = static_cast<int>(from); x < static_cast<int>(to); ++x)
            for (int y = 0; y < image.height(); ++y) {
                const QColor pixel = image.pixelColor(x, y);
                found += std::abs(pixel.red() - color.red()) + std::abs(pixel.green() - color.green()) +
                             std::abs(pixel.blue() - color.blue()) <
                         60;
            }
        return found;
    }

    Theme m_theme{ThemeChoice::Dark};
    ExpertLines m_lines{m_theme, LineScale::Ratio};
};

TEST_F(ExpertLinesTest, StepsHavePlacesAndThePlacesSteps)
{
    for (const std::int64_t step : {100, 200, 400})
        EXPECT_EQ(m_lines.stepAt(m_lines.xOf(static_cast<double>(step))), step);
    EXPECT_EQ(m_lines.stepAt(m_lines.xOf(290)), 200);
    EXPECT_EQ(m_lines.stepAt(m_lines.xOf(310)), 400);
    EXPECT_EQ(m_lines.stepAt(0), 100);
    EXPECT_EQ(m_lines.stepAt(1000), 400);
}

TEST_F(ExpertLinesTest, SaysAllLinesOfAStepInWords)
{
    EXPECT_EQ(m_lines.textAt(399),
              QString("step 200: e9 1.20 ×, e4 — ×")
                  .replace("—", m_lines.textAt(200).mid(m_lines.textAt(200).lastIndexOf("e4 ") + 3, 1)));
    EXPECT_EQ(m_lines.textAt(400), "step 400: e9 1.00 ×, e4 0.80 ×");
    EXPECT_EQ(m_lines.textAt(50), "");
    EXPECT_EQ(m_lines.accessibleDescription(), m_lines.textAt(400));
    m_lines.setMoment(200);
    EXPECT_EQ(m_lines.accessibleDescription(), m_lines.textAt(200));
}

TEST_F(ExpertLinesTest, NumbersBesideTheLinesArePlainAndPercentSignsStayWithTheirs)
{
    EXPECT_EQ(m_lines.axisText(2), "2");
    EXPECT_EQ(m_lines.axisText(2048), "2,048");
    const ExpertLines biases(m_theme, LineScale::Signed);
    EXPECT_EQ(biases.axisText(0.64), "+0.64");
    EXPECT_EQ(biases.axisText(-1310.72), QStringLiteral("\u22121,311"));
    const ExpertLines share(m_theme, LineScale::Share);
    EXPECT_EQ(share.axisText(1), QStringLiteral("100\u202f%"));
}

TEST_F(ExpertLinesTest, EveryLineHasItsNameWhereItEnds)
{
    const double end = m_lines.xOf(400);
    EXPECT_GT(count(m_lines.colorOf(0), end + 7, m_lines.width()), 5);
    EXPECT_GT(count(m_lines.colorOf(1), end + 7, m_lines.width()), 5);
    EXPECT_EQ(count(m_lines.colorOf(2), end + 7, m_lines.width()), 0);
    // A gap is a gap: the second line has a single value on either side of it, which makes no line.
    EXPECT_EQ(count(m_lines.colorOf(1), m_lines.xOf(150), m_lines.xOf(390)), 0);
    EXPECT_GT(count(m_lines.colorOf(0), m_lines.xOf(150), m_lines.xOf(390)), 50);
}

TEST_F(ExpertLinesTest, TheStepOfTheWindowIsAnUprightLine)
{
    const double x = m_lines.xOf(200);
    const int before = count(m_theme.colors().text, x - 2, x + 3);
    m_lines.setMoment(200);
    EXPECT_GT(count(m_theme.colors().text, x - 2, x + 3), before + 50);
}

TEST_F(ExpertLinesTest, ChangesOfTheElectionAreMarked)
{
    const double x = m_lines.xOf(300);
    EXPECT_EQ(count(m_theme.colors().warning, x - 2, x + 3), 0);
    m_lines.setMarks({{300, "layer 3, expert 9 is off"}});
    EXPECT_GT(count(m_theme.colors().warning, x - 2, x + 3), 5);
}

TEST_F(ExpertLinesTest, AClickAsksForTheStepAndArrowsForExperts)
{
    QSignalSpy steps(&m_lines, &ExpertLines::stepChosen);
    QSignalSpy experts(&m_lines, &ExpertLines::expertStepped);
    QTest::mouseClick(&m_lines, Qt::LeftButton, {}, QPoint(static_cast<int>(m_lines.xOf(210)), 60));
    ASSERT_EQ(steps.size(), 1);
    EXPECT_EQ(steps[0][0].toLongLong(), 200);
    QTest::keyClick(&m_lines, Qt::Key_Left);
    QTest::keyClick(&m_lines, Qt::Key_Right);
    ASSERT_EQ(experts.size(), 2);
    EXPECT_EQ(experts[0][0].toInt(), -1);
    EXPECT_EQ(experts[1][0].toInt(), 1);
}

TEST_F(ExpertLinesTest, EightNamesOfEqualEndsDoNotLieOverEachOther)
{
    std::vector<ExpertLine> lines;
    for (int i = 0; i < 8; ++i) lines.push_back({QStringLiteral("e%1").arg(i), {1, 1, 1}});
    m_lines.setData({1, 2, 3}, lines);
    for (std::size_t i = 0; i < 7; ++i)
        EXPECT_GT(count(m_lines.colorOf(i), m_lines.xOf(3) + 7, m_lines.width()), 3) << i;
}

} // namespace
} // namespace triptych::test
