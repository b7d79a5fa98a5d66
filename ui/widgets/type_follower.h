// Sizes in pixels that come from letters, measured again when the type changes: it grows with the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QTableView;
class QWidget;

namespace triptych {

/// Calls `measure` now and whenever the font of the widget changes, with how many times as wide its letters are as at
/// the call before; 1 at first. It lives as long as the widget.
void followType(QWidget& widget, std::function<void(double grown)> measure);

/// Rows are as high as the type and `padding` pixels. Columns that are neither stretched nor fitted to what they hold
/// grow with the type, also where somebody pulled at them.
void followType(QTableView& table, int padding);

/// The same for columns alone. Hidden ones stay as they are.
void growColumns(QTableView& table, double grown);

} // namespace triptych
