// One block of a launch: its threads as fibers, its barriers, the meetings of its warps, its shared memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/carrier.h"
#include "tests/cuda_emulation/report.h"
#include "tests/cuda_emulation/shadow.h"
#include "tests/cuda_emulation/shared_memory.h"
#include "tests/cuda_emulation/turns.h"
#include "tests/cuda_emulation/warp.h"

#include <cuda_runtime.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

namespace cuda_emulation {

/// What a launch asks for.
struct Launch {
    const void* kernel = nullptr;
    dim3 grid;
    dim3 block;
    std::size_t shared_bytes = 0;
    std::function<void()> body; ///< what one thread does
    std::uint32_t number = 0;
};

/// Runs blocks one after another; a thread runs until it waits for others.
class Block {
public:
    /// Runs block `index` to its end. False when it was stopped by an error, which has been reported then.
    bool run(const Launch& launch, unsigned index);

    // What the built-in functions of kernels stand on; only while a thread runs.
    bool is_running() const { return m_current != nullptr; }
    unsigned lane() const { return m_current->index % kLanes; }
    /// Reports the message with its place and stops the launch.
    [[noreturn]] void stop(const std::string& message, Place place);
    /// The same from within a load or store, through which the compiler lets no exception pass.
    [[noreturn]] void stop_access(const std::string& message);
    /// How many threads gave a true predicate, how many there were.
    struct Vote {
        int yes = 0;
        int all = 0;
    };
    Vote barrier(bool predicate, Place place);
    Meeting::Outcome meet(unsigned mask, const char* operation, const void* value, std::size_t bytes, Place place);
    SharedMemory& shared_memory() { return m_shared; }

    Accessor accessor() const;
    /// "block (3,0,0), thread (17,0,0)"
    std::string position() const;

private:
    enum class State : std::uint8_t { Fresh = 1, Running, AtBarrier, AtMeeting, Done, Lost };
    struct Thread {
        unsigned index = 0;
        uint3 id{};
        State state = State::Fresh;
        Carrier* carrier = nullptr;
        Place place; ///< where it waits
    };
    struct Stopped {}; ///< thrown through the threads of a block that is stopped

    void start(unsigned index);
    void resume(Thread& thread);
    static void run_thread(void* block);
    void finish_thread();
    void wait(State state, Place place);
    void wake(unsigned index);
    bool complete_barrier();
    void complete_meeting(Meeting& meeting);
    void abandon();
    std::string deadlock() const;

    const Launch* m_launch = nullptr;
    unsigned m_index = 0;
    unsigned m_live = 0; ///< threads that have not returned
    Thread* m_current = nullptr;
    std::string m_error;
    std::vector<Thread> m_threads;
    std::vector<Warp> m_warps;
    Turns m_turns;
    CarrierPool m_carriers;
    SharedMemory m_shared;

    struct Barrier {
        unsigned arrived = 0;
        int yes = 0;
        std::uint32_t passed = 0;
        Place first; ///< where the first thread waits
        Vote outcome;
    } m_barrier;
};

/// The block that runs. There is one at a time.
Block& block();

} // namespace cuda_emulation
