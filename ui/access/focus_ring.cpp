// Following the focus.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/focus_ring.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QPainter>
#include <QTextEdit>

namespace triptych {

namespace {

constexpr int kAroundPage = 5; ///< px, of the 12 px that a card has about its page

bool wantsRing(const QWidget& widget)
{
    const bool own = qobject_cast<const QLineEdit*>(&widget) || qobject_cast<const QAbstractSpinBox*>(&widget) ||
                     qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QTextEdit*>(&widget) ||
                     qobject_cast<const QMenuBar*>(&widget) || qobject_cast<const QMainWindow*>(&widget);
    return !own && !widget.isWindow();
}

} // namespace

FocusRing::FocusRing(const Theme& theme, QWidget& window) : QWidget(&window), m_theme(theme), m_window(window)
{
    setObjectName(QStringLiteral("focusRing"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FocusRing::watch(bool on)
{
    for (QWidget* w = m_target; w && w != &m_window; w = w->parentWidget())
        on ? w->installEventFilter(this) : w->removeEventFilter(this);
}

void FocusRing::follow(QWidget* now)
{
    watch(false);
    m_target = now && m_window.isAncestorOf(now) && wantsRing(*now) ? now : nullptr;
    watch(true);
    place();
}

void FocusRing::place()
{
    const QRect shown = m_target ? m_target->visibleRegion().boundingRect() : QRect();
    if (shown.isEmpty()) return hide();
    const int around = m_target->inherits("triptych::Panel") ? kAroundPage : 0; // its words begin at its edge
    setGeometry(QRect(m_target->mapTo(&m_window, shown.topLeft()), shown.size())
                    .adjusted(-around, -around, around, around)
                    .intersected(m_window.rect()));
    show();
    raise();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
        // When layouts are done with it.
        QMetaObject::invokeMethod(this, &FocusRing::place, Qt::QueuedConnection);
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.colors().mla, kWidth));
    const double half = kWidth / 2.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(half, half, -half, -half), 3, 3);
}

} // namespace triptych
