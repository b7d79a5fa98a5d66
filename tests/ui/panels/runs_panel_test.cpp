// The runs panel: rows, overlay, filter, sorting, notes, differences, and what is asked of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dollars_after.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/run_folders.h"
#include "ui/bridge/run_pricing.h"
#include "ui/bridge/series_source.h"
#include "ui/bridge/shown_currency.h"
#include "ui/models/run_table_model.h"
#include "ui/models/twin_table.h"
#include "ui/shell/text_scale.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>

namespace triptych::test {
namespace {

using M = RunTableModel;

class Runs : public testing::Test {
protected:
    Runs()
    {
        make_run(m_temp / "a", 40);
        make_run(m_temp / "b", 20, made_up_manifest(5e-4));
        make_run(m_temp / "c", 10);
        m_panel.reset(panel_info("runs").create(m_rig.context(), nullptr));
        m_panel->resize(1240, 170);
        m_panel->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(m_panel.get()));
        m_rig.runs.add(QString::fromStdString(m_temp.path().string()));
        settle();
    }

    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_rig.runs.takeNews(); }, 10'000));
        QTest::qWait(1);
    }
    QTableView& table() { return *m_panel->findChild<QTableView*>("runTable"); }
    QLineEdit& filter() { return *m_panel->findChild<QLineEdit*>("runFilter"); }
    QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }
    QStringList names()
    {
        QStringList all;
        for (int row = 0; row < table().model()->rowCount(); ++row) all << cell(row, M::NameColumn);
        return all;
    }
    QString folder(const char* name) { return QString::fromStdString((m_temp / name).string()); }
    void check(int row, Qt::CheckState state)
    {
        EXPECT_TRUE(table().model()->setData(table().model()->index(row, 0), state, Qt::CheckStateRole));
        settle();
    }

    TempFolder m_temp;
    PanelRig m_rig{ThemeChoice::Light};
    std::unique_ptr<Panel> m_panel;
};

TEST_F(Runs, ColumnsAreReadInLargeTypeAndStayAsSomebodyPulledThem)
{
    const auto& header = *table().horizontalHeader();
    const auto holds = [this](int column, const QString& text) {
        return table().columnWidth(column) >= table().fontMetrics().horizontalAdvance(text) + 12;
    };
    m_panel->resize(2400, 170);
    const int before = header.sectionSize(M::NameColumn);
    TextScale type(m_rig.theme, *m_panel);
    type.fix(1.4);
    EXPECT_TRUE(holds(M::MoneyColumn, "$0.001968"));
    EXPECT_TRUE(holds(M::StepsColumn, "9,999,999"));
    EXPECT_GT(header.sectionSize(M::NameColumn), 1.2 * before);
    type.fix(1);
    EXPECT_NEAR(header.sectionSize(M::NameColumn), before, 1);
    m_panel->resize(700, 170);
    EXPECT_LT(header.sectionSize(M::NameColumn), before) << "type is not a hand: it still gives way";
    table().horizontalHeader()->resizeSection(M::NameColumn, 400);
    type.fix(1.4);
    EXPECT_NEAR(header.sectionSize(M::NameColumn), 1.4 * 400, 60);
}

TEST_F(Runs, HeadersOfNumbersAreSeenWholeInLargeTypeAndOtherMoney)
{
    const auto cut = [this] {
        QStringList headers;
        for (int column = M::StepsColumn; column <= M::MoneyColumn; ++column)
            if (!table().isColumnHidden(column) &&
                table().columnWidth(column) < table().horizontalHeader()->sectionSizeHint(column))
                headers << table().model()->headerData(column, Qt::Horizontal).toString();
        return headers;
    };
    EXPECT_EQ(cut(), QStringList());
    {
        const DollarsAfter after;
        ASSERT_TRUE(ShownCurrency::get().choose("WWW=0.5").ok());
        EXPECT_EQ(cut(), QStringList());
    }
    table().setColumnHidden(M::TokensColumn, !table().isColumnHidden(M::TokensColumn));
    EXPECT_EQ(cut(), QStringList());
    table().sortByColumn(M::MoneyColumn, Qt::AscendingOrder);
    EXPECT_GT(table().columnWidth(M::MoneyColumn), table().horizontalHeader()->sectionSizeHint(M::MoneyColumn))
        << "with the mark of the order";
    TextScale type(m_rig.theme, *m_panel);
    type.fix(1.4);
    EXPECT_EQ(cut(), QStringList());
    table().horizontalHeader()->resizeSection(M::MoneyColumn, 30);
    type.fix(1);
    EXPECT_EQ(cut(), QStringList("Money, USD")) << "as somebody pulled it";
}

TEST_F(Runs, SaysWhatEachRunReached)
{
    table().sortByColumn(M::StepsColumn, Qt::DescendingOrder);
    EXPECT_EQ(names(), (QStringList{"a", "b", "c"}));
    EXPECT_EQ(cell(0, M::StepsColumn), "40");
    EXPECT_EQ(cell(0, M::LastColumn), "0.250");
    EXPECT_EQ(cell(0, M::LowColumn), "0.250");
    EXPECT_EQ(cell(0, M::HighColumn), "10.00");
    EXPECT_EQ(cell(2, M::MeanColumn), "2.929") << "(1 + 1/2 + ... + 1/10)";
    const QModelIndex mean = table().model()->index(2, M::MeanColumn);
    EXPECT_EQ(mean.data(Qt::ToolTipRole).toString(), "Mean of the 10 values of the run, each with the same weight.");
    m_rig.moment.show(20);
    QTest::qWait(200);
    settle();
    EXPECT_EQ(cell(0, M::AtColumn), "0.500");
}

TEST_F(Runs, ATableForOtherProgramsHasNumbersAsTheyAre)
{
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    const auto exact = [this](int row, int column) {
        return exactText(exactValue(table().model()->index(row, column)));
    };
    EXPECT_EQ(exact(0, M::NameColumn), "a");
    EXPECT_EQ(exact(0, M::StepsColumn), "40");
    EXPECT_EQ(exact(0, M::TokensColumn), "2560");
    EXPECT_EQ(exact(0, M::MoneyColumn), "0.04");
    EXPECT_EQ(exact(0, M::CreatedColumn), "2025-03-01T12:00:00Z");
    EXPECT_EQ(exact(0, M::LastColumn), "0.25");
    EXPECT_EQ(exact(0, M::AtColumn), "") << "no step is shown that it would be of";
    const auto twins = m_panel->twins();
    ASSERT_FALSE(twins.empty());
    EXPECT_EQ(twins[0].model->headerData(M::MoneyColumn, Qt::Horizontal).toString(), "Money, USD");
}

TEST_F(Runs, MoneyIsCountedAtThePricesOfTheWindow)
{
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    EXPECT_EQ(cell(0, M::MoneyColumn), "$0.040000");
    RunPricing& pricing = RunPricing::of(m_rig.feed);
    pricing.choose("h100");
    ASSERT_TRUE(pricing.hourPrices()) << pricing.trouble().toStdString();
    EXPECT_EQ(cell(0, M::MoneyColumn), "–") << "its seconds were not recorded";
    pricing.choose(RunPricing::thisMachine());
    EXPECT_EQ(cell(0, M::MoneyColumn), "$0.040000");
}

TEST_F(Runs, MoneyFollowsTheCurrencyThatIsShown)
{
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    QSignalSpy headers(table().model(), &QAbstractItemModel::headerDataChanged);
    QSignalSpy cells(table().model(), &QAbstractItemModel::dataChanged);
    ASSERT_TRUE(ShownCurrency::get().choose("EUR=0.5").ok());
    EXPECT_EQ(headers.count(), 1);
    EXPECT_GE(cells.count(), 1);
    EXPECT_EQ(table().model()->headerData(M::MoneyColumn, Qt::Horizontal).toString(), "Money, EUR");
    EXPECT_EQ(exactText(exactValue(table().model()->index(0, M::MoneyColumn))), "0.02");
    ASSERT_TRUE(ShownCurrency::get().choose({}).ok());
}

TEST_F(Runs, ARunCanBeForkedFromItsFirstCheckpointOn)
{
    const std::filesystem::path checkpoint = m_temp / "a/checkpoints/step-000010";
    std::filesystem::remove_all(m_temp / "a/checkpoints");
    const auto look = [this] {
        m_rig.runs.library().look_again();
        QTest::qWait(300);
        m_rig.runs.takeNews();
    };
    look();
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    table().selectRow(0);
    auto* fork = m_panel->findChild<QAction*>("forkRun");
    ASSERT_NE(fork, nullptr);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            look();
            return !fork->isEnabled();
        },
        10'000));
    std::filesystem::create_directories(checkpoint);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            look();
            return fork->isEnabled();
        },
        10'000));
}

TEST_F(Runs, InANarrowWindowTheNumbersAreSeenWhole)
{
    const auto cut = [this] {
        return table().columnViewportPosition(M::MoneyColumn) + table().columnWidth(M::MoneyColumn) -
               table().viewport()->width();
    };
    const int name = table().columnWidth(M::NameColumn);
    const int state = table().columnWidth(M::StateColumn);
    m_panel->resize(950, 170); // names of numbers are seen whole, too
    QTest::qWait(1);
    EXPECT_LE(cut(), 0);
    EXPECT_LT(table().columnWidth(M::StateColumn), state) << "the state gives way";
    m_panel->resize(1240, 170);
    QTest::qWait(1);
    EXPECT_EQ(table().columnWidth(M::StateColumn), state) << "and comes back";
    EXPECT_EQ(table().columnWidth(M::NameColumn), name);
    table().setColumnWidth(M::StateColumn, state + 40); // by hand
    m_panel->resize(950, 170);
    QTest::qWait(1);
    EXPECT_EQ(table().columnWidth(M::StateColumn), state + 40);
}

TEST_F(Runs, ACheckDrawsTheCurvesOfARunBesideTheOther)
{
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    check(1, Qt::Checked);
    ASSERT_EQ(m_rig.series.runs(), std::vector<QString>{folder("b")});
    EXPECT_EQ(m_rig.series.traits(folder("b")).name, "b");
    EXPECT_GT(m_rig.series.traits(folder("b")).flopsPerToken, 0);
    const SeriesSource* loss = m_rig.series.find(folder("b"), Metric::MainLoss);
    ASSERT_NE(loss, nullptr);
    EXPECT_EQ(loss->extent()->last, 20);
    check(0, Qt::Checked);
    EXPECT_EQ(m_rig.runs.numberOf(folder("b")), 1) << "its colour stays when another one comes";
    EXPECT_EQ(m_rig.runs.numberOf(folder("a")), 2);
    check(1, Qt::Unchecked);
    EXPECT_EQ(m_rig.series.runs(), std::vector<QString>{folder("a")});
    EXPECT_EQ(m_rig.runs.numberOf(folder("a")), 2);
}

TEST_F(Runs, CurvesThatAreDrawnGrowWithTheFilesOfTheirRun)
{
    m_rig.runs.compare(folder("a"), true);
    settle();
    write_run_curves(m_temp / "a/curves", 41, 60);
    m_rig.runs.library().look_again();
    EXPECT_TRUE(QTest::qWaitFor(
        [this] {
            m_rig.runs.takeNews();
            return m_rig.series.extent(folder("a"))->last == 60;
        },
        10'000));
}

TEST_F(Runs, TheRunThatIsShownIsNotDrawnTwice)
{
    m_rig.runs.compare(folder("a"), true);
    settle();
    event::RunStarted started = synthetic_start();
    started.run_folder = folder("a").toStdString();
    m_rig.feed.take(started);
    settle();
    EXPECT_TRUE(m_rig.series.runs().empty());
    m_rig.runs.compare(folder("a"), true);
    EXPECT_FALSE(m_rig.runs.isCompared(folder("a")));
}

TEST_F(Runs, SpaceDrawsEnterOpensAndASlashFinds)
{
    QSignalSpy opened(&m_rig.runs, &RunList::openRequested);
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    table().selectRow(2);
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Space);
    settle();
    EXPECT_TRUE(m_rig.runs.isCompared(folder("c")));
    QTest::keyClick(&table(), Qt::Key_Return);
    ASSERT_EQ(opened.size(), 1);
    EXPECT_EQ(opened.front().front().toString(), folder("c"));
    QTest::keyClick(&table(), Qt::Key_Slash);
    EXPECT_TRUE(filter().hasFocus());
    QTest::keyClicks(&filter(), "/no such run");
    EXPECT_TRUE(names().isEmpty());
    QTest::keyClick(&filter(), Qt::Key_Escape);
    EXPECT_EQ(names().size(), 3);
}

TEST_F(Runs, WhatIsPinnedStaysAboveWhicheverWayItIsSorted)
{
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    table().selectRow(1);
    m_panel->findChild<QAction*>("pinRun")->trigger();
    EXPECT_EQ(names(), (QStringList{"★ b", "a", "c"}));
    table().sortByColumn(M::NameColumn, Qt::DescendingOrder);
    EXPECT_EQ(names(), (QStringList{"★ b", "c", "a"}));
    const QVariantMap saved = m_panel->saveState();
    EXPECT_EQ(saved["pinned"].toStringList(), QStringList{folder("b")});
}

TEST_F(Runs, RunsWithoutANumberComeLastWhicheverWayTheyAreSorted)
{
    std::filesystem::remove_all(m_temp / "b/curves");
    std::filesystem::remove(m_temp / "b/metrics.sqlite");
    m_rig.runs.library().look_again();
    settle();
    table().sortByColumn(M::LastColumn, Qt::AscendingOrder);
    EXPECT_EQ(names(), (QStringList{"a", "c", "b"}));
    table().sortByColumn(M::LastColumn, Qt::DescendingOrder);
    EXPECT_EQ(names(), (QStringList{"c", "a", "b"}));
}

TEST_F(Runs, ColumnsAreKeptByNameAndThoseOfAnOlderVersionMeanTheSame)
{
    table().setColumnHidden(M::MeanColumn, false);
    table().setColumnHidden(M::ModelColumn, false);
    table().sortByColumn(M::MeanColumn, Qt::DescendingOrder);
    const QVariantMap saved = m_panel->saveState();
    EXPECT_EQ(saved["sort"], "mean");
    EXPECT_EQ(saved["hidden"].toStringList(), (QStringList{"at", "tokens", "data", "origin"}));
    // Last, tokens; sorted by money: of a version that numbered columns and had no mean.
    m_panel->restoreState({{"hidden", QVariantList{3, 7, 99, -1}}, {"sort", 8}, {"falling", false}});
    for (int column = 0; column < M::ColumnCount; ++column)
        EXPECT_EQ(table().isColumnHidden(column),
                  column == M::LastColumn || column == M::TokensColumn || column == M::MeanColumn)
            << column;
    EXPECT_EQ(table().horizontalHeader()->sortIndicatorSection(), M::MoneyColumn);
    m_panel->restoreState(saved);
    EXPECT_EQ(m_panel->saveState(), saved);
}

TEST_F(Runs, TagsAndNotesAreKeptInTheFolder)
{
    table().sortByColumn(M::NameColumn, Qt::AscendingOrder);
    EXPECT_TRUE(table().model()->setData(table().model()->index(0, M::TagsColumn), "ablation, x"));
    settle();
    EXPECT_EQ(cell(0, M::TagsColumn), "ablation, x");
    EXPECT_TRUE(table().model()->setData(table().model()->index(0, M::NotesColumn), "too hot"));
    settle();
    EXPECT_EQ(cell(0, M::NotesColumn), "too hot");
    const RunNotes kept = read_notes(m_temp / "a").value();
    EXPECT_EQ(kept.text, "too hot");
    EXPECT_EQ(kept.tags.size(), 2U);
    filter().setText("ABLATION");
    EXPECT_EQ(names(), QStringList{"a"});
}

TEST_F(Runs, EnterEndsANoteAndOpensNothing)
{
    QSignalSpy opened(&m_rig.runs, &RunList::openRequested);
    table().selectRow(0);
    table().setFocus();
    table().edit(table().model()->index(0, M::NotesColumn));
    auto* editor = table().viewport()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    QTest::keyClicks(editor, "too hot");
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([this] {
        m_rig.runs.takeNews();
        return cell(0, M::NotesColumn) == "too hot";
    }));
    EXPECT_EQ(opened.size(), 0);
}

TEST_F(Runs, ShowsTheSettingsInWhichCheckedRunsDiffer)
{
    for (const char* name : {"a", "b"}) m_rig.runs.compare(folder(name), true);
    settle();
    m_panel->findChild<QAction*>("differences")->trigger();
    auto* differences = m_panel->findChild<QTableView*>("differenceTable");
    ASSERT_TRUE(differences->isVisible());
    ASSERT_EQ(differences->model()->rowCount(), 1);
    EXPECT_EQ(differences->model()->index(0, 0).data().toString(), "learning_rate");
    EXPECT_EQ(differences->model()->index(0, 2).data().toString(), "0.0005");
    m_panel->findChild<QAction*>("differences")->trigger();
    EXPECT_TRUE(table().isVisible());
}

TEST_F(Runs, WhatIsBrokenHasARowThatSaysSo)
{
    m_temp.rewrite("b/run.json", "{\"format\"");
    m_rig.runs.library().look_again();
    settle();
    filter().setText("run.json");
    ASSERT_EQ(names(), QStringList{"b"});
    const QModelIndex state = table().model()->index(0, M::StateColumn);
    EXPECT_TRUE(state.data().toString().startsWith("▲"));
    EXPECT_TRUE(state.data(Qt::ToolTipRole).toString().contains('\n')) << "what, and what to do";
    EXPECT_FALSE(table().model()->flags(state.siblingAtColumn(M::NotesColumn)) & Qt::ItemIsEditable);
}

TEST_F(Runs, CurvesThatCannotBeOpenedAreSaidAndUnchecked)
{
    std::filesystem::remove_all(m_temp / "b/curves");
    std::filesystem::resize_file(m_temp / "b/metrics.sqlite", 50);
    QSignalSpy failed(&m_rig.runs, &RunList::failed);
    m_rig.runs.compare(folder("b"), true);
    settle();
    EXPECT_EQ(failed.size(), 1);
    EXPECT_FALSE(m_rig.runs.isCompared(folder("b")));
}

} // namespace
} // namespace triptych::test
