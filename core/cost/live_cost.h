// What a running or recorded training costs, by step: computed from its device-seconds again and again, never stored.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/money.h"
#include "core/cost/run_meter.h"
#include "core/run/time_account.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace triptych {

/// Where a run stood after a step.
struct CostPoint {
    std::int64_t step = 0;
    double tokens = 0;         ///< since the first step
    double device_seconds = 0; ///< since the first step
    double loss = 0;           ///< nats per token; not-a-number where there was none
};

/// Both meters after a step.
struct PricedPoint {
    std::int64_t step = 0;
    Money headline;
    Money tco;
};
/// The history of a run at these prices. Pure: other prices give another history of the same run, the same give the
/// same, whatever was computed before.
std::vector<PricedPoint> reprice(std::span<const CostPoint> history, const RunMeter& meter);

/// Which of the two meters an amount is of.
enum class CostMeter : std::uint8_t { Headline = 1, FullCost };
/// What an hour of the device costs, USD.
double usd_per_device_hour(const RunMeter& meter, CostMeter which);

/// What a run pays for now. Over the last `window` steps, or all where there are fewer.
struct CostRates {
    Money per_device_hour;             ///< burn rate while it trains
    std::optional<Money> per_mtoken;   ///< a million tokens
    std::optional<Money> per_centinat; ///< 0.01 nat less of loss; nothing while the loss does not fall
};
/// The loss falls by the line of least squares through the window. Steps without a loss are left out of it.
CostRates cost_rates(std::span<const CostPoint> history, double usd_per_hour, std::int64_t window = 200);

/// The total at the end of a run, with a band.
struct CostProjection {
    Money total;
    Money low;
    Money high;
    double device_seconds = 0; ///< in all, at the end
};
/// Steps still to come take as long as the median step of the last `window`; for the band, as long as those of 5 % and
/// 95 %. What is paid already is certain. Nothing before the second step. A run beyond its last step costs what it has.
std::optional<CostProjection> project_cost(std::span<const CostPoint> history, std::int64_t last_step,
                                           double usd_per_hour, std::int64_t window = 200);

/// One use of a run's time, at its price.
struct PricedTime {
    TimeUse use = TimeUse::Productive;
    double seconds = 0;
    Money usd;
};
/// All uses in order, each at the same price of an hour: whoever rents or owns a device pays for all of them.
std::vector<PricedTime> price_time(const TimeAccount& account, double usd_per_hour);

} // namespace triptych
