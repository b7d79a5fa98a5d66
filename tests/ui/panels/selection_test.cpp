// What a change of the selection tells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/panels/selection.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include <functional>

namespace triptych::test {
namespace {

using Experts = std::vector<std::int64_t>;

class SelectionTest : public testing::Test {
protected:
    /// The parts told by an action: 0 where nothing was told.
    int told_by(const std::function<void()>& action)
    {
        QSignalSpy parts(&m_selection, &Selection::partsChanged);
        QSignalSpy changed(&m_selection, &Selection::changed);
        action();
        EXPECT_LE(parts.count(), 1);
        EXPECT_EQ(parts.count(), changed.count());
        return parts.isEmpty() ? 0 : parts[0][0].value<std::uint8_t>();
    }
    Selection m_selection;
};

TEST_F(SelectionTest, TellsWhichPartChangedAndOnlyWhenItDid)
{
    EXPECT_EQ(told_by([&] { m_selection.setLayer(3); }), Selection::Layer);
    EXPECT_EQ(told_by([&] { m_selection.setLayer(3); }), 0);
    EXPECT_EQ(told_by([&] { m_selection.setHead(2); }), Selection::Head);
    EXPECT_EQ(told_by([&] { m_selection.setToken(9); }), Selection::Token);
    EXPECT_EQ(told_by([&] { m_selection.setExpert(5); }), Selection::Expert | Selection::Experts);
    EXPECT_EQ(told_by([&] { m_selection.setExpertOfLayer(3, 5); }), 0);
    EXPECT_EQ(told_by([&] { m_selection.setExpertOfLayer(2, 5); }), Selection::Layer);
    EXPECT_EQ(m_selection.experts(), Experts{5});
}

TEST_F(SelectionTest, TheFirstOfSeveralExpertsIsTheChosenOne)
{
    EXPECT_EQ(told_by([&] {
                  m_selection.setExperts(1, {4, 7, 9});
              }),
              Selection::Layer | Selection::Expert | Selection::Experts);
    EXPECT_EQ(m_selection.expert(), 4);
    EXPECT_EQ(told_by([&] { m_selection.setExperts(1, {4, 8}); }), Selection::Experts);
    EXPECT_EQ(told_by([&] { m_selection.setExpert(4); }), Selection::Experts) << "this one alone";
    EXPECT_EQ(m_selection.experts(), Experts{4});
    EXPECT_EQ(told_by([&] { m_selection.setExpert(-1); }), Selection::Expert | Selection::Experts);
    EXPECT_EQ(m_selection.expert(), -1);
    EXPECT_TRUE(m_selection.experts().empty());
}

TEST_F(SelectionTest, CellsOfSeveralLayersAreChosenTogetherAndTheFirstSaysTheLayer)
{
    const std::vector<ExpertCell> cells = {{2, 5}, {3, 5}, {2, 6}};
    EXPECT_EQ(told_by([&] { m_selection.setCells(cells); }), Selection::Layer | Selection::Expert | Selection::Experts);
    EXPECT_EQ(told_by([&] { m_selection.setCells(cells); }), 0);
    EXPECT_EQ(m_selection.layer(), 2);
    EXPECT_EQ(m_selection.expert(), 5);
    EXPECT_EQ(m_selection.experts(), (Experts{5, 6}));
    EXPECT_EQ(m_selection.cells(), (std::vector<ExpertCell>{{2, 5}, {2, 6}, {3, 5}})) << "the layer's own first";
    EXPECT_EQ(told_by([&] {
                  m_selection.setCells({{2, 5}, {2, 6}});
              }),
              Selection::Experts)
        << "the other layer's is gone";
    m_selection.setCells(cells);
    EXPECT_EQ(told_by([&] { m_selection.setLayer(1); }), Selection::Layer | Selection::Experts);
    EXPECT_EQ(m_selection.cells(), (std::vector<ExpertCell>{{1, 5}, {1, 6}}));
}

TEST_F(SelectionTest, LeavesOutWhatIsTooManyOrThereTwice)
{
    m_selection.setExperts(1, {3, 3, -1, 0, 1, 2, 4, 5, 6, 7, 8});
    EXPECT_EQ(m_selection.experts(), (Experts{3, 0, 1, 2, 4, 5, 6, 7}));
    EXPECT_EQ(m_selection.leftOut(), 1U);
    m_selection.setExpert(3);
    EXPECT_EQ(m_selection.leftOut(), 0U);
}

} // namespace
} // namespace triptych::test
