// Walking layouts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/tab_order.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLayout>
#include <QSplitter>
#include <QWidget>

#include <algorithm>

namespace triptych {

namespace {

void collectItems(const QLayout& layout, QList<QWidget*>& into)
{
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem* item = layout.itemAt(i);
        if (QWidget* widget = item->widget())
            into << widget;
        else if (const QLayout* inner = item->layout())
            collectItems(*inner, into);
    }
}

/// Splitters have no layout, but an order.
QList<QWidget*> laidOut(const QWidget& parent)
{
    QList<QWidget*> widgets;
    if (const auto* splitter = qobject_cast<const QSplitter*>(&parent))
        for (int i = 0; i < splitter->count(); ++i) widgets << splitter->widget(i);
    else if (parent.layout())
        collectItems(*parent.layout(), widgets);
    return widgets;
}

QList<QWidget*> childrenAsRead(const QWidget& parent)
{
    QList<QWidget*> rest = parent.findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
    QList<QWidget*> ordered = laidOut(parent);
    for (const QWidget* known : ordered) rest.removeOne(const_cast<QWidget*>(known));
    std::stable_sort(rest.begin(), rest.end(), [](const QWidget* a, const QWidget* b) {
        if (a->geometry().bottom() < b->y()) return true;
        if (b->geometry().bottom() < a->y()) return false;
        return a->x() < b->x();
    });
    return ordered + rest;
}

void collect(QWidget& widget, QList<QWidget*>& into)
{
    if (widget.isWindow() && !into.isEmpty()) return;
    if ((widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy()) into << &widget;
    // What is inside of these is theirs.
    if (qobject_cast<QAbstractSpinBox*>(&widget) || qobject_cast<QComboBox*>(&widget)) return;
    for (QWidget* child : childrenAsRead(widget))
        if (!child->isWindow()) collect(*child, into);
}

} // namespace

QList<QWidget*> readingOrder(QWidget& root)
{
    QList<QWidget*> widgets;
    collect(root, widgets);
    return widgets;
}

void tabAsOneReads(QWidget& root)
{
    const QList<QWidget*> widgets = readingOrder(root);
    for (qsizetype i = 1; i < widgets.size(); ++i) QWidget::setTabOrder(widgets[i - 1], widgets[i]);
}

} // namespace triptych
