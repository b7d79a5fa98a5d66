// The window as it is, into a file and out of one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"
#include "ui/shell/drop_door.h"
#include "ui/shell/session_file.h"
#include "ui/widgets/number_text.h"

#include <QDir>
#include <QFileDialog>
#include <QMenu>

namespace triptych {

void MainWindow::buildSessionActions(QMenu* file)
{
    const auto filter = [] { return tr("Sessions (*.json)"); };
    file->addAction(makeAction(tr("File"), QStringLiteral("saveSession"), tr("&Save this session…"), {}, [=, this] {
        const QString name = QFileDialog::getSaveFileName(this, tr("Save what this window shows"),
                                                          QStringLiteral("session.json"), filter());
        if (name.isEmpty()) return;
        sayWhatFailed(saveSession(name));
    }));
    file->addAction(makeAction(tr("File"), QStringLiteral("openSession"), tr("Open a sess&ion…"), {}, [=, this] {
        const QString name = QFileDialog::getOpenFileName(this, tr("Show what a window showed"), {}, filter());
        if (name.isEmpty()) return;
        sayWhatFailed(openSession(name));
    }));
}

void MainWindow::sayWhatFailed(const Status& done)
{
    if (!done) showMessage(QString::fromStdString(done.error().what), QString::fromStdString(done.error().hint));
}

void MainWindow::buildDrops()
{
    m_drops = new DropDoor(this);
    m_drops->add(*this);
    connect(m_drops, &DropDoor::runsDropped, this, &MainWindow::takeRuns);
    connect(m_drops, &DropDoor::sessionDropped, this,
            [this](const QString& file) { sayWhatFailed(openSession(file)); });
    connect(m_drops, &DropDoor::refused, this, &MainWindow::showMessage);
}

/// One is shown, as if it had been opened; several, and what is dropped on the list of runs, are put there. So is one
/// that something else was dropped with, or what is said of that would go as the run comes.
void MainWindow::takeRuns(const QStringList& folders, const QWidget* on, bool others)
{
    const QString list = QStringLiteral("runs");
    const Panel* runs = panel(list);
    const bool onList = on && runs && (on == runs || runs->isAncestorOf(on));
    if (folders.size() == 1 && !onList && !others) return openRun(folders.front());
    for (const QString& folder : folders) m_runs.add(folder);
    showPanel(list);
    tell(folders.size() == 1 ? tr("The run is in the list now.")
                             : tr("%1 runs are in the list now.").arg(countText(folders.size())));
}

Status MainWindow::saveSession(const QString& file) const
{
    SavedSession session;
    if (m_feed.run() && !m_feed.run()->run_folder.empty())
        session.runs << QDir(QString::fromStdString(m_feed.run()->run_folder)).absolutePath();
    for (const QString& folder : m_runs.compared())
        if (!session.runs.contains(folder)) session.runs << folder;
    session.view = viewNow();
    session.view.layout.clear();
    session.view.curves = {}; // the layout has them
    session.layout = m_layouts->current();
    return writeSession(session, file);
}

Status MainWindow::openSession(const QString& file)
{
    const auto session = readSession(file);
    if (!session) return session.error();
    m_presenter->leave();
    m_foldChosen = true;
    m_layouts->take(session->layout, tr("Layout of a session"));
    for (const QString& folder : m_runs.compared())
        if (!session->runs.contains(folder)) m_runs.compare(folder, false);
    for (const QString& folder : session->runs) m_runs.add(folder);
    const bool same = m_feed.run() && !session->runs.isEmpty() &&
                      RunList::tidy(QString::fromStdString(m_feed.run()->run_folder)) == session->runs.front();
    if (!session->runs.isEmpty() && !same) openRun(session->runs.front());
    for (qsizetype i = 1; i < session->runs.size(); ++i) m_runs.compare(session->runs[i], true);
    if (!session->view.step) m_moment.goLive();
    showSelection(session->view);
    if (!same && !session->runs.isEmpty()) m_wanted = session->view; // of the run that is being read
    return {};
}

} // namespace triptych
