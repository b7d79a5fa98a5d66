// The formulas of cost accounting: what an hour of owned hardware is worth, what device-seconds cost, and how often to
// save.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

inline constexpr double kHoursPerYear = 8766; ///< 365.25 days
inline constexpr double kHoursPerMonth = 730; ///< as monthly rents are quoted
inline constexpr double kSecondsPerHour = 3600;

/// What device-seconds cost, in the unit of the price of a device-hour; no number at a price that is none.
constexpr double price_of_seconds(double device_seconds, double per_hour)
{
    return device_seconds / kSecondsPerHour * per_hour;
}

/// Capital cost per busy hour, in units of `price` an hour. All take amounts of zero or more, years above zero, and a
/// utilisation (busy share of the time) in (0, 1]; anything else gives infinity or not-a-number, never a crash.
///
/// The accountant's: (price - residual) / (years * 8766 * utilisation).
double straight_line(double price, double residual, double years, double utilisation);
/// The bank's: what must be earned each hour to pay price back at a yearly interest over the years, keeping the
/// residual value at the end: (price - residual (1 + r)^-n) r / (1 - (1 + r)^-n) / (8766 * utilisation). Without
/// interest it is the straight line.
double annuity(double price, double residual, double interest, double years, double utilisation);
/// The economist's (Epoch AI): what the hardware loses of its market value in its first hour of use when prices fall by
/// `orders` powers of ten a year: price * orders * ln(10) / 8766.
double economic_decay(double price, double orders);

/// How long to compute between two checkpoints that take `save` each when a failure is to be expected every `mtbf`:
/// sqrt(2 * save * mtbf) (Young 1974). In the unit of its arguments.
double young_interval(double save, double mtbf);
/// Share of the time that is neither spent on saving nor lost to failures, to first order: 1 - save / interval -
/// (interval / 2 + restart) / mtbf, not below zero. All in the same unit.
double expected_goodput(double save, double interval, double restart, double mtbf);

} // namespace triptych
