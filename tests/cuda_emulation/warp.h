// The meetings of a warp: lanes named by a mask come together, each brings a value, all see the values of all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/turns.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cuda_emulation {

/// The one operation that orders the lanes' accesses to memory. Shuffles and votes do not.
inline constexpr char kSyncwarp[] = "__syncwarp";

/// Lanes that wait for each other under one mask.
class Meeting {
public:
    static constexpr std::size_t kValueBytes = 16;

    struct Outcome {
        const std::byte* values; ///< kValueBytes a lane; valid until the lane comes again
        unsigned present;        ///< lanes that brought one
    };

    explicit Meeting(unsigned mask) : m_mask(mask) {}
    unsigned mask() const { return m_mask; }

    /// A lane comes for an operation. Returns what is wrong with that, empty when nothing is.
    std::string arrive(unsigned lane, const char* operation, const void* value, std::size_t bytes);
    /// The outcome that arrive() leads to, once is_complete() was true and finish() was called.
    Outcome outcome(std::uint32_t generation) const;
    std::uint32_t generation() const { return m_generation; }
    /// Whether all lanes of the mask that still live are here, and there are any.
    bool is_complete(unsigned live) const { return m_arrived != 0 && m_arrived == (m_mask & live); }
    bool orders_memory() const { return m_operation == kSyncwarp; }
    /// Ends it; returns the lanes that were here.
    unsigned finish();
    void forget() { m_arrived = 0; }

private:
    unsigned m_mask;
    unsigned m_arrived = 0;
    std::uint32_t m_generation = 0;
    const char* m_operation = nullptr;
    // Two of each: a lane may come again before others have read the outcome before.
    std::array<unsigned, 2> m_present{};
    alignas(16) std::array<std::array<std::byte, kLanes * kValueBytes>, 2> m_values{};
};

struct Warp {
    unsigned exists = 0;                            ///< lanes with a thread
    unsigned exited = 0;                            ///< lanes whose thread has returned
    std::uint32_t barriers = 0;                     ///< meetings that ordered memory
    std::vector<std::unique_ptr<Meeting>> meetings; ///< one a mask; kept, so that a thread may hold on to it

    unsigned live() const { return exists & ~exited; }
    Meeting& meeting(unsigned mask);
    void start(unsigned lanes);
};

} // namespace cuda_emulation
