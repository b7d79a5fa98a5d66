// Why a training cannot be changed by hand now.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"

#include <QString>

namespace triptych {

/// What stands against a change and what to do, in words; empty: nothing does.
QString handsObstacle(const RunFeed& feed);

} // namespace triptych
