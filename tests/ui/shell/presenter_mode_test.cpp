// Presenter mode there and back, the size of type, what is watched, and links to a view.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cut_texts.h"
#include "tests/support/window_fixture.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/card.h"
#include "ui/widgets/probe_edit.h"

#include <QApplication>
#include <QLabel>
#include <QMap>
#include <QMenuBar>
#include <QToolButton>

namespace triptych::test {
namespace {

class Presenter : public WindowFixture {
protected:
    QString caption() { return window->findChild<QLabel*>("presenterCaption")->text(); }
};

TEST_F(Presenter, ThereAndBackLeavesEverythingAsItWas)
{
    window->arrangement().move("cache", PanelPlace::RightWing);
    window->showPanel("moe-domains");
    window->arrangement().fold(Fold::Open);
    QTest::qWait(10);
    LayoutState before = window->arrangement().state();
    const int steps = window->layouts().history().count();
    window->setFocus();
    press(Qt::Key_F5);
    ASSERT_TRUE(window->presenter().isOn());
    EXPECT_FALSE(window->menuBar()->isVisible());
    EXPECT_FALSE(window->findChild<ProbeEdit*>()->isVisible());
    EXPECT_FALSE(shows("predella") || shows("log"));
    EXPECT_TRUE(shows("moe-domains") && shows("attention"));
    EXPECT_DOUBLE_EQ(theme.textScale(), 1.5);
    press(Qt::Key_1);
    EXPECT_FALSE(shows("attention"));
    press(Qt::Key_0);
    EXPECT_TRUE(shows("attention"));
    EXPECT_FALSE(shows("predella")) << "all of it are the three wings";
    press(Qt::Key_Escape);
    EXPECT_FALSE(window->presenter().isOn());
    QTest::qWait(10);
    LayoutState after = window->arrangement().state();
    EXPECT_TRUE(sameStructure(after, before));
    EXPECT_EQ(after.inFront, before.inFront);
    for (int i = 0; i < 3; ++i) EXPECT_NEAR(after.wings[i], before.wings[i], 8);
    EXPECT_TRUE(window->menuBar()->isVisible() && window->findChild<ProbeEdit*>()->isVisible());
    EXPECT_DOUBLE_EQ(theme.textScale(), 1);
    EXPECT_EQ(window->layouts().history().count(), steps);
}

TEST_F(Presenter, SaysWhatTheNumbersMean)
{
    window->presenter().enter();
    EXPECT_TRUE(caption().contains("loss")) << caption().toStdString();
    window->arrangement().showOnly({PanelPlace::LeftWing});
    EXPECT_TRUE(caption().contains("16 experts")) << caption().toStdString();
    EXPECT_TRUE(caption().contains("%"));
    window->selection().setExpertOfLayer(2, 7);
    EXPECT_TRUE(caption().contains("layer 2, expert 7"));
    window->arrangement().showOnly({PanelPlace::RightWing});
    EXPECT_TRUE(caption().contains("nats"));
    window->feed().hold(120, nullptr, nullptr);
    EXPECT_TRUE(caption().startsWith("Step 120.")) << caption().toStdString();
}

TEST_F(Presenter, ArrowsGoThroughTime)
{
    window->moment().setFrames({10, 20, 30});
    window->presenter().enter();
    window->setFocus();
    press(Qt::Key_Left);
    EXPECT_EQ(window->moment().step(), 30);
    press(Qt::Key_Left);
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    EXPECT_TRUE(window->moment().isLive());
    window->presenter().leave();
    press(Qt::Key_Left);
    EXPECT_TRUE(window->moment().isLive()) << "elsewhere arrows belong to plots";
}

TEST_F(Presenter, IsNotWhatIsStored)
{
    window->presenter().enter();
    EXPECT_TRUE(window->layouts().current().only.empty());
}

TEST_F(Presenter, FontsOfWidgetsGrowAndComeBack)
{
    auto* title = window->card("predella");
    const auto* value = window->findChild<QLabel*>("presenterCaption"); // has a font of its own
    const double base = value->font().pointSizeF();
    const double body = title->font().pointSizeF();
    window->presenter().enter();
    EXPECT_NEAR(value->font().pointSizeF(), 1.5 * base, 0.1);
    EXPECT_NEAR(title->font().pointSizeF(), 1.5 * body, 0.1);
    window->presenter().leave();
    EXPECT_NEAR(value->font().pointSizeF(), base, 0.01);
    EXPECT_NEAR(title->font().pointSizeF(), body, 0.01);
}

TEST_F(Presenter, CutsNoTabAndNoButtonOfTheExpertPage)
{
    window->showPanel("moe");
    window->selection().setExpertOfLayer(2, 7);
    QMap<const QTabBar*, double> sizes;
    for (const QTabBar* tabs : window->findChildren<QTabBar*>()) sizes[tabs] = tabs->font().pointSizeF();
    window->presenter().enter();
    QTest::qWait(30);
    const auto buttons = window->findChildren<QToolButton*>("expertToggle");
    ASSERT_FALSE(buttons.isEmpty());
    for (const QToolButton* button : buttons)
        EXPECT_GE(button->minimumWidth(), button->fontMetrics().horizontalAdvance(button->text()) + 20);
    QStringList cut;
    for (const QTabBar* tabs : window->findChildren<QTabBar*>())
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->isVisible() && tabs->isTabVisible(i) &&
                (tabs->tabRect(i).right() >= tabs->width() ||
                 tabs->tabRect(i).width() < tabs->fontMetrics().horizontalAdvance(tabs->tabText(i)) + kTabEdges))
                cut << tabs->tabText(i);
    EXPECT_EQ(cut, QStringList());
    window->presenter().leave();
    for (const QTabBar* tabs : window->findChildren<QTabBar*>())
        EXPECT_NEAR(tabs->font().pointSizeF(), sizes.value(tabs), 0.01) << "as it was";
}

TEST_F(Presenter, AChipHasRoomForItsWordsInLargeType)
{
    auto& chip = *window->findChild<QToolButton*>("alertsChip");
    const auto spare = [&chip](const QString& text) {
        return chip.width() - chip.fontMetrics().horizontalAdvance(text);
    };
    const int before = chip.width();
    window->presenter().enter();
    QTest::qWait(10);
    EXPECT_GE(spare("! 99+ alerts"), 10);
    EXPECT_GE(chip.height(), chip.fontMetrics().height() + 6);
    window->presenter().leave();
    QTest::qWait(10);
    EXPECT_EQ(chip.width(), before);
}

TEST(TextScale, GrowsWithTheWidth)
{
    EXPECT_DOUBLE_EQ(TextScale::forWidth(640), 1);
    EXPECT_DOUBLE_EQ(TextScale::forWidth(1280), 1);
    EXPECT_DOUBLE_EQ(TextScale::forWidth(1920), 1.1);
    EXPECT_DOUBLE_EQ(TextScale::forWidth(2560), 1.2);
    EXPECT_DOUBLE_EQ(TextScale::forWidth(10000), 1.4);
}

TEST_F(Presenter, TypeFollowsTheWidthUnlessItIsFixed)
{
    window->resize(2560, 1440);
    EXPECT_DOUBLE_EQ(theme.textScale(), 1.2);
    action("text0.9").trigger();
    EXPECT_DOUBLE_EQ(theme.textScale(), 0.9);
    action("textByWidth").trigger();
    EXPECT_DOUBLE_EQ(theme.textScale(), 1.2);
    window->resize(1280, 800);
    EXPECT_DOUBLE_EQ(theme.textScale(), 1);
}

class Watched : public WindowFixture {
protected:
    const WatchSet& set()
    {
        QTest::qWait(5);
        return window->watchKeeper().watched();
    }
};

TEST_F(Watched, WhatNobodySeesIsNotComputed)
{
    EXPECT_TRUE(set().probe);
    window->showPanel("cache");
    EXPECT_TRUE(set().probe) << "the MTP wing shows it, too";
    action("viewCurves").trigger();
    EXPECT_FALSE(set().probe);
    action("viewMla").trigger();
    EXPECT_FALSE(set().probe);
    window->showPanel("attention");
    EXPECT_TRUE(set().probe);
}

TEST_F(Watched, NothingIsWatchedInAMinimisedOrHiddenWindow)
{
    window->setWindowState(Qt::WindowMinimized);
    EXPECT_EQ(set(), (WatchSet{.probe = false}));
    window->setWindowState(Qt::WindowNoState);
    EXPECT_TRUE(set().probe);
    window->hide();
    EXPECT_EQ(set(), (WatchSet{.probe = false}));
}

TEST_F(Watched, APageInAWindowOfItsOwnIsSeen)
{
    action("viewCurves").trigger();
    window->arrangement().floatOut("attention");
    EXPECT_TRUE(set().probe);
    window->panel("attention")->window()->setWindowState(Qt::WindowMinimized);
    window->watchKeeper().lookSoon();
    EXPECT_FALSE(set().probe);
}

TEST(ViewLink, ReadsWhatItWrites)
{
    ViewLink link{.step = 620, .layer = 3, .expert = 9, .head = 1, .token = 4, .layout = "two words & more"};
    EXPECT_EQ(toText(link).toStdString(), "step=620&layer=3&expert=9&head=1&token=4&layout=two%20words%20%26%20more");
    EXPECT_EQ(viewLinkFromText(toText(link)).value(), link);
    link = {};
    link.layer = 3;
    link.curves = {"tokens", true, 1000, 2.5e6, 0.99, "median"};
    EXPECT_EQ(toText(link).toStdString(), "layer=3&axis=tokens&log=1&zoom=1000,2500000&smooth=0.99&smoother=median");
    EXPECT_EQ(viewLinkFromText(toText(link)).value(), link);
    link = {};
    link.head = 0;
    EXPECT_EQ(viewLinkFromText("head=0").value(), link);
}

TEST(ViewLink, SaysWhatIsWrong)
{
    for (const auto& [text, what] :
         std::map<const char*, const char*>{{"", "key=value"},
                                            {"layer", "key=value"},
                                            {"layer=", "no whole number"},
                                            {"layer=-1", "no whole number"},
                                            {"layer=1.5", "no whole number"},
                                            {"layer=99999999999999999999", "no whole number"},
                                            {"colour=3", "none of step"},
                                            {"layer=1&layer=2", "twice"},
                                            {"expert=2", "no layer"},
                                            {"layout=", "no name"},
                                            {"step=1&&head=2", "key=value"},
                                            {"axis=furlongs", "expected one of step, tokens"},
                                            {"axis=step&axis=step", "twice"},
                                            {"log=yes", "no 0 or 1"},
                                            {"zoom=5", "pair of numbers"},
                                            {"zoom=9,5", "pair of numbers"},
                                            {"zoom=1,2,3", "pair of numbers"},
                                            {"zoom=nan,inf", "pair of numbers"},
                                            {"zoom=1,2&zoom=1,2", "twice"},
                                            {"smooth=1", "from 0 to 0.999"},
                                            {"smooth=-0.1", "from 0 to 0.999"},
                                            {"smooth=nan", "from 0 to 0.999"},
                                            {"smoother=tar", "way to smooth"}}) {
        const auto read = viewLinkFromText(text);
        ASSERT_FALSE(read) << text;
        EXPECT_NE(read.error().what.find(what), std::string::npos) << read.error().what;
        EXPECT_FALSE(read.error().hint.empty());
    }
}

TEST_F(Presenter, ALinkShowsTheSameAgain)
{
    window->selection().setExpertOfLayer(2, 5);
    window->selection().setHead(1);
    window->moment().show(300);
    window->showLayout("Presenter");
    window->panel("predella")->restoreState({{"axis", "tokens"}, {"smoothing", 0.5}, {"logarithmic", true}});
    const auto plot = [](MainWindow& of) { return of.panel("predella")->findChild<TimeSeriesPlot*>("lossPlot"); };
    StepView& view_before = plot(*window)->view();
    const double middle = (view_before.lower() + view_before.upper()) / 2;
    view_before.setRange(middle, view_before.upper());
    const QString line = window->linkText();
    EXPECT_TRUE(line.startsWith("triptych-studio")) << line.toStdString();
    const QString view = line.section("--view \"", 1).chopped(1);
    MainWindow other(theme);
    other.showView(viewLinkFromText(view).value());
    fill_feed(other.feed()); // the run comes later
    QTest::qWait(5);
    EXPECT_EQ(other.selection().expert(), 5);
    EXPECT_EQ(other.selection().layer(), 2);
    EXPECT_EQ(other.selection().head(), 1);
    EXPECT_EQ(other.moment().step(), 300);
    EXPECT_TRUE(other.presenter().isOn());
    const QVariantMap curves = other.panel("predella")->saveState();
    EXPECT_EQ(curves["axis"], "tokens");
    EXPECT_EQ(curves["smoothing"], 0.5);
    EXPECT_EQ(plot(other)->valueScale(), ValueScale::Logarithmic);
    EXPECT_FALSE(plot(other)->view().isFollowing());
    EXPECT_NEAR(plot(other)->view().lower(), middle, 1e-6 * middle);
}

} // namespace
} // namespace triptych::test
