// The way of the Tab key through a window: as one reads it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace triptych {

/// All widgets below a root that Tab can reach, those of hidden pages too: by the items of layouts where there are
/// some, else from top to bottom and from left to right. Windows of their own are left out.
QList<QWidget*> readingOrder(QWidget& root);

/// Makes Tab follow it. Once more after widgets were added: Qt puts those at the end, wherever they stand.
void tabAsOneReads(QWidget& root);

} // namespace triptych
