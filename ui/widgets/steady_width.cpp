// Measuring the widest text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/steady_width.h"

#include "ui/widgets/type_follower.h"

#include <QWidget>

namespace triptych {

void keepWidth(QWidget& widget, const QString& widest, int edges)
{
    followType(widget, [&widget, widest, edges](double) {
        widget.setFixedWidth(widget.fontMetrics().horizontalAdvance(widest) + edges);
    });
}

} // namespace triptych
