// Runs the threads of a block in turns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/block.h"

#include "tests/cuda_emulation/device.h"

#include <algorithm>
#include <cstring>
#include <map>

uint3 threadIdx;
uint3 blockIdx;
dim3 blockDim;
dim3 gridDim;

namespace cuda_emulation {
namespace {

uint3 split(unsigned index, dim3 extent)
{
    return uint3{index % extent.x, index / extent.x % extent.y, index / extent.x / extent.y};
}

std::string to_text(uint3 id)
{
    return "(" + std::to_string(id.x) + "," + std::to_string(id.y) + "," + std::to_string(id.z) + ")";
}

bool is_same(Place a, Place b)
{
    return a.line() == b.line() && std::strcmp(a.file_name(), b.file_name()) == 0;
}

} // namespace

Block& block()
{
    static Block only;
    return only;
}

bool Block::run(const Launch& launch, unsigned index)
{
    m_launch = &launch;
    start(index);
    while (m_live > 0 && m_error.empty()) {
        const unsigned next = m_turns.take();
        if (next == kMaxThreads)
            m_error = deadlock();
        else
            resume(m_threads[next]);
    }
    if (m_error.empty()) return true;
    report(m_error + " (block " + to_text(blockIdx) + " of " + name_of_function(launch.kernel) + ")");
    abandon();
    return false;
}

void Block::start(unsigned index)
{
    const dim3 shape = m_launch->block;
    m_index = index;
    blockIdx = split(index, m_launch->grid);
    blockDim = shape;
    gridDim = m_launch->grid;
    m_live = shape.x * shape.y * shape.z;
    m_error.clear();
    m_barrier = {};
    m_threads.assign(m_live, {});
    for (unsigned i = 0; i < m_live; ++i) {
        m_threads[i].index = i;
        m_threads[i].id = split(i, shape);
    }
    const unsigned warps = (m_live + kLanes - 1) / kLanes;
    if (m_warps.size() < warps) m_warps.resize(warps);
    for (unsigned i = 0; i < warps; ++i) m_warps[i].start(std::min(kLanes, m_live - i * kLanes));
    m_shared.start(m_launch->shared_bytes);
    m_turns.start(m_live, options(), index);
}

void Block::resume(Thread& thread)
{
    m_current = &thread;
    threadIdx = thread.id;
    if (thread.state == State::Fresh) {
        thread.carrier = m_carriers.take();
        thread.carrier->assign(&Block::run_thread, this);
    }
    thread.state = State::Running;
    thread.carrier->enter();
    if (thread.state == State::Done) m_carriers.give_back(thread.carrier);
    if (thread.state == State::Lost) m_carriers.lose(thread.carrier);
    m_current = nullptr;
}

void Block::run_thread(void* block)
{
    auto& self = *static_cast<Block*>(block);
    try {
        self.m_launch->body();
    } catch (const Stopped&) { // what it leaves behind is reported by who stopped it
    }
    self.finish_thread();
}

void Block::finish_thread()
{
    Thread& thread = *m_current;
    thread.state = State::Done;
    --m_live;
    Warp& warp = m_warps[thread.index / kLanes];
    warp.exited |= 1U << thread.index % kLanes;
    if (!m_error.empty()) return;
    // Those who wait do not wait for threads that have returned.
    for (const auto& meeting : warp.meetings)
        if (meeting->is_complete(warp.live())) complete_meeting(*meeting);
    complete_barrier();
}

void Block::stop(const std::string& message, Place place)
{
    if (m_error.empty()) m_error = message + " at " + to_string(place) + ", thread " + to_text(threadIdx);
    throw Stopped{};
}

void Block::stop_access(const std::string& message)
{
    if (m_error.empty()) m_error = message + ", thread " + to_text(threadIdx);
    m_current->state = State::Lost;
    m_current->carrier->leave();
    __builtin_unreachable();
}

void Block::wait(State state, Place place)
{
    m_current->state = state;
    m_current->place = place;
    m_current->carrier->leave();
    if (!m_error.empty()) throw Stopped{};
}

void Block::wake(unsigned index)
{
    if (index != m_current->index) m_turns.make_ready(index);
}

Block::Vote Block::barrier(bool predicate, Place place)
{
    if (m_barrier.arrived == 0) m_barrier.first = place;
    if (!is_same(m_barrier.first, place))
        stop("divergent __syncthreads(): another thread of the block waits at " + to_string(m_barrier.first), place);
    ++m_barrier.arrived;
    m_barrier.yes += predicate ? 1 : 0;
    m_current->state = State::AtBarrier;
    if (!complete_barrier()) wait(State::AtBarrier, place);
    m_current->state = State::Running;
    return m_barrier.outcome; // nobody can change it before all have read it
}

bool Block::complete_barrier()
{
    if (m_barrier.arrived == 0 || m_barrier.arrived != m_live) return false;
    m_barrier.outcome = {m_barrier.yes, static_cast<int>(m_barrier.arrived)};
    m_barrier.arrived = 0;
    m_barrier.yes = 0;
    ++m_barrier.passed;
    m_turns.draw();
    for (const Thread& thread : m_threads)
        if (thread.state == State::AtBarrier) wake(thread.index);
    return true;
}

Meeting::Outcome Block::meet(unsigned mask, const char* operation, const void* value, std::size_t bytes, Place place)
{
    Warp& warp = m_warps[m_current->index / kLanes];
    Meeting& meeting = warp.meeting(mask);
    const std::uint32_t generation = meeting.generation();
    const std::string problem = meeting.arrive(lane(), operation, value, bytes);
    if (!problem.empty()) stop(problem, place);
    if (meeting.is_complete(warp.live()))
        complete_meeting(meeting);
    else
        wait(State::AtMeeting, place);
    return meeting.outcome(generation);
}

void Block::complete_meeting(Meeting& meeting)
{
    const unsigned first = m_current->index / kLanes * kLanes;
    // Of a part of the warp too: no false alarm then, some races unseen.
    if (meeting.orders_memory()) ++m_warps[m_current->index / kLanes].barriers;
    const unsigned lanes = meeting.finish();
    for (unsigned lane = 0; lane < kLanes; ++lane)
        if ((lanes >> lane & 1U) != 0) wake(first + lane);
}

void Block::abandon()
{
    for (Thread& thread : m_threads)
        if (thread.state == State::AtBarrier || thread.state == State::AtMeeting) resume(thread); // wait() throws
}

std::string Block::deadlock() const
{
    std::map<std::string, int> waiting;
    for (const Thread& thread : m_threads)
        if (thread.state != State::Done)
            ++waiting[(thread.state == State::AtBarrier ? "__syncthreads() at " : "a warp operation at ") +
                      to_string(thread.place)];
    std::string text = "deadlock: ";
    for (const auto& [where, count] : waiting) text += std::to_string(count) + " threads wait in " + where + ", ";
    return text + std::to_string(m_threads.size() - m_live) + " have returned";
}

Accessor Block::accessor() const
{
    if (!m_current) return {};
    return {.launch = m_launch->number,
            .block = m_index,
            .barriers = m_barrier.passed,
            .warp_barriers = m_warps[m_current->index / kLanes].barriers,
            .thread = m_current->index,
            .in_kernel = true};
}

std::string Block::position() const
{
    if (!m_current) return "";
    return " (block " + to_text(blockIdx) + ", thread " + to_text(threadIdx) + " of " +
           name_of_function(m_launch->kernel) + ")";
}

} // namespace cuda_emulation
