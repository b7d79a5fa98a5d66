// Device memory of the emulation: one reserved range of addresses, shared memory first, then what cudaMalloc gives.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace cuda_emulation::memory {

/// All device memory. Addresses are never given out twice, so a late access is found; a process can allocate as much.
inline constexpr std::size_t kBytes = std::size_t{1} << 30;
/// The first part is the shared memory of the block that runs.
inline constexpr std::size_t kSharedBytes = std::size_t{1} << 20;
/// Bytes around every piece that belong to nobody.
inline constexpr std::size_t kRedzone = 256;
/// What memory holds before it is written: a NaN in every floating-point format, -1 as an integer.
inline constexpr int kUnwritten = 0xFF;

char* start();
inline bool is_device(const void* pointer)
{
    return static_cast<std::size_t>(static_cast<const char*>(pointer) - start()) < kBytes;
}
inline bool is_shared(const void* pointer)
{
    return static_cast<std::size_t>(static_cast<const char*>(pointer) - start()) < kSharedBytes;
}

/// 256-byte aligned, filled with kUnwritten; null when there is not enough left.
void* allocate(std::size_t bytes);
/// False when the pointer is not the start of an allocation.
bool release(void* pointer);

/// Empty when [pointer, pointer + bytes) lies within one allocation, else what is wrong with it. A pointer to the end
/// of an allocation is fine for no bytes.
std::string problem_with(const void* pointer, std::size_t bytes);

/// Reports every allocation beside which something was written since the last call, and mends the redzones. The kernel
/// is what ran last.
void check_redzones(const void* kernel);

} // namespace cuda_emulation::memory
