// A run that another process trains: seen in the table, followed live, and its end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/models/run_table_model.h"
#include "ui/plots/time_series_plot.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QTableView>
#include <QToolButton>

namespace triptych::test {
namespace {

using M = RunTableModel;

class TourOtherProcess : public testing::Test {
protected:
    TourOtherProcess() { t.home(); }
    ~TourOtherProcess() override
    {
        m_train.kill();
        m_train.waitForFinished();
    }

    QTableView& table() { return t.part<QTableView>("runs", "runTable"); }
    int row()
    {
        for (int row = 0; row < table().model()->rowCount(); ++row)
            if (table().model()->index(row, M::NameColumn).data().toString() == QLatin1String("other")) return row;
        return -1;
    }
    QString state() { return table().model()->index(row(), M::StateColumn).data().toString(); }

    Tour& t = tour();
    QProcess m_train;
};

TEST_F(TourOtherProcess, ItIsFollowedAsItTrains)
{
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/triptych");
    ASSERT_TRUE(QFileInfo(program).isExecutable()) << program.toStdString() << " is not built";
    t.tab("runs");
    QStringList words{"train",         "--model", t.path("small.json"), "--data",
                      "builtin:mixed", "--run",   t.path("runs/other"), "--steps",
                      "1000000"};
    for (const std::string& setting : Tour::settings()) words << "--set" << QString::fromStdString(setting);
    m_train.setStandardOutputFile(QProcess::nullDevice());
    m_train.setStandardErrorFile(QProcess::nullDevice());
    QString process;
    t.stop(
        "other-process-listed",
        [&] {
            m_train.start(program, words);
            ASSERT_TRUE(m_train.waitForStarted());
            process = QString::number(m_train.processId());
        },
        [&] { return row() >= 0 && state().contains("process " + process); });
    t.stop(
        "other-process-followed",
        [&] {
            table().scrollTo(table().model()->index(row(), 0));
            const QRect place = table().visualRect(table().model()->index(row(), M::NameColumn));
            t.click(*table().viewport(), {place.left() + 60, place.center().y()});
            t.key(Qt::Key_Return);
        },
        [&] { return t.feed().trainedBy().contains(process) && t.newestStep() > 5; });
    EXPECT_TRUE(t.window().windowTitle().contains("trained by")) << t.window().windowTitle().toStdString();
    auto& loss = t.part<TimeSeriesPlot>("predella", "lossPlot");
    t.letTrain(20);
    const std::int64_t newest = t.newestStep();
    t.look("other-process-curves", [&] {
        const PlotTable shown = loss.values();
        return !shown.steps.empty() && shown.steps.back() >= newest;
    });
    EXPECT_FALSE(t.part<QToolButton>("moe", "expertToggle").isEnabled()) << "hands are off";
    t.stop(
        "other-process-ended", [&] { m_train.terminate(); }, [&] { return t.feed().trainedBy().isEmpty(); });
    EXPECT_TRUE(t.waits([&] { return m_train.state() == QProcess::NotRunning; }));
    EXPECT_FALSE(t.window().windowTitle().contains("trained by")) << t.window().windowTitle().toStdString();
}

} // namespace
} // namespace triptych::test
