// Turns the loads of single steps into the calm picture of the MoE wing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/probe.h"
#include "core/session/frame.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace triptych {

/// Smooths load / mean load over about kWindow steps. As a probe of a training pass it also counts which domain chose which expert.
class LoadTracker : public Probe {
public:
    LoadTracker(std::int64_t experts, std::vector<std::string> domains);

    /// The domains of the tokens of the pass that follows, [N]; empty when unlabelled.
    void set_domains(const std::vector<std::int32_t>* domains) { m_current = domains; }
    bool wants(const Tap& tap) const override { return tap.point == TapPoint::RouterExperts && !m_domains.empty(); }
    void take(const Tap& tap, ConstView<2> experts) override;

    /// Once per step.
    void add(const StepReport& report);
    std::shared_ptr<const LoadFrame> frame() const;

private:
    static constexpr double kWindow = 20; // steps

    struct Layer {
        std::vector<double> smoothed;                     ///< [E] load / mean load
        std::vector<std::int64_t> since;                  ///< [E] steps since the last token
        std::vector<std::vector<double>> domain_counts;   ///< [domain][E], fading
    };

    std::int64_t m_experts;
    std::vector<std::string> m_domains;
    const std::vector<std::int32_t>* m_current = nullptr;
    std::map<std::int64_t, Layer> m_layers;
    StepReport m_last;
    std::int64_t m_steps = 0;
};

} // namespace triptych
