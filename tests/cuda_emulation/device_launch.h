// gpu::launch and shared memory of the emulation.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/report.h"

#include <cuda_runtime.h>

#include <cstddef>
#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cuda_emulation {

/// Runs the kernel at once. `pointers` are the kernel's pointer parameters in order, null for a parameter that is none.
cudaError_t submit(const void* kernel, dim3 grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
                   const std::vector<const void*>& pointers, std::function<void()> body);

void* shared_variable(const void* key, std::size_t bytes, Place place = Place::current());
void* dynamic_shared();

template <class T>
const void* as_pointer(const T& value)
{
    if constexpr (std::is_pointer_v<T>)
        return value;
    else
        return nullptr;
}

} // namespace cuda_emulation

namespace gpu {

template <class T>
T* dynamic_shared()
{
    return static_cast<T*>(cuda_emulation::dynamic_shared());
}

template <class... Parameters, class... Arguments>
cudaError_t launch(void (*kernel)(Parameters...), dim3 grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
                   Arguments&&... arguments)
{
    static_assert(sizeof...(Parameters) == sizeof...(Arguments), "wrong number of kernel arguments");
    static_assert((std::is_trivially_copyable_v<Parameters> && ...), "kernel arguments are copied byte by byte");
    const std::tuple<Parameters...> values(static_cast<Parameters>(std::forward<Arguments>(arguments))...);
    const auto pointers = std::apply(
        [](const auto&... value) { return std::vector<const void*>{cuda_emulation::as_pointer(value)...}; }, values);
    return cuda_emulation::submit(reinterpret_cast<const void*>(kernel), grid, block, shared_bytes, stream, pointers,
                                  [kernel, &values] { std::apply(kernel, values); });
}

} // namespace gpu
