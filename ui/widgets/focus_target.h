// What has the keys when a page gets the focus.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace triptych {

/// A focus that the page is given goes on to target, which is in it and outlives no page. Unlike a focus proxy, which
/// Tab would go to instead of all that stands before it in the page. A later call replaces an earlier one.
void giveFocusTo(QWidget& page, QWidget& target);

/// What was chosen so; null: nothing.
QWidget* focusTarget(const QWidget& page);

} // namespace triptych
