// A ledger as rows of a waterfall, and what matters most as rows of a tornado: texts, colours, tips.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/cost_book.h"
#include "ui/widgets/tornado_view.h"
#include "ui/widgets/waterfall_view.h"

namespace triptych {

/// Nothing where the book has no ledger.
std::vector<WaterfallRow> waterfallRows(const CostBook& book);
WaterfallTotal waterfallTotal(const CostBook& book);
std::vector<TornadoRow> tornadoRows(const CostBook& book);
/// "From $5.576 M to $2,573 M: 461 times. Steps of price: ... Steps of scope: ..." Empty where no line is a step of one
/// of the axes.
QString gapSentence(const CostBook& book);
/// "Edited", "claimed", "not published" as the signs that rows have; and what they mean, for a legend.
QString marksOf(const CostPreset& preset, const LedgerLine& line);
QString marksLegend();

} // namespace triptych
