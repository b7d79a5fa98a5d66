// The replaced ways to take memory. Sanitizers have malloc replaced already and keep it; the others are counted there
// too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/allocation_count.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::int64_t> g_taken = 0;

void count()
{
    g_taken.fetch_add(1, std::memory_order_relaxed);
}

void* take(std::size_t bytes)
{
    count();
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}

} // namespace

std::int64_t triptych::test::allocations_so_far()
{
    return g_taken;
}

void* operator new(std::size_t bytes)
{
    return take(bytes);
}
void* operator new[](std::size_t bytes)
{
    return take(bytes);
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}
/// What DeviceBuffer calls; found here before the C library's.
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t bytes)
{
    count();
    void* memory = nullptr;
    return posix_memalign(&memory, alignment, bytes) == 0 ? memory : nullptr;
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" {
// The C library's own names for what stands behind these.
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* memory, std::size_t bytes);

void* malloc(std::size_t bytes)
{
    count();
    return __libc_malloc(bytes);
}
void* calloc(std::size_t number, std::size_t bytes)
{
    count();
    return __libc_calloc(number, bytes);
}
void* realloc(void* memory, std::size_t bytes)
{
    count();
    return __libc_realloc(memory, bytes);
}
}
#endif
