// Sums a large buffer with all threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/read_bandwidth.h"

#include "core/bench/repetition.h"

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace triptych {

namespace {

constexpr std::size_t kBytes = std::size_t{256} << 20;

/// Eight sums, so that no addition waits for the one before.
std::uint64_t sum_of(const std::uint64_t* values, std::size_t count)
{
    constexpr std::size_t kLanes = 8;
    std::uint64_t sums[kLanes] = {};
    for (std::size_t i = 0; i + kLanes <= count; i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += values[i + lane];
    std::uint64_t total = 0;
    for (const std::uint64_t sum : sums) total += sum;
    return total;
}

/// Nobody wants to know the sum, but the compiler may not find that out.
std::atomic<std::uint64_t> unused_sum = 0;

} // namespace

ReadBandwidth::ReadBandwidth(int threads) : m_threads(threads), m_buffer(Device{}, kBytes)
{
    fill_zero(Device{}, m_buffer.data(), m_buffer.bytes()); // pages that were never written are all the same one
}

double ReadBandwidth::measure() const
{
    constexpr int kLeastPasses = 3;
    constexpr double kSeconds = 0.04;
    const auto* values = static_cast<const std::uint64_t*>(m_buffer.data());
    const std::size_t part = m_buffer.bytes() / sizeof(std::uint64_t) / static_cast<std::size_t>(m_threads);
    const auto read_all = [&] {
    // The threads that ops run on, wherever they are bound to.
#pragma omp parallel for num_threads(m_threads) schedule(static, 1)
        for (int t = 0; t < m_threads; ++t) unused_sum += sum_of(values + static_cast<std::size_t>(t) * part, part);
    };
    double fastest = seconds_of(read_all);
    double spent = fastest;
    for (int pass = 1; pass < kLeastPasses || spent < kSeconds; ++pass) {
        const double seconds = seconds_of(read_all);
        spent += seconds;
        fastest = std::min(fastest, seconds);
    }
    return static_cast<double>(part * sizeof(std::uint64_t) * static_cast<std::size_t>(m_threads)) / fastest;
}

} // namespace triptych
