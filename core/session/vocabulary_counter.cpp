// Counting tokens by expert.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/vocabulary_counter.h"

#include <algorithm>

namespace triptych {

VocabularyCounter::VocabularyCounter(std::int64_t experts, std::int64_t vocabulary)
    : m_experts(experts), m_slot_of(static_cast<std::size_t>(vocabulary), -1)
{
    const auto slots = static_cast<std::size_t>(std::min(vocabulary, kMostTokens));
    m_tokens.reserve(slots);
    m_seen.resize(slots);
    m_chose.resize(slots * static_cast<std::size_t>(experts));
}

void VocabularyCounter::count(std::span<const std::int32_t> tokens, ConstView<2> experts)
{
    const auto* chosen = experts.as<std::int32_t>();
    const std::int64_t k = experts.size(1);
    m_chance = static_cast<double>(k) / static_cast<double>(m_experts);
    for (const std::int32_t token : tokens) {
        const std::int32_t* mine = chosen;
        chosen += k;
        if (token < 0 || static_cast<std::size_t>(token) >= m_slot_of.size()) continue;
        std::int32_t& slot = m_slot_of[static_cast<std::size_t>(token)];
        if (slot < 0) {
            if (m_tokens.size() == m_seen.size()) continue;
            slot = static_cast<std::int32_t>(m_tokens.size());
            m_tokens.push_back(token);
        }
        m_seen[static_cast<std::size_t>(slot)] += 1;
        for (std::int64_t i = 0; i < k; ++i) m_chose[static_cast<std::size_t>(slot * m_experts + mine[i])] += 1;
    }
}

void VocabularyCounter::fade(double weight)
{
    for (float& seen : m_seen) seen *= static_cast<float>(weight);
    for (float& chose : m_chose) chose *= static_cast<float>(weight);
}

VocabularyUse VocabularyCounter::measure() const
{
    VocabularyUse use;
    std::vector<std::vector<LoadFrame::Word>> words(static_cast<std::size_t>(m_experts));
    double sum = 0;
    std::int64_t counted = 0;
    for (std::size_t slot = 0; slot < m_tokens.size(); ++slot) {
        if (m_seen[slot] < kFewest) continue;
        ++counted;
        float largest = 0;
        for (std::size_t e = 0; e < words.size(); ++e) {
            const float share = m_chose[slot * words.size() + e] / m_seen[slot];
            largest = std::max(largest, share);
            if (share > m_chance) words[e].push_back({m_tokens[slot], share, {}});
        }
        sum += static_cast<double>(largest);
    }
    if (counted == 0) return use;
    for (auto& of_expert : words) {
        const std::size_t kept = std::min(of_expert.size(), static_cast<std::size_t>(kKeptWords));
        std::partial_sort(
            of_expert.begin(), of_expert.begin() + static_cast<std::ptrdiff_t>(kept), of_expert.end(),
            [](const auto& a, const auto& b) { return a.share != b.share ? a.share > b.share : a.token < b.token; });
        of_expert.resize(kept);
    }
    use.words = std::move(words);
    use.largest_share = sum / static_cast<double>(counted);
    return use;
}

} // namespace triptych
