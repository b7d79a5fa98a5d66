// Times dot products of bfloat16 against products of floats.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/dot_rate.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#include <algorithm>
#include <chrono>

namespace triptych::cpu {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::duration;

constexpr int kSums = 16; // more than any CPU has in flight
constexpr int kTurns = 64;

/// As many products of pairs of bfloat16 or of floats.
template <bool Pairs>
__attribute__((target("avx512f,avx512bf16"))) Time time_of_products()
{
    __m512 sums[kSums] = {};
    __m512 x = _mm512_setzero_ps();
#pragma GCC unroll 16
    for (auto& sum : sums) asm volatile("" : "+v"(sum)); // or the compiler sees that all are the same, and keeps one
    const auto start = Clock::now();
    for (int turn = 0; turn < kTurns; ++turn) {
        asm volatile("" : "+v"(x));
#pragma GCC unroll 16
        for (auto& sum : sums) {
            if constexpr (Pairs)
                sum = _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(x), reinterpret_cast<__m512bh>(x));
            else
                sum = _mm512_fmadd_ps(x, x, sum);
        }
    }
#pragma GCC unroll 16
    for (auto& sum : sums) asm volatile("" : "+v"(sum));
    return Clock::now() - start;
}

} // namespace

bool time_dots()
{
    if (!__builtin_cpu_supports("avx512bf16")) return false;
    Time dots = Time::max();
    Time floats = Time::max();
    for (int i = 0; i < 40; ++i) { // the least of many: a thread may lose its core in between
        dots = std::min(dots, time_of_products<true>());
        floats = std::min(floats, time_of_products<false>());
    }
    // As many instructions do twice the work: between twice the rate and the same one, both far away.
    return dots * 2 < floats * 3;
}

bool dots_are_fast()
{
    static const bool fast = time_dots();
    return fast;
}

} // namespace triptych::cpu
#else
namespace triptych::cpu {

bool time_dots()
{
    return false;
}
bool dots_are_fast()
{
    return false;
}

} // namespace triptych::cpu
#endif
