// What is done to the election of all experts at once: dealing them out in turn, and taking all back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "ui/bridge/run_feed.h"
#include "ui/widgets/live_setting.h"

#include <QWidget>

#include <functional>

class QToolButton;

namespace triptych {

class ElidedLabel;

/// States as those of a setting; Editing does not happen.
class RoutingHands : public QWidget {
    Q_OBJECT

public:
    RoutingHands(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent = nullptr);

    LiveSettingState state() const { return m_state; }
    /// What is said beside the buttons.
    QString message() const;
    QToolButton* forceButton() const { return m_force; }
    QToolButton* clearButton() const { return m_clear; }

private:
    void ask(Command command, Ticket ticket, const QString& words);
    void takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint);
    void startOver();
    void refresh();
    void setState(LiveSettingState state, const QString& message, const QString& hint);

    const RunFeed& m_feed;
    const Theme& m_theme;
    std::function<void(Command)> m_post;
    Ticket m_ticket = 0; ///< 0: nothing is asked for
    QString m_asked;
    QString m_refusal;
    QString m_refusalHint;
    LiveSettingState m_state = LiveSettingState::Unavailable;
    QToolButton* m_force;
    QToolButton* m_clear;
    ElidedLabel* m_message;
};

} // namespace triptych
