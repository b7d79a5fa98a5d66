// Fills a feed from a run's folder, so that every panel shows a run that was as it shows one that is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/recorded_run.h"
#include "ui/bridge/run_feed.h"

namespace triptych {

/// The feed tells of it as of a run that starts and is at its end at once: state Finished, or Idle where steps are left
/// to go. Log lines have the times of the run, local, with the date where that is not today; notes come last.
void showRecordedRun(RunFeed& feed, const RecordedRun& run);

/// "14:03:27", or "2025-03-01 14:03:27" when that was not today; the text itself when it is no time.
QString localTime(const std::string& utc);

} // namespace triptych
