// Where a figure comes from, in one line: it goes with every picture and every file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"

#include <QDateTime>

namespace triptych {

/// Now, in UTC; the time of SOURCE_DATE_EPOCH where the environment has it, so that the same figure twice is the same
/// bytes.
QDateTime exportTime();

/// Screen: numbers as people of the program's language read them. File: as programs do.
enum class ProvenanceFor : std::uint8_t { Screen = 1, File };

/// "tiny-a, step 1,240, Triptych 0.1.0, 2026-11-26": the folder of the run or, without one, its model; the step shown.
QString provenanceText(const RunFeed& feed, ProvenanceFor reader);

} // namespace triptych
