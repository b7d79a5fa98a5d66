// Layouts back and forth, by name, in files and settings; pages that move and float.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temp_folder.h"
#include "tests/support/window_fixture.h"
#include "ui/widgets/card.h"
#include "ui/widgets/curve_cards.h"
#include "ui/widgets/panel_deck.h"

#include <QMouseEvent>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QToolButton>

namespace triptych::test {
namespace {

class Layouts : public WindowFixture {
protected:
    LayoutState state() { return window->arrangement().state(); }
    QString file(const char* name) { return QString::fromStdString((folder / name).string()); }
    std::unique_ptr<QSettings> settings()
    {
        return std::make_unique<QSettings>(file("settings.ini"), QSettings::IniFormat);
    }
    Arrangement& pages() { return window->arrangement(); }
    LayoutKeeper& layouts() { return window->layouts(); }

    TempFolder folder;
};

TEST_F(Layouts, APageMovesBackAndForth)
{
    const LayoutState before = state();
    pages().move("cache", PanelPlace::Below);
    EXPECT_EQ(pages().placeOf("cache"), PanelPlace::Below);
    EXPECT_EQ(pages().inFront(PanelPlace::Below), QString("cache"));
    EXPECT_TRUE(shows("cache"));
    const LayoutState moved = state();
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(sameStructure(state(), before));
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(sameStructure(state(), moved));
}

TEST_F(Layouts, CardsOfCurvesAreRemovedMovedAndAddedBackAndForth)
{
    auto& cards = *window->panel("predella")->findChild<CurveCards*>();
    const auto titles = [&] {
        QStringList all;
        for (const CurveCard* card : cards.cards()) all << card->title();
        return all;
    };
    const QStringList first = titles();
    ASSERT_EQ(first.size(), 3);
    ASSERT_FALSE(layouts().history().canUndo());
    cards.setSmoothing(0.5, SmoothingKind::Exponential);
    cards.cards()[1]->setScale(ValueScale::Logarithmic);
    EXPECT_FALSE(layouts().history().canUndo()) << "that is no matter of layout";
    cards.remove(0);
    cards.move(0, 1);
    ASSERT_EQ(titles(), (QStringList{first[2], first[1]}));
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(titles(), (QStringList{first[1], first[2]}));
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(titles(), first);
    EXPECT_EQ(cards.cards()[1]->spec().scale, ValueScale::Logarithmic);
    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(titles(), (QStringList{first[1], first[2]}));
    EXPECT_EQ(layouts().history().count(), 2);
}

TEST_F(Layouts, AFloatingPageComesBackWhenItsWindowIsClosed)
{
    pages().floatOut("attention");
    ASSERT_TRUE(pages().isFloating("attention"));
    QWidget* own = window->panel("attention")->window();
    EXPECT_NE(own, window.get());
    EXPECT_TRUE(shows("attention") && shows("latent"));
    own->close();
    EXPECT_FALSE(pages().isFloating("attention"));
    EXPECT_EQ(window->panel("attention")->window(), window.get());
    EXPECT_TRUE(shows("attention"));
    EXPECT_TRUE(pages().state().floating.empty());
}

TEST_F(Layouts, KeysOfTheWindowWorkInAWindowOfAPage)
{
    pages().floatOut("attention", {50, 60, 500, 400});
    QWidget* own = window->panel("attention")->window();
    own->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(own));
    QTest::keyClick(own, Qt::Key_H);
    EXPECT_EQ(window->selection().layer(), 0);
    EXPECT_EQ(own->geometry(), QRect(50, 60, 500, 400));
}

TEST_F(Layouts, AWingWithoutPagesGivesItsRoomToTheOthers)
{
    const int before = window->card("moe")->width();
    pages().floatOut("mtp");
    pages().floatOut("mtp-acceptance");
    QTest::qWait(10);
    EXPECT_GT(window->card("moe")->width(), before);
    pages().bringBack("mtp");
    QTest::qWait(10);
    EXPECT_NEAR(window->card("moe")->width(), before, 10);
}

TEST_F(Layouts, AHiddenPageHasNoTabUntilItIsAskedFor)
{
    pages().hidePage("cache");
    EXPECT_TRUE(state().hidden.contains("cache"));
    window->showPanel("cache");
    EXPECT_TRUE(shows("cache"));
    EXPECT_FALSE(state().hidden.contains("cache"));
}

TEST_F(Layouts, OneStepBackLeavesAloneWhatPanelsShowByNow)
{
    pages().move("cache", PanelPlace::Below);
    window->selection().setHead(1);
    const QVariantMap chosen = window->panel("attention")->saveState();
    layouts().history().undo();
    EXPECT_EQ(window->panel("attention")->saveState(), chosen);
    EXPECT_EQ(pages().placeOf("cache"), PanelPlace::Centre);
}

TEST_F(Layouts, ANamedLayoutIsOneStepAndBringsBackWhatPanelsKeep)
{
    EXPECT_FALSE(window->showLayout("no such layout"));
    EXPECT_TRUE(layouts().keepAs(" mine "));
    EXPECT_FALSE(layouts().keepAs("Triptych"));
    EXPECT_FALSE(layouts().keepAs("  "));
    const LayoutState mine = state();
    pages().move("mtp", PanelPlace::Below);
    pages().floatOut("cache");
    const LayoutState changed = state();
    EXPECT_TRUE(window->showLayout("mine"));
    EXPECT_TRUE(sameStructure(state(), mine));
    EXPECT_EQ(layouts().currentName(), QString("mine"));
    layouts().history().undo();
    EXPECT_TRUE(sameStructure(state(), changed));
    layouts().forget("mine");
    EXPECT_FALSE(window->showLayout("mine"));
    for (const QString& name : LayoutKeeper::builtIn()) EXPECT_TRUE(window->showLayout(name)) << name.toStdString();
}

TEST_F(Layouts, PagesThatAreAllThatIsShownDoNotFold)
{
    ASSERT_TRUE(window->showLayout("Money"));
    QTest::qWait(10);
    ASSERT_TRUE(shows("cost"));
    auto* deck = qobject_cast<PanelDeck*>(window->card("cost")->parentWidget()->parentWidget());
    ASSERT_TRUE(deck);
    auto* tabs = deck->findChild<QTabBar*>();
    QTest::mouseClick(tabs, Qt::LeftButton, Qt::NoModifier, tabs->tabRect(tabs->currentIndex()).center());
    EXPECT_TRUE(shows("cost")) << "a click on its own tab folds it";
    EXPECT_FALSE(deck->findChild<QToolButton*>("fold")->isVisible());
    ASSERT_TRUE(window->showLayout("Compare"));
    QTest::qWait(10);
    EXPECT_TRUE(deck->findChild<QToolButton*>("fold")->isVisible());
}

TEST_F(Layouts, APullAtASplitterIsOneStep)
{
    auto* wings = window->findChild<QSplitter*>("wings");
    const QList<int> before = state().wings;
    QList<int> sizes = wings->sizes();
    sizes[0] += 150;
    sizes[2] -= 150;
    wings->setSizes(sizes);
    emit wings->splitterMoved(0, 1);
    emit wings->splitterMoved(0, 1);
    ASSERT_TRUE(QTest::qWaitFor([this] { return layouts().history().count() == 1; }));
    EXPECT_GT(state().wings[0], before[0] + 80);
    layouts().history().undo();
    EXPECT_NEAR(state().wings[0], before[0], 8);
}

TEST_F(Layouts, AFileHoldsAllOfIt)
{
    pages().move("log", PanelPlace::RightWing);
    pages().hidePage("moe-domains");
    pages().floatOut("cache", {10, 20, 600, 500});
    window->selection().setHead(1);
    const LayoutState saved = state();
    ASSERT_TRUE(layouts().save(file("layout.json")));
    window->showLayout("Triptych");
    window->selection().setHead(0);
    ASSERT_TRUE(layouts().load(file("layout.json")));
    EXPECT_TRUE(sameStructure(state(), saved));
    EXPECT_EQ(state().floating, saved.floating);
    EXPECT_EQ(state().inFront, saved.inFront);
    EXPECT_EQ(window->panel("attention")->saveState()["head"].toInt(), 1);
    EXPECT_EQ(layoutFromJson(toJson(saved)).value(), saved);
}

TEST_F(Layouts, NonsenseInAFileIsSaidAndChangesNothing)
{
    const LayoutState before = state();
    EXPECT_FALSE(layouts().load(file("not there")));
    const std::string valid = toJson(before).toStdString();
    const auto with = [&valid](const std::string& part, const std::string& other) {
        const auto at = valid.find(part);
        EXPECT_NE(at, std::string::npos) << part;
        return std::string(valid).replace(at, part.size(), other);
    };
    for (const std::string& text :
         {std::string(), std::string("nonsense"), std::string("[1, 2]"), std::string("{}"), valid.substr(0, 200),
          with("\"triptych_layout\": 1", "\"triptych_layout\": 2"), with("\"places\"", "\"plices\""),
          with("\"mla\"", "\"attic\""), with("\"hidden\": [", "\"hidden\": 3, \"x\": ["),
          with("\"rows\": [", "\"rows\": [ -5,"), with("\"wings\": [", "\"wings\": [ 5,"),
          with("\"only\": [", "\"only\": [ \"roof\"")}) {
        folder.write("layout.json", text);
        const Status loaded = layouts().load(file("layout.json"));
        ASSERT_FALSE(loaded) << text;
        EXPECT_FALSE(loaded.error().what.empty() || loaded.error().hint.empty());
    }
    EXPECT_TRUE(sameStructure(state(), before));
}

TEST_F(Layouts, PagesOfOtherVersionsAreLeftOutAndNewOnesFindTheirPlace)
{
    LayoutState layout = state();
    layout.pages[PanelPlace::Centre] = {"no-such-page", "cache", "cache"};
    layout.inFront[PanelPlace::Centre] = "no-such-page";
    layout.floating["neither"] = {PanelPlace::Below, {}};
    layout.panels["neither"] = {{"a", 1}};
    pages().apply(layout);
    EXPECT_EQ(pages().state().pages[PanelPlace::Centre].mid(0, 2), QStringList({"cache", "attention"}));
    EXPECT_TRUE(pages().state().floating.empty());
}

TEST_F(Layouts, SettingsBringItBackWithOwnLayouts)
{
    pages().move("cache", PanelPlace::RightWing);
    ASSERT_TRUE(layouts().keepAs("two words & more"));
    window->saveLayout(*settings());
    MainWindow other(theme);
    other.restoreLayout(*settings());
    EXPECT_EQ(other.arrangement().placeOf("cache"), PanelPlace::RightWing);
    EXPECT_TRUE(other.layouts().isOwn("two words & more"));
    EXPECT_FALSE(other.layouts().history().canUndo());
    EXPECT_TRUE(LayoutKeeper::namesIn(*settings()).contains("two words & more"));
}

TEST_F(Layouts, SettingsThatCannotBeReadLeaveTheLayoutOfTheProgram)
{
    settings()->setValue("window/layout", "{\"triptych_layout\": \"?\"}");
    MainWindow other(theme);
    other.restoreLayout(*settings());
    EXPECT_EQ(other.arrangement().state().pages, Arrangement::triptych().pages);
    other.show();
    const auto strip = other.findChildren<QFrame*>();
    EXPECT_TRUE(std::any_of(strip.begin(), strip.end(), [](const QFrame* f) {
        return QString(f->metaObject()->className()).contains("MessageStrip") && f->isVisible();
    }));
}

TEST_F(Layouts, SettingsOfOlderVersionsStillCount)
{
    QSplitter wings;
    for (int i = 0; i < 3; ++i) wings.addWidget(new QWidget);
    wings.resize(1000, 100);
    wings.setSizes({600, 200, 200});
    const auto old = settings();
    old->setValue("window/wings", wings.saveState());
    old->setValue("window/rows", QByteArray("nonsense"));
    old->setValue("window/inFront", QStringList{"cache", "nobody"});
    old->setValue("window/folded", false);
    old->setValue("panels/attention", QVariantMap{{"head", 1}});
    MainWindow other(theme);
    other.restoreLayout(*old);
    EXPECT_EQ(other.arrangement().inFront(PanelPlace::Centre), QString("cache"));
    EXPECT_FALSE(other.arrangement().isFolded());
    EXPECT_EQ(other.selection().head(), 1);
    other.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&other));
    EXPECT_GT(other.card("moe")->width(), other.card("mtp")->width() + 200);
}

TEST_F(Layouts, ATabThatIsPulledOverAnotherPlaceGoesThere)
{
    QTabBar* bar = nullptr;
    for (PanelDeck* deck : window->findChildren<PanelDeck*>())
        if (deck->has(window->card("cache"))) bar = deck->findChild<QTabBar*>();
    ASSERT_NE(bar, nullptr);
    int tab = 0;
    while (tab < bar->count() && bar->tabText(tab) != "Cache") ++tab;
    ASSERT_LT(tab, bar->count());
    const QPoint from = bar->tabRect(tab).center();
    const QPoint to = bar->mapFromGlobal(window->card("moe")->mapToGlobal(QPoint(100, 200)));
    QTest::mousePress(bar, Qt::LeftButton, {}, from);
    QTest::mouseMove(bar, from + QPoint(0, 60));
    QMouseEvent move(QEvent::MouseMove, to, bar->mapToGlobal(to), Qt::LeftButton, Qt::LeftButton, {});
    QApplication::sendEvent(bar, &move);
    QTest::mouseRelease(bar, Qt::LeftButton, {}, to);
    QTest::qWait(1);
    EXPECT_EQ(pages().placeOf("cache"), PanelPlace::LeftWing);
    EXPECT_TRUE(shows("cache"));
}

} // namespace
} // namespace triptych::test
