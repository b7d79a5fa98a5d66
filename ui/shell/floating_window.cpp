// A page in a window of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/floating_window.h"

#include "ui/widgets/icons.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <utility>

namespace triptych {

namespace {

constexpr int kGap = 8; // px, as around the cards of the main window

} // namespace

FloatingWindow::FloatingWindow(QWidget* card, const QString& title, QWidget* owner)
    : QWidget(owner, Qt::Window), m_card(card)
{
    setWindowTitle(title);
    setWindowIcon(programIcon());
    setAttribute(Qt::WA_QuitOnClose, false); // the program is its main windows
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGap, kGap, kGap, kGap);
    layout->addWidget(card);
    card->show();
}

QWidget* FloatingWindow::take()
{
    QWidget* card = std::exchange(m_card, nullptr);
    if (card) card->setParent(nullptr);
    return card;
}

void FloatingWindow::closeEvent(QCloseEvent* event)
{
    event->accept();
    if (m_card) emit homeWanted();
}

bool FloatingWindow::event(QEvent* event)
{
    return keepSpaceForButton(event) || QWidget::event(event);
}

bool keepSpaceForButton(QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride) return false;
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() != Qt::Key_Space || key->modifiers() != Qt::NoModifier) return false;
    const QWidget* focus = QApplication::focusWidget();
    if (!qobject_cast<const QAbstractButton*>(focus) && !qobject_cast<const QComboBox*>(focus)) return false;
    event->accept();
    return true;
}

} // namespace triptych
