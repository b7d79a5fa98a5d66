// F, L, R, P and S from anywhere in the window, and who keeps these letters.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/training_window.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/card.h"

#include <gtest/gtest.h>

#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QTableView>

namespace triptych::test {
namespace {

class CurveKeysTest : public TrainingWindow {
protected:
    void SetUp() override
    {
        m_window->resize(1600, 1000);
        m_window->activateWindow();
        m_window->controller().start(m_request);
        ASSERT_TRUE(waits_for([this] { return feed().series().latestStep() > 12 && feed().loads(); }));
    }
    TimeSeriesPlot& curves(const char* page = "predella")
    {
        return *m_window->panel(QString::fromLatin1(page))->findChild<TimeSeriesPlot*>();
    }
    HeatmapPlot& map() { return *m_window->panel("moe")->findChild<HeatmapPlot*>("loadMap"); }
    /// Of what has the focus.
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
};

TEST_F(CurveKeysTest, LettersReachTheCurvesFromAPageThatHasNone)
{
    m_window->showPanel("moe");
    ASSERT_TRUE(map().isAncestorOf(QApplication::focusWidget()));
    const ValueScale before = curves().valueScale();
    press(Qt::Key_F);
    EXPECT_FALSE(curves().view().isFollowing());
    press(Qt::Key_F);
    EXPECT_TRUE(curves().view().isFollowing());
    press(Qt::Key_L);
    EXPECT_NE(curves().valueScale(), before);
    curves().view().setCursor(5);
    press(Qt::Key_P);
    EXPECT_TRUE(curves().view().isPinned());
    press(Qt::Key_S);
    EXPECT_TRUE(qobject_cast<QDoubleSpinBox*>(QApplication::focusWidget()));
}

TEST_F(CurveKeysTest, AMapKeepsItsOwnKeyAndFromElsewhereItShowsTheWholeRun)
{
    m_window->showPanel("moe");
    curves().view().setRange(2, 8);
    press(Qt::Key_Plus);
    ASSERT_FALSE(map().view().isWhole());
    press(Qt::Key_R);
    EXPECT_TRUE(map().view().isWhole());
    EXPECT_EQ(curves().view().upper(), 8);
    m_window->setFocus();
    press(Qt::Key_R);
    EXPECT_TRUE(curves().view().showsAll());
}

TEST_F(CurveKeysTest, APageWithCurvesOfItsOwnHearsThemAndIsRemembered)
{
    m_window->showPanel("latent");
    ASSERT_TRUE(curves("latent").isVisible());
    curves("latent").surface()->setFocus();
    m_window->panel("latent")->setFocus(Qt::OtherFocusReason);
    press(Qt::Key_F);
    EXPECT_FALSE(curves("latent").view().isFollowing());
    EXPECT_TRUE(curves().view().isFollowing());
    m_window->showPanel("moe");
    press(Qt::Key_F);
    EXPECT_TRUE(curves("latent").view().isFollowing()) << "the page last used";
    m_window->showPanel("attention"); // in front of it
    m_window->showPanel("moe");
    press(Qt::Key_F);
    EXPECT_TRUE(curves("latent").view().isFollowing()) << "what nobody sees stays as it is";
    EXPECT_FALSE(curves().view().isFollowing());
}

TEST_F(CurveKeysTest, TextFieldsAndListsKeepTheirLetters)
{
    m_window->showPanel("log");
    auto* filter = m_window->panel("log")->findChild<QLineEdit*>();
    ASSERT_TRUE(filter);
    filter->setFocus();
    QTest::keyClicks(filter, "flrps");
    EXPECT_EQ(filter->text(), "flrps");
    filter->clear();
    auto* table = m_window->panel("log")->findChild<QTableView*>();
    ASSERT_TRUE(table);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_F);
    EXPECT_TRUE(curves().view().isFollowing()) << "a list is searched by letters";
}

TEST_F(CurveKeysTest, AFloatingPageReachesThemToo)
{
    m_window->showPanel("moe");
    m_window->arrangement().floatOut("moe");
    QTest::qWait(20);
    map().setFocus();
    QTest::keyClick(map().focusProxy(), Qt::Key_F);
    EXPECT_FALSE(curves().view().isFollowing());
}

} // namespace
} // namespace triptych::test
