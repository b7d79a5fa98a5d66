// The k largest of some values; the lowest index wins a tie.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu/simd.h"

#include <cstdint>
#include <limits>

namespace triptych::cpu {

/// What a choice may not fall on: below every rankable value.
template <class T>
inline constexpr T kOut = -std::numeric_limits<T>::infinity();

/// NaN and -infinity as the lowest number: a broken value loses, but what stands for election stays above kOut.
template <class T>
T rankable(T value)
{
    return value > std::numeric_limits<T>::lowest() ? value : std::numeric_limits<T>::lowest();
}

/// Writes the indices of the k largest of n values in falling order and sets those values to kOut. At least k values
/// must be rankable; then the indices are distinct. k passes of vector code beat one pass with a sorted list: no branch
/// in them is hard to predict.
template <class T>
void take_largest(T* values, std::int64_t n, std::int64_t k, std::int32_t* indices)
{
    for (std::int64_t i = 0; i < k; ++i) {
        const std::int64_t best = arg_max(values, n);
        indices[i] = static_cast<std::int32_t>(best);
        values[best] = kOut<T>;
    }
}

} // namespace triptych::cpu
