// The menu of a card: table and back, export with what was chosen last, copies.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_fixture.h"
#include "ui/export/card_hands.h"
#include "ui/export/export_dialog.h"
#include "ui/widgets/card.h"
#include "ui/widgets/twin_view.h"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

namespace triptych::test {
namespace {

class CardMenu : public WindowFixture {
protected:
    QMenu& menu(const char* id) { return *window->card(id)->findChild<QToolButton*>("cardMenu")->menu(); }
    QAction& entry(const char* id, const char* name) { return *menu(id).findChild<QAction*>(name); }
    TwinView* twin(const char* id) { return window->card(id)->findChild<TwinView*>(); }
};

TEST_F(CardMenu, IsReachedByTheKeyboardAndNamedOnEveryCard)
{
    for (const PanelInfo& info : panelCatalog()) {
        auto* button = window->card(info.id)->findChild<QToolButton*>("cardMenu");
        ASSERT_NE(button, nullptr) << info.id;
        EXPECT_FALSE(button->accessibleName().isEmpty());
        EXPECT_TRUE(button->focusPolicy() & Qt::TabFocus);
        QStringList texts;
        for (const QAction* action : menu(info.id).actions()) texts << action->text();
        EXPECT_EQ(texts.filter("Table").size(), 1);
        EXPECT_EQ(texts.filter("Export").size(), 1);
        EXPECT_EQ(texts.filter("Copy").size(), 2);
        EXPECT_EQ(texts.filter("alone").size(), 1);
    }
}

TEST_F(CardMenu, TTurnsTheCardWithTheFocusIntoItsTableAndBack)
{
    window->showPanel("moe");
    press(Qt::Key_T);
    ASSERT_NE(twin("moe"), nullptr);
    EXPECT_TRUE(twin("moe")->isVisible());
    EXPECT_FALSE(window->panel("moe")->isVisible());
    EXPECT_TRUE(twin("moe")->isAncestorOf(window->focusWidget())) << "the table has the focus";
    EXPECT_TRUE(entry("moe", "table").isChecked());
    EXPECT_FALSE(twin("moe")->table()->accessibleName().isEmpty());
    press(Qt::Key_T);
    EXPECT_EQ(twin("moe"), nullptr);
    EXPECT_TRUE(window->panel("moe")->isVisible());
    EXPECT_FALSE(entry("moe", "table").isChecked());
}

TEST_F(CardMenu, TheTableFollowsTheRunAndKeepsItsOrderAndChoice)
{
    window->showPanel("moe");
    window->hands("moe").showTable(true);
    QTableView& table = *twin("moe")->table();
    const int rows = table.model()->rowCount();
    table.sortByColumn(2, Qt::DescendingOrder);
    const auto value = [&](int row) { return table.model()->index(row, 2).data(Qt::EditRole).toDouble(); };
    for (int row = 1; row < rows; ++row) ASSERT_GE(value(row - 1), value(row));
    table.selectRow(3);
    append_steps(window->feed(), {}, 1201, 1300);
    twin("moe")->refresh();
    EXPECT_EQ(table.model()->rowCount(), rows);
    for (int row = 1; row < rows; ++row) ASSERT_GE(value(row - 1), value(row));
    EXPECT_EQ(table.selectionModel()->selectedRows().size(), 1);
}

TEST_F(CardMenu, CopiesWhatIsChosenInATableWithItsTitles)
{
    window->showPanel("cache");
    window->hands("cache").showTable(true);
    const QString all = twin("cache")->chosenAsText();
    twin("cache")->table()->selectRow(0);
    const QString row = twin("cache")->chosenAsText();
    EXPECT_EQ(row.count('\n'), 2);
    EXPECT_TRUE(all.startsWith(row)) << "unsorted, its first row is the first of all";
    twin("cache")->table()->setFocus();
    press(Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text(), row);
}

TEST_F(CardMenu, CopiesPictureAndData)
{
    entry("cache", "copyData").trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->text().contains('\t'));
    entry("cache", "copyPicture").trigger();
    EXPECT_TRUE(QGuiApplication::clipboard()->mimeData()->hasImage());
}

TEST_F(CardMenu, CtrlEExportsTheCardWithTheFocusAndRemembersTheChoice)
{
    const QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    window->showPanel("mtp");
    action("export").trigger();
    auto* dialog = window->findChild<ExportDialog*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->windowTitle().contains("MTP"));
    dialog->choose(ExportKind::Svg, {8, 6, 150, ExportLook::Dark});
    const QString file = folder.filePath("figure.svg");
    ASSERT_TRUE(dialog->save(file));
    EXPECT_TRUE(QFile::exists(file));
    EXPECT_FALSE(dialog->save("/there/is/no/such/folder/figure.svg"));
    for (const QWidget* control : dialog->findChildren<QWidget*>())
        if (control->inherits("QAbstractSpinBox")) {
            EXPECT_FALSE(control->accessibleName().isEmpty());
        }
    delete dialog;
    action("export").trigger();
    dialog = window->findChild<ExportDialog*>();
    EXPECT_EQ(dialog->kind(), ExportKind::Svg);
    EXPECT_EQ(dialog->form(), (ExportForm{8, 6, 150, ExportLook::Dark}));
    delete dialog;
}

TEST_F(CardMenu, NonsenseInTheSettingsIsTheDefault)
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath("a.ini"), QSettings::IniFormat);
    settings.setValue("export/widthCm", "wide");
    settings.setValue("export/dpi", -4);
    settings.setValue("export/look", 77);
    settings.setValue("export/kind", "jpg");
    EXPECT_EQ(ExportDialog::lastForm(settings), ExportForm());
    EXPECT_EQ(ExportDialog::lastKind(settings), ExportKind::Png);
}

} // namespace
} // namespace triptych::test
