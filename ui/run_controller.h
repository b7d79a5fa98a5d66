// The commands of the window as actions: play, pause, step, stop, reset, save; each enabled only where it can be
// obeyed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/session_bridge.h"
#include "ui/theme/theme.h"

#include <QObject>

class QAction;

namespace triptych {

/// Owns the session. A recorded run is gone on with by the same play button.
class RunController : public QObject {
    Q_OBJECT

public:
    RunController(RunFeed& feed, const Theme& theme, QObject* parent = nullptr);

    /// Starts anew. Without a run folder in the request one is made below runsFolder().
    void start(RunRequest request);
    /// Saves, where there is something to save; ended() follows at once or when it is done.
    void finish();
    void post(Command command) { m_bridge.post(std::move(command)); }
    SessionBridge& bridge() { return m_bridge; }

    QAction* playAction() const { return m_play; }
    QAction* stepAction() const { return m_step; }
    QAction* stopAction() const { return m_stop; }
    QAction* resetAction() const { return m_reset; }
    QAction* saveAction() const { return m_save; }

    /// Texts in the language of the program as it is now.
    void nameActions();

    /// Where runs go that are given no folder: $XDG_DATA_HOME/triptych/runs.
    static QString runsFolder();

signals:
    /// Play was pressed and there is no run to go on with.
    void startWanted();
    void ended();

private:
    QAction* makeAction(const char* icon, const QKeySequence& key);
    void play();
    void refresh();
    void applyColors();

    RunFeed& m_feed;
    const Theme& m_theme;
    SessionBridge m_bridge;
    QString m_playTip;
    QAction* m_play;
    QAction* m_step;
    QAction* m_stop;
    QAction* m_reset;
    QAction* m_save;
    bool m_ending = false;
};

} // namespace triptych
