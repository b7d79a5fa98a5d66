// Ctrl-C and a polite kill close the window, so that a run is saved.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace triptych {

/// Once per program. SIGINT, SIGTERM and SIGHUP (a terminal that is closed) close all windows; a second one ends the
/// program at once.
void quitOnSignal(QObject* parent);

} // namespace triptych
