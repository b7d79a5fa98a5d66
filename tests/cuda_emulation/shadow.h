// What the check build knows of every byte of device memory: whether it may be touched, whether it was written, by
// whom.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace cuda_emulation {

/// Who touches memory, and what that thread has waited for so far.
struct Accessor {
    std::uint32_t launch = 0;
    std::uint32_t block = 0;
    std::uint32_t barriers = 0;      ///< __syncthreads() that the block has passed
    std::uint32_t warp_barriers = 0; ///< __syncwarp() that the warp has passed
    std::uint32_t thread = 0;
    bool in_kernel = false; ///< false: host code
};

enum class Touch : std::uint8_t { Read = 1, Write, Atomic };

namespace shadow {

#if defined(CUDA_EMULATION_CHECK)

/// The bytes may be touched; their contents are undefined.
void open(const void* pointer, std::size_t bytes);
/// The bytes belong to nobody.
void close(const void* pointer, std::size_t bytes);
/// A copy or fill by the host: the bytes are defined.
void define(const void* pointer, std::size_t bytes);
/// A copy on the device: what was undefined stays so.
void copy(const void* to, const void* from, std::size_t bytes);

/// Judges one access and remembers it. `return_address` tells where in the source; `alignment` is what the access
/// needs.
void touch(const void* pointer, std::size_t bytes, Touch touch, const void* return_address, std::size_t alignment = 1);

/// Each pair of places is reported once until this is called.
void report_again();

#else

inline void open(const void*, std::size_t) {}
inline void close(const void*, std::size_t) {}
inline void define(const void*, std::size_t) {}
inline void copy(const void*, const void*, std::size_t) {}
inline void touch(const void*, std::size_t, Touch, const void*, std::size_t = 1) {}
inline void report_again() {}

#endif

} // namespace shadow
} // namespace cuda_emulation
