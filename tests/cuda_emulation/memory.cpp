// Allocations with redzones.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/memory.h"

#include "tests/cuda_emulation/report.h"
#include "tests/cuda_emulation/shadow.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <new>

namespace cuda_emulation::memory {
namespace {

constexpr std::size_t kAlignment = 256;
constexpr std::size_t kPage = 4096;

struct Heap {
    std::map<const char*, std::size_t> allocations; ///< start -> bytes
    std::size_t next = kSharedBytes + kRedzone;     ///< offset of the next allocation
};

Heap& heap()
{
    static Heap value;
    return value;
}

void fill(char* from, std::size_t bytes)
{
    std::memset(from, kUnwritten, bytes);
}

bool is_unwritten(const char* from, std::size_t bytes)
{
    return std::all_of(from, from + bytes, [](char c) { return c == static_cast<char>(kUnwritten); });
}

/// What lies behind `bytes` until the next piece may begin.
std::size_t tail(std::size_t bytes)
{
    return (bytes + kAlignment - 1) / kAlignment * kAlignment - bytes + kRedzone;
}

void check_redzones_of(char* pointer, std::size_t bytes, const void* kernel)
{
    const bool before = is_unwritten(pointer - kRedzone, kRedzone);
    const bool behind = is_unwritten(pointer + bytes, tail(bytes));
    if (before && behind) return;
    report(name_of_function(kernel) + " wrote memory " + (before ? "behind" : "before") + " an allocation of " +
           std::to_string(bytes) + " bytes");
    fill(pointer - kRedzone, kRedzone);
    fill(pointer + bytes, tail(bytes));
}

} // namespace

char* start()
{
    static char* const region = [] {
        void* mapped =
            mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (mapped == MAP_FAILED) throw std::bad_alloc();
        return static_cast<char*>(mapped);
    }();
    return region;
}

void* allocate(std::size_t bytes)
{
    Heap& h = heap();
    if (bytes > kBytes || h.next + bytes + tail(bytes) > kBytes) return nullptr;
    char* pointer = start() + h.next;
    h.next += bytes + tail(bytes);
    h.allocations[pointer] = bytes;
    fill(pointer - kRedzone, kRedzone + bytes + tail(bytes));
    shadow::open(pointer, bytes);
    return pointer;
}

bool release(void* pointer)
{
    const auto found = heap().allocations.find(static_cast<const char*>(pointer));
    if (found == heap().allocations.end()) return false;
    const std::size_t bytes = found->second;
    heap().allocations.erase(found);
    fill(static_cast<char*>(pointer), bytes);
    shadow::close(pointer, bytes);
    // Whole pages go back to the system.
    const auto from = (reinterpret_cast<std::uintptr_t>(pointer) + kPage - 1) / kPage * kPage;
    const auto to = (reinterpret_cast<std::uintptr_t>(pointer) + bytes) / kPage * kPage;
    if (to > from) madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED);
    return true;
}

std::string problem_with(const void* pointer, std::size_t bytes)
{
    if (!is_device(pointer)) return "points to host memory";
    const auto& allocations = heap().allocations;
    const char* from = static_cast<const char*>(pointer);
    auto after = allocations.upper_bound(from);
    if (after == allocations.begin()) return "points to memory that is not allocated";
    const auto [start, size] = *std::prev(after);
    if (from > start + size) return "points to memory that is not allocated";
    if (from + bytes > start + size)
        return "reaches " + std::to_string(from + bytes - (start + size)) + " bytes beyond an allocation of " +
               std::to_string(size) + " bytes";
    return "";
}

void check_redzones(const void* kernel)
{
    for (const auto& [pointer, bytes] : heap().allocations)
        check_redzones_of(start() + (pointer - start()), bytes, kernel);
}

} // namespace cuda_emulation::memory
