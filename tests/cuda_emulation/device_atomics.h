// Atomic operations of kernels. One operating-system thread runs all of them, so plain updates are atomic.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/shadow.h"

#include <type_traits>

namespace cuda_emulation {

template <class T>
using Same = std::type_identity_t<T>;

/// Judged as one atomic access, not as the load and the store that it is made of here.
template <class T, class Update>
__attribute__((no_sanitize("thread"), noinline)) T update_atomically(T* target, Update update)
{
    shadow::touch(target, sizeof(T), Touch::Atomic, __builtin_return_address(0), sizeof(T));
    const T before = *target;
    *target = update(before);
    return before;
}

} // namespace cuda_emulation

template <class T>
__attribute__((always_inline)) inline T atomicAdd(T* target, cuda_emulation::Same<T> value)
{
    return cuda_emulation::update_atomically(target, [value](T old) { return static_cast<T>(old + value); });
}
template <class T>
__attribute__((always_inline)) inline T atomicMax(T* target, cuda_emulation::Same<T> value)
{
    return cuda_emulation::update_atomically(target, [value](T old) { return old < value ? value : old; });
}
template <class T>
__attribute__((always_inline)) inline T atomicMin(T* target, cuda_emulation::Same<T> value)
{
    return cuda_emulation::update_atomically(target, [value](T old) { return value < old ? value : old; });
}
template <class T>
__attribute__((always_inline)) inline T atomicExch(T* target, cuda_emulation::Same<T> value)
{
    return cuda_emulation::update_atomically(target, [value](T) { return value; });
}
template <class T>
__attribute__((always_inline)) inline T atomicCAS(T* target, cuda_emulation::Same<T> expected,
                                                  cuda_emulation::Same<T> value)
{
    return cuda_emulation::update_atomically(target,
                                             [expected, value](T old) { return old == expected ? value : old; });
}
