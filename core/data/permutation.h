// A shuffled order of 0..n-1 without a table: any place of it can be asked for at any time.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/rng.h"

#include <bit>
#include <cstdint>

namespace triptych {

/// A permutation of 0..size-1 that depends on (seed, stream) alone: a four-round Feistel network over the next even
/// number of bits; a value beyond the range goes through it again until it falls inside (on average at most four
/// times).
class Permutation {
public:
    /// size > 0
    Permutation(std::uint64_t size, std::uint64_t seed, std::uint64_t stream)
        : m_philox(seed, stream), m_size(size), m_half_bits((std::bit_width(size - 1) + 1) / 2)
    {}

    /// Where index (below size) goes.
    std::uint64_t operator()(std::uint64_t index) const
    {
        if (m_size == 1) return 0;
        do {
            index = scramble(index);
        } while (index >= m_size);
        return index;
    }

private:
    std::uint64_t scramble(std::uint64_t value) const
    {
        const std::uint64_t mask = (std::uint64_t{1} << m_half_bits) - 1;
        std::uint64_t left = value >> m_half_bits;
        std::uint64_t right = value & mask;
        for (std::uint64_t round = 0; round < 4; ++round) {
            // Two words of the block, so that halves of more than 32 bits are mixed whole.
            const auto words = m_philox.block(round << 32 ^ right);
            const std::uint64_t mixed = (std::uint64_t{words[0]} << 32 | words[1]) & mask;
            const std::uint64_t next = left ^ mixed;
            left = right;
            right = next;
        }
        return left << m_half_bits | right;
    }

    Philox m_philox;
    std::uint64_t m_size;
    int m_half_bits;
};

} // namespace triptych
