// Counter-based random numbers (Philox 4x32-10, Salmon et al. 2011): the value depends on (seed, stream, index) alone, so
// CPU and GPU, one thread or many, draw the same bits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace triptych {

/// 128-bit products are an extension of every compiler we use; the keyword keeps -Wpedantic quiet.
__extension__ using Wide = unsigned __int128;

class Philox {
public:
    constexpr Philox(std::uint64_t seed, std::uint64_t stream) : m_seed(seed), m_stream(stream) {}

    // What a round is made of, for those who compute many blocks at once.
    static constexpr int kRounds = 10;
    static constexpr std::uint32_t kFactor0 = 0xD2511F53;
    static constexpr std::uint32_t kFactor1 = 0xCD9E8D57;
    struct Keys {
        std::uint32_t k0;
        std::uint32_t k1;
        /// To those of the next round.
        constexpr void advance()
        {
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
    };
    constexpr Keys keys() const { return {low(m_seed), high(m_seed)}; }
    constexpr std::uint64_t stream() const { return m_stream; }

    /// Four independent 32-bit words for one counter value.
    constexpr std::array<std::uint32_t, 4> block(std::uint64_t counter) const
    {
        std::array<std::uint32_t, 4> c = {low(counter), high(counter), low(m_stream), high(m_stream)};
        Keys key = keys();
        for (int round = 0; round < kRounds; ++round) {
            const std::uint64_t p0 = std::uint64_t{kFactor0} * c[0];
            const std::uint64_t p1 = std::uint64_t{kFactor1} * c[2];
            c = {high(p1) ^ c[1] ^ key.k0, low(p1), high(p0) ^ c[3] ^ key.k1, low(p0)};
            key.advance();
        }
        return c;
    }

    /// Uniform in [0, 1) with 53 random bits.
    constexpr double uniform(std::uint64_t index) const
    {
        const auto b = block(index);
        const std::uint64_t bits = (std::uint64_t{b[0]} << 32 | b[1]) >> 11;
        return static_cast<double>(bits) * 0x1p-53;
    }

    /// Standard normal by Box-Muller.
    double normal(std::uint64_t index) const
    {
        const auto b = block(index);
        const double u = (static_cast<double>(b[0]) + 1.0) * 0x1p-32; // (0, 1], so that log is finite
        const double v = static_cast<double>(b[1]) * 0x1p-32;
        return std::sqrt(-2.0 * std::log(u)) * std::cos(6.283185307179586 * v);
    }

    /// Uniform integer in [0, bound); bound > 0. The bias is below 2^-32 for bounds below 2^32.
    constexpr std::uint64_t below(std::uint64_t index, std::uint64_t bound) const
    {
        const auto b = block(index);
        const std::uint64_t bits = std::uint64_t{b[0]} << 32 | b[1];
        return static_cast<std::uint64_t>((static_cast<Wide>(bits) * bound) >> 64);
    }

private:
    static constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
    static constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

    std::uint64_t m_seed;
    std::uint64_t m_stream;
};

} // namespace triptych
