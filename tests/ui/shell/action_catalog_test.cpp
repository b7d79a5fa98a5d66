// Every action has a name, a text, a group and a key of its own; the palette and the key map have all of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_fixture.h"
#include "ui/shell/key_map_dialog.h"
#include "ui/shell/popover.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace triptych::test {
namespace {

class WindowActions : public WindowFixture {};

TEST_F(WindowActions, HaveNamesTextsGroupsAndNoKeyTwice)
{
    EXPECT_EQ(window->actionCatalog().faults(), QStringList());
    EXPECT_GT(window->actionCatalog().actions().size(), 40U);
}

TEST(ActionCatalog, NamesWhatIsWrong)
{
    QAction a("A");
    a.setObjectName("a");
    a.setShortcut(Qt::Key_B);
    QAction b("B");
    b.setObjectName("b");
    b.setShortcut(Qt::Key_B);
    ActionCatalog window;
    window.add("Group", &a);
    window.add("Group", &b, "panel");
    ASSERT_EQ(window.faults().size(), 1) << "the keys of the window are heard in panels";
    EXPECT_TRUE(window.faults()[0].contains("B is the key of"));
    ActionCatalog panels;
    panels.add("Group", &a, "one");
    panels.add("Group", &b, "other");
    EXPECT_EQ(panels.faults(), QStringList());
    QAction nameless;
    panels.add("Group", &nameless);
    EXPECT_EQ(panels.faults().size(), 1);
}

TEST(ActionCatalog, ForgetsActionsThatAreGone)
{
    ActionCatalog catalog;
    auto action = std::make_unique<QAction>("A");
    catalog.add("Group", action.get());
    action.reset();
    EXPECT_TRUE(catalog.actions().empty());
    EXPECT_EQ(catalog.find("A"), nullptr);
}

TEST_F(WindowActions, StandInTheKeyMapWithTheirKeys)
{
    const KeyMapDialog map(window->actionCatalog(), window.get());
    QStringList lines;
    for (const QLabel* label : map.findChildren<QLabel*>()) lines << label->text();
    for (const CatalogAction& known : window->actionCatalog().actions()) {
        if (known.action->shortcuts().isEmpty()) continue;
        EXPECT_TRUE(lines.contains(plainText(*known.action))) << plainText(*known.action).toStdString();
        EXPECT_TRUE(lines.contains(keyText(*known.action)));
    }
    for (const char* key : {"Del", "PgUp PgDn", "F2", "Ctrl+← Ctrl+→"})
        EXPECT_TRUE(lines.contains(key)) << key << ", which has no action";
}

TEST_F(WindowActions, SpaceOnAFocusedButtonPressesItAndElsewhereTrains)
{
    int trained = 0;
    QObject::connect(&action("play"), &QAction::triggered, window.get(), [&trained] { ++trained; });
    auto* fold = window->findChild<QToolButton*>("fold");
    fold->setFocus();
    const bool folded = window->arrangement().isFolded();
    press(Qt::Key_Space);
    EXPECT_NE(window->arrangement().isFolded(), folded);
    EXPECT_EQ(trained, 0);
    window->setFocus();
    press(Qt::Key_Space);
    EXPECT_EQ(trained, 1);
}

TEST_F(WindowActions, SingleKeysMoveTheSelectionOfTheWholeWindow)
{
    window->setFocus();
    press(Qt::Key_H);
    EXPECT_EQ(window->selection().layer(), 0);
    press(Qt::Key_H);
    press(Qt::Key_H);
    EXPECT_EQ(window->selection().layer(), 2);
    press(Qt::Key_G);
    EXPECT_EQ(window->selection().layer(), 1);
    press(Qt::Key_K);
    EXPECT_EQ(window->selection().head(), 1);
    press(Qt::Key_J);
    press(Qt::Key_J);
    EXPECT_EQ(window->selection().head(), 0) << "it stops at the ends";
    window->showPanel("moe");
    press(Qt::Key_K);
    press(Qt::Key_K);
    EXPECT_EQ(window->selection().expert(), 1) << "in the MoE wing";
    for (int i = 0; i < 100; ++i) press(Qt::Key_H);
    const event::RunStarted& run = *window->feed().run();
    EXPECT_EQ(window->selection().layer(), run.layers + run.mtp_depth - 1);
}

TEST_F(WindowActions, SingleKeysAreLettersInATextField)
{
    auto* line = new QLineEdit(window.get());
    line->show();
    line->setFocus();
    QTest::keyClicks(line, "gz1 ?");
    EXPECT_EQ(line->text(), QString("gz1 ?"));
    EXPECT_EQ(window->selection().layer(), -1);
    EXPECT_TRUE(window->arrangement().only().empty());
}

TEST_F(WindowActions, DigitsShowAPlaceAloneAndZTheCardAndBack)
{
    window->setFocus();
    press(Qt::Key_2);
    EXPECT_TRUE(shows("attention"));
    EXPECT_FALSE(shows("moe") || shows("predella") || shows("log"));
    press(Qt::Key_4);
    EXPECT_TRUE(shows("predella"));
    EXPECT_FALSE(shows("attention"));
    press(Qt::Key_5);
    EXPECT_TRUE(window->panel(window->arrangement().inFront(PanelPlace::Below))->isVisible());
    press(Qt::Key_6);
    EXPECT_TRUE(shows("moe") && shows("attention") && shows("mtp") && shows("predella"));
    window->showPanel("mtp");
    press(Qt::Key_Z);
    EXPECT_TRUE(shows("mtp"));
    EXPECT_FALSE(shows("moe") || shows("predella"));
    press(Qt::Key_Z);
    EXPECT_TRUE(shows("moe") && shows("predella"));
}

TEST_F(WindowActions, CtrlTabTurnsThePagesOfThePlaceThatHasTheFocus)
{
    window->showPanel("attention");
    action("nextPage").trigger();
    EXPECT_TRUE(shows("latent"));
    EXPECT_TRUE(shows("moe"));
    action("previousPage").trigger();
    EXPECT_TRUE(shows("attention"));
}

TEST_F(WindowActions, TheSheetOfANewRunOpensWithTheFocusAndGoesWithIt)
{
    action("newRun").trigger();
    auto* sheet = window->findChild<Popover*>();
    ASSERT_TRUE(sheet->isVisible());
    EXPECT_TRUE(sheet->isAncestorOf(window->focusWidget()));
    press(Qt::Key_Escape);
    EXPECT_FALSE(sheet->isVisible());
    action("newRun").trigger();
    window->showPanel("moe");
    EXPECT_FALSE(sheet->isVisible());
}

TEST_F(WindowActions, TheQuestionMarkOpensTheKeys)
{
    window->setFocus();
    QTimer::singleShot(0, window.get(), [this] {
        auto* map = window->findChild<KeyMapDialog*>();
        ASSERT_NE(map, nullptr);
        map->reject();
    });
    action("keyMap").trigger();
    EXPECT_TRUE(action("keyMap").shortcuts().contains(QKeySequence("?")));
}

} // namespace
} // namespace triptych::test
