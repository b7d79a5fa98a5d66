// Cells of a text: where they lie does not hang on what is guessed in them at the moment.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/widgets/token_flow.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace triptych::test {
namespace {

class TokenFlowTest : public testing::TestWithParam<int> {
protected:
    void show(const QString& guess, double probability, DraftState state = DraftState::Rejected)
    {
        std::vector<FlowCell> cells;
        for (int i = 0; i < 12; ++i)
            cells.push_back({QString(QChar('a' + i)),
                             {{guess, probability, false, DraftState::None}, {guess, probability, false, state}},
                             {},
                             i / 4,
                             false});
        m_flow.resize(GetParam(), 200);
        m_flow.setCells(std::move(cells), {"text", "next", "MTP 1"});
    }
    std::vector<QRect> places() const
    {
        std::vector<QRect> rects;
        for (int i = 0; i < static_cast<int>(m_flow.cells().size()); ++i) rects.push_back(m_flow.cellRect(i));
        return rects;
    }

    Theme m_theme{ThemeChoice::Light};
    TokenFlow m_flow{m_theme, &ThemeColors::mtp};
};

INSTANTIATE_TEST_SUITE_P(NarrowAndRoomy, TokenFlowTest, testing::Values(360, 900));

TEST_P(TokenFlowTest, ColumnsStayWhileProbabilitiesAndVerdictsChange)
{
    show("ing", 0.07);
    const auto before = places();
    show("ing", 1);
    EXPECT_EQ(places(), before);
    show("ing", 0.5, DraftState::Accepted);
    EXPECT_EQ(places(), before);
}

TEST_P(TokenFlowTest, ACellGrowsForALongerGuessAndDoesNotShrinkAfterIt)
{
    show("i", 0.5);
    const int narrow = m_flow.cellRect(0).width();
    show("immense", 0.5);
    const int wide = m_flow.cellRect(0).width();
    EXPECT_GT(wide, narrow);
    show("i", 0.5);
    EXPECT_EQ(m_flow.cellRect(0).width(), wide);
}

TEST_P(TokenFlowTest, AnotherTextIsMeasuredAnew)
{
    show("immense", 0.5);
    const int wide = m_flow.cellRect(0).width();
    m_flow.setCells({{"x", {{"i", 0.5, false, DraftState::None}}, {}, 0, false}}, {"text", "next"});
    EXPECT_LT(m_flow.cellRect(0).width(), wide);
}

} // namespace
} // namespace triptych::test
