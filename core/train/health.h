// Trouble that is no error: not-a-number, loss spikes, experts that collapse. Told once when it begins, not at every step.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/step_report.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace triptych {

struct HealthNote {
    std::string kind; ///< "nan", "loss_spike", "imbalance", "entropy", "dead_experts"
    std::string message;
    std::int64_t layer = -1; ///< -1: of no single layer
};

class HealthMonitor {
public:
    /// Once per step, in order. Returns what is new. Experts that are off are looked past.
    std::vector<HealthNote> check(const StepReport& report);

private:
    static constexpr std::int64_t kSettling = 50;      // steps before spikes and dead experts are looked for
    static constexpr std::int64_t kDeadAfter = 50;     // steps without a token
    static constexpr double kImbalance = 3.0;          // MaxVio, smoothed, that is worth a note
    static constexpr double kDiversity = 0.4;          // exp(entropy) / experts of a layer, smoothed, worth a note
    static constexpr double kDiverseAgain = 0.5;       // and where it is told of anew
    static constexpr double kSpikeDeviations = 6.0;    // of the loss's own step-to-step noise
    static constexpr double kSmoothing = 0.05;

    void check_finite(const StepReport& report, std::vector<HealthNote>& notes);
    void check_spike(const StepReport& report, std::vector<HealthNote>& notes);
    void check_balance(const StepReport& report, std::vector<HealthNote>& notes);
    void check_entropy(const StepReport& report, std::vector<HealthNote>& notes);
    void check_dead(const StepReport& report, std::vector<HealthNote>& notes);

    std::int64_t m_seen = 0;
    bool m_finite = true;
    double m_loss = 0;     ///< smoothed
    double m_variance = 0; ///< of the loss around it
    double m_max_vio = 0;  ///< smoothed
    bool m_imbalanced = false;
    struct Diversity {
        double smoothed = 1;
        bool told = false;
    };
    std::map<std::int64_t, Diversity> m_diversity; ///< [layer]
    std::map<std::int64_t, std::vector<std::int64_t>>
        m_idle; ///< [layer][expert] steps since the last token; 0 while off
    std::map<std::int64_t, std::int64_t> m_dead;              ///< [layer] how many were told of
};

} // namespace triptych
