// What can be chosen by take_largest().
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace triptych::cpu {

/// What a choice may not fall on, and what take_largest() leaves: below every rankable value.
template <class T>
inline constexpr T kOut = -std::numeric_limits<T>::infinity();

/// NaN and -infinity as the lowest number: a broken value loses, but what stands for election stays above kOut.
template <class T>
T rankable(T value)
{
    return value > std::numeric_limits<T>::lowest() ? value : std::numeric_limits<T>::lowest();
}

} // namespace triptych::cpu
