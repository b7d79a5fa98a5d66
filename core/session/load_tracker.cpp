// Exponential smoothing of expert loads, and shares by domain.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/load_tracker.h"

#include "core/routing/balance.h"

#include <algorithm>

namespace triptych {

LoadTracker::LoadTracker(std::int64_t experts, std::vector<std::string> domains)
    : m_experts(experts), m_domains(std::move(domains))
{
}

void LoadTracker::take(const Tap& tap, ConstView<2> experts)
{
    if (!m_current || static_cast<std::int64_t>(m_current->size()) != experts.size(0)) return;
    auto& counts = m_layers[tap.layer].domain_counts;
    if (counts.empty()) counts.assign(m_domains.size(), std::vector<double>(static_cast<std::size_t>(m_experts)));
    const auto* chosen = experts.as<std::int32_t>();
    for (std::int64_t n = 0; n < experts.size(0); ++n) {
        const auto domain = static_cast<std::size_t>((*m_current)[static_cast<std::size_t>(n)]);
        if (domain >= counts.size()) continue; // padding and unlabelled documents
        for (std::int64_t k = 0; k < experts.size(1); ++k)
            counts[domain][static_cast<std::size_t>(chosen[n * experts.size(1) + k])] += 1;
    }
}

void LoadTracker::add(const StepReport& report)
{
    // Early steps count for more, so that the first picture is not a fade-in from zero.
    ++m_steps;
    const double rate = std::max(1.0 / kWindow, 1.0 / static_cast<double>(m_steps));
    for (const LayerLoad& load : report.loads) {
        Layer& layer = m_layers[load.layer];
        const auto ratio = utilisation(load.counts, report.control.off_in(load.layer));
        layer.smoothed.resize(ratio.size());
        layer.since.resize(ratio.size());
        for (std::size_t e = 0; e < ratio.size(); ++e) {
            layer.smoothed[e] += rate * (ratio[e] - layer.smoothed[e]);
            layer.since[e] = load.counts[e] > 0 ? 0 : layer.since[e] + 1;
        }
        for (const std::int32_t e : report.control.off_in(load.layer)) layer.since[static_cast<std::size_t>(e)] = 0;
        for (auto& domain : layer.domain_counts)
            for (double& c : domain) c *= 1 - 1 / kWindow;
    }
    m_last = report;
}

std::shared_ptr<const LoadFrame> LoadTracker::frame() const
{
    auto frame = std::make_shared<LoadFrame>();
    frame->step = m_last.step;
    frame->experts = m_experts;
    frame->layers = m_last.loads;
    frame->domains = m_domains;
    frame->control = m_last.control;
    const std::int64_t window = std::min<std::int64_t>(m_steps, static_cast<std::int64_t>(kWindow));
    for (const LayerLoad& load : m_last.loads) {
        const Layer& layer = m_layers.at(load.layer);
        frame->ratio.emplace_back(layer.smoothed.begin(), layer.smoothed.end());
        frame->max_vio.push_back(measure_balance(load.counts, m_last.control.off_in(load.layer)).max_violation);
        const auto dead = std::count_if(layer.since.begin(), layer.since.end(), [&](auto s) { return s >= window; });
        frame->dead_fraction.push_back(static_cast<double>(dead) / static_cast<double>(layer.since.size()));
        std::vector<std::vector<float>> shares;
        for (const auto& counts : layer.domain_counts) {
            double total = 0;
            for (double c : counts) total += c;
            std::vector<float> share;
            for (double c : counts) share.push_back(static_cast<float>(total > 0 ? c / total : 0));
            shares.push_back(std::move(share));
        }
        if (!shares.empty()) frame->domain_share.push_back(std::move(shares));
    }
    return frame;
}

} // namespace triptych
