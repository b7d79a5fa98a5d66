// What a preset comes to: lines, totals, their bands, and what matters most. Values only, for whoever shows them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"
#include "core/cost/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

struct LedgerLine {
    std::string key;
    std::string title;
    LedgerPart part = LedgerPart::Headline;
    std::optional<CostAxis> axis;
    Money usd;
    Money low; ///< of the band; the amount itself until add_band()
    Money high;
    std::string formula;
    std::vector<std::string> inputs; ///< keys of those it depends on, also through quantities and other lines
    std::string source;              ///< those of these inputs, each once, with "; " between
    std::string date;                ///< the newest of theirs
    bool edited = false;             ///< a user has changed one of them
    bool unknown = false;            ///< nobody has published one of them: the amount leaves something out
    bool left_out = false;           ///< no part of the total
    std::string note;
};

struct LedgerQuantity {
    std::string key;
    std::string title;
    std::string unit;
    std::string formula;
    double value = 0;
    double low = 0;
    double high = 0;
};

struct Ledger {
    std::string preset; ///< name
    std::string title;
    std::string lens;
    std::string lens_title;
    std::string scope;
    std::string note; ///< of the lens
    std::optional<double> gpu_hours;
    Money total;
    Money low;
    Money high;
    std::vector<LedgerLine> lines;
    std::vector<LedgerQuantity> quantities;
};

/// The amounts at the values of the inputs. Errors: an unknown lens; an amount that is no number or does not fit, with
/// the line it stands in.
Result<Ledger> evaluate(const CostPreset& preset, std::string_view lens = {});

/// How the band is drawn: so many times, every input that matters at once and independently, with even odds below and
/// above its value, evenly within each side. The band goes from the 5 % to the 95 % quantile and always holds the
/// amount.
struct BandOptions {
    int samples = 4096;
    std::uint64_t seed = 1; ///< the same seed gives the same band everywhere
};
/// Fills low and high of lines, quantities and the total. Error: a place within the ranges where a formula has no
/// value.
Status add_band(const CostPreset& preset, Ledger& ledger, const BandOptions& options = {});

/// The total with one input at the ends of its range and all others at their values.
struct TornadoBar {
    std::string key;
    std::string title;
    Money at_low;
    Money at_high;
    /// How far the two are apart, in micro-dollars, never negative.
    std::uint64_t swing() const;
};
/// The widest first; equal ones in the order of the preset; without those that change nothing, or no more than lines
/// are rounded by.
Result<std::vector<TornadoBar>> tornado(const CostPreset& preset, std::string_view lens = {});

/// The bars of a running total.
struct RunningTornado {
    std::size_t line = 0; ///< number of the line after which that total stands
    Money total;
    std::vector<TornadoBar> bars;
};
/// Of the total or, where no range moves that, of the last running total that one does: a fleet without ranges, for
/// one, takes up all that the steps before it left open. Without bars where nothing has a range.
Result<RunningTornado> running_tornado(const CostPreset& preset, std::string_view lens = {});

/// A ledger read from top to bottom: each line leads from one running total to the next; one that is left out stays.
struct WaterfallStep {
    const LedgerLine* line;
    Money from;
    Money to;
};
/// Points into the ledger. Error: a running total that does not fit.
Result<std::vector<WaterfallStep>> waterfall(const Ledger& ledger);

} // namespace triptych
