// The MTP wing as a person uses it: guesses, drafts, numbers, and what the model writes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/guess_bars.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/sample_view.h"
#include "ui/widgets/token_flow.h"

#include <QScrollArea>
#include <QScrollBar>

#include <set>

namespace triptych::test {
namespace {

class MtpPanelTest : public PanelFixture {
protected:
    MtpPanelTest() : PanelFixture("mtp") { panel().resize(390, 600); }

    void show(const std::string& text, const ProbeShape& shape = {})
    {
        feed().take(probe_run(shape));
        feed().append({{Metric::MainLoss, 120, 1.25},
                       {Metric::MtpLoss, 120, 1.5},
                       {{Metric::DepthLoss, 1}, 120, 1.4},
                       {{Metric::DepthLoss, 2}, 120, 1.6}});
        feed().setProbe(probe_frame(text, shape));
        QTest::qWait(1);
    }
    template <class T>
    T& part(const char* name = "")
    {
        return *panel().findChild<T*>(QString::fromLatin1(name));
    }
    TokenFlow& flow() { return part<TokenFlow>(); }
    QString value(const char* readout) { return part<Readout>(readout).value(); }
};

TEST_F(MtpPanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("Start a run")) << visible_text().toStdString();
    EXPECT_FALSE(flow().isVisible());
}

TEST_F(MtpPanelTest, EachTokenHasTheNextGuessAndTheDraftBelowIt)
{
    show("An old house");
    const auto& cells = flow().cells();
    ASSERT_EQ(cells.size(), 12U);
    EXPECT_EQ(cells[3].token, "o");
    ASSERT_EQ(cells[3].guesses.size(), 2U);
    EXPECT_EQ(cells[3].guesses[0].text, "l");
    EXPECT_TRUE(cells[3].guesses[0].right);
    EXPECT_EQ(cells[3].guesses[1].text, "#");
    EXPECT_FALSE(cells[3].guesses[1].right);
    EXPECT_EQ(cells[4].guesses[1].text, QString(QChar(0x2423)));
    EXPECT_EQ(cells[4].guesses[1].state, DraftState::Accepted);
    EXPECT_EQ(cells[3].guesses[1].state, DraftState::Rejected);
    EXPECT_EQ(cells[11].guesses[1].text, "") << "the text ends before";
}

TEST_F(MtpPanelTest, AllGuessesOfAPlaceAreATable)
{
    show("An old house");
    const auto twins = panel().twins();
    ASSERT_EQ(twins.size(), 2U);
    const ProbeFrame& frame = *feed().probe();
    int count = 0;
    for (const auto& guesses : frame.next) count += static_cast<int>(guesses.size());
    for (const auto& guesses : frame.after_next[0]) count += static_cast<int>(guesses.size());
    const QAbstractItemModel& table = *twins[1].model;
    ASSERT_EQ(table.rowCount(), count);
    // The second guess of the main head for the first token, then those of the module.
    EXPECT_EQ(table.index(1, 2).data().toString(), "next");
    EXPECT_EQ(table.index(1, 3).data().toInt(), 2);
    EXPECT_EQ(exactValue(table.index(1, 5)).toFloat(), frame.next[0][1].probability);
    const auto main = static_cast<int>(frame.next[0].size());
    EXPECT_EQ(table.index(main, 0).data().toInt(), 0);
    EXPECT_EQ(table.index(main, 2).data().toString(), "MTP 1");
    EXPECT_EQ(exactValue(table.index(main, 5)).toFloat(), frame.after_next[0][0][0].probability);
}

TEST_F(MtpPanelTest, TellsAcceptanceSpeedUpLossAndWeight)
{
    show("An old house"); // 11 drafts, those at the 6 even positions accepted
    EXPECT_EQ(value("acceptance"), "55");
    EXPECT_TRUE(part<Readout>("acceptance").toolTip().startsWith("6 of 11 drafts"));
    EXPECT_EQ(value("speedUp"), "1.55");
    EXPECT_TRUE(part<Readout>("speedUp").toolTip().contains("Implied")) << "and not measured";
    EXPECT_EQ(value("loss"), "1.500");
    EXPECT_EQ(value("weight"), "0.30");
    feed().take(event::SettingChanged{120, "mtp_loss_weight", 0.1});
    EXPECT_EQ(value("weight"), "0.10");
    EXPECT_FALSE(part<ElidedLabel>("depths").isVisible()) << "one depth is told by the numbers above";
}

TEST_F(MtpPanelTest, TwoDepthsAreTwoLinesAndCountWhereTheFirstHeld)
{
    show("An old house", {.mtp_depth = 2}); // depth 2 is right at even positions too: 5 of 10
    EXPECT_EQ(flow().cells()[2].guesses.size(), 3U);
    EXPECT_EQ(value("speedUp"), "2.09") << "1 + 6/11 + 6/11 * 5/5";
    EXPECT_TRUE(part<ElidedLabel>("depths").isVisible());
    EXPECT_EQ(part<ElidedLabel>("depths").text(),
              QString("MTP 1: 55\u202F% accepted, loss 1.400 · MTP 2: 50\u202F% accepted, loss 1.600"));
}

TEST_F(MtpPanelTest, WithoutMtpTheMainGuessesRemainAndALineSaysWhy)
{
    show("An old house", {.mtp_depth = 0});
    EXPECT_EQ(flow().cells()[3].guesses.size(), 1U);
    EXPECT_FALSE(part<Readout>("acceptance").isVisible());
    EXPECT_TRUE(part<ElidedLabel>("depths").isVisible());
    EXPECT_TRUE(part<ElidedLabel>("depths").text().contains("no MTP module"));
}

TEST_F(MtpPanelTest, AcceptedDraftsAreTintedAndMarkedByASign)
{
    show("An old house");
    const QImage picture = flow().grab().toImage();
    const QColor good = theme().colors().good;
    const auto signs = [&](int cell) {
        // The mark stands at the right end of the last line of a cell; its edges are blended.
        const QRect place = flow().cellRect(cell);
        int found = 0;
        for (int x = place.right() - 14; x < place.right() - 3; ++x)
            for (int y = place.bottom() - 18; y < place.bottom() - 5; ++y) {
                const QColor c = picture.pixelColor(x, y);
                found += std::abs(c.red() - good.red()) + std::abs(c.green() - good.green()) +
                                     std::abs(c.blue() - good.blue()) <
                                 80
                             ? 1
                             : 0;
            }
        return found;
    };
    EXPECT_GT(signs(4), 2);
    EXPECT_EQ(signs(3), 0);
    const QPoint corner(flow().cellRect(4).left() + 3, flow().cellRect(4).bottom() - 6);
    const QPoint other(flow().cellRect(3).left() + 3, flow().cellRect(3).bottom() - 6);
    EXPECT_NE(picture.pixelColor(corner), picture.pixelColor(other)) << "the tint";
}

TEST_F(MtpPanelTest, MouseAndKeysChooseTheTokenForAllWings)
{
    show("The old house stands by the river. It is blue");
    QTest::mouseClick(&flow(), Qt::LeftButton, {}, flow().cellRect(5).center());
    EXPECT_EQ(selection().token(), 5);
    EXPECT_EQ(flow().selected(), 5);
    QTest::keyClick(&flow(), Qt::Key_Right);
    EXPECT_EQ(selection().token(), 6);
    QTest::keyClick(&flow(), Qt::Key_Left);
    QTest::keyClick(&flow(), Qt::Key_Left);
    EXPECT_EQ(selection().token(), 4);
    QTest::keyClick(&flow(), Qt::Key_Down);
    const auto below = static_cast<int>(selection().token());
    EXPECT_GT(flow().cellRect(below).top(), flow().cellRect(4).top());
    EXPECT_LT(std::abs(flow().cellRect(below).center().x() - flow().cellRect(4).center().x()), 20);
    QTest::keyClick(&flow(), Qt::Key_Up);
    QTest::keyClick(&flow(), Qt::Key_End);
    EXPECT_EQ(selection().token(), 44);
    QTest::keyClick(&flow(), Qt::Key_Home);
    EXPECT_EQ(selection().token(), 0);
}

TEST_F(MtpPanelTest, TheTextWrapsAtWordsAndIsAsHighAsItsLines)
{
    show("The old house stands by the river. It is blue");
    const auto linesOf = [this](int first, int last) {
        std::set<int> tops;
        for (int cell = first; cell <= last; ++cell) tops.insert(flow().cellRect(cell).top());
        return tops.size();
    };
    EXPECT_EQ(linesOf(8, 12), 1U) << "house";
    EXPECT_EQ(linesOf(14, 19), 1U) << "stands";
    const int lines = flow().lineCount();
    panel().resize(250, 600);
    QTest::qWait(1);
    EXPECT_GT(flow().lineCount(), lines);
    EXPECT_EQ(linesOf(8, 12), 1U);
    for (int cell = 0; cell < 45; ++cell)
        EXPECT_TRUE(flow().rect().contains(flow().cellRect(cell))) << cell << " is cut off";
}

TEST_F(MtpPanelTest, ALineEndBreaksTheLineAndALongWordBreaksAnywhere)
{
    show("ab\ncd " + std::string(60, 'e'));
    EXPECT_GT(flow().cellRect(3).top(), flow().cellRect(2).top());
    EXPECT_EQ(flow().cellRect(3).left(), flow().cellRect(0).left());
    EXPECT_GT(flow().cellRect(65).top(), flow().cellRect(6).top());
}

TEST_F(MtpPanelTest, TheTooltipOfATokenHasAllGuessesAndTheVerdict)
{
    show("An old house");
    const QString text = flow().cells()[4].explanation;
    EXPECT_TRUE(text.startsWith("After “l” in “old”\n")) << text.toStdString();
    EXPECT_TRUE(text.contains(QString("next: “d” 50.0\u202F%, “1” 25.0\u202F%"))) << text.toStdString();
    EXPECT_TRUE(text.contains("2 tokens on, MTP 1: “␣”")) << text.toStdString();
    EXPECT_TRUE(text.contains("accepted"));
    EXPECT_TRUE(flow().cells()[3].explanation.contains("rejected"));
    EXPECT_FALSE(flow().cells()[11].explanation.contains("MTP"));
}

TEST_F(MtpPanelTest, TheGuessesOfTheChosenOrHoveredTokenAreShownAsBars)
{
    show("An old house");
    const GuessBars& bars = part<GuessBars>();
    selection().setToken(4);
    ASSERT_EQ(bars.columns().size(), 2U);
    EXPECT_TRUE(bars.columns()[0].title.contains("“l” in “old”"));
    EXPECT_EQ(bars.columns()[0].guesses.size(), 5U);
    EXPECT_EQ(bars.columns()[0].marked, 0) << "what the text says";
    EXPECT_EQ(bars.columns()[1].marked, 0);
    QTest::mouseMove(&flow(), flow().cellRect(3).center());
    EXPECT_TRUE(bars.columns()[0].title.contains("“o” in “old”"));
    EXPECT_EQ(bars.columns()[1].marked, -1);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&flow(), &leave);
    EXPECT_TRUE(bars.columns()[0].title.contains("“l” in “old”"));
}

TEST_F(MtpPanelTest, ATokenChosenElsewhereIsScrolledIntoView)
{
    show(std::string(48, 'a') + " " + std::string(47, 'b'), {.mtp_depth = 2});
    panel().resize(390, 320);
    QTest::qWait(1);
    auto& scroll = part<QScrollArea>();
    ASSERT_GT(scroll.verticalScrollBar()->maximum(), 0) << "96 tokens have no room here";
    selection().setToken(95);
    const QPoint place = flow().mapTo(scroll.viewport(), flow().cellRect(95).center());
    EXPECT_TRUE(scroll.viewport()->rect().contains(place));
}

TEST_F(MtpPanelTest, UmlautsBrokenBytesAndASingleTokenAreShown)
{
    show("Flüße \xC3\xFF");
    EXPECT_EQ(flow().cells()[2].token, "C3");
    EXPECT_TRUE(flow().cells()[2].explanation.startsWith("After “C3” in “Flüße”"))
        << flow().cells()[2].explanation.toStdString();
    show("x");
    ASSERT_EQ(flow().cells().size(), 1U);
    EXPECT_EQ(value("acceptance"), QString(QChar(0x2013))) << "no draft, no rate";
    EXPECT_EQ(value("speedUp"), QString(QChar(0x2013)));
}

TEST_F(MtpPanelTest, WhatTheModelWritesIsShownWithItsStep)
{
    show("An old house");
    EXPECT_TRUE(part<SampleView>().shownText().startsWith("After"));
    feed().take(event::SampleText{1300, "The old fox\njumps", 4});
    EXPECT_EQ(part<ElidedLabel>("sampleTitle").text(), "The model writes, after step 1,300");
    EXPECT_TRUE(part<SampleView>().shownText().contains("jumps"));
    EXPECT_EQ(part<SampleView>().accessibleDescription(), "The old fox\njumps");
}

TEST_F(MtpPanelTest, IsDrawnAtAnySizeInBothLooks)
{
    show("The old house stands by the river");
    for (const QSize& size : {QSize(200, 150), QSize(1600, 900), QSize(60, 40), QSize(410, 420)})
        for (const ThemeChoice look : {ThemeChoice::Light, ThemeChoice::Dark}) {
            theme().choose(look);
            panel().resize(size);
            QTest::qWait(1);
            const QImage picture = panel().grab().toImage();
            EXPECT_FALSE(picture.isNull());
        }
}

TEST_F(MtpPanelTest, WorksOnlyWhileItCanBeSeen)
{
    show("An old house");
    panel().hide();
    feed().setProbe(probe_frame("Another"));
    feed().take(event::SampleText{1, "later"});
    EXPECT_EQ(flow().cells().size(), 12U) << "not yet";
    panel().show();
    EXPECT_EQ(flow().cells().size(), 7U);
    EXPECT_EQ(part<SampleView>().shownText(), "later");
}

} // namespace
} // namespace triptych::test
