// A column of widgets that is scrolled where it is higher than its place.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace triptych {

/// As wide as its place, without a frame; what lies below shows through. `content` becomes its own. Its name is for
/// those who reach it by the Tab key; without one it is passed over, since the content takes the keys itself.
QScrollArea* scrollColumn(QWidget* content, const QString& name, QWidget* parent);

} // namespace triptych
