// A ledger as tables: its steps, its inputs, what matters most.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

namespace triptych {

class CostBook;

/// Amounts in dollars to the micro-dollar, whatever currency is shown. Empty where the book has no ledger.
std::vector<Twin> costTwins(Panel& panel, const CostBook& book);

} // namespace triptych
