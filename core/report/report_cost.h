// What a report says about money: the two ledgers of a run with all that they are made of, and what to hold them
// against.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"
#include "core/cost/ledger.h"
#include "core/cost/live_cost.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// A preset under one of its lenses, with bands and what moves it most. The inputs are those of the preset, each with
/// value, unit, range, source, date, basis and whether a user edited it.
struct PricedLens {
    CostPreset preset;
    Ledger ledger;
    std::vector<TornadoBar> tornado; ///< the widest first
};

/// One of the two ledgers of a run.
struct RunLedger {
    PricedLens lens;
    double usd_per_device_hour = 0;
    CostRates rates; ///< $ per device-hour, per million tokens, per 0.01 nat, over the last 200 steps
    std::optional<CostProjection> projection; ///< of the steps it was planned for; nothing where it has no end
    std::vector<PricedTime> time;             ///< where its time went, at this price; empty: no time was kept
    std::optional<Money> per_mtoken_overall;  ///< the total over all tokens; nothing before the first
};

struct RunMoney {
    double device_hours = 0;
    double tokens = 0;
    RunLedger headline; ///< this run alone at a rental price
    RunLedger full;     ///< owned hardware, energy, programme and people
    /// Electricity of the run. Watts and joules are measured, or nothing; kWh is by the power that the ledger has.
    std::optional<double> measured_watts;
    std::optional<double> measured_kwh; ///< while the counter was there
    double kwh = 0;                     ///< device-hours x power x PUE of the full ledger
    Money energy_usd;                   ///< that, at the tariff of the full ledger
    /// Extrapolations to V3's scale, which are no prices: by FLOPs, and by the MFU of this run on H800s. Empty where
    /// the run has not trained.
    std::vector<PricedLens> extrapolations;
};

/// A known total to hold a run against.
struct CostContextRow {
    std::string preset; ///< its name
    std::string title;
    std::string lens_title;
    std::string scope;
    std::optional<double> gpu_hours;
    Money total;
    Money low;
    Money high;
    std::string source;
    std::string date;
    PriceBasis basis = PriceBasis::Published;
};

/// The same for every run: what the argument is about.
struct CostContext {
    std::vector<CostContextRow> rows;    ///< the first lens of every preset that needs no run, by rising total
    std::optional<PricedLens> waterfall; ///< from V3's headline to the fleet
};

} // namespace triptych
