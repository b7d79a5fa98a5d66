// The run log as a model.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/models/log_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace triptych {
namespace {

using Tester = QAbstractItemModelTester;

class LogModelTest : public testing::Test {
protected:
    QString cell(int row, int column) const { return model.index(row, column).data().toString(); }

    Theme theme{ThemeChoice::Dark};
    RunFeed feed;
    LogModel model{feed, theme};
    Tester tester{&model, Tester::FailureReportingMode::Fatal};
};

TEST_F(LogModelTest, KeepsTheRulesOfModelsWhileARunLogs)
{
    test::fill_feed(feed);
    feed.take(event::Failed{{"the disk is full", "Make room."}});
    test::fill_feed(feed);
    theme.choose(ThemeChoice::Light);
    EXPECT_EQ(model.rowCount(), static_cast<int>(feed.log().size()));
    EXPECT_EQ(model.rowCount(model.index(0, 0)), 0);
}

TEST_F(LogModelTest, ShowsTimeStepKindAndText)
{
    feed.appendLog({1240, "14:03:27", "validation", "loss 1.8"});
    EXPECT_EQ(cell(0, LogModel::TimeColumn), "14:03:27");
    EXPECT_EQ(cell(0, LogModel::StepColumn), "1,240");
    EXPECT_TRUE(cell(0, LogModel::KindColumn).endsWith("validation"));
    EXPECT_EQ(cell(0, LogModel::TextColumn), "loss 1.8");
}

TEST_F(LogModelTest, InOneLineWhatTheModelWroteIsToldAsSuch)
{
    const QString error = "ERROR db: connection lost\nERROR db";
    EXPECT_EQ(logLine({7, "14:03:27", "error", error}), "14:03:27  ERROR db: connection lost ⏎ ERROR db");
    EXPECT_EQ(logLine({7, "14:03:27", "sample", error}),
              "14:03:27  the model writes: ERROR db: connection lost ⏎ ERROR db");
}

TEST_F(LogModelTest, KindsDifferBySignAndWordAsWellAsByColour)
{
    QStringList seen;
    for (const char* kind : {"validation", "sample", "checkpoint", "setting", "error", "health.imbalance", "state"}) {
        feed.appendLog({1, "", kind, ""});
        const QString text = cell(model.rowCount() - 1, LogModel::KindColumn);
        EXPECT_GT(text.size(), 3);
        EXPECT_FALSE(seen.contains(text.left(1))) << kind;
        seen << text.left(1);
    }
    feed.appendLog({1, "", "of a newer version", ""});
    EXPECT_TRUE(cell(7, LogModel::KindColumn).contains("of a newer version"));
}

TEST_F(LogModelTest, ColoursCanBeReadInBothLooks)
{
    test::fill_feed(feed);
    for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
        theme.choose(choice);
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < LogModel::ColumnCount; ++column) {
                const auto ink = model.index(row, column).data(Qt::ForegroundRole).value<QColor>();
                EXPECT_GE(contrastRatio(ink, theme.colors().field), 4.5) << row << ", " << column;
            }
    }
}

TEST_F(LogModelTest, ASampleKeepsItsLinesAndSpacesInTheTooltipAndIsOneLineInTheTable)
{
    feed.appendLog({7, "", "sample", "def f(x):\n    return <x>\n"});
    EXPECT_FALSE(cell(0, LogModel::TextColumn).contains('\n'));
    const QModelIndex text = model.index(0, LogModel::TextColumn);
    const QString tip = text.data(Qt::ToolTipRole).toString();
    EXPECT_TRUE(tip.contains("pre-wrap"));
    EXPECT_TRUE(tip.contains("\n    return &lt;x&gt;")) << "text is text, not markup";
    EXPECT_EQ(text.data(LogModel::kFullTextRole).toString(), "def f(x):\n    return <x>\n");
    EXPECT_TRUE(text.data(Qt::FontRole).isValid());
}

TEST_F(LogModelTest, AddsRowsWithoutResetAndTellsOnlyWhatIsNew)
{
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    feed.appendLog({1, "", "state", "a"});
    feed.appendLog({2, "", "state", "b"});
    ASSERT_EQ(inserted.count(), 2);
    EXPECT_EQ(inserted[1][1].toInt(), 1);
    EXPECT_EQ(reset.count(), 0);
}

TEST_F(LogModelTest, AnotherRunGoesOnBelow)
{
    test::fill_feed(feed);
    const int rows = model.rowCount();
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    feed.take(test::synthetic_start());
    EXPECT_EQ(model.rowCount(), rows + 1);
    EXPECT_EQ(reset.count(), 0);
}

TEST(LogModel, IsThereWithWhatWasLoggedBefore)
{
    const Theme theme(ThemeChoice::Dark);
    RunFeed feed;
    test::fill_feed(feed);
    const LogModel model(feed, theme);
    EXPECT_EQ(model.rowCount(), static_cast<int>(feed.log().size()));
}

} // namespace
} // namespace triptych
