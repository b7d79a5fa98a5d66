// Two prices of a running training, from device-seconds: the rental headline and the full cost of owned hardware and
// programme.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/money.h"
#include "core/cost/price_input.h"
#include "core/util/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

/// What a device costs to rent, and what it costs to own. One device is one GPU, or the whole machine when training on
/// the CPU.
struct RunPrices {
    std::string title;      ///< "This machine, 2 threads"
    PriceInput rental;      ///< USD per device-hour
    PriceInput purchase;    ///< USD per device, all in
    PriceInput life;        ///< years, straight line, no residual value
    PriceInput utilisation; ///< share of its life the device is busy, (0, 1]
    PriceInput power;       ///< kW per device while training, server included
    PriceInput pue;         ///< facility power / device power, >= 1
    PriceInput tariff;      ///< USD per kWh
    PriceInput run_share;   ///< this run's share of all compute of its programme (failed runs, ablations), (0, 1]
    PriceInput staff_share; ///< people's share of the programme's total cost, [0, 1)

    /// A PC training on the CPU: rented as cloud vCPUs, or owned. `threads` >= 1 hardware threads.
    static RunPrices this_machine(int threads);
    /// The DeepSeek-V3 report's assumption, $2 per H800-hour, beside an owned cluster.
    static RunPrices h800();
    static RunPrices h100();
    static RunPrices h200();
};

/// The inputs in the order they are used, with a stable key and an English title each.
struct NamedPriceInput {
    std::string key;   ///< "rental"
    std::string title; ///< "Rental price"
    PriceInput input;
};
std::vector<NamedPriceInput> named_inputs(const RunPrices& prices);

/// Refuses what would give nonsense (not finite, negative, a share of zero), naming the input and the range.
Status validate(const RunPrices& prices);

/// Prices device-seconds. Pure: same seconds, same answer; nothing is accumulated, so a resumed run neither resets nor
/// double-counts. Amounts are whole micro-dollars inside.
class RunMeter {
public:
    /// Throws std::invalid_argument where validate() refuses; ask it first for numbers a user typed.
    explicit RunMeter(RunPrices prices);

    const RunPrices& prices() const { return m_prices; }

    /// Headline: device-hours x rental price. Scope: this run only.
    std::int64_t headline_micro_usd(double device_seconds) const;
    /// Full cost: device-hours x owned price / share of the run in its programme / (1 - share of people).
    std::int64_t tco_micro_usd(double device_seconds) const;
    /// The same as Money has them, to the last bit: what a run records is compared with what is priced again.
    double headline_usd(double device_seconds) const
    {
        return Money::from_micro(headline_micro_usd(device_seconds)).usd();
    }
    double tco_usd(double device_seconds) const { return Money::from_micro(tco_micro_usd(device_seconds)).usd(); }

    double capex_usd_per_device_hour() const;  ///< purchase / (life x utilisation)
    double energy_usd_per_device_hour() const; ///< power x PUE x tariff
    double owned_usd_per_device_hour() const;  ///< the sum of the two
    double programme_factor() const;           ///< 1 / run_share / (1 - staff_share)

private:
    RunPrices m_prices;
};

} // namespace triptych
