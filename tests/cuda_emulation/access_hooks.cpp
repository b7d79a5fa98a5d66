// The functions that g++ -fsanitize=thread calls at every load and store. The check build compiles kernels and tests
// with that flag and links these instead of the thread sanitizer's own.
// SPDX-License-Identifier: GPL-3.0-or-later
#if defined(CUDA_EMULATION_CHECK)

#include "tests/cuda_emulation/shadow.h"

#include <cstddef>
#include <cstdint>

using cuda_emulation::Touch;
using cuda_emulation::shadow::touch;

// NOLINTBEGIN: the compiler chooses these names
#define LOADS_AND_STORES(bytes)                                                                                        \
    void __tsan_read##bytes(void* p)                                                                                   \
    {                                                                                                                  \
        touch(p, bytes, Touch::Read, __builtin_return_address(0), bytes);                                              \
    }                                                                                                                  \
    void __tsan_write##bytes(void* p)                                                                                  \
    {                                                                                                                  \
        touch(p, bytes, Touch::Write, __builtin_return_address(0), bytes);                                             \
    }                                                                                                                  \
    void __tsan_unaligned_read##bytes(void* p)                                                                         \
    {                                                                                                                  \
        touch(p, bytes, Touch::Read, __builtin_return_address(0));                                                     \
    }                                                                                                                  \
    void __tsan_unaligned_write##bytes(void* p)                                                                        \
    {                                                                                                                  \
        touch(p, bytes, Touch::Write, __builtin_return_address(0));                                                    \
    }

// Atomics of host code, the C++ library's: carried out, not judged. Those of kernels are in atomics.h.
#define FETCH(bits, operation, T)                                                                                      \
    T __tsan_atomic##bits##_##operation(volatile T* p, T value, int)                                                   \
    {                                                                                                                  \
        return __atomic_##operation(p, value, __ATOMIC_SEQ_CST);                                                       \
    }
#define COMPARE(bits, strength, weak, T)                                                                               \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile T* p, T* expected, T value, int, int)               \
    {                                                                                                                  \
        return __atomic_compare_exchange_n(p, expected, value, weak, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);              \
    }
#define ATOMICS(bits, T)                                                                                               \
    T __tsan_atomic##bits##_load(const volatile T* p, int)                                                             \
    {                                                                                                                  \
        return __atomic_load_n(p, __ATOMIC_SEQ_CST);                                                                   \
    }                                                                                                                  \
    void __tsan_atomic##bits##_store(volatile T* p, T value, int)                                                      \
    {                                                                                                                  \
        __atomic_store_n(p, value, __ATOMIC_SEQ_CST);                                                                  \
    }                                                                                                                  \
    T __tsan_atomic##bits##_exchange(volatile T* p, T value, int)                                                      \
    {                                                                                                                  \
        return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST);                                                        \
    }                                                                                                                  \
    FETCH(bits, fetch_add, T)                                                                                          \
    FETCH(bits, fetch_sub, T)                                                                                          \
    FETCH(bits, fetch_and, T)                                                                                          \
    FETCH(bits, fetch_or, T)                                                                                           \
    FETCH(bits, fetch_xor, T)                                                                                          \
    COMPARE(bits, strong, false, T)                                                                                    \
    COMPARE(bits, weak, true, T)

extern "C" {
LOADS_AND_STORES(1)
LOADS_AND_STORES(2)
LOADS_AND_STORES(4)
LOADS_AND_STORES(8)
LOADS_AND_STORES(16)
ATOMICS(8, std::uint8_t)
ATOMICS(16, std::uint16_t)
ATOMICS(32, std::uint32_t)
ATOMICS(64, std::uint64_t)

void __tsan_read_range(void* p, std::size_t bytes)
{
    touch(p, bytes, Touch::Read, __builtin_return_address(0));
}
void __tsan_write_range(void* p, std::size_t bytes)
{
    touch(p, bytes, Touch::Write, __builtin_return_address(0));
}
void __tsan_atomic_thread_fence(int) {}
void __tsan_atomic_signal_fence(int) {}
void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_vptr_update(void*, void*) {}
void __tsan_vptr_read(void*) {}
}
// NOLINTEND

#endif
