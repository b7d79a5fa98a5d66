// Samples on their way to the eye: one thread pushes, one pops, nobody waits. The run store has what gets lost here.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace triptych {

/// Single producer, single consumer. A full ring refuses the new sample and counts it: what is in the ring stays in
/// order and without gaps, and the reader, seeing dropped() grow, rereads the run store.
class MetricRing {
public:
    /// Room for at least `capacity` samples.
    explicit MetricRing(std::size_t capacity = std::size_t{1} << 16)
        : m_slots(std::bit_ceil(capacity < 2 ? std::size_t{2} : capacity)), m_mask(m_slots.size() - 1)
    {}
    MetricRing(const MetricRing&) = delete;
    MetricRing& operator=(const MetricRing&) = delete;

    std::size_t capacity() const { return m_slots.size(); }

    /// The producer's side. False when the ring was full and the sample is gone.
    bool push(const Sample& sample)
    {
        const auto head = m_head.load(std::memory_order_relaxed);
        if (head - m_known_tail == m_slots.size()) {
            m_known_tail = m_tail.load(std::memory_order_acquire);
            if (head - m_known_tail == m_slots.size()) {
                m_dropped.fetch_add(1, std::memory_order_relaxed);
                return false;
            }
        }
        m_slots[head & m_mask] = sample;
        m_head.store(head + 1, std::memory_order_release);
        return true;
    }

    /// The producer's side: how many it took so far, which is the number of the next one.
    std::uint64_t pushed() const { return m_head.load(std::memory_order_relaxed); }

    /// The consumer's side: appends what is there now, oldest first, and none that was pushed as number `until` or
    /// later; returns how many.
    std::size_t drain(std::vector<Sample>& into, std::uint64_t until = std::numeric_limits<std::uint64_t>::max())
    {
        const auto tail = m_tail.load(std::memory_order_relaxed);
        const auto head = std::max(tail, std::min(m_head.load(std::memory_order_acquire), until));
        for (auto i = tail; i != head; ++i) into.push_back(m_slots[i & m_mask]);
        m_tail.store(head, std::memory_order_release);
        return static_cast<std::size_t>(head - tail);
    }

    /// Samples refused so far. Any thread.
    std::uint64_t dropped() const { return m_dropped.load(std::memory_order_relaxed); }

private:
    std::vector<Sample> m_slots;
    std::size_t m_mask;
    // A cache line each, so that the two threads do not fight over one.
    alignas(64) std::atomic<std::uint64_t> m_head{0}; // written by the producer
    std::uint64_t m_known_tail = 0;                   // the producer's last look at m_tail
    alignas(64) std::atomic<std::uint64_t> m_tail{0}; // written by the consumer
    alignas(64) std::atomic<std::uint64_t> m_dropped{0};
};

} // namespace triptych
