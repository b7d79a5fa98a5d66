// The formulas as the header says them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/closed_forms.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace triptych {

double straight_line(double price, double residual, double years, double utilisation)
{
    return (price - residual) / (years * kHoursPerYear * utilisation);
}

double annuity(double price, double residual, double interest, double years, double utilisation)
{
    // expm1 and log1p: at an interest of nearly nothing the plain formula is 0 / 0.
    const double worth_less = -std::expm1(-years * std::log1p(interest)); // 1 - (1 + r)^-n
    if (!(worth_less > 0)) return straight_line(price, residual, years, utilisation);
    const double kept = residual * (1 - worth_less);
    return (price - kept) * interest / worth_less / (kHoursPerYear * utilisation);
}

double economic_decay(double price, double orders)
{
    return price * orders * std::numbers::ln10 / kHoursPerYear;
}

double young_interval(double save, double mtbf)
{
    return std::sqrt(2 * save * mtbf);
}

double expected_goodput(double save, double interval, double restart, double mtbf)
{
    return std::max(0.0, 1 - save / interval - (interval / 2 + restart) / mtbf);
}

} // namespace triptych
