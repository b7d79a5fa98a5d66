// What all columns that scroll have in common.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scroll_column.h"

namespace triptych {

QScrollArea* scrollColumn(QWidget* content, const QString& name, QWidget* parent)
{
    auto* scroll = new QScrollArea(parent);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(name);
    if (name.isEmpty()) scroll->setFocusPolicy(Qt::NoFocus);
    content->setMinimumWidth(1); // narrower rather than cut
    scroll->setWidget(content);
    for (QWidget* ground : {scroll->viewport(), content}) ground->setAutoFillBackground(false);
    return scroll;
}

} // namespace triptych
