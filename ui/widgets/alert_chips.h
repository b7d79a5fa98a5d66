// What deserves a look, in places that never move: alerts, a slow window, samples that were dropped; and the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/frame_clock.h"
#include "ui/bridge/moment.h"
#include "ui/bridge/run_feed.h"
#include "ui/panels/selection.h"
#include "ui/theme/theme.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QMenu;
class QStackedWidget;
class QToolButton;

namespace triptych {

/// What an alert says, without the step that stands before it anyway; one line.
QString alertWords(const RunAlert& alert);

/// A chip that has nothing to say is empty and cannot be pressed; its place stays. While a step is held the way back to
/// live stands where a slow window and dropped samples are told otherwise.
class AlertChips : public QWidget {
    Q_OBJECT

public:
    AlertChips(RunFeed& feed, Moment& moment, Selection& selection, const FrameClock& clock, const Theme& theme,
               QWidget* parent = nullptr);

    QToolButton* alerts() const { return m_alerts; }
    QToolButton* slow() const { return m_slow; }
    QToolButton* dropped() const { return m_dropped; }
    QToolButton* back() const { return m_back; }
    void setHeld(bool held);

    /// The alerts, the newest first, as a menu that its caller shows; null where there are none. One that is chosen is
    /// gone to: its step, and its layer where it has one. Whoever asks has seen them.
    QMenu* makeList();

protected:
    void changeEvent(QEvent* event) override;

private:
    QToolButton* makeChip(const char* name);
    /// Room for the longest of what each may say, in the type of the moment.
    void fit();
    void say(QToolButton& chip, const QString& text, const QString& tip, const QColor& color);
    void openList();
    void showAlerts();
    void showPace();
    void showDropped();
    void refresh();

    RunFeed& m_feed;
    Moment& m_moment;
    Selection& m_selection;
    const FrameClock& m_clock;
    const Theme& m_theme;
    QToolButton* m_alerts;
    QToolButton* m_slow;
    QToolButton* m_dropped;
    QToolButton* m_back;
    QStackedWidget* m_place;
    QPointer<QMenu> m_list;
    QTimer m_paceTimer;
};

} // namespace triptych
