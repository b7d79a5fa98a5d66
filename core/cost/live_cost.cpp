// Prices and slopes of a history.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/live_cost.h"

#include "core/cost/closed_forms.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

Money priced(double usd_per_hour, double device_seconds)
{
    return Money::clamped(price_of_seconds(std::max(0.0, device_seconds), usd_per_hour));
}

/// The last `window` steps with the point before them.
std::span<const CostPoint> tail(std::span<const CostPoint> history, std::int64_t window)
{
    const auto points = static_cast<std::size_t>(std::max<std::int64_t>(window, 1)) + 1;
    return history.size() > points ? history.last(points) : history;
}

/// Nats lost per device-second, by least squares; nothing where the loss does not fall.
std::optional<double> fall_of_loss(std::span<const CostPoint> points)
{
    double n = 0;
    double mean_x = 0;
    double mean_y = 0;
    double xx = 0;
    double xy = 0;
    for (const CostPoint& p : points) {
        if (!std::isfinite(p.loss) || !std::isfinite(p.device_seconds)) continue;
        n += 1;
        const double dx = p.device_seconds - mean_x;
        mean_x += dx / n;
        mean_y += (p.loss - mean_y) / n;
        xx += dx * (p.device_seconds - mean_x);
        xy += dx * (p.loss - mean_y);
    }
    if (n < 2 || !(xx > 0) || !(xy < 0)) return std::nullopt;
    return -xy / xx;
}

/// Device-seconds of each step, rising. A clock that stood or stepped back counts as no time.
std::vector<double> step_seconds(std::span<const CostPoint> points)
{
    std::vector<double> seconds;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double passed = points[i].device_seconds - points[i - 1].device_seconds;
        const auto steps = static_cast<double>(points[i].step - points[i - 1].step);
        if (steps > 0 && std::isfinite(passed)) seconds.push_back(std::max(0.0, passed) / steps);
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds;
}

double quantile(const std::vector<double>& rising, double share)
{
    return rising[static_cast<std::size_t>(std::lround(share * static_cast<double>(rising.size() - 1)))];
}

} // namespace

std::vector<PricedPoint> reprice(std::span<const CostPoint> history, const RunMeter& meter)
{
    std::vector<PricedPoint> priced_history;
    priced_history.reserve(history.size());
    for (const CostPoint& point : history)
        priced_history.push_back({point.step, Money::from_micro(meter.headline_micro_usd(point.device_seconds)),
                                  Money::from_micro(meter.tco_micro_usd(point.device_seconds))});
    return priced_history;
}

double usd_per_device_hour(const RunMeter& meter, CostMeter which)
{
    return which == CostMeter::Headline ? meter.prices().rental.value
                                        : meter.owned_usd_per_device_hour() * meter.programme_factor();
}

CostRates cost_rates(std::span<const CostPoint> history, double usd_per_hour, std::int64_t window)
{
    CostRates rates;
    rates.per_device_hour = Money::clamped(usd_per_hour);
    const auto recent = tail(history, window);
    if (recent.size() < 2) return rates;
    const double seconds = recent.back().device_seconds - recent.front().device_seconds;
    const double tokens = recent.back().tokens - recent.front().tokens;
    if (tokens > 0 && seconds >= 0) rates.per_mtoken = priced(usd_per_hour, seconds / tokens * 1e6);
    if (const auto fall = fall_of_loss(recent)) rates.per_centinat = priced(usd_per_hour, 0.01 / *fall);
    return rates;
}

std::optional<CostProjection> project_cost(std::span<const CostPoint> history, std::int64_t last_step,
                                           double usd_per_hour, std::int64_t window)
{
    const std::vector<double> steps = step_seconds(tail(history, window));
    if (steps.empty()) return std::nullopt;
    const CostPoint& now = history.back();
    const auto left = static_cast<double>(std::max<std::int64_t>(0, last_step - now.step));
    const auto end = [&](double share) { return now.device_seconds + left * quantile(steps, share); };
    return CostProjection{priced(usd_per_hour, end(0.5)), priced(usd_per_hour, end(0.05)),
                          priced(usd_per_hour, end(0.95)), end(0.5)};
}

std::vector<PricedTime> price_time(const TimeAccount& account, double usd_per_hour)
{
    std::vector<PricedTime> result;
    for (const TimeUseInfo& info : time_uses()) {
        const double seconds = account.seconds(info.use);
        result.push_back({info.use, seconds, priced(usd_per_hour, seconds)});
    }
    return result;
}

} // namespace triptych
