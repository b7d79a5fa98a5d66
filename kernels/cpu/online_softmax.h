// Softmax over keys that arrive block by block (Milakov and Gimelshein 2018), a row at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu/portable_math.h"
#include "kernels/cpu/simd.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace triptych::cpu {

inline float exp_of(float x)
{
    return std::exp(x);
}
inline double exp_of(double x)
{
    return portable_exp(x);
}
inline float log_of(float x)
{
    return std::log(x);
}
inline double log_of(double x)
{
    return portable_log(x);
}

/// What a row has seen so far: the largest score, and the sum of exp(score - largest).
template <class T>
struct SoftmaxState {
    T largest = -std::numeric_limits<T>::infinity();
    T total = 0;

    /// log of the sum of exp(score); -infinity before the first key.
    T log_sum() const { return largest + log_of(total); }
};

/// Turns scores[0, valid) (unscaled) into exp(scale * score - largest) and scores[valid, width) into 0. Returns the
/// factor by which sums over earlier blocks must shrink, because `largest` grew; it is 0 for the first block.
template <class T>
T softmax_block(T scale, T* scores, std::int64_t valid, std::int64_t width, SoftmaxState<T>& state)
{
    if (valid <= 0) {
        std::fill_n(scores, width, T{0});
        return T{1};
    }
    const T largest = std::max(state.largest, scale * max_value(scores, valid));
    const T shrink = exp_of(state.largest - largest);
    state.total = state.total * shrink + exp_shifted_sum(scale, scores, largest, scores, valid);
    state.largest = largest;
    std::fill(scores + valid, scores + width, T{0});
    return shrink;
}

} // namespace triptych::cpu
