// What stands where there is nothing to show yet: what will appear, and how.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <QLabel>

namespace triptych {

/// Centred and wrapped, in the muted colour.
inline QLabel* emptyNote(const QString& text, QWidget* parent = nullptr)
{
    QLabel* label = mutedLabel(text, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setMargin(16);
    return label;
}

} // namespace triptych
