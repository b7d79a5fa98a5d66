// What is worth a note during training.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/health.h"

#include "core/routing/balance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace triptych {

namespace {

/// What a layer's router chooses among in a step.
struct Choice {
    double experts = 0; ///< E, those that are on
    double active = 0;  ///< K
    double each = 0;    ///< m: choices an expert in the step, on average

    /// MaxVio where the same K experts are chosen for all tokens; and exp(entropy) / E then.
    double worst_violation() const { return std::max(experts / active - 1, 0.0); }
    double worst_diversity() const { return std::min(active / experts, 1.0); }
    /// MaxVio that chance brings about where all experts are as likely: the largest of E Poisson counts of mean m, by
    /// Bernstein's inequality.
    double chance_violation() const
    {
        return each > 0 ? std::sqrt(2 * std::log(experts) / each) + std::log(experts) / (3 * each) : 0;
    }
    /// MinVio then, likewise of the smallest count.
    double chance_starvation() const { return each > 0 ? std::min(std::sqrt(2 * std::log(experts) / each), 1.0) : 1; }
    /// CV where the same K experts are chosen for all tokens; and of Poisson counts.
    double worst_variation() const { return std::sqrt(worst_violation()); }
    double chance_variation() const { return each > 0 ? 1 / std::sqrt(each) : 0; }
    /// exp(entropy) / E then, to first order: counts of E m choices have an entropy smaller by (E - 1) / (2 E m).
    double chance_diversity() const { return each > 0 ? std::exp(-(experts - 1) / (2 * experts * each)) : 0; }
};

Choice choice_of(const LayerLoad& load, const StepReport& report, std::int64_t experts_per_token)
{
    Choice choice;
    choice.experts = static_cast<double>(load.counts.size() - report.control.off_in(load.layer).size());
    const std::int64_t active = report.control.active > 0 ? report.control.active : experts_per_token;
    choice.active = static_cast<double>(std::max<std::int64_t>(active, 1));
    const auto chosen = static_cast<double>(std::accumulate(load.counts.begin(), load.counts.end(), std::int64_t{0}));
    choice.each = choice.experts > 0 ? chosen / choice.experts : 0;
    return choice;
}

} // namespace

std::vector<HealthNote> HealthMonitor::check(const StepReport& report)
{
    std::vector<HealthNote> notes;
    ++m_seen;
    check_finite(report, notes);
    if (m_finite) check_spike(report, notes);
    check_balance(report, notes);
    check_entropy(report, notes);
    check_variation(report, notes);
    check_dead(report, notes);
    check_starved(report, notes);
    return notes;
}

void HealthMonitor::check_finite(const StepReport& report, std::vector<HealthNote>& notes)
{
    const bool finite = std::isfinite(report.loss) && std::isfinite(report.grad_norm);
    if (!finite && m_finite)
        notes.push_back(
            {"nan", fmt::format("step {}: loss {} and gradient norm {} are not finite; the weights were left as "
                                "they are. Lower the learning rate or go back to a checkpoint.",
                                report.step, report.loss, report.grad_norm)});
    m_finite = finite;
}

void HealthMonitor::check_spike(const StepReport& report, std::vector<HealthNote>& notes)
{
    const double deviation = report.main_loss - m_loss;
    if (m_seen == 1) m_loss = report.main_loss;
    if (m_seen > kSettling && deviation > kSpikeDeviations * std::sqrt(m_variance) && deviation > 0.05 * m_loss)
        notes.push_back({"loss_spike", fmt::format("step {}: the loss jumped to {:.3f} from about {:.3f} nats.",
                                                   report.step, report.main_loss, m_loss)});
    if (m_seen == 1) return;
    m_loss += kSmoothing * deviation;
    m_variance += kSmoothing * (deviation * deviation - m_variance);
}

bool HealthMonitor::is_settled(const StepReport& report) const
{
    const double gamma = report.bias_update_speed;
    const double travel = gamma > 0 ? std::min(kBiasTravel / gamma, kMostBiasSteps) : 0;
    return static_cast<double>(m_seen) > static_cast<double>(kSettling) + travel;
}

void HealthMonitor::Trend::add(double now, bool first)
{
    smoothed = first ? now : smoothed + kSmoothing * (now - smoothed);
    slow = first ? now : slow + kSlowSmoothing * (now - slow);
}

bool HealthMonitor::Watched::begins(bool bad, bool good)
{
    if (good) told = false;
    return bad && !std::exchange(told, true);
}

void HealthMonitor::check_balance(const StepReport& report, std::vector<HealthNote>& notes)
{
    if (report.loads.empty()) return;
    double chance = 0;
    double allowed = 0;
    for (const LayerLoad& load : report.loads) {
        const Choice choice = choice_of(load, report, m_experts_per_token);
        chance += choice.chance_violation() / static_cast<double>(report.loads.size());
        allowed +=
            std::min(kImbalance, kWorstShare * choice.worst_violation()) / static_cast<double>(report.loads.size());
    }
    m_max_vio.add(report.max_vio, m_seen == 1);
    const double now = m_max_vio.smoothed;
    const bool mending = m_max_vio.is_falling();
    if (!m_imbalanced && !mending && is_settled(report) && now > chance + allowed) {
        m_imbalanced = true;
        notes.push_back(
            {"imbalance", fmt::format("step {}: the busiest experts get {:.1f} times their fair share (MaxVio "
                                      "{:.1f}). Raise bias_update_speed or the balance loss.",
                                      report.step, 1 + now, now)});
    }
    if (now < chance + 0.5 * allowed) m_imbalanced = false;
}

void HealthMonitor::check_entropy(const StepReport& report, std::vector<HealthNote>& notes)
{
    for (const LayerLoad& load : report.loads) {
        Watched& layer = m_diversity[load.layer];
        const Choice choice = choice_of(load, report, m_experts_per_token);
        const double now = measure_balance(load.counts, report.control.off_in(load.layer)).effective_share;
        layer.trend.add(now, m_seen == 1);
        const double smoothed = layer.trend.smoothed;
        const double worst = choice.worst_diversity();
        const double low = choice.chance_diversity() * std::max(kDiversity, worst + kDiversityShare * (1 - worst));
        const bool bad = smoothed < low && !layer.trend.is_rising() && is_settled(report);
        if (!layer.begins(bad, smoothed > kDiverseAgain * low)) continue;
        notes.push_back({"entropy",
                         fmt::format("step {}: the tokens of layer {} go to {:.1f} of its {} experts, as their entropy "
                                     "counts. Raise bias_update_speed or the balance loss.",
                                     report.step, load.layer, smoothed * choice.experts, choice.experts),
                         load.layer});
    }
}

void HealthMonitor::check_variation(const StepReport& report, std::vector<HealthNote>& notes)
{
    for (const LayerLoad& load : report.loads) {
        Watched& layer = m_variation[load.layer];
        const Choice choice = choice_of(load, report, m_experts_per_token);
        layer.trend.add(measure_balance(load.counts, report.control.off_in(load.layer)).variation, m_seen == 1);
        const double smoothed = layer.trend.smoothed;
        const double chance = choice.chance_variation();
        const double allowed = std::min(kVariation, kWorstShare * choice.worst_variation());
        // Chance and a preference are independent: their variances add up.
        const bool bad = smoothed > std::hypot(chance, allowed) && !layer.trend.is_falling() && is_settled(report);
        if (!layer.begins(bad, smoothed < std::hypot(chance, 0.5 * allowed))) continue;
        notes.push_back({"variation",
                         fmt::format("step {}: the loads of the experts of layer {} are spread by {:.2f} of their mean "
                                     "(CV; by chance {:.2f}). Raise bias_update_speed or the balance loss.",
                                     report.step, load.layer, smoothed, chance),
                         load.layer});
    }
}

/// Of those that are dead it is said so instead.
void HealthMonitor::check_starved(const StepReport& report, std::vector<HealthNote>& notes)
{
    for (const LayerLoad& load : report.loads) {
        Watched& layer = m_starved[load.layer];
        const Choice choice = choice_of(load, report, m_experts_per_token);
        layer.trend.add(measure_balance(load.counts, report.control.off_in(load.layer)).min_violation, m_seen == 1);
        const double smoothed = layer.trend.smoothed;
        const double chance = choice.chance_starvation();
        const double bound = chance + kStarved * (1 - chance);
        const bool mending = layer.trend.is_falling() || m_diversity[load.layer].trend.is_rising();
        const bool bad =
            smoothed > bound && chance < 1 && m_dead[load.layer] == 0 && !mending && is_settled(report);
        if (!layer.begins(bad, smoothed < chance + 0.5 * (1 - chance))) continue;
        notes.push_back({"starved_experts",
                         fmt::format("step {}: the idlest expert of layer {} gets {:.0f} % of its fair share (MinVio "
                                     "{:.2f}). Raise bias_update_speed or the balance loss.",
                                     report.step, load.layer, 100 * (1 - smoothed), smoothed),
                         load.layer});
    }
}

void HealthMonitor::check_dead(const StepReport& report, std::vector<HealthNote>& notes)
{
    for (const LayerLoad& load : report.loads) {
        auto& idle = m_idle[load.layer];
        idle.resize(load.counts.size());
        for (std::size_t e = 0; e < idle.size(); ++e) idle[e] = load.counts[e] > 0 ? 0 : idle[e] + 1;
        const auto off = report.control.off_in(load.layer);
        for (const std::int32_t e : off) idle[static_cast<std::size_t>(e)] = 0;
        if (m_diversity[load.layer].trend.is_rising()) continue; // they come back
        if (!is_settled(report) && report.bias_update_speed > 0) continue;
        const Choice choice = choice_of(load, report, m_experts_per_token);
        if (!(choice.each > 0)) continue;
        const auto after =
            std::max<std::int64_t>(kDeadAfter, std::llround((std::log(choice.experts) + kUnlikely) / choice.each));
        const std::int64_t dead = std::count_if(idle.begin(), idle.end(), [&](auto steps) { return steps >= after; });
        std::int64_t& told = m_dead[load.layer];
        // Where they die one by one, which a large router may do for a hundred steps, not of each.
        const bool more = dead > told && dead >= told + told / 2;
        if (more)
            notes.push_back({"dead_experts",
                             fmt::format("step {}: {} of {} experts of layer {} have had no token for {} steps.",
                                         report.step, dead, choice.experts, load.layer, after),
                             load.layer});
        if (more || dead < told / 2 || dead == 0) told = dead;
    }
}

} // namespace triptych
