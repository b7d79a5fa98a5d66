// Counting pairs of experts, and the table that chance would give.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/pair_counter.h"

#include "core/session/history_shape.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

PairCounter::PairCounter(std::int64_t experts)
    : m_experts(experts), m_pairs(static_cast<std::size_t>(experts * experts))
{}

void PairCounter::count(ConstView<2> experts)
{
    const auto* chosen = experts.as<std::int32_t>();
    const std::int64_t k = experts.size(1);
    for (std::int64_t n = 0; n < experts.size(0); ++n, chosen += k)
        for (std::int64_t a = 0; a < k; ++a)
            for (std::int64_t b = a + 1; b < k; ++b) {
                const auto [low, high] = std::minmax(chosen[a], chosen[b]);
                m_pairs[static_cast<std::size_t>(low * m_experts + high)] += 1;
            }
}

void PairCounter::fade(double weight)
{
    for (float& pair : m_pairs) pair *= static_cast<float>(weight);
}

/// [E] a_i with a_i (sum of the others) = pairs that expert i is in: quasi-independence, as for a table whose diagonal
/// cannot be filled. Each round moves every factor half of the way, by its logarithm, which does not overshoot.
std::vector<double> PairCounter::chance_factors() const
{
    const auto e = static_cast<std::size_t>(m_experts);
    std::vector<double> pairs(e);
    for (std::size_t i = 0; i < e; ++i)
        for (std::size_t j = i + 1; j < e; ++j) {
            pairs[i] += static_cast<double>(m_pairs[i * e + j]);
            pairs[j] += static_cast<double>(m_pairs[i * e + j]);
        }
    const double root = std::sqrt(std::accumulate(pairs.begin(), pairs.end(), 0.0));
    if (!(root > 0)) return {};
    std::vector<double> factors(e);
    for (std::size_t i = 0; i < e; ++i) factors[i] = pairs[i] / root;
    double sum = root;
    for (int round = 0; round < 60; ++round) {
        double moved = 0;
        for (std::size_t i = 0; i < e; ++i) {
            if (!(pairs[i] > 0)) continue;
            const double better = std::sqrt(factors[i] * pairs[i] / (sum - factors[i]));
            moved = std::max(moved, std::abs(better / factors[i] - 1));
            sum += better - factors[i];
            factors[i] = better;
        }
        if (moved < 1e-5) break;
    }
    return factors;
}

PairLift PairCounter::measure() const
{
    const std::vector<double> factors = chance_factors();
    if (factors.empty()) return {};
    const auto e = static_cast<std::size_t>(m_experts);
    const bool all = m_experts <= kMostPairedExperts;
    std::vector<float> lift;
    lift.reserve(e * (e - 1) / 2);
    for (std::size_t i = 0; i < e; ++i)
        for (std::size_t j = i + 1; j < e; ++j) {
            const auto seen = static_cast<double>(m_pairs[i * e + j]);
            const double expected = factors[i] * factors[j];
            const bool told = expected > 0 && (all || seen >= kFewest);
            lift.push_back(told ? static_cast<float>(seen / expected) : 0);
        }
    PairLift result{.lift = {}, .partners = strongest_partners(lift, m_experts)};
    if (all) result.lift = std::move(lift);
    return result;
}

std::vector<std::vector<LoadFrame::Partner>> strongest_partners(std::span<const float> lift, std::int64_t experts)
{
    std::vector<std::vector<LoadFrame::Partner>> partners(static_cast<std::size_t>(experts));
    std::size_t pair = 0;
    for (std::int32_t i = 0; i < experts; ++i)
        for (std::int32_t j = i + 1; j < experts; ++j, ++pair) {
            if (!(lift[pair] > 0)) continue;
            partners[static_cast<std::size_t>(i)].push_back({j, lift[pair]});
            partners[static_cast<std::size_t>(j)].push_back({i, lift[pair]});
        }
    for (auto& of_expert : partners) {
        const std::size_t kept = std::min(of_expert.size(), static_cast<std::size_t>(kKeptPartners));
        std::partial_sort(
            of_expert.begin(), of_expert.begin() + static_cast<std::ptrdiff_t>(kept), of_expert.end(),
            [](const auto& a, const auto& b) { return a.lift != b.lift ? a.lift > b.lift : a.expert < b.expert; });
        of_expert.resize(kept);
    }
    return partners;
}

} // namespace triptych
