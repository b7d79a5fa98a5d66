// Which corpus each row of a run comes from: exact shares, shuffled, and no counters to save.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mixture.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace triptych {

namespace {

constexpr std::uint64_t kMixtureStream = 0x6D697874757265;

} // namespace

Mixture::Mixture(const std::vector<double>& weights, std::uint64_t seed) : m_seed(seed)
{
    if (weights.empty() || weights.size() > kBlock / 2) throw std::invalid_argument("Mixture: 1 to 512 weights");
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> missing; // what the rounded-down quota lacks
    std::uint64_t given = 0;
    for (const double weight : weights) {
        if (!(weight > 0)) throw std::invalid_argument("Mixture: weights must be positive");
        const double share = weight / total * static_cast<double>(kBlock);
        m_quotas.push_back(std::max<std::uint64_t>(1, static_cast<std::uint64_t>(share)));
        missing.push_back(share - static_cast<double>(m_quotas.back()));
        given += m_quotas.back();
    }
    for (; given < kBlock; ++given) {
        const auto most = static_cast<std::size_t>(std::max_element(missing.begin(), missing.end()) - missing.begin());
        ++m_quotas[most];
        missing[most] -= 1;
    }
    for (; given > kBlock; --given) // the minimum of one row came from nowhere: the largest pays
        --*std::max_element(m_quotas.begin(), m_quotas.end());
}

Mixture::Place Mixture::place_of(std::uint64_t row) const
{
    if (m_quotas.size() == 1) return {0, row};
    const auto block = row / kBlock;
    auto position = Permutation(kBlock, m_seed, kMixtureStream ^ block << 20)(row % kBlock);
    std::size_t corpus = 0;
    while (position >= m_quotas[corpus]) position -= m_quotas[corpus++];
    return {corpus, block * m_quotas[corpus] + position};
}

} // namespace triptych
