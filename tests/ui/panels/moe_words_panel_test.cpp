// Tokens of experts: the rows, the layers, the selection both ways, many experts, and what is said where there are
// none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/shell/watch_keeper.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/word_rows.h"

#include <QAbstractItemModel>
#include <QHelpEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>
#include <optional>

namespace triptych::test {
namespace {

class MoeWordsPanelTest : public PanelFixture {
protected:
    MoeWordsPanelTest() : PanelFixture("moe-words") {}

    WordRows& experts() { return *panel().findChild<WordRows*>("expertWords"); }
    BarRows& layers() { return *panel().findChild<BarRows*>("layerShares"); }
    QString text(const char* label) { return panel().findChild<ElidedLabel*>(label)->text(); }
    int row_of(std::int64_t expert)
    {
        for (std::size_t i = 0; i < experts().rows().size(); ++i)
            if (experts().rows()[i].expert == expert) return static_cast<int>(i);
        return -1;
    }
    bool in_sight(int row)
    {
        const QRect place = experts().row(row);
        return experts().visibleRegion().boundingRect().contains(place);
    }
    QString tip(int row)
    {
        const QPoint place = experts().row(row).center();
        QHelpEvent help(QEvent::ToolTip, place, experts().mapToGlobal(place));
        QApplication::sendEvent(&experts(), &help);
        return QToolTip::text();
    }
    void show_words(std::vector<std::vector<LoadFrame::Word>> of_layer_1)
    {
        auto loads = std::make_shared<LoadFrame>(*synthetic_loads({}, 7));
        loads->words[0] = std::move(of_layer_1);
        feed().setLoads(loads);
    }
    void fill_many()
    {
        SyntheticRun many;
        many.experts = 256;
        many.steps = 2;
        fill_feed(feed(), many);
    }
};

TEST_F(MoeWordsPanelTest, ExpertsStandByTheirLargestShareTheMostSpecialFirst)
{
    fill_feed(feed());
    selection().setLayer(2);
    const auto& words = feed().loads()->words[1];
    const std::vector<WordRow>& rows = experts().rows();
    ASSERT_EQ(rows.size(), 16U);
    std::vector<bool> seen(16);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_LE(rows[i].largest(), rows[i > 0 ? i - 1 : i].largest());
        const auto expert = static_cast<std::size_t>(rows[i].expert);
        EXPECT_FALSE(seen[expert]) << "twice";
        seen[expert] = true;
        ASSERT_EQ(rows[i].words.size(), words[expert].size());
        for (std::size_t k = 0; k < words[expert].size(); ++k) {
            EXPECT_EQ(rows[i].words[k].text.toStdString(), words[expert][k].text);
            EXPECT_EQ(rows[i].words[k].share, static_cast<double>(words[expert][k].share));
        }
    }
}

TEST_F(MoeWordsPanelTest, ARowHasAsManyTokensAsHaveRoomAndSaysThatThereAreMore)
{
    fill_feed(feed());
    show_words({{{7, 0.9F, "␣the"}, {8, 0.5F, "."}, {9, 0.3F, "ing"}}, {}, {{5, 0.26F, std::string(300, 'x')}}});
    panel().resize(600, 300);
    EXPECT_EQ(experts().shownText(0), "␣the 90\u202f% · . 50\u202f% · ing 30\u202f%");
    EXPECT_TRUE(experts().shownText(1).startsWith("xxx")) << "a long one has at least its beginning";
    EXPECT_TRUE(experts().shownText(1).endsWith("…"));
    EXPECT_EQ(experts().shownText(2), "no token more often than by chance");
    EXPECT_GT(experts().bar(0).width(), 2 * experts().bar(1).width());
    EXPECT_EQ(experts().bar(2).width(), 0);
    int width = panel().width();
    const auto narrow = [&] {
        panel().resize(--width, 300);
        return width > 130;
    };
    while (!experts().shownText(0).endsWith("…") && narrow()) {
    }
    EXPECT_EQ(experts().shownText(0), "␣the 90\u202f% · . 50\u202f% · …") << "whole tokens, at " << width;
    while (experts().shownText(0).contains(". 50") && narrow()) {
    }
    EXPECT_EQ(experts().shownText(0), "␣the 90\u202f% · …") << "at " << width;
}

TEST_F(MoeWordsPanelTest, TheLineAboveSaysHowMuchATokenKeepsToOneExpertAndWhatChanceWouldGive)
{
    fill_feed(feed());
    auto loads = std::make_shared<LoadFrame>(*synthetic_loads({}, 7));
    loads->word_share = {0.43, 0.51, 0.0, 0.7};
    loads->words[2].clear(); // nothing yet
    feed().setLoads(loads);
    EXPECT_EQ(text("readout"), "A token goes to its favourite expert 43\u202f% of the time (chance: 25\u202f%)");
    EXPECT_EQ(text("byLayer"), "By layer – 1: 43\u202f% · 2: 51\u202f% · 3: – · MTP 1: 70\u202f%");
    selection().setLayer(2);
    EXPECT_TRUE(text("readout").contains("51\u202f%"));
    selection().setLayer(3);
    EXPECT_EQ(text("readout"), "No token of this layer came often enough yet.");
    EXPECT_TRUE(experts().rows().empty());
    EXPECT_EQ(experts().accessibleDescription(), "No token of this layer came often enough yet.");
}

TEST_F(MoeWordsPanelTest, LayersAreBarsWhereThereIsRoomAndChooseTheLayer)
{
    fill_feed(feed());
    EXPECT_FALSE(layers().isVisible());
    EXPECT_TRUE(panel().findChild<ElidedLabel*>("byLayer")->isVisible());
    panel().resize(900, 500);
    EXPECT_TRUE(layers().isVisible());
    EXPECT_FALSE(panel().findChild<ElidedLabel*>("byLayer")->isVisible());
    ASSERT_EQ(layers().rows().size(), 4U);
    EXPECT_EQ(layers().rows()[3].name, "MTP 1");
    EXPECT_EQ(layers().rows()[0].value, feed().loads()->word_share[0]);
    QTest::mouseClick(&layers(), Qt::LeftButton, {}, layers().row(2).center());
    EXPECT_EQ(selection().layer(), 3);
    EXPECT_EQ(layers().selected(), 2);
    EXPECT_EQ(panel().findChild<Stepper*>("layers")->index(), 2);
}

TEST_F(MoeWordsPanelTest, ARowChoosesItsExpertForAllWingsByMouseAndKeys)
{
    fill_feed(feed());
    selection().setLayer(2);
    const auto expert = [&](int row) { return experts().rows()[static_cast<std::size_t>(row)].expert; };
    QTest::mouseClick(&experts(), Qt::LeftButton, {}, experts().row(3).center());
    EXPECT_EQ(selection().layer(), 2);
    EXPECT_EQ(selection().expert(), expert(3));
    EXPECT_EQ(experts().selected(), 3);
    QTest::keyClick(&experts(), Qt::Key_Down);
    EXPECT_EQ(selection().expert(), expert(4));
    QTest::keyClick(&experts(), Qt::Key_End);
    EXPECT_EQ(selection().expert(), expert(15));
    selection().setExpertOfLayer(2, -1);
    EXPECT_EQ(experts().selected(), -1);
    QTest::keyClick(&experts(), Qt::Key_Return);
    EXPECT_EQ(selection().expert(), expert(0)) << "with none chosen the first";
    QTest::mouseClick(&experts(), Qt::RightButton, {}, experts().row(5).center());
    EXPECT_EQ(selection().expert(), expert(0)) << "a menu chooses nothing";
}

TEST_F(MoeWordsPanelTest, OfManyExpertsTheChosenOneIsMarkedAndInSight)
{
    fill_many();
    ASSERT_EQ(experts().rows().size(), 256U);
    const auto last = experts().rows().back().expert;
    selection().setExpertOfLayer(1, last);
    EXPECT_EQ(experts().selected(), 255);
    EXPECT_TRUE(in_sight(255));
    EXPECT_FALSE(in_sight(0));
    auto& scroll = *panel().findChild<QScrollArea*>();
    scroll.verticalScrollBar()->setValue(0); // a wheel does
    feed().setLoads(synthetic_loads({.experts = 256}, 3));
    EXPECT_EQ(scroll.verticalScrollBar()->value(), 0) << "who scrolls away is let alone";
    selection().setExpertOfLayer(2, 100);
    EXPECT_EQ(experts().selected(), row_of(100));
    EXPECT_TRUE(in_sight(row_of(100)));
    QTest::keyClick(&experts(), Qt::Key_PageDown);
    EXPECT_GT(experts().selected(), 1);
    EXPECT_TRUE(in_sight(experts().selected()));
}

TEST_F(MoeWordsPanelTest, AChosenExpertIsInSightWhenThePageIsOpened)
{
    fill_many();
    panel().hide();
    selection().setExpertOfLayer(1, experts().rows().back().expert);
    panel().show();
    EXPECT_EQ(experts().selected(), 255);
    EXPECT_TRUE(in_sight(255));
    selection().setExpertOfLayer(1, experts().rows()[120].expert);
    const std::unique_ptr<Panel> later(panel_info("moe-words").create(rig().context(), nullptr));
    later->resize(420, 180);
    later->show();
    const auto* rows = later->findChild<WordRows*>();
    EXPECT_EQ(rows->selected(), 120);
    EXPECT_TRUE(rows->visibleRegion().boundingRect().contains(rows->row(120))) << "made before it was seen";
}

TEST_F(MoeWordsPanelTest, ARowTellsAllOfItsTokensToThoseWhoPointAtItOrListen)
{
    fill_feed(feed());
    show_words({{{7, 0.9F, "<b>"}, {8, 0.5F, "."}}, {}});
    EXPECT_EQ(tip(0), "Expert 0: the tokens that have the largest share of their occurrences there\n"
                      "“<b>”: 90.0\u202f%, 3.6 × chance\n“.”: 50.0\u202f%, 2.0 × chance");
    EXPECT_FALSE(Qt::mightBeRichText(tip(0))) << "a token is no tag";
    EXPECT_TRUE(tip(1).startsWith("Expert 1: no token"));
    selection().setExpertOfLayer(1, 0);
    EXPECT_EQ(experts().accessibleDescription(), "Expert 0: <b> 90\u202f%, . 50\u202f%");
    for (const char* said : {"K / E", "arXiv 2409.02060", "512", "every 8th step"})
        EXPECT_TRUE(experts().toolTip().contains(said)) << said;
}

TEST_F(MoeWordsPanelTest, SaysHowTokensComeToBeCounted)
{
    EXPECT_TRUE(visible_text().contains("appears here with the first training steps"));
    auto started = synthetic_start();
    feed().take(started);
    feed().take(event::StateChanged{SessionState::Running, ""});
    auto loads = std::make_shared<LoadFrame>(*synthetic_loads({}, 7));
    for (auto& layer : loads->words) layer.clear();
    loads->word_share.assign(loads->words.size(), 0);
    feed().setLoads(loads);
    EXPECT_TRUE(visible_text().contains("with the next steps")) << "counted, but nothing came often enough";
    loads = std::make_shared<LoadFrame>(*loads);
    loads->words.clear();
    loads->word_share.clear();
    feed().setLoads(loads);
    EXPECT_TRUE(visible_text().contains("with the next steps")) << visible_text().toStdString();
    feed().take(event::StateChanged{SessionState::Finished, ""});
    EXPECT_TRUE(visible_text().contains("history of this run has not kept")) << visible_text().toStdString();
    started.experts = 0;
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("no experts"));
}

TEST_F(MoeWordsPanelTest, AStepThatIsHeldHasTheTokensThatWereKeptOrSaysThatNoneWere)
{
    fill_feed(feed());
    auto past = std::make_shared<LoadFrame>(*synthetic_loads({}, 3));
    past->word_share[0] = 0.99;
    past->words_step = 2;
    feed().hold(3, past, nullptr);
    EXPECT_TRUE(text("readout").contains("99\u202f%"));
    EXPECT_TRUE(text("readout").startsWith("as at step 2 · ")) << text("readout").toStdString();
    EXPECT_EQ(panel().twins().at(0).title, "Tokens of experts, step 2");
    past = std::make_shared<LoadFrame>(*past);
    past->words.clear();
    past->word_share.clear();
    feed().hold(4, past, nullptr);
    EXPECT_TRUE(visible_text().contains("not kept before step 4")) << visible_text().toStdString();
    EXPECT_TRUE(panel().twins().empty());
    feed().release();
    EXPECT_TRUE(experts().isVisible());
    EXPECT_TRUE(text("readout").startsWith("A token goes")) << "live";
}

TEST_F(MoeWordsPanelTest, ARecordedRunSaysOfWhichStepItsTokensAre)
{
    fill_feed(feed());
    feed().take(event::StateChanged{SessionState::Finished, ""});
    auto kept = std::make_shared<LoadFrame>(*feed().loads());
    kept->words_step = 1152;
    feed().setLoads(kept);
    EXPECT_TRUE(text("readout").startsWith("as at step 1,152 · A token goes")) << text("readout").toStdString();
}

TEST_F(MoeWordsPanelTest, AsksForTheCountingAloneAndTogetherWithThePairs)
{
    const std::unique_ptr<Panel> pairs(panel_info("moe-pairs").create(rig().context(), nullptr));
    std::optional<WatchSet> watched;
    WatchKeeper keeper([&](const Command& c) { watched = std::get<command::Watch>(c).what; });
    keeper.add(&panel());
    keeper.add(pairs.get());
    keeper.lookSoon();
    QTest::qWait(5);
    EXPECT_EQ(watched, (WatchSet{.probe = false, .pairs = true})) << "this page alone";
    pairs->show();
    QTest::qWait(5);
    panel().hide();
    QTest::qWait(5);
    EXPECT_TRUE(watched->pairs) << "the other page goes on";
    panel().show();
    pairs->hide();
    QTest::qWait(5);
    EXPECT_TRUE(watched->pairs);
    panel().hide();
    QTest::qWait(5);
    EXPECT_FALSE(watched->pairs) << "nobody looks";
}

TEST_F(MoeWordsPanelTest, TheTableHasTheTokensOfAllLayers)
{
    fill_feed(feed());
    const std::vector<Twin> twins = panel().twins();
    ASSERT_EQ(twins.size(), 1U);
    const QAbstractItemModel& table = *twins[0].model;
    ASSERT_EQ(table.columnCount(), 7);
    const auto frame = feed().loads();
    int row = 0;
    for (std::size_t i = 0; i < frame->words.size(); ++i)
        for (std::size_t e = 0; e < frame->words[i].size(); ++e)
            for (std::size_t k = 0; k < frame->words[i][e].size(); ++k, ++row) {
                const LoadFrame::Word& word = frame->words[i][e][k];
                const auto cell = [&](int column) { return table.index(row, column).data(Qt::EditRole); };
                EXPECT_EQ(cell(0).toString(), i == 3 ? QString("MTP 1") : QString::number(i + 1));
                EXPECT_EQ(cell(1).toInt(), static_cast<int>(e));
                EXPECT_EQ(cell(2).toInt(), static_cast<int>(k) + 1);
                EXPECT_EQ(cell(3).toInt(), word.token);
                EXPECT_EQ(cell(4).toString().toStdString(), word.text);
                EXPECT_EQ(cell(5).toFloat(), word.share);
                EXPECT_FLOAT_EQ(cell(6).toFloat(), word.share * 4) << "chance is 4 of 16";
            }
    EXPECT_EQ(table.rowCount(), row) << "an expert without tokens has no row";
}

} // namespace
} // namespace triptych::test
