// A ledger as JSON: the one form that commands and reports write it in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/ledger.h"

#include <span>
#include <string>

namespace triptych {

/// One JSON object, in UTF-8: the ledger with its lines, every input with unit, range, source, date and basis,
/// quantities, and what moves the total most. See docs/cost.md.
std::string ledger_json(const CostPreset& preset, const Ledger& ledger, std::span<const TornadoBar> tornado);

} // namespace triptych
