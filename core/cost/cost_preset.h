// A cost preset: inputs with their sources, the formulas that make amounts of them, and totals that prove it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/formula.h"
#include "core/cost/price_input.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// The books an amount belongs to. Inference is apart: no lens mixes it with the others.
enum class LedgerPart : std::uint8_t {
    Headline = 1, ///< A: hours of this run times a rental price
    UnitCost,     ///< B: an hour of owned hardware: capital, energy, space, network, storage, operations
    Run,          ///< C: this run at the owned price, with what was not productive
    Programme,    ///< D: failed runs, ablations, data generation, evaluation
    People,       ///< E
    Data,         ///< F
    Overheads,    ///< G: idle fleet, failed purchases, finance
    Inference,    ///< I: serving what was trained
};
/// "A" to "G" and "I".
char letter_of(LedgerPart part);
/// "Headline", ...
std::string_view title_of(LedgerPart part);
std::optional<LedgerPart> ledger_part_from_letter(std::string_view letter);

/// What a step from one total to another changes. Both at once would hide which of them made the difference.
enum class CostAxis : std::uint8_t {
    Price = 1, ///< what an hour costs
    Scope,     ///< what is counted: hours, hardware, years, people
};

struct CostInput {
    std::string key;   ///< "rental"
    std::string title; ///< "Rental price"
    PriceInput input;
    InputKind kind = InputKind::Amount;
    std::string from;  ///< a fact of a run or machine that takes this place, see fill(); empty: none
    std::string means; ///< "tariff": inputs of other presets with this name are the same quantity; empty: its own
};

/// A named intermediate result.
struct CostQuantity {
    std::string key;
    std::string title;
    std::string unit;
    Formula formula;
};

/// One amount in USD. Formulas see it under its key, as it is shown: rounded to the micro-dollar.
struct CostLine {
    std::string key;
    std::string title;
    LedgerPart part = LedgerPart::Headline;
    Formula formula;
    std::optional<CostAxis> axis; ///< of a step of a waterfall
    std::string note;             ///< what a reader should know; may be empty
    bool left_out = false;        ///< a user counts without it: it is no part of the total; formulas see it as before
};

/// One way to count: which lines, of what scope. Its total is the sum of all its lines.
struct CostLens {
    std::string key;       ///< "rental"
    std::string title;     ///< "Hours times a rental price"
    std::string scope;     ///< what is in it and what is not
    std::string gpu_hours; ///< name of the input or quantity that holds them; empty where hours are not known
    std::string note;
    std::string widens; ///< key of a lens of the preset: this one counts all that it counts, and more; may be empty
    std::vector<CostLine> lines;
};

/// What a preset must come to, by its source. Checked by a test for every preset there is.
struct CostExpectation {
    struct Number {
        std::string key; ///< of an input that is set, of a line, or of a quantity
        double value = 0;
        double tolerance = 0; ///< absolute, of what is expected
    };
    std::string lens;
    std::string source; ///< who says so
    std::vector<Number> settings;
    std::optional<Number> total; ///< USD
    std::vector<Number> lines;   ///< USD
    std::vector<Number> quantities;
};

struct CostPreset {
    std::string name; ///< the file's, without ".json"
    std::string title;
    std::string source;
    std::string url;
    std::string date;
    PriceBasis basis = PriceBasis::Published; ///< of the whole: a press claim is Claimed
    std::string note;
    std::vector<std::string> defects; ///< what is known to be wrong with the source
    std::vector<CostInput> inputs;
    std::vector<CostQuantity> quantities;
    std::vector<CostLens> lenses; ///< the first is shown where none is asked for
    std::vector<CostExpectation> expectations;
};

/// What every formula may use beside inputs, quantities and lines.
struct CostConstant {
    std::string_view key;
    std::string_view unit;
    double value;
};
std::span<const CostConstant> cost_constants();

/// By key, or the first for an empty one. Error: lists those there are.
Result<const CostLens*> find_lens(const CostPreset& preset, std::string_view key);

/// Replaces a value by a user's, who stands for it: it is marked as edited, and its range is the value alone unless one
/// is given. Errors: unknown key (with those near it), a value or range that makes no sense.
struct CostEdit {
    std::string key;
    double value = 0;
    double low = 0;
    double high = 0;
};
Status apply_edit(CostPreset& preset, const CostEdit& edit);
/// Reads "rental=2.95" or, with a range, "rental=2.95,1.99,6.88", and applies it.
Status apply_edit(CostPreset& preset, std::string_view text);

/// Something measured that takes the place of an input with the same `from`: "machine.threads", "machine.watts",
/// "run.device_hours", "run.flop", "run.mfu".
struct CostFact {
    std::string from;
    double value = 0;
    std::string source; ///< "counted on this machine"
    std::string date;
};
/// Inputs nobody measured stay as they are. Returns how many were filled. Error: a measured value that its input cannot
/// take, such as the FLOPs of a run without a step; then the preset is left half filled.
Result<int> fill(CostPreset& preset, std::span<const CostFact> facts);

} // namespace triptych
