// Which experts are chosen together, and how much more often than chance would have it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "kernels/base/view.h"

#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// Of one layer: what LoadFrame::lift and LoadFrame::partners have a row of.
struct PairLift {
    std::vector<float> lift; ///< empty above kMostPairedExperts experts
    std::vector<std::vector<LoadFrame::Partner>> partners;
};

/// Counts the pairs among the K experts of each token. By chance a pair would be counted a_i a_j times, the a such that
/// every expert is in as many pairs as it was counted in: for even loads that is P(i) P(j) (K - 1) E / (K (E - 1)) of
/// the tokens, P(i) = K / E, since K experts are chosen without repetition. Lift is what was counted over that.
class PairCounter {
public:
    explicit PairCounter(std::int64_t experts);

    /// experts [N, K] I32, those of a token all different. Takes no memory.
    void count(ConstView<2> experts);
    /// What was counted so far weighs so much of what it did.
    void fade(double weight);
    /// Both empty where no pair was counted, as with one expert a token. The lift with an expert that nobody chose is
    /// 0. Above kMostPairedExperts experts a partner is one only when seen kFewest times.
    PairLift measure() const;

    static constexpr double kFewest = 8; ///< below, a high lift tells nothing

private:
    std::vector<double> chance_factors() const;

    std::int64_t m_experts;
    std::vector<float> m_pairs; ///< [E, E] tokens that chose both i and j, i < j; else 0
};

/// The up to kKeptPartners strongest of each expert, by the lift of all pairs i < j of E experts, those of expert 0
/// first.
std::vector<std::vector<LoadFrame::Partner>> strongest_partners(std::span<const float> lift, std::int64_t experts);

} // namespace triptych
