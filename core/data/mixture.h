// Which corpus each row of a run comes from: exact shares, shuffled, and no counters to save.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/permutation.h"

#include <cstdint>
#include <vector>

namespace triptych {

/// Every 1024 rows in a row hold each corpus in its share (largest remainder, at least one row), in shuffled order.
class Mixture {
public:
    static constexpr std::uint64_t kBlock = 1024;

    /// 1..512 positive weights; only their ratios count.
    Mixture(const std::vector<double>& weights, std::uint64_t seed);

    struct Place {
        std::size_t corpus = 0;
        std::uint64_t row = 0; ///< of that corpus: 0, 1, 2, ... each exactly once
    };
    Place place_of(std::uint64_t row) const;
    /// Rows of each corpus in a block of 1024.
    const std::vector<std::uint64_t>& quotas() const { return m_quotas; }

private:
    std::vector<std::uint64_t> m_quotas;
    std::uint64_t m_seed;
};

} // namespace triptych
