// Tables of money: lines, inputs, known totals. Every number with its lens, source, date and basis.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_cost.h"
#include "ui/report/report_document.h"

#include <set>
#include <string>

namespace triptych {

ReportTable ledgerTable(const Ledger& ledger);
/// `without`: keys of inputs that stand elsewhere.
ReportTable inputTable(const PricedLens& lens, const std::set<std::string>& without = {});
/// The inputs that move the total most, as bars from one end to the other.
ReportFigure tornadoFigure(const PricedLens& lens);
ReportTable contextTable(const CostContext& context);
ReportTable waterfallTable(const PricedLens& lens);

} // namespace triptych
