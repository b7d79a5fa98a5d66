// The one header through which kernels see CUDA: NVIDIA's runtime, or with -DCUDA_EMULATION the tests' emulation of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What keeps a .cu valid for both:
//   gpu::launch(kernel, grid, block, shared_bytes, stream, arguments...)   instead of kernel<<<...>>>(...)
//   SHARED(float[8][33], tile);                                             instead of __shared__ float tile[8][33];
//   gpu::dynamic_shared<float>()                                            instead of extern __shared__ float s[];
// Pointers go to a kernel as parameters of their own, not inside a struct, so that the emulation can look at them.
#if defined(CUDA_EMULATION)
#include <cuda_emulation/device.h>
#else
#include <cuda_runtime.h>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace gpu {

/// Queues a kernel. Blocks may take up to 227 KiB of dynamic shared memory on Hopper.
template <class... Parameters, class... Arguments>
cudaError_t launch(void (*kernel)(Parameters...), dim3 grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
                   Arguments&&... arguments)
{
    static_assert(sizeof...(Parameters) == sizeof...(Arguments), "wrong number of kernel arguments");
    constexpr std::size_t kWithoutAsking = 48 * 1024;
    if (shared_bytes > kWithoutAsking) {
        const cudaError_t error =
            cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(shared_bytes));
        if (error != cudaSuccess) return error;
    }
    cudaLaunchConfig_t config{};
    config.gridDim = grid;
    config.blockDim = block;
    config.dynamicSmemBytes = shared_bytes;
    config.stream = stream;
    return cudaLaunchKernelEx(&config, kernel, static_cast<Parameters>(std::forward<Arguments>(arguments))...);
}

} // namespace gpu

#if defined(__CUDACC__)

#define SHARED(type, name) __shared__ __align__(16)::std::type_identity_t<type> name

namespace gpu {

/// The block's dynamic shared memory, shared_bytes of the launch; 16-byte aligned.
template <class T>
__device__ __forceinline__ T* dynamic_shared()
{
    extern __shared__ __align__(16) unsigned char gpu_dynamic_shared_bytes[];
    return reinterpret_cast<T*>(gpu_dynamic_shared_bytes);
}

} // namespace gpu

#endif
#endif
