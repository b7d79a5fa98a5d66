// The log panel: the newest line in sight, unless somebody reads further up; filter, copy, full texts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/widgets/number_text.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace triptych::test {
namespace {

class Log : public PanelFixture {
protected:
    Log() : PanelFixture("log", ThemeChoice::Light)
    {
        panel().resize(800, 200);
        settle();
    }

    QTableView& table() { return *panel().findChild<QTableView*>("logTable"); }
    QLineEdit& filter() { return *panel().findChild<QLineEdit*>("logFilter"); }
    QToolButton& newest() { return *panel().findChild<QToolButton*>("jumpToNewest"); }
    QPlainTextEdit& detail() { return *panel().findChild<QPlainTextEdit*>("logDetail"); }
    int rows() { return table().model()->rowCount(); }
    void log(int lines, const char* kind = "state")
    {
        for (int i = 0; i < lines; ++i) feed().appendLog({i, "12:00:00", kind, QStringLiteral("line %1").arg(i)});
        settle();
    }
    static void settle() { QTest::qWait(1); }
    bool at_end() { return table().verticalScrollBar()->value() == table().verticalScrollBar()->maximum(); }
};

TEST_F(Log, SaysWhatWillBeThereUntilItIs)
{
    EXPECT_FALSE(table().isVisible());
    EXPECT_FALSE(visible_text().isEmpty());
    log(1);
    EXPECT_TRUE(table().isVisible());
}

TEST_F(Log, KeepsTheNewestLineInSight)
{
    log(200);
    EXPECT_GT(table().verticalScrollBar()->maximum(), 0);
    EXPECT_TRUE(at_end());
    log(50);
    EXPECT_TRUE(at_end());
    panel().resize(800, 150);
    settle();
    EXPECT_TRUE(at_end());
    EXPECT_FALSE(newest().isVisible());
}

TEST_F(Log, StaysWhereSomebodyReadsAndOffersTheWayBack)
{
    log(200);
    table().verticalScrollBar()->setValue(5);
    log(100);
    EXPECT_EQ(table().verticalScrollBar()->value(), 5);
    EXPECT_TRUE(newest().isVisible());
    QTest::mouseClick(&newest(), Qt::LeftButton);
    EXPECT_TRUE(at_end());
    log(100);
    EXPECT_TRUE(at_end());
}

TEST_F(Log, ShowsOnlyLinesWithAllTheWords)
{
    log(20);
    log(5, "validation");
    filter().setText("VALID 3");
    EXPECT_EQ(rows(), 1);
    EXPECT_TRUE(visible_text().contains("1 of 25"));
    filter().setText("nothing like it");
    EXPECT_EQ(rows(), 0);
    EXPECT_TRUE(visible_text().contains("No line"));
    QTest::keyClick(&filter(), Qt::Key_Escape);
    EXPECT_EQ(rows(), 25);
}

TEST_F(Log, CtrlFGoesToTheFilter)
{
    log(3);
    table().setFocus();
    QTest::keyClick(&panel(), Qt::Key_F, Qt::ControlModifier);
    EXPECT_TRUE(filter().hasFocus());
}

TEST_F(Log, CopiesTheChosenLinesWithTheirWholeTexts)
{
    log(3);
    feed().appendLog({9, "12:00:01", "sample", "two\nlines"});
    settle();
    table().selectRow(3);
    table().selectionModel()->select(table().model()->index(0, 0),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
    const QString copied = QApplication::clipboard()->text();
    EXPECT_TRUE(copied.startsWith("12:00:00\t0\t"));
    EXPECT_TRUE(copied.endsWith("two\nlines\n"));
    EXPECT_EQ(copied.count('\n'), 3);
}

TEST_F(Log, ATextThatDoesNotFitIsShownInFullWhenChosen)
{
    log(1);
    feed().appendLog({9, "12:00:01", "sample", "two\nlines"});
    settle();
    table().selectRow(0);
    EXPECT_FALSE(detail().isVisible());
    table().clearSelection();
    table().selectRow(1);
    EXPECT_TRUE(detail().isVisible());
    EXPECT_EQ(detail().toPlainText(), "two\nlines");
}

TEST_F(Log, AHundredThousandLinesCostNoMorePerLineThanATenthOfThem)
{
    const auto cost = [&](int lines) {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < lines; ++i) feed().appendLog({i, "12:00:00", "state", "a line"});
        settle();
        panel().grab();
        return static_cast<double>(timer.nsecsElapsed()) / lines;
    };
    const double few = cost(10'000);
    EXPECT_LT(cost(90'000), 8 * few);
    EXPECT_GE(rows(), 10'000) << "the newest are there; the run's files have all";
    EXPECT_LE(rows(), 20'000);
    EXPECT_TRUE(at_end());
    const QString count = QStringLiteral("newest %1 of 100,000 lines").arg(countText(rows()));
    const auto labels = panel().findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->text() == count && label->toolTip().contains("events.jsonl");
    })) << "what is not there is told";
}

TEST_F(Log, RemembersItsFilter)
{
    filter().setText("validation");
    const QVariantMap saved = panel().saveState();
    filter().clear();
    panel().restoreState(saved);
    EXPECT_EQ(filter().text(), "validation");
    panel().restoreState({{"filter", QVariantList{1}}});
    EXPECT_EQ(filter().text(), "");
}

} // namespace
} // namespace triptych::test
