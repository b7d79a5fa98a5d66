// The program's few icons, drawn in the colour of the text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

namespace triptych {

/// resources/icons/NAME.svg with its black replaced. An empty icon for a name that is not there.
QIcon themedIcon(const QString& name, const QColor& color);

/// The program's own icon.
QIcon programIcon();

} // namespace triptych
