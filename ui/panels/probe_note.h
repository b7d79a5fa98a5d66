// What stands where the probe text was not run at the moment shown: what will appear, or why it does not.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace triptych {

class RunFeed;

/// An emptyNote() that keeps itself up to date: `coming` while passes of the probe text will come, or would with a run;
/// else why there is none of the step that is held, of a run of another process, of a recorded run. `feed` outlives it.
QLabel* probeNote(const RunFeed& feed, const QString& coming, QWidget* parent);

} // namespace triptych
