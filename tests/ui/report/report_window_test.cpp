// A report out of the window: by its key, of a run that goes on, and with the window closed meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/run_folders.h"
#include "tests/support/training_window.h"
#include "ui/report/report_dialog.h"

#include <QAction>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QSettings>

#include <algorithm>

namespace triptych::test {
namespace {

class ReportOutOfTheWindow : public TrainingWindow {
protected:
    ReportOutOfTheWindow()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, text("settings"));
        std::filesystem::create_directories(m_folder / "out");
        QSettings().setValue(QStringLiteral("report/folder"), text("out"));
        QSettings().setValue(QStringLiteral("report/kind"), QStringLiteral("html"));
    }

    QString text(const char* name) const { return QString::fromStdString((m_folder / name).string()); }
    QAction& action() { return *m_window->actionCatalog().find(QStringLiteral("exportReport")); }
    void trains()
    {
        m_window->controller().start(m_request);
        ASSERT_TRUE(waits_for([&] { return feed().isTraining() && feed().loads(); }));
    }
    ReportDialog* dialog() { return m_window->findChild<ReportDialog*>(); }
};

TEST_F(ReportOutOfTheWindow, NeedsARunAndSaysSo)
{
    EXPECT_FALSE(action().isEnabled());
    EXPECT_TRUE(action().toolTip().contains("no run")) << action().toolTip().toStdString();
    const auto entries = m_window->paletteEntries();
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [](const PaletteEntry& each) { return each.text == "Export report"; });
    ASSERT_NE(entry, entries.end());
    EXPECT_FALSE(entry->enabled);
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(dialog(), nullptr);
    trains();
    EXPECT_TRUE(action().isEnabled());
    EXPECT_FALSE(action().toolTip().contains("no run")) << action().toolTip().toStdString();
}

TEST_F(ReportOutOfTheWindow, IsWrittenOfARunThatGoesOnTraining)
{
    trains();
    m_window->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_NE(dialog(), nullptr);
    EXPECT_FALSE(dialog()->isModal()) << "the window can be used meanwhile";
    const QString file = dialog()->file();
    const std::int64_t step = feed().shownStep();
    dialog()->save();
    ASSERT_TRUE(waits_for([&] { return !dialog()->isBusy(); }));
    EXPECT_TRUE(QFileInfo::exists(file)) << dialog()->findChild<QLabel*>("reportNote")->text().toStdString();
    EXPECT_TRUE(feed().isTraining());
    EXPECT_TRUE(waits_for([&] { return feed().shownStep() > step; }));
}

TEST_F(ReportOutOfTheWindow, IsOfTheRunThatIsShownAndOfThoseComparedWithIt)
{
    trains();
    make_run(m_folder / "other", 5);
    m_window->runs().compare(text("other"), true);
    action().trigger();
    ASSERT_NE(dialog(), nullptr);
    const auto* runs = dialog()->findChild<QListWidget*>("reportRuns");
    ASSERT_EQ(runs->count(), 2);
    EXPECT_EQ(runs->item(0)->toolTip(), m_window->runs().shown());
    EXPECT_EQ(runs->item(1)->text(), QString("other"));
    action().trigger();
    EXPECT_EQ(m_window->findChildren<ReportDialog*>().size(), 1) << "there is one dialog";
    dialog()->save();
    ASSERT_TRUE(waits_for([&] { return !dialog()->isBusy(); }));
    const std::string both = slurp(m_folder / "out/comparison-report.html");
    EXPECT_NE(both.find("other"), std::string::npos) << both.size();
}

TEST_F(ReportOutOfTheWindow, OfAWindowThatIsClosedIsNotWaitedFor)
{
    trains();
    action().trigger();
    const QString file = dialog()->file();
    dialog()->save();
    m_window->close();
    EXPECT_TRUE(!dialog() || !dialog()->isVisible());
    m_window.reset();
    QCoreApplication::processEvents();
    EXPECT_FALSE(QFileInfo::exists(file));
}

} // namespace
} // namespace triptych::test
