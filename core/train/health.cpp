// What is worth a note during training.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/health.h"

#include "core/routing/balance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace triptych {

std::vector<HealthNote> HealthMonitor::check(const StepReport& report)
{
    std::vector<HealthNote> notes;
    ++m_seen;
    check_finite(report, notes);
    if (m_finite) check_spike(report, notes);
    check_balance(report, notes);
    check_entropy(report, notes);
    check_dead(report, notes);
    return notes;
}

void HealthMonitor::check_finite(const StepReport& report, std::vector<HealthNote>& notes)
{
    const bool finite = std::isfinite(report.loss) && std::isfinite(report.grad_norm);
    if (!finite && m_finite)
        notes.push_back({"nan", fmt::format("step {}: loss {} and gradient norm {} are not finite; the weights were left as "
                                            "they are. Lower the learning rate or go back to a checkpoint.",
                                            report.step, report.loss, report.grad_norm)});
    m_finite = finite;
}

void HealthMonitor::check_spike(const StepReport& report, std::vector<HealthNote>& notes)
{
    const double deviation = report.main_loss - m_loss;
    if (m_seen == 1) m_loss = report.main_loss;
    if (m_seen > kSettling && deviation > kSpikeDeviations * std::sqrt(m_variance) && deviation > 0.05 * m_loss)
        notes.push_back({"loss_spike", fmt::format("step {}: the loss jumped to {:.3f} from about {:.3f} nats.", report.step,
                                                   report.main_loss, m_loss)});
    if (m_seen == 1) return;
    m_loss += kSmoothing * deviation;
    m_variance += kSmoothing * (deviation * deviation - m_variance);
}

void HealthMonitor::check_balance(const StepReport& report, std::vector<HealthNote>& notes)
{
    if (report.loads.empty()) return;
    m_max_vio = m_seen == 1 ? report.max_vio : m_max_vio + kSmoothing * (report.max_vio - m_max_vio);
    if (!m_imbalanced && m_seen > kSettling && m_max_vio > kImbalance) {
        m_imbalanced = true;
        notes.push_back({"imbalance", fmt::format("step {}: the busiest experts get {:.1f} times their fair share (MaxVio "
                                                  "{:.1f}). Raise bias_update_speed or the balance loss.",
                                                  report.step, 1 + m_max_vio, m_max_vio)});
    }
    if (m_max_vio < 0.5 * kImbalance) m_imbalanced = false;
}

void HealthMonitor::check_entropy(const StepReport& report, std::vector<HealthNote>& notes)
{
    for (const LayerLoad& load : report.loads) {
        Diversity& layer = m_diversity[load.layer];
        const auto off = report.control.off_in(load.layer);
        const double now = measure_balance(load.counts, off).effective_share;
        layer.smoothed = m_seen == 1 ? now : layer.smoothed + kSmoothing * (now - layer.smoothed);
        if (layer.smoothed > kDiverseAgain) layer.told = false;
        if (layer.told || m_seen <= kSettling || layer.smoothed >= kDiversity) continue;
        layer.told = true;
        const auto experts = static_cast<double>(load.counts.size() - off.size());
        notes.push_back({"entropy",
                         fmt::format("step {}: the tokens of layer {} go to {:.1f} of its {} experts, as their entropy "
                                     "counts. Raise bias_update_speed or the balance loss.",
                                     report.step, load.layer, layer.smoothed * experts, experts),
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
        const std::int64_t dead = std::count_if(idle.begin(), idle.end(), [](auto steps) { return steps >= kDeadAfter; });
        std::int64_t& told = m_dead[load.layer];
        if (dead > told)
            notes.push_back({"dead_experts",
                             fmt::format("step {}: {} of {} experts of layer {} have had no token for {} steps.",
                                         report.step, dead, idle.size() - off.size(), load.layer, kDeadAfter),
                             load.layer});
        told = dead;
    }
}

} // namespace triptych
