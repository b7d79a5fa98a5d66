// Barriers and the operations of a warp. Each takes its place in the source, so that a mistake is reported there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/report.h"
#include "tests/cuda_emulation/warp.h"

#include <bit>
#include <concepts>
#include <cstring>
#include <functional>
#include <string>
#include <type_traits>

namespace cuda_emulation {

/// Not instrumented: what is copied here is the emulation's memory, not the kernel's.
#define CUDA_EMULATION_UNCHECKED __attribute__((no_sanitize("thread")))

unsigned lane_index();
[[noreturn]] void stop(const std::string& message, Place place);
struct BarrierVote {
    int yes; ///< threads with a true predicate
    int all;
};
BarrierVote block_barrier(bool predicate, Place place);
Meeting::Outcome meet(unsigned mask, const char* operation, const void* value, std::size_t bytes, Place place);

/// What the lanes brought.
template <class T>
struct Values {
    Meeting::Outcome outcome;
    bool has(unsigned lane) const { return (outcome.present >> lane & 1U) != 0; }
    CUDA_EMULATION_UNCHECKED T operator[](unsigned lane) const
    {
        T value;
        std::memcpy(&value, outcome.values + lane * Meeting::kValueBytes, sizeof value);
        return value;
    }
};

template <class T>
CUDA_EMULATION_UNCHECKED Values<T> exchange(unsigned mask, const char* operation, const T& value, Place place)
{
    static_assert(sizeof(T) <= Meeting::kValueBytes && std::is_trivially_copyable_v<T>);
    return {meet(mask, operation, &value, sizeof value, place)};
}

/// The value of lane `source`, where a lane outside its segment of `width` stands for the caller's own.
template <class T>
T shuffle(unsigned mask, const char* operation, const T& value, unsigned source, Place place)
{
    const Values<T> all = exchange(mask, operation, value, place);
    if (!all.has(source))
        stop(std::string(operation) + " reads lane " + std::to_string(source) + ", which takes no part", place);
    return all[source];
}

/// Bits of the lanes whose value passes the test.
template <class T, class Test>
unsigned vote(unsigned mask, const char* operation, const T& value, Test test, Place place)
{
    const Values<T> all = exchange(mask, operation, value, place);
    unsigned bits = 0;
    for (unsigned lane = 0; lane < kLanes; ++lane)
        if (all.has(lane) && test(all[lane])) bits |= 1U << lane;
    return bits;
}

template <std::integral T, class Operation>
T reduce(unsigned mask, const char* name, T value, Operation operation, Place place)
{
    const Values<T> all = exchange(mask, name, value, place);
    T result = value;
    bool is_first = true;
    for (unsigned lane = 0; lane < kLanes; ++lane) {
        if (!all.has(lane)) continue;
        result = is_first ? all[lane] : static_cast<T>(operation(result, all[lane]));
        is_first = false;
    }
    return result;
}

} // namespace cuda_emulation

#define CUDA_EMULATION_PLACE cuda_emulation::Place place = cuda_emulation::Place::current()

inline void __syncthreads(CUDA_EMULATION_PLACE)
{
    cuda_emulation::block_barrier(false, place);
}
inline int __syncthreads_count(int predicate, CUDA_EMULATION_PLACE)
{
    return cuda_emulation::block_barrier(predicate != 0, place).yes;
}
inline int __syncthreads_or(int predicate, CUDA_EMULATION_PLACE)
{
    return cuda_emulation::block_barrier(predicate != 0, place).yes > 0 ? 1 : 0;
}
inline int __syncthreads_and(int predicate, CUDA_EMULATION_PLACE)
{
    const auto vote = cuda_emulation::block_barrier(predicate != 0, place);
    return vote.yes == vote.all ? 1 : 0;
}
inline void __syncwarp(unsigned mask = 0xffffffffU, CUDA_EMULATION_PLACE)
{
    cuda_emulation::exchange(mask, cuda_emulation::kSyncwarp, char{}, place);
}
[[noreturn]] inline void __trap(CUDA_EMULATION_PLACE)
{
    cuda_emulation::stop("__trap()", place);
}

template <class T>
T __shfl_sync(unsigned mask, T value, int source, int width = 32, CUDA_EMULATION_PLACE)
{
    const int first = static_cast<int>(cuda_emulation::lane_index()) & ~(width - 1);
    return cuda_emulation::shuffle(mask, "__shfl_sync", value, static_cast<unsigned>(first + (source & (width - 1))),
                                   place);
}
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int bits, int width = 32, CUDA_EMULATION_PLACE)
{
    const int lane = static_cast<int>(cuda_emulation::lane_index());
    const int end = (lane & ~(width - 1)) + width;
    const int source = lane ^ bits;
    return cuda_emulation::shuffle(mask, "__shfl_xor_sync", value, static_cast<unsigned>(source < end ? source : lane),
                                   place);
}
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned distance, int width = 32, CUDA_EMULATION_PLACE)
{
    const int lane = static_cast<int>(cuda_emulation::lane_index());
    const int source = lane - static_cast<int>(distance);
    return cuda_emulation::shuffle(mask, "__shfl_up_sync", value,
                                   static_cast<unsigned>(source >= (lane & ~(width - 1)) ? source : lane), place);
}
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned distance, int width = 32, CUDA_EMULATION_PLACE)
{
    const int lane = static_cast<int>(cuda_emulation::lane_index());
    const int source = lane + static_cast<int>(distance);
    const int end = (lane & ~(width - 1)) + width;
    return cuda_emulation::shuffle(mask, "__shfl_down_sync", value, static_cast<unsigned>(source < end ? source : lane),
                                   place);
}

inline unsigned __ballot_sync(unsigned mask, int predicate, CUDA_EMULATION_PLACE)
{
    return cuda_emulation::vote(
        mask, "__ballot_sync", predicate, [](int value) { return value != 0; }, place);
}
inline int __any_sync(unsigned mask, int predicate, CUDA_EMULATION_PLACE)
{
    return __ballot_sync(mask, predicate, place) != 0 ? 1 : 0;
}
inline int __all_sync(unsigned mask, int predicate, CUDA_EMULATION_PLACE)
{
    return __ballot_sync(mask, predicate == 0 ? 1 : 0, place) == 0 ? 1 : 0;
}
/// Compares bits, as the hardware does.
template <class T>
unsigned __match_any_sync(unsigned mask, T value, CUDA_EMULATION_PLACE)
{
    return cuda_emulation::vote(
        mask, "__match_any_sync", value, [&](const T& other) { return std::memcmp(&other, &value, sizeof value) == 0; },
        place);
}

template <std::integral T>
T __reduce_add_sync(unsigned mask, T value, CUDA_EMULATION_PLACE)
{
    return cuda_emulation::reduce(mask, "__reduce_add_sync", value, std::plus<T>{}, place);
}
template <std::integral T>
T __reduce_max_sync(unsigned mask, T value, CUDA_EMULATION_PLACE)
{
    return cuda_emulation::reduce(
        mask, "__reduce_max_sync", value, [](T a, T b) { return a < b ? b : a; }, place);
}
template <std::integral T>
T __reduce_min_sync(unsigned mask, T value, CUDA_EMULATION_PLACE)
{
    return cuda_emulation::reduce(
        mask, "__reduce_min_sync", value, [](T a, T b) { return b < a ? b : a; }, place);
}
