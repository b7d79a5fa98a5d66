// As wide as the widest text, in every size of type: what changes its words does not move what is beside it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace triptych {

/// Fixes the width for `widest` and `edges` pixels more, now and whenever the font changes.
void keepWidth(QWidget& widget, const QString& widest, int edges);

} // namespace triptych
