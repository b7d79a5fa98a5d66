// Ledgers in words: formulas with the titles of what they are made of, where numbers come from, what a source leaves
// open.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_sheet.h"
#include "core/cost/currency.h"
#include "core/cost/ledger.h"
#include "core/cost/vanishing.h"

#include <QString>

#include <string_view>
#include <vector>

namespace triptych {

/// "published", ... in the language of the program.
QString basisText(PriceBasis basis);
/// A value with its unit; shares of one as per cent: "2 USD/GPU-hour", "62 %".
QString inputValueText(const CostInput& input, double value);
QString quantityValueText(double value, const std::string& unit);
/// "price", "scope"; the letter of the ledger for lines that are no step.
QString axisText(const LedgerLine& line);
/// What the axis means: a sentence.
QString axisSentence(const LedgerLine& line);

/// Rich text: "(<i>Hours of the programme</i> − <i>Hours of the run</i>) × <i>An hour of the fleet</i>".
QString formulaInWords(const CostPreset& preset, const CostLens& lens, std::string_view formula);
/// Rich text, a paragraph for each quantity that the line is made of, with its own formula and value, deepest last.
QString quantitiesInWords(const CostPreset& preset, const Ledger& ledger, const LedgerLine& line);
/// Rich text for tooltips: amount to the last digit, lens, formula, source and date.
QString lineExplanation(const CostPreset& preset, const Ledger& ledger, const LedgerLine& line,
                        const Currency& currency);
QString totalExplanation(const CostPreset& preset, const Ledger& ledger, const Currency& currency);

/// What is open about a line, a sentence each: its note, inputs that are claimed or unknown, what must hold for it to
/// vanish, what is known to be wrong with the source.
QStringList openQuestions(const CostPreset& preset, const LedgerLine& line,
                          const std::vector<VanishingPoint>& vanishing);

} // namespace triptych
