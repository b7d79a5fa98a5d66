// Opening, placing and closing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/popover.h"

#include "ui/access/tab_order.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kGap = 4; // px below the button

} // namespace

Popover::Popover(QToolButton* button, QWidget* content, QWidget* window)
    : QFrame(window), m_button(button), m_content(content)
{
    setObjectName(QStringLiteral("card"));
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(content);
    hide();
    button->setCheckable(true);
    connect(button, &QToolButton::clicked, this, [this](bool checked) { checked ? open() : fold(); });
    window->installEventFilter(this);
    // Whoever goes on elsewhere in the window is done here; lists and file dialogs are windows of their own.
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        const bool elsewhere = now && now->window() == this->window() && now != m_button && !isAncestorOf(now);
        if (isVisible() && elsewhere) fold();
    });
}

void Popover::open()
{
    m_button->setChecked(true);
    show();
    place();
    raise();
    for (QWidget* w : readingOrder(*m_content))
        if (w->isVisible()) return w->setFocus(Qt::PopupFocusReason);
}

void Popover::fold()
{
    const bool focused = isAncestorOf(window()->focusWidget());
    m_button->setChecked(false);
    hide();
    if (focused) m_button->setFocus(Qt::PopupFocusReason);
}

void Popover::place()
{
    adjustSize();
    const QWidget* ground = parentWidget();
    const QPoint corner = m_button->mapTo(ground, QPoint(m_button->width() - width(), m_button->height() + kGap));
    move(std::clamp(corner.x(), kGap, std::max(kGap, ground->width() - width() - kGap)), corner.y());
}

bool Popover::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible()) place();
    return QFrame::eventFilter(watched, event);
}

void Popover::keyPressEvent(QKeyEvent* event)
{
    event->key() == Qt::Key_Escape ? fold() : QFrame::keyPressEvent(event);
}

} // namespace triptych
