// CUDA as a kernel sees it, for a host compiler: what NVIDIA's headers leave to nvcc. Kernels get it by
// kernels/cuda/gpu.h.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#if defined(__CUDACC__)
#error "the emulation is for host compilers; nvcc takes the real thing"
#endif

// NVIDIA's own headers give the types, the qualifiers, which expand to nothing outside nvcc, and the prototypes of the
// runtime, which runtime.cpp defines in place of the library.
#include <cuda_runtime.h>

#undef __shared__
#define __shared__ error_use_SHARED_or_gpu_dynamic_shared
#undef __launch_bounds__
#define __launch_bounds__(...)

extern uint3 threadIdx;
extern uint3 blockIdx;
extern dim3 blockDim;
extern dim3 gridDim;

#include "tests/cuda_emulation/device_atomics.h"
#include "tests/cuda_emulation/device_launch.h"
#include "tests/cuda_emulation/device_math.h"
#include "tests/cuda_emulation/device_warp.h"

/// A shared variable. Every place in the source, and every instance of a template, is a variable of its own.
#define SHARED(type, name)                                                                                             \
    auto& name = *static_cast<std::type_identity_t<type>*>(::cuda_emulation::shared_variable(                          \
        [] {                                                                                                           \
            static const char key = 0;                                                                                 \
            return &key;                                                                                               \
        }(),                                                                                                           \
        sizeof(std::type_identity_t<type>)))
