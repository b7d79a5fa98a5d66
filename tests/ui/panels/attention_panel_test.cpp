// The MLA wing as a person uses it: what it says, what a click and a key do, what it shows at its edges.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/head_gallery.h"
#include "ui/widgets/look_list.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/token_strip.h"

#include <QRubberBand>

#include <cmath>

namespace triptych::test {
namespace {

class AttentionPanelTest : public PanelFixture {
protected:
    AttentionPanelTest() : PanelFixture("attention") {}

    void show(const std::string& text, const ProbeShape& shape = {})
    {
        feed().take(probe_run(shape));
        feed().setProbe(probe_frame(text, shape));
        panel().grab(); // lays out and draws
        QTest::qWait(1);
    }
    template <class T>
    T& part(const char* name = "")
    {
        return *panel().findChild<T*>(QString::fromLatin1(name));
    }
    HeatmapPlot& map() { return part<HeatmapPlot>(); }
    HeadGallery& gallery() { return part<HeadGallery>(); }
    QString readout() { return part<ElidedLabel>("readout").text(); }
    QWidget* mouseTarget() { return map().focusProxy(); }
    void hover(int row, int column) { QTest::mouseMove(mouseTarget(), map().cellCentre(row, column)); }
};

TEST_F(AttentionPanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("Start a run")) << visible_text().toStdString();
    EXPECT_FALSE(map().isVisible());
    show("The old house");
    EXPECT_TRUE(map().isVisible());
}

TEST_F(AttentionPanelTest, TheMapHasTheWeightsOfTheChosenHeadAndNothingWhereNobodyCanLook)
{
    show("The old house");
    selection().setLayer(1);
    selection().setHead(2);
    const HeatmapData& data = map().data();
    ASSERT_EQ(data.rows, 13);
    for (int query = 0; query < 13; ++query)
        for (int key = 0; key < 13; ++key) {
            const float value = data.values[static_cast<std::size_t>(query * 13 + key)];
            if (key > query)
                EXPECT_TRUE(std::isnan(value)) << query << " cannot see " << key;
            else
                EXPECT_EQ(value, probe_weight(1, 2, query, key));
        }
}

TEST_F(AttentionPanelTest, AClickChoosesTheTokenOfTheRowForAllWings)
{
    show("The old house");
    QTest::mouseClick(mouseTarget(), Qt::LeftButton, {}, map().cellCentre(9, 4));
    EXPECT_EQ(selection().token(), 9);
    EXPECT_EQ(map().selectedRow(), 9);
}

TEST_F(AttentionPanelTest, AClickOnALabelChoosesItsToken)
{
    show("The old house");
    const QRect place = map().mapRect();
    QTest::mouseClick(mouseTarget(), Qt::LeftButton, {}, QPoint(place.left() - 10, map().cellCentre(8, 0).y()));
    EXPECT_EQ(selection().token(), 8);
    QTest::mouseClick(mouseTarget(), Qt::LeftButton, {}, QPoint(map().cellCentre(0, 5).x(), place.bottom() + 8));
    EXPECT_EQ(selection().token(), 5);
    QTest::mouseClick(mouseTarget(), Qt::LeftButton, {}, QPoint(place.left() - 10, place.bottom() + 8));
    EXPECT_EQ(selection().token(), 5) << "the corner is no label";
}

TEST_F(AttentionPanelTest, ArrowKeysGoFromTokenToToken)
{
    show("The old house");
    selection().setToken(4);
    QTest::keyClick(mouseTarget(), Qt::Key_Down);
    EXPECT_EQ(selection().token(), 5);
    QTest::keyClick(mouseTarget(), Qt::Key_Right);
    EXPECT_EQ(selection().token(), 6);
    QTest::keyClick(mouseTarget(), Qt::Key_Left);
    QTest::keyClick(mouseTarget(), Qt::Key_Up);
    EXPECT_EQ(selection().token(), 4);
}

TEST_F(AttentionPanelTest, KeysStepThroughLayersAndHeadsAndStopAtTheEnds)
{
    show("The old house");
    QTest::keyClick(mouseTarget(), Qt::Key_H);
    EXPECT_EQ(selection().layer(), 1);
    QTest::keyClick(mouseTarget(), Qt::Key_H);
    QTest::keyClick(mouseTarget(), Qt::Key_H);
    EXPECT_EQ(selection().layer(), 2);
    EXPECT_EQ(part<Stepper>("layers").currentText(), "MTP 1");
    QTest::keyClick(mouseTarget(), Qt::Key_G);
    EXPECT_EQ(selection().layer(), 1);
    EXPECT_EQ(part<Stepper>("layers").currentText(), "Layer 1");
    QTest::keyClick(mouseTarget(), Qt::Key_J);
    EXPECT_EQ(selection().head(), 0);
    QTest::keyClick(mouseTarget(), Qt::Key_K);
    EXPECT_EQ(selection().head(), 1);
    EXPECT_EQ(part<Stepper>("heads").currentText(), "Head 1");
}

TEST_F(AttentionPanelTest, HoveringNamesBothTokensAndTheWeight)
{
    show("The old house");
    selection().setHead(1);
    hover(9, 8);
    EXPECT_EQ(readout(), QString("“o” in “house” looks at “h” in “house”: 64.0\u202F%"));
    hover(9, 4);
    EXPECT_EQ(readout(), QString("“o” in “house” looks at “o” in “old”: 4.0\u202F%"));
    hover(9, 9);
    EXPECT_EQ(readout(), QString("“o” in “house” looks at itself: 4.0\u202F%"));
    hover(4, 9);
    EXPECT_EQ(readout(), "“o” in “old” cannot see “o” in “house”: it comes later");
}

TEST_F(AttentionPanelTest, AChosenTokenIsToldWithWhatItLooksAtMost)
{
    show("The old house");
    selection().setHead(1);
    EXPECT_TRUE(readout().startsWith("Rows look at columns"));
    selection().setToken(9);
    EXPECT_TRUE(readout().startsWith("“o” in “house” looks most at “h” in “house” 64")) << readout().toStdString();
    selection().setToken(500);
    EXPECT_EQ(map().selectedRow(), -1) << "another text is shorter than the selection";
    EXPECT_TRUE(readout().startsWith("Rows look at columns"));
}

TEST_F(AttentionPanelTest, HoveredAndChosenTokensAreMarkedOnBothEdges)
{
    show("The old house");
    const auto marked = [this](const QPoint& place) {
        const QImage picture = map().grab().toImage();
        const QColor accent = theme().colors().mla;
        int found = 0;
        for (int dx = -6; dx <= 6; ++dx)
            for (int dy = -6; dy <= 6; ++dy)
                if (picture.rect().contains(place + QPoint(dx, dy)))
                    found += picture.pixelColor(place + QPoint(dx, dy)) == accent ? 1 : 0;
        return found > 20;
    };
    const QPoint besideRow(map().mapRect().left() - 8, map().cellCentre(9, 0).y());
    const QPoint belowColumn(map().cellCentre(0, 4).x(), map().mapRect().bottom() + 9);
    EXPECT_FALSE(marked(besideRow));
    hover(9, 4);
    EXPECT_TRUE(marked(besideRow));
    EXPECT_TRUE(marked(belowColumn));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(mouseTarget(), &leave);
    EXPECT_FALSE(marked(belowColumn));
    selection().setToken(4);
    EXPECT_TRUE(marked(belowColumn));
}

TEST_F(AttentionPanelTest, AClickOnAPictureChoosesItsLayerAndHeadForAllWings)
{
    show("The old house");
    ASSERT_EQ(gallery().count(), 12) << "two layers and an MTP block of four heads";
    QTest::mouseClick(gallery().viewport(), Qt::LeftButton, {}, gallery().headRect(1, 2).center());
    EXPECT_EQ(selection().layer(), 1);
    EXPECT_EQ(selection().head(), 2);
    EXPECT_EQ(gallery().selectedLayer(), 1);
    EXPECT_EQ(gallery().selectedHead(), 2);
    EXPECT_EQ(map().data().values[9 * 13 + 7], probe_weight(1, 2, 9, 7));
    QTest::keyClick(&gallery(), Qt::Key_Down);
    EXPECT_EQ(selection().layer(), 2) << "the line below is of the next layer";
    QTest::keyClick(&gallery(), Qt::Key_Home);
    EXPECT_EQ(selection().layer(), 0);
    EXPECT_EQ(selection().head(), 0);
}

TEST_F(AttentionPanelTest, TheCornerWithoutValuesListsWhatTheTokenLooksAtAndItAddsUp)
{
    show("The old house");
    LookList& looks = part<LookList>("looks");
    EXPECT_FALSE(looks.isVisible());
    selection().setHead(1);
    selection().setToken(9);
    ASSERT_TRUE(looks.isVisible());
    EXPECT_EQ(looks.title(), "“o” in “house” looks at");
    const QRect place = looks.geometry();
    looks.resize(1000, place.height());
    EXPECT_EQ(looks.drawnTitle(), looks.title());
    looks.resize(looks.fontMetrics().horizontalAdvance("“o” looks at") + 30, place.height());
    EXPECT_EQ(looks.drawnTitle(), "“o” looks at") << "the word goes first, not the middle of the sentence";
    looks.setGeometry(place);
    EXPECT_EQ(looks.looks().front().name, "“h” in “house”");
    double sum = 0;
    for (const Look& look : looks.looks()) sum += look.weight;
    EXPECT_NEAR(sum, 1, 1e-6);
    EXPECT_TRUE(QRect(map().mapRect()).contains(looks.geometry()));
    for (int i = 0; i < 13; ++i) EXPECT_FALSE(looks.geometry().contains(map().cellCentre(i, i))) << i;
    QTest::keyClick(mouseTarget(), Qt::Key_Plus);
    EXPECT_FALSE(looks.isVisible()) << "zoomed in, there may be values below it";
}

TEST_F(AttentionPanelTest, TheCornerKeepsRoomForNumbersAsTheLanguageWritesThem)
{
    const auto fits = [&] {
        QFont small = part<LookList>("looks").font();
        small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1));
        return part<LookList>("looks").numberWidth() - QFontMetrics(small).horizontalAdvance(percentText(1));
    };
    EXPECT_EQ(fits(), 0);
    QLocale::setDefault(QLocale(QLocale::Persian, QLocale::Iran)); // digits and a point of other widths
    EXPECT_EQ(fits(), 0);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

TEST_F(AttentionPanelTest, ABrushTellsHowMuchOfTheirLookTokensGiveToASpan)
{
    show("The old house");
    selection().setHead(1);
    QTest::mousePress(mouseTarget(), Qt::LeftButton, {}, map().cellCentre(8, 4));
    QTest::mouseMove(mouseTarget(), map().cellCentre(9, 6));
    const auto share = [](int query) {
        double sum = 0;
        for (int key = 4; key <= 6; ++key) sum += static_cast<double>(probe_weight(0, 1, query, key));
        return sum;
    };
    const QString percent = QString::number((share(8) + share(9)) / 2 * 100, 'f', 1);
    EXPECT_TRUE(readout().startsWith("2 tokens (“h” in “house” to “o” in “house”) give " + percent))
        << readout().toStdString();
    QTest::mouseRelease(mouseTarget(), Qt::LeftButton, {}, map().cellCentre(9, 6));
    ASSERT_NE(map().findChild<QRubberBand*>(), nullptr);
    EXPECT_TRUE(map().findChild<QRubberBand*>()->isVisible());
    auto newer = probe_frame("The old house");
    newer->step += 10;
    feed().setProbe(newer);
    panel().grab();
    EXPECT_TRUE(map().findChild<QRubberBand*>()->isVisible()) << "new weights of the same tokens";
    EXPECT_TRUE(readout().contains("give " + percent)) << readout().toStdString();
    QTest::keyClick(mouseTarget(), Qt::Key_Escape);
    EXPECT_FALSE(map().findChild<QRubberBand*>()->isVisible());
    EXPECT_FALSE(readout().contains("give"));
    QTest::mousePress(mouseTarget(), Qt::LeftButton, {}, map().cellCentre(8, 4));
    QTest::mouseMove(mouseTarget(), map().cellCentre(9, 6));
    QTest::mouseRelease(mouseTarget(), Qt::LeftButton, {}, map().cellCentre(9, 6));
    ASSERT_TRUE(map().findChild<QRubberBand*>()->isVisible());
    feed().setProbe(probe_frame("An old ship is here"));
    panel().grab();
    EXPECT_FALSE(map().findChild<QRubberBand*>()->isVisible()) << "other tokens";
}

TEST_F(AttentionPanelTest, ARecordedStepWhoseWeightsArePooledSaysAtMost)
{
    feed().take(probe_run());
    auto frame = probe_frame("The old house");
    frame->pool = 2;
    frame->attention.resize(3 * 4 * 7 * 7, 0.25F);
    feed().setProbe(frame);
    panel().grab();
    hover(9, 4);
    EXPECT_TRUE(readout().contains("at most ")) << readout().toStdString();
    selection().setToken(9);
    for (const Look& look : part<LookList>("looks").looks()) EXPECT_FALSE(look.name.contains("others"));
}

TEST_F(AttentionPanelTest, TheNormOfTheLatentStandsBelowItsColumn)
{
    show("The old house");
    selection().setLayer(1);
    TokenStrip& strip = part<TokenStrip>();
    ASSERT_EQ(strip.values().size(), 13U);
    EXPECT_EQ(strip.values()[3], 6.75F);
    for (int token : {0, 6, 12}) {
        const QPoint below = strip.mapFrom(&panel(), map().mapTo(&panel(), map().cellCentre(0, token)));
        EXPECT_NEAR(strip.dot(token).x(), below.x(), 2) << token;
    }
    EXPECT_LT(strip.dot(3).y(), strip.dot(0).y()) << "longer is higher";
    QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.dot(7));
    EXPECT_EQ(selection().token(), 7);
}

TEST_F(AttentionPanelTest, UmlautsAndBrokenBytesAreLabelledByTheirWords)
{
    show("Zwölf Häuser stehen am Fluß \xC3\xFF und mehr und mehr und mehr");
    EXPECT_TRUE(map().shownRowLabels().contains("Zwölf")) << map().shownRowLabels().join(' ').toStdString();
    EXPECT_TRUE(map().shownColumnLabels().contains("Fluß"));
    hover(9, 2);
    EXPECT_TRUE(readout().contains("“C3” in “Zwölf”")) << readout().toStdString();
}

TEST_F(AttentionPanelTest, LabelsAreOneACellWhereThereIsRoomAndWordsWhereNot)
{
    show("The old house stands by the river. It is blue");
    panel().resize(1200, 1100);
    QTest::qWait(1);
    EXPECT_EQ(map().shownRowLabels().size(), 45);
    EXPECT_EQ(map().shownColumnLabels().size(), 45);
    panel().resize(420, 460);
    QTest::qWait(1);
    EXPECT_TRUE(map().shownRowLabels().contains("house"));
    EXPECT_LE(map().shownRowLabels().size(), 10);
}

TEST_F(AttentionPanelTest, AFullTextAndASingleTokenAreShown)
{
    show(std::string(48, 'a') + " " + std::string(47, 'b'));
    EXPECT_EQ(map().data().rows, 96);
    EXPECT_LE(map().shownRowLabels().size(), 2);
    show("x");
    EXPECT_EQ(map().data().rows, 1);
    QTest::mouseClick(mouseTarget(), Qt::LeftButton, {}, map().cellCentre(0, 0));
    EXPECT_EQ(selection().token(), 0);
    EXPECT_EQ(gallery().thumbnail(0, 0).side, 1);
}

TEST_F(AttentionPanelTest, IsDrawnAtAnySizeInBothLooks)
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

TEST_F(AttentionPanelTest, WorksOnlyWhileItCanBeSeen)
{
    show("The old house");
    panel().hide();
    feed().setProbe(probe_frame("Another text"));
    EXPECT_EQ(map().data().rows, 13) << "not yet";
    panel().show();
    EXPECT_EQ(map().data().rows, 12);
}

TEST_F(AttentionPanelTest, RemembersLayerAndHeadButTheSelectionLeads)
{
    show("The old house");
    selection().setLayer(1);
    selection().setHead(3);
    const QVariantMap saved = panel().saveState();

    PanelRig rig(ThemeChoice::Dark);
    Selection& otherSelection = rig.selection;
    rig.feed.take(probe_run());
    rig.feed.setProbe(probe_frame("The old house"));
    const std::unique_ptr<Panel> other(panel_info("attention").create(rig.context(), nullptr));
    other->restoreState(saved);
    EXPECT_EQ(other->findChild<Stepper*>("layers")->index(), 1);
    EXPECT_EQ(otherSelection.head(), 3);
    otherSelection.setLayer(0);
    other->restoreState(saved);
    EXPECT_EQ(other->findChild<Stepper*>("layers")->index(), 0);
    other->restoreState({{"layer", -7}, {"head", "many"}});
    EXPECT_EQ(otherSelection.head(), 3);
}

} // namespace
} // namespace triptych::test
