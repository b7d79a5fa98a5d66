// How the CUDA backend launches: on the stream's device, with errors that name the op.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"
#include "kernels/base/error.h"
#include "kernels/base/stream.h"
#include "kernels/cuda/gpu.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace triptych::cuda {

/// Enough blocks to fill the largest Hopper (132 multiprocessors) several times over; kernels loop over the rest. A
/// constant, not the device's own count, so that partial sums are cut the same way on every GPU.
inline constexpr std::int64_t kMaxBlocks = 1056;
/// What one block may have: dynamic shared memory of Hopper.
inline constexpr std::size_t kMaxSharedBytes = 227 * 1024;

constexpr std::int64_t ceil_divide(std::int64_t a, std::int64_t b)
{
    return (a + b - 1) / b;
}

/// Blocks for `items` at `per_block` each, from 1 to kMaxBlocks.
inline unsigned blocks_for(std::int64_t items, std::int64_t per_block, std::int64_t most = kMaxBlocks)
{
    return static_cast<unsigned>(std::clamp<std::int64_t>(ceil_divide(items, per_block), 1, most));
}

/// Throws UnsupportedError with the op's name unless the element type is F32.
template <class Op>
void require_f32(DType dtype)
{
    if (dtype == DType::F32) return;
    throw UnsupportedError(std::string(Op::name) + ": element type " + std::string(name_of(dtype)) +
                           " is not supported on CUDA, use F32");
}

/// What surrounds a launch. begin() makes the stream's device the current one. finish() throws DeviceError with the
/// op's name when the launch was refused; with TRIPTYCH_SYNC_KERNELS=1 in the environment it also waits for the kernel,
/// so that an error inside is put down to the right op.
void begin_launch(const Stream& stream, const char* op);
void finish_launch(const Stream& stream, const char* op, cudaError_t launched);

struct LaunchShape {
    dim3 grid;
    dim3 block;
    std::size_t shared_bytes = 0;
};

template <class... Parameters, class... Arguments>
void launch(const Stream& stream, const char* op, void (*kernel)(Parameters...), const LaunchShape& shape,
            Arguments&&... arguments)
{
    begin_launch(stream, op);
    finish_launch(stream, op,
                  gpu::launch(kernel, shape.grid, shape.block, shape.shared_bytes,
                              static_cast<cudaStream_t>(stream.native()), std::forward<Arguments>(arguments)...));
}

} // namespace triptych::cuda
