// A page in a window of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace triptych {

/// Holds a card until it is taken out again; closing the window only asks for that.
class FloatingWindow : public QWidget {
    Q_OBJECT

public:
    FloatingWindow(QWidget* card, const QString& title, QWidget* owner);

    /// The card, without a parent.
    QWidget* take();

signals:
    /// The person closed it: the card wants to go home.
    void homeWanted();

protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;

private:
    QWidget* m_card;
};

/// Whether the key of a ShortcutOverride is Space and belongs to the button that has the focus: it presses that button
/// then, and no shortcut of the window. Accepts the event if so.
bool keepSpaceForButton(QEvent* event);

} // namespace triptych
