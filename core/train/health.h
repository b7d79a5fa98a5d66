// Trouble that is no error: not-a-number, loss spikes, experts that collapse. Told once when it begins, not at every
// step.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/step_report.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace triptych {

struct HealthNote {
    std::string kind; ///< "nan", "loss_spike", "imbalance", "entropy", "variation", "starved_experts", "dead_experts"
    std::string message;
    std::int64_t layer = -1; ///< -1: of no single layer
};

/// Balance is judged by what a router can do. A fair one is uneven too, by chance, where an expert gets few tokens a
/// step; at worst its busiest expert gets E / K times its share. And a healthy run begins uneven: its bias moves by
/// gamma a step through scores between 0 and 1, so that of a run whose bias is learned nothing is said of balance
/// before it could have come about, nor of any run while its balance gets better. See docs/run_format.md for the
/// bounds.
class HealthMonitor {
public:
    /// K, of the model.
    explicit HealthMonitor(std::int64_t experts_per_token = 1) : m_experts_per_token(experts_per_token) {}

    /// Once per step, in order. Returns what is new. Experts that are off are looked past.
    std::vector<HealthNote> check(const StepReport& report);

private:
    static constexpr std::int64_t kSettling = 50;   // steps before spikes and dead experts are looked for
    static constexpr std::int64_t kDeadAfter = 50;  // steps without a token
    static constexpr double kBiasTravel = 0.25;     // of the scores' range, that a bias may have to go
    static constexpr double kMostBiasSteps = 1000;  // that it is given for it
    static constexpr double kImbalance = 3.0;       // MaxVio, smoothed, that is worth a note
    static constexpr double kWorstShare = 0.5;      // of the worst there is, likewise
    static constexpr double kDiversity = 0.4;       // exp(entropy) / experts of a layer, smoothed, worth a note
    static constexpr double kDiversityShare = 0.2;  // of the way from the worst there is to an even layer, likewise
    static constexpr double kDiverseAgain = 1.25;   // times that: where it is told of anew
    static constexpr double kVariation = 1.25;      // CV of a layer's loads, smoothed, worth a note
    static constexpr double kStarved = 0.9;         // MinVio, smoothed: of the way from what chance does to 1
    static constexpr double kUnlikely = 7;          // -ln of the chance that a fair router lets one expert idle
    static constexpr double kSpikeDeviations = 6.0; // of the loss's own step-to-step noise
    static constexpr double kSmoothing = 0.05;
    static constexpr double kSlowSmoothing = 0.01;

    struct Seen;

    void check_finite(const StepReport& report, std::vector<HealthNote>& notes);
    void check_spike(const StepReport& report, std::vector<HealthNote>& notes);
    void check_balance(const StepReport& report, std::span<const Seen> layers, std::vector<HealthNote>& notes);
    void check_entropy(const StepReport& report, std::span<const Seen> layers, std::vector<HealthNote>& notes);
    void check_variation(const StepReport& report, std::span<const Seen> layers, std::vector<HealthNote>& notes);
    void check_starved(const StepReport& report, std::span<const Seen> layers, std::vector<HealthNote>& notes);
    void check_dead(const StepReport& report, std::span<const Seen> layers, std::vector<HealthNote>& notes);
    /// Whether balance could have come about.
    bool is_settled(const StepReport& report) const;

    /// A number over about 20 steps, and over about 100.
    struct Trend {
        double smoothed = 0;
        double slow = 0;
        double add(double now, bool first); ///< smoothed
        bool is_rising() const { return smoothed > slow; }
        bool is_falling() const { return smoothed < slow; }
    };

    std::int64_t m_experts_per_token;

    std::int64_t m_seen = 0;
    bool m_finite = true;
    double m_loss = 0;     ///< smoothed
    double m_variance = 0; ///< of the loss around it
    Trend m_max_vio;
    bool m_imbalanced = false;
    /// Of a layer, told of once, and anew after it was good again.
    struct Watched {
        Trend trend;
        bool told = false;
        bool begins(bool bad, bool good);
    };
    std::map<std::int64_t, Watched> m_diversity; ///< [layer]
    std::map<std::int64_t, Watched> m_variation; ///< [layer]
    std::map<std::int64_t, Watched> m_starved;   ///< [layer]
    std::map<std::int64_t, std::vector<std::int64_t>>
        m_idle;                                  ///< [layer][expert] steps since the last token; 0 while off
    std::map<std::int64_t, std::int64_t> m_dead; ///< [layer] how many were told of
};

} // namespace triptych
