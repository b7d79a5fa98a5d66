// The table of runs under the hand: filter, pin, notes and tags, overlay, differences, and a fork.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_notes.h"
#include "tests/ui/tour/tour.h"
#include "ui/bridge/session_bridge.h"
#include "ui/models/run_table_model.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/fork_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

#include <algorithm>
#include <numeric>

namespace triptych::test {
namespace {

using M = RunTableModel;

class TourRuns : public testing::Test {
protected:
    TourRuns()
    {
        t.home();
        t.tab("runs");
    }

    QTableView& table() { return t.part<QTableView>("runs", "runTable"); }
    QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }
    int rowOf(const QString& name)
    {
        for (int row = 0; row < table().model()->rowCount(); ++row)
            if (cell(row, M::NameColumn).endsWith(name)) return row;
        return -1;
    }
    /// By a click at its name.
    void choose(const QString& name)
    {
        table().scrollTo(table().model()->index(rowOf(name), 0));
        const QRect place = table().visualRect(table().model()->index(rowOf(name), M::NameColumn));
        t.click(*table().viewport(), {place.left() + 60, place.center().y()});
    }
    void edit(const QString& name, int column, const QString& text)
    {
        const QModelIndex index = table().model()->index(rowOf(name), column);
        table().scrollTo(index);
        t.doubleClick(*table().viewport(), table().visualRect(index).center());
        t.key(Qt::Key_A, Qt::ControlModifier);
        t.type(text);
        t.key(Qt::Key_Return);
    }
    QToolButton& button(const char* action)
    {
        for (auto* each : t.panel("runs").findChildren<QToolButton*>())
            if (each->defaultAction() && each->defaultAction()->objectName() == QLatin1String(action)) return *each;
        throw std::invalid_argument(action);
    }

    Tour& t = tour();
};

TEST_F(TourRuns, RunsAreFoundPinnedAndNoted)
{
    ASSERT_TRUE(t.waits([&] { return rowOf("recorded") >= 0 && rowOf("live") >= 0; }));
    EXPECT_EQ(cell(rowOf("recorded"), M::StepsColumn), "60");
    auto& filter = t.part<QLineEdit>("runs", "runFilter");
    t.stop(
        "runs-filter",
        [&] {
            choose("live");
            t.key(Qt::Key_Slash);
            t.type("recorded");
        },
        [&] { return table().model()->rowCount() == 1; });
    t.stop(
        "runs-all",
        [&] {
            ASSERT_TRUE(filter.hasFocus());
            t.key(Qt::Key_Escape);
        },
        [&] { return table().model()->rowCount() >= 2; });
    t.stop(
        "runs-pinned",
        [&] {
            choose("recorded");
            t.key(Qt::Key_P);
        },
        [&] { return cell(0, M::NameColumn).endsWith("recorded") && cell(0, M::NameColumn) != "recorded"; });
    t.stop(
        "runs-tags", [&] { edit("recorded", M::TagsColumn, "baseline"); },
        [&] { return cell(rowOf("recorded"), M::TagsColumn) == "baseline"; });
    t.stop(
        "runs-notes", [&] { edit("recorded", M::NotesColumn, "twice the learning rate"); },
        [&] { return cell(rowOf("recorded"), M::NotesColumn) == "twice the learning rate"; });
    EXPECT_EQ(read_notes((t.folder() / "runs/recorded")).value().text, "twice the learning rate") << "in its folder";
}

TEST_F(TourRuns, RunsAreDrawnOverEachOtherAndCompared)
{
    ASSERT_TRUE(t.waits([&] { return rowOf("recorded") >= 0; }));
    auto& loss = t.part<TimeSeriesPlot>("predella", "lossPlot");
    const auto draws = [&](const QString& run) {
        const auto all = loss.readings();
        return std::any_of(all.begin(), all.end(), [&](const PlotReading& each) { return each.run == run; });
    };
    t.stop(
        "runs-overlaid",
        [&] {
            choose("recorded");
            t.key(Qt::Key_Space);
        },
        [&] { return draws("recorded"); });
    auto& differences = t.part<QTableView>("runs", "differenceTable");
    t.stop(
        "runs-diff", [&] { t.key(Qt::Key_D); }, [&] { return differences.isVisible(); });
    ASSERT_EQ(differences.model()->rowCount(), 2) << "and the live one has no end";
    EXPECT_EQ(differences.model()->index(0, 0).data().toString(), "learning_rate");
    t.stop(
        "runs-table-again", [&] { t.click(button("differences")); }, [&] { return table().isVisible(); });
}

TEST_F(TourRuns, TheTableSumsUpTheMetricThatIsChosen)
{
    ASSERT_TRUE(t.waits([&] { return rowOf("recorded") >= 0; }));
    const auto stored = readSeries(t.folder() / "runs/recorded/metrics.sqlite");
    ASSERT_TRUE(stored);
    const auto shows = [&](int column, double value) { return cell(rowOf("recorded"), column) == M::valueText(value); };
    auto& metric = t.part<QComboBox>("runs", "runMetric");
    const Series& losses = stored->series(Metric::MainLoss);
    ASSERT_TRUE(t.waits([&] { return shows(M::LastColumn, losses.values.back()); }));
    const Series& validation = stored->series(Metric::ValLoss);
    ASSERT_EQ(validation.size(), 3U);
    const auto [low, high] = std::minmax_element(validation.values.begin(), validation.values.end());
    t.stop(
        "runs-metric",
        [&] {
            metric.setFocus();
            t.key(Qt::Key_Down);
        },
        [&, lowest = *low, highest = *high] {
            return metric.currentText() == QLatin1String("val_loss") &&
                   shows(M::LastColumn, validation.values.back()) && shows(M::LowColumn, lowest) &&
                   shows(M::HighColumn, highest);
        });
    const auto column = [&](const char* title) {
        t.during([&] { t.click(t.part<QToolButton>("runs", "runColumns")); },
                 [&](QWidget& menu) { t.pick(menu, QLatin1String(title)); });
    };
    ASSERT_TRUE(table().isColumnHidden(M::MeanColumn));
    t.stop(
        "runs-columns",
        [&] {
            column("Mean");
            column("At ");
        },
        [&] { return !table().isColumnHidden(M::MeanColumn) && !table().isColumnHidden(M::AtColumn); });
    const double mean = std::accumulate(validation.values.begin(), validation.values.end(), 0.0) / 3;
    EXPECT_TRUE(shows(M::MeanColumn, mean)) << cell(rowOf("recorded"), M::MeanColumn).toStdString();
    t.stop(
        "runs-at-a-step", [&] { t.palette("step 40"); }, [&] { return shows(M::AtColumn, validation.values[1]); });
    t.stop(
        "runs-another-metric",
        [&] {
            metric.setFocus();
            t.key(Qt::Key_Up);
        },
        [&] { return shows(M::LastColumn, losses.values.back()) && shows(M::AtColumn, losses.values[39]); });
    column("Mean");
    column("At ");
    EXPECT_TRUE(table().isColumnHidden(M::MeanColumn));
}

TEST_F(TourRuns, AForkBeginsWithACheckpointAndOneChangeAndBothAreDrawn)
{
    ASSERT_TRUE(t.waits([&] { return rowOf("recorded") >= 0; }));
    choose("recorded");
    ASSERT_TRUE(t.waits([&] { return button("forkRun").isEnabled(); }));
    t.during([&] { t.click(button("forkRun")); },
             [&](QWidget& opened) {
                 auto& settings = t.in<QLineEdit>(opened, "forkSettings");
                 auto& note = t.in<QLabel>(opened, "forkNote");
                 const QString before = note.text();
                 t.stop(
                     "fork-wrong", [&] { t.write(settings, "learning_rate=much"); },
                     [&] { return note.text() != before && note.text().contains("learning_rate"); });
                 t.stop(
                     "fork", [&] { t.write(settings, "learning_rate=0.0001"); },
                     [&] { return note.text().contains("stays as it is"); });
                 auto& step = t.in<QComboBox>(opened, "forkStep");
                 EXPECT_EQ(step.currentText(), "60");
                 step.setFocus();
                 t.key(Qt::Key_Down);
                 EXPECT_EQ(step.currentText(), "30");
                 auto& end = t.in<QSpinBox>(opened, "forkEnd");
                 t.click(end, {20, end.height() / 2});
                 t.key(Qt::Key_A, Qt::ControlModifier);
                 t.type("1000000");
                 t.key(Qt::Key_Return);
             });
    t.stop(
        "fork-trains", [] {},
        [&] {
            return t.feed().run() && QString::fromStdString(t.feed().run()->run_folder).contains("recorded-fork-30") &&
                   t.newestStep() > 35;
        });
    EXPECT_EQ(t.feed().setting("learning_rate"), 0.0001);
    auto& loss = t.part<TimeSeriesPlot>("predella", "lossPlot");
    EXPECT_TRUE(t.window().runs().isCompared(t.recordedRun())) << "both are drawn together";
    EXPECT_TRUE(t.waits([&] { return loss.frame().curves.size() >= 4; }));
    EXPECT_TRUE(t.waits([&] { return rowOf("recorded-fork-30") >= 0; }));
    t.stop(
        "fork-in-the-table",
        [&] {
            choose("recorded-fork-30");
            t.key(Qt::Key_5);
        },
        [&] { return t.shows({PanelPlace::Below}) && table().isVisible(); });
}

} // namespace
} // namespace triptych::test
