// Passing a focus on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/focus_target.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPointer>
#include <QWidget>

namespace triptych {

namespace {

class FocusTarget : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    QPointer<QWidget> target;

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() != QEvent::FocusIn || !target || !target->isVisible()) return false;
        target->setFocus(static_cast<QFocusEvent*>(event)->reason());
        return true;
    }
};

FocusTarget* find(const QWidget& page)
{
    return page.findChild<FocusTarget*>({}, Qt::FindDirectChildrenOnly);
}

} // namespace

void giveFocusTo(QWidget& page, QWidget& target)
{
    FocusTarget* way = find(page);
    if (!way) page.installEventFilter(way = new FocusTarget(&page));
    way->target = &target;
}

QWidget* focusTarget(const QWidget& page)
{
    const FocusTarget* way = find(page);
    return way ? way->target.data() : nullptr;
}

} // namespace triptych

#include "focus_target.moc"
