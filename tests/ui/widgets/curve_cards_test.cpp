// Cards of curves under mouse and keys: order, filter, groups, one alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/plots/series_legend.h"
#include "ui/widgets/curve_cards.h"

#include <QSignalSpy>
#include <QToolButton>

namespace triptych::test {
namespace {

class Cards : public testing::Test {
protected:
    Cards()
    {
        cards.resize(1250, 400);
        cards.show();
        fill_feed(rig.feed, {.steps = 200});
    }
    void have(std::initializer_list<const char*> keys)
    {
        std::vector<CardSpec> specs;
        for (const char* key : keys) specs.push_back({{*seriesKeyOf(key)}});
        cards.setSpecs(specs);
        QCoreApplication::processEvents();
    }
    QStringList names(const std::vector<CurveCard*>& of) const
    {
        QStringList names;
        for (const CurveCard* card : of) names << seriesKeyText(card->spec().series.front());
        return names;
    }
    QStringList order() const { return names(cards.cards()); }
    QStringList shown() const { return names(cards.shown()); }
    QWidget& surface(std::size_t i) { return *cards.cards()[i]->plot().surface(); }

    PanelRig rig{ThemeChoice::Light};
    SharedAxis axis{rig.series};
    CurveContext context{rig.feed, rig.series, rig.theme, rig.moment, rig.clock, axis};
    CurveCards cards{context};
};

TEST_F(Cards, AreMovedByKeys)
{
    have({"loss", "grad_norm", "max_vio"});
    QTest::keyClick(&surface(0), Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(order(), (QStringList{"grad_norm", "loss", "max_vio"}));
    QTest::keyClick(&surface(2), Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(order(), (QStringList{"grad_norm", "loss", "max_vio"})) << "the last stays the last";
    QTest::keyClick(&surface(2), Qt::Key_Left, Qt::ControlModifier);
    EXPECT_EQ(shown(), (QStringList{"grad_norm", "max_vio", "loss"}));
}

TEST_F(Cards, AreDraggedByTheirTitles)
{
    have({"loss", "grad_norm", "max_vio"});
    SeriesLegend& title = cards.cards()[0]->plot().legend();
    const QPoint target = title.mapFromGlobal(surface(2).mapToGlobal(surface(2).rect().center()));
    QTest::mousePress(&title, Qt::LeftButton, {}, {20, 8});
    QTest::mouseMove(&title, {60, 8});
    QTest::mouseMove(&title, target);
    QTest::mouseRelease(&title, Qt::LeftButton, {}, target);
    EXPECT_EQ(order(), (QStringList{"grad_norm", "max_vio", "loss"}));
    QTest::mouseClick(&title, Qt::LeftButton, {}, {20, 8});
    EXPECT_EQ(order(), (QStringList{"grad_norm", "max_vio", "loss"})) << "a click moves nothing";
}

TEST_F(Cards, TheKeyTabGoesThroughThemAsTheyAreSeen)
{
    have({"loss", "grad_norm", "max_vio"});
    cards.move(2, 0);
    surface(0).setFocus();
    QTest::keyClick(&surface(0), Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), &cards.cards()[0]->menuButton());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    EXPECT_EQ(QApplication::focusWidget(), &surface(1));
}

TEST_F(Cards, AreRemovedAndStandAlone)
{
    have({"loss", "grad_norm", "max_vio"});
    QTest::keyClick(&surface(1), Qt::Key_Z);
    EXPECT_EQ(shown(), QStringList{"grad_norm"});
    QTest::keyClick(&surface(1), Qt::Key_Z);
    EXPECT_EQ(shown().size(), 3);
    QTest::keyClick(&surface(1), Qt::Key_Delete);
    EXPECT_EQ(shown(), (QStringList{"loss", "max_vio"}));
    cards.remove(1);
    cards.remove(0);
    cards.remove(0);
    EXPECT_TRUE(shown().isEmpty());
}

TEST_F(Cards, TheFilterKeepsThoseWithAllWords)
{
    have({"loss", "max_vio", "layer.*.max_vio", "layer.1.load_cv"});
    cards.setFilter("vio");
    EXPECT_EQ(shown(), (QStringList{"max_vio", "layer.*.max_vio"}));
    cards.setFilter("VIO layers");
    EXPECT_EQ(shown(), QStringList{"layer.*.max_vio"});
    cards.setFilter("");
    EXPECT_EQ(shown().size(), 4);
}

TEST_F(Cards, GroupsStandUnderHeadingsThatFold)
{
    have({"layer.*.max_vio", "loss", "layer.1.load_cv", "domain.0.val_loss"});
    cards.setGroups(CardGroups::ByKind);
    EXPECT_EQ(shown(), (QStringList{"loss", "layer.*.max_vio", "layer.1.load_cv", "domain.0.val_loss"}));
    cards.findChild<QToolButton*>("group:layer")->click();
    EXPECT_EQ(shown(), (QStringList{"loss", "domain.0.val_loss"}));
    EXPECT_EQ(cards.folded(), QStringList{"layer"});
    cards.setFolded({"domain", "nonsense"});
    EXPECT_EQ(shown(), (QStringList{"loss", "layer.*.max_vio", "layer.1.load_cv"}));
    cards.setGroups(CardGroups::None);
    EXPECT_EQ(shown(), order()) << "nothing is folded without headings";
}

TEST_F(Cards, ThereAreAsManyColumnsAsThereIsRoomFor)
{
    have({"loss", "main_loss", "mtp_loss", "grad_norm", "max_vio", "mfu"});
    EXPECT_EQ(cards.columns(), 3) << "two rows of three rather than four and two";
    cards.resize(2500, 400);
    QCoreApplication::processEvents();
    EXPECT_EQ(cards.columns(), 6);
    cards.resize(300, 400);
    QCoreApplication::processEvents();
    EXPECT_EQ(cards.columns(), 1);
}

TEST_F(Cards, NoMoreThanFortyScroll)
{
    const CardSpec spec{.series = {{Metric::Loss}}};
    for (int i = 0; i < 45; ++i) cards.add(spec);
    EXPECT_EQ(cards.cards().size(), kMostCards);
    EXPECT_EQ(cards.add(spec), nullptr);
    QCoreApplication::processEvents();
    EXPECT_GE(surface(39).height(), 80) << "not squeezed";
    EXPECT_EQ(cards.height(), 400);
}

TEST_F(Cards, ACardHasASmoothingOfItsOwnOrThatOfAll)
{
    have({"main_loss", "grad_norm"});
    const auto curves = [&](std::size_t i) {
        cards.cards()[i]->plot().refreshNow();
        return cards.cards()[i]->plot().frame().curves.size();
    };
    cards.setSmoothing(0.9);
    cards.cards()[1]->setOwnSmoothing(0.0);
    EXPECT_EQ(curves(0), 2U) << "the raw line stays behind";
    EXPECT_EQ(curves(1), 1U);
    cards.cards()[1]->setOwnSmoothing(std::nullopt);
    EXPECT_EQ(curves(1), 2U);
}

TEST_F(Cards, ABundleIsALineInABand)
{
    have({"layer.*.max_vio"});
    TimeSeriesPlot& plot = cards.cards()[0]->plot();
    plot.refreshNow();
    ASSERT_EQ(plot.frame().curves.size(), 2U);
    EXPECT_FALSE(plot.frame().curves[0].lower.empty());
    EXPECT_TRUE(plot.frame().curves[1].lower.empty());
    for (std::size_t i = 0; i < plot.frame().curves[0].lower.size(); ++i)
        EXPECT_LE(plot.frame().curves[0].lower[i], plot.frame().curves[0].values[i]);
    EXPECT_LE(plot.shownValues().lower, plot.frame().curves[0].lower.back()) << "the band is in sight";
}

TEST_F(Cards, AnotherMeasureIsTheirNumberAndNotTheirCurve)
{
    cards.setSpecs({{{{Metric::TokensPerSecond}, {Metric::Mfu}}}});
    TimeSeriesPlot& plot = cards.cards()[0]->plot();
    plot.refreshNow();
    EXPECT_EQ(plot.frame().curves.size(), 1U) << "at no smoothing";
    ASSERT_EQ(plot.legend().values().size(), 2);
    EXPECT_TRUE(plot.legend().values()[1].endsWith("%"));
}

} // namespace
} // namespace triptych::test
