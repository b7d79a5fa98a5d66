// The token journey as a person uses it: rows of layers, chips to click, keys, and words where something is missing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/journey_view.h"
#include "ui/widgets/stepper.h"

#include <QScrollBar>
#include <QToolButton>

namespace triptych::test {
namespace {

class JourneyPanelTest : public PanelFixture {
protected:
    JourneyPanelTest() : PanelFixture("journey") { panel().resize(900, 300); }

    /// Layer 0 is dense, the others route each token to experts 5, 2 and 7, of which 2 counts most.
    static std::shared_ptr<ProbeFrame> frame_of(const std::string& text, const ProbeShape& shape = {})
    {
        auto frame = probe_frame(text, shape);
        for (std::size_t layer = 1; layer < frame->routes.size(); ++layer) {
            frame->routes[layer].assign(frame->tokens.size(), {5, 2, 7});
            frame->route_weights[layer].assign(frame->tokens.size(), {0.5F, 1.25F, 0.25F});
        }
        return frame;
    }
    /// The lens is unsure in layer 0 and knows the next token from layer 1 on.
    static void add_lens(ProbeFrame& frame)
    {
        const ByteTokenizer tokenizer;
        frame.lens.resize(static_cast<std::size_t>(frame.layers));
        for (std::size_t layer = 0; layer < frame.lens.size(); ++layer)
            for (const auto& guesses : frame.next)
                frame.lens[layer].push_back(layer == 0 ? std::vector<Guess>{{35, 0.25F, "?"}}
                                                       : std::vector<Guess>(guesses.begin(), guesses.begin() + 3));
    }
    void show(const std::shared_ptr<ProbeFrame>& frame, SessionState state = SessionState::Running,
              const ProbeShape& shape = {})
    {
        feed().take(probe_run(shape));
        feed().take(event::StateChanged{state, ""});
        feed().setProbe(frame);
        QTest::qWait(1);
    }
    void show(const std::string& text) { show(frame_of(text)); }

    JourneyView& view() { return *panel().findChild<JourneyView*>(); }
    QString title() { return panel().findChild<ElidedLabel*>("journeyTitle")->text(); }
    ElidedLabel& lens_note() { return *panel().findChild<ElidedLabel*>("lensNote"); }
    void click(const QRect& place)
    {
        ASSERT_FALSE(place.isEmpty());
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, place.center());
    }
};

TEST_F(JourneyPanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("Start a run")) << visible_text().toStdString();
    EXPECT_FALSE(view().isVisible());
    EXPECT_FALSE(panel().headerWidget()->isVisible()) << "there is nothing to choose";
}

TEST_F(JourneyPanelTest, ARowForEachMainLayerAndTheHeadBelow)
{
    auto frame = frame_of("An old house");
    add_lens(*frame);
    selection().setToken(3);
    show(frame);
    EXPECT_TRUE(title().startsWith("“o” in “old”, token 4 of 12, at step 120")) << title().toStdString();
    ASSERT_EQ(view().rowCount(), 2);
    EXPECT_EQ(view().row(0).routesNote, "dense");
    EXPECT_TRUE(view().row(0).routes.empty());
    const auto& routes = view().row(1).routes;
    ASSERT_EQ(routes.size(), 3U);
    EXPECT_EQ(routes[0].name, "e2");
    EXPECT_EQ(routes[0].number, "1.25");
    EXPECT_TRUE(view().row(1).routesNote.isEmpty());
    EXPECT_EQ(view().row(0).guesses[0].text, "?");
    EXPECT_FALSE(view().row(0).guesses[0].final);
    EXPECT_EQ(view().row(1).guesses[0].text, "l");
    EXPECT_EQ(view().row(1).guesses[0].number, QString("50\u202F%"));
    EXPECT_TRUE(view().row(1).guesses[0].final) << "what the head chooses in the end";
    EXPECT_EQ(view().end().guesses[0].text, "l");
    EXPECT_TRUE(view().end().routesNote.startsWith(QString("MTP 1 expected “l” 50\u202F%")))
        << view().end().routesNote.toStdString();
    EXPECT_FALSE(lens_note().isVisible());
}

TEST_F(JourneyPanelTest, AClickOnAnExpertChoosesItAndItsLayer)
{
    selection().setToken(5);
    show("An old house");
    click(view().routeRect(1, 1));
    EXPECT_EQ(selection().layer(), 1);
    EXPECT_EQ(selection().expert(), 5);
    EXPECT_TRUE(view().row(1).routes[1].chosen);
    EXPECT_FALSE(view().row(1).routes[0].chosen);
    EXPECT_EQ(selection().token(), 5);
}

TEST_F(JourneyPanelTest, AClickOnATokenFollowsItAndOneBesideChoosesTheLayer)
{
    selection().setToken(6);
    show("An old house");
    const JourneyChip& look = view().row(0).looks[1];
    EXPECT_EQ(look.target, 5) << "head 1 looks at the token before";
    click(view().lookRect(0, 1));
    EXPECT_EQ(selection().token(), 5);
    EXPECT_EQ(selection().layer(), -1);
    EXPECT_TRUE(title().contains("token 6 of 12")) << title().toStdString();
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, view().rowRect(1).topLeft() + QPoint(6, 8));
    EXPECT_EQ(selection().layer(), 1);
    EXPECT_EQ(view().chosen(), 1);
    EXPECT_EQ(selection().expert(), -1);
}

TEST_F(JourneyPanelTest, KeysGoFromLayerToLayerAndAlongTheChips)
{
    selection().setToken(5);
    show("An old house");
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Down);
    EXPECT_EQ(selection().layer(), 0);
    QTest::keyClick(&view(), Qt::Key_Down);
    QTest::keyClick(&view(), Qt::Key_Down);
    EXPECT_EQ(selection().layer(), 1) << "there is no layer below the last";
    QTest::keyClick(&view(), Qt::Key_Right);
    QTest::keyClick(&view(), Qt::Key_Right);
    EXPECT_TRUE(view().accessibleDescription().startsWith("Expert 5 of layer 1")) << "the second chip";
    QTest::keyClick(&view(), Qt::Key_Return);
    EXPECT_EQ(selection().expert(), 5);
    QTest::keyClick(&view(), Qt::Key_Up);
    EXPECT_EQ(selection().layer(), 0);
    QTest::keyClick(&view(), Qt::Key_Right);
    QTest::keyClick(&view(), Qt::Key_Return);
    EXPECT_EQ(selection().token(), view().row(0).looks[0].target) << "a dense layer has tokens alone";
}

TEST_F(JourneyPanelTest, LooksAreThoseOfAllHeadsOrOfTheChosenOne)
{
    selection().setToken(6);
    show("An old house");
    Stepper& heads = *panel().findChild<Stepper*>("heads");
    EXPECT_EQ(heads.currentText(), "all heads");
    EXPECT_EQ(view().row(0).looks[3].target, 3) << "what head 3 looks at";
    heads.step(3);
    EXPECT_EQ(selection().head(), 2);
    EXPECT_EQ(view().row(0).looks[0].target, 4);
    selection().setHead(0);
    EXPECT_EQ(view().row(0).looks[0].target, 6);
    EXPECT_EQ(heads.currentText(), "head 0");
    const QVariantMap saved = panel().saveState();
    heads.step(-1);
    EXPECT_EQ(heads.currentText(), "all heads");
    panel().restoreState(saved);
    EXPECT_EQ(heads.currentText(), "head 0");
}

TEST_F(JourneyPanelTest, WithoutALensSaysWhyInWords)
{
    show(frame_of("An old house"));
    EXPECT_TRUE(lens_note().isVisible());
    EXPECT_TRUE(lens_note().text().contains("next pass")) << lens_note().text().toStdString();
    feed().take(event::StateChanged{SessionState::Finished, "max steps reached"});
    EXPECT_TRUE(lens_note().text().contains("not recorded in this run")) << lens_note().text().toStdString();
    auto before = frame_of("An old house");
    before->step = 60;
    feed().hold(60, nullptr, before);
    EXPECT_TRUE(lens_note().text().contains("not recorded at this step")) << lens_note().text().toStdString();
    EXPECT_TRUE(title().contains("at step 60"));
    feed().hold(30, nullptr, nullptr);
    EXPECT_FALSE(view().isVisible());
    EXPECT_TRUE(visible_text().contains("probe_every")) << visible_text().toStdString();
}

TEST_F(JourneyPanelTest, AsksForTheLensOfTheTokenThatIsShown)
{
    const auto asked = [&] {
        std::vector<std::int64_t> tokens;
        for (const Command& command : posted())
            if (const auto* focus = std::get_if<command::SetProbeFocus>(&command)) tokens.push_back(focus->token);
        return tokens;
    };
    show("An old house");
    selection().setToken(4);
    selection().setLayer(1);
    selection().setToken(4);
    EXPECT_EQ(asked(), (std::vector<std::int64_t>{11, 4})) << "once a token";
    panel().hide();
    selection().setToken(7);
    EXPECT_EQ(asked().size(), 2U) << "what nobody sees is not read";
    panel().show();
    EXPECT_EQ(asked().back(), 7);
}

TEST_F(JourneyPanelTest, ATextOfOneTokenAndAModelWithoutMtp)
{
    show(frame_of("x", {.mtp_depth = 0}), SessionState::Running, {.mtp_depth = 0});
    ASSERT_EQ(view().rowCount(), 2);
    ASSERT_EQ(view().row(0).looks.size(), 1U);
    EXPECT_EQ(view().row(0).looks[0].number, QString("100\u202F%"));
    EXPECT_TRUE(view().end().routesNote.contains("no MTP module")) << view().end().routesNote.toStdString();
    show(frame_of("x"));
    EXPECT_TRUE(view().end().routesNote.contains("begins here")) << view().end().routesNote.toStdString();
}

TEST_F(JourneyPanelTest, ManyLayersScrollAndOnlyThoseThatAreSeenAreMade)
{
    const ProbeShape shape{.layers = 61, .heads = 2};
    panel().resize(900, 200);
    show(frame_of("An old house", shape), SessionState::Running, shape);
    panel().grab();
    ASSERT_EQ(view().rowCount(), 61);
    EXPECT_LT(view().rowsMade(), 15);
    EXPECT_GT(view().verticalScrollBar()->maximum(), 0);
    selection().setLayer(60);
    EXPECT_TRUE(view().viewport()->rect().contains(view().rowRect(60))) << "a choice made elsewhere comes into view";
    EXPECT_FALSE(view().viewport()->rect().contains(view().rowRect(3)));
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Home);
    EXPECT_EQ(selection().layer(), 0);
    EXPECT_EQ(view().verticalScrollBar()->value(), 0);
}

} // namespace
} // namespace triptych::test
