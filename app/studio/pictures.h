// Pictures of the window and of each panel, made by the program itself, with or without a display.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <QString>

namespace triptych {

class MainWindow;

/// Waits until everything is drawn, then writes window.png and PANEL.png for every panel of the catalog. Creates the
/// folder. Errors: the folder or a file cannot be written.
Status savePictures(MainWindow& window, const QString& folder);

/// Lets the event loop run until queued drawing is done.
void settle(int milliseconds = 300);

} // namespace triptych
