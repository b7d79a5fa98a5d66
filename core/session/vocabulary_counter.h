// Which tokens of the vocabulary an expert gets: the vocabulary specialisation of OLMoE (arXiv 2409.02060, 5.4),
// counted while the model trains.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "kernels/base/view.h"

#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// Of one layer: what LoadFrame::words and LoadFrame::word_share have an entry of.
struct VocabularyUse {
    std::vector<std::vector<LoadFrame::Word>> words; ///< [E], without texts
    double largest_share = 0; ///< mean over the tokens of the largest share that an expert has of one
};

/// Counts how often each token chose each expert. Of a large vocabulary the first kMostTokens tokens that came, which
/// are the common ones.
class VocabularyCounter {
public:
    VocabularyCounter(std::int64_t experts, std::int64_t vocabulary);

    /// tokens [N], experts [N, K] I32. Tokens out of the vocabulary are left out. Takes no memory.
    void count(std::span<const std::int32_t> tokens, ConstView<2> experts);
    /// What was counted so far weighs so much of what it did.
    void fade(double weight);
    /// Of each expert the up to kKeptWords tokens that have the largest part of their choices there, more than K / E,
    /// which is chance; seen kFewest times at least. No words at all before a token was.
    VocabularyUse measure() const;

    static constexpr std::int64_t kMostTokens = 512;
    static constexpr std::int64_t kKeptWords = 8;
    static constexpr double kFewest = 8; ///< below, a large share tells nothing

private:
    std::int64_t m_experts;
    std::vector<std::int32_t> m_slot_of; ///< [V] place of a token among those that are counted, or -1
    std::vector<std::int32_t> m_tokens;  ///< [slot] which token
    std::vector<float> m_seen;           ///< [kMostTokens] how often it came
    std::vector<float> m_chose;          ///< [kMostTokens, E] how often it chose the expert
    double m_chance = 0;                 ///< K / E
};

} // namespace triptych
