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

HealthNote note_of(const char* kind, const StepReport& report, std::int64_t layer, const std::string& what)
{
    return {kind, fmt::format("step {}: {} Raise bias_update_speed or the balance loss.", report.step, what), layer};
}

} // namespace

/// A layer in one step.
struct HealthMonitor::Seen {
    std::int64_t layer;
    const LayerLoad& load;
    Choice choice;
    BalanceMeasures now;
};

std::vector<HealthNote> HealthMonitor::check(const StepReport& report)
{
    std::vector<HealthNote> notes;
    std::vector<Seen> layers;
    for (const LayerLoad& load : report.loads)
        layers.push_back({load.layer, load, choice_of(load, report, m_experts_per_token),
                          measure_balance(load.counts, report.control.off_in(load.layer))});
    ++m_seen;
    check_finite(report, notes);
    if (m_finite) check_spike(report, notes);
    check_balance(report, layers, notes);
    check_entropy(report, layers, notes);
    check_variation(report, layers, notes);
    check_dead(report, layers, notes);
    check_starved(report, layers, notes);
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

double HealthMonitor::Trend::add(double now, bool first)
{
    slow = first ? now : slow + kSlowSmoothing * (now - slow);
    return smoothed = first ? now : smoothed + kSmoothing * (now - smoothed);
}

bool HealthMonitor::Watched::begins(bool bad, bool good)
{
    if (good) told = false;
    return bad && !std::exchange(told, true);
}

void HealthMonitor::check_balance(const StepReport& report, std::span<const Seen> layers,
                                  std::vector<HealthNote>& notes)
{
    if (layers.empty()) return;
    double chance = 0;
    double allowed = 0;
    for (const Seen& seen : layers) {
        chance += seen.choice.chance_violation() / static_cast<double>(layers.size());
        allowed +=
            std::min(kImbalance, kWorstShare * seen.choice.worst_violation()) / static_cast<double>(layers.size());
    }
    const double now = m_max_vio.add(report.max_vio, m_seen == 1);
    const bool mending = m_max_vio.is_falling();
    if (!m_imbalanced && !mending && is_settled(report) && now > chance + allowed) {
        m_imbalanced = true;
        notes.push_back(note_of(
            "imbalance", report, -1,
            fmt::format("the busiest experts get {:.1f} times their fair share (MaxVio {:.1f}).", 1 + now, now)));
    }
    if (now < chance + 0.5 * allowed) m_imbalanced = false;
}

void HealthMonitor::check_entropy(const StepReport& report, std::span<const Seen> layers,
                                  std::vector<HealthNote>& notes)
{
    for (const Seen& seen : layers) {
        Watched& layer = m_diversity[seen.layer];
        const double smoothed = layer.trend.add(seen.now.effective_share, m_seen == 1);
        const double worst = seen.choice.worst_diversity();
        const double low = seen.choice.chance_diversity() * std::max(kDiversity, worst + kDiversityShare * (1 - worst));
        const bool bad = smoothed < low && !layer.trend.is_rising() && is_settled(report);
        if (layer.begins(bad, smoothed > kDiverseAgain * low))
            notes.push_back(note_of("entropy", report, seen.layer,
                                    fmt::format("the tokens of layer {} go to {:.1f} of its {} experts, as their "
                                                "entropy counts.",
                                                seen.layer, smoothed * seen.choice.experts, seen.choice.experts)));
    }
}

void HealthMonitor::check_variation(const StepReport& report, std::span<const Seen> layers,
                                    std::vector<HealthNote>& notes)
{
    for (const Seen& seen : layers) {
        Watched& layer = m_variation[seen.layer];
        const double smoothed = layer.trend.add(seen.now.variation, m_seen == 1);
        const double chance = seen.choice.chance_variation();
        const double allowed = std::min(kVariation, kWorstShare * seen.choice.worst_variation());
        // Chance and a preference are independent: their variances add up.
        const bool bad = smoothed > std::hypot(chance, allowed) && !layer.trend.is_falling() && is_settled(report);
        if (layer.begins(bad, smoothed < std::hypot(chance, 0.5 * allowed)))
            notes.push_back(note_of("variation", report, seen.layer,
                                    fmt::format("the loads of the experts of layer {} are spread by {:.2f} of their "
                                                "mean (CV; by chance {:.2f}).",
                                                seen.layer, smoothed, chance)));
    }
}

/// Of those that are dead it is said so instead.
void HealthMonitor::check_starved(const StepReport& report, std::span<const Seen> layers,
                                  std::vector<HealthNote>& notes)
{
    for (const Seen& seen : layers) {
        Watched& layer = m_starved[seen.layer];
        const double smoothed = layer.trend.add(seen.now.min_violation, m_seen == 1);
        const double chance = seen.choice.chance_starvation();
        const bool mending = layer.trend.is_falling() || m_diversity[seen.layer].trend.is_rising();
        const bool bad = smoothed > chance + kStarved * (1 - chance) && chance < 1 && m_dead[seen.layer] == 0 &&
                         !mending && is_settled(report);
        if (layer.begins(bad, smoothed < chance + 0.5 * (1 - chance)))
            notes.push_back(note_of("starved_experts", report, seen.layer,
                                    fmt::format("the idlest expert of layer {} gets {:.0f} % of its fair share "
                                                "(MinVio {:.2f}).",
                                                seen.layer, 100 * (1 - smoothed), smoothed)));
    }
}

void HealthMonitor::check_dead(const StepReport& report, std::span<const Seen> layers, std::vector<HealthNote>& notes)
{
    for (const Seen& seen : layers) {
        const LayerLoad& load = seen.load;
        auto& idle = m_idle[load.layer];
        idle.resize(load.counts.size());
        for (std::size_t e = 0; e < idle.size(); ++e) idle[e] = load.counts[e] > 0 ? 0 : idle[e] + 1;
        const auto off = report.control.off_in(load.layer);
        for (const std::int32_t e : off) idle[static_cast<std::size_t>(e)] = 0;
        if (m_diversity[load.layer].trend.is_rising()) continue; // they come back
        if (!is_settled(report) && report.bias_update_speed > 0) continue;
        const Choice& choice = seen.choice;
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
