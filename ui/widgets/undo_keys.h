// Ctrl+Z and its opposite for what a page changes itself; the window's are those of its layout.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace triptych {

/// Takes the keys while the focus is within the page and there is something to take back; else they go on to the
/// window.
class UndoKeys : public QObject {
public:
    struct Hands {
        std::function<bool()> canUndo;
        std::function<bool()> canRedo;
        std::function<void()> undo;
        std::function<void()> redo;
    };
    /// Owned by the page.
    UndoKeys(QWidget& page, Hands hands);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Hands m_hands;
};

} // namespace triptych
