// Keys that reach the page before the window has them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/undo_keys.h"

#include <QKeyEvent>
#include <QWidget>

namespace triptych {

UndoKeys::UndoKeys(QWidget& page, Hands hands) : QObject(&page), m_hands(std::move(hands))
{
    page.installEventFilter(this);
}

bool UndoKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const bool undo = key->matches(QKeySequence::Undo) && m_hands.canUndo();
    const bool redo = key->matches(QKeySequence::Redo) && m_hands.canRedo();
    if (!undo && !redo) return QObject::eventFilter(watched, event);
    event->accept(); // an override says that the key is meant for the page, and comes again as a press
    if (event->type() == QEvent::KeyPress) undo ? m_hands.undo() : m_hands.redo();
    return true;
}

} // namespace triptych
