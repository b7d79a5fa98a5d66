// The check of every access: bounds, undefined data, alignment, races between threads that no barrier orders.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/shadow.h"

#if defined(CUDA_EMULATION_CHECK)

#include "tests/cuda_emulation/block.h"
#include "tests/cuda_emulation/memory.h"
#include "tests/cuda_emulation/report.h"
#include "tests/cuda_emulation/runtime.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <set>
#include <string>
#include <utility>

namespace cuda_emulation::shadow {
namespace {

constexpr unsigned kWarp = 32;

/// Zero is what untouched pages hold.
enum class State : std::uint8_t { Closed = 0, Undefined, Defined };

/// Which threads a record stands for.
enum class Scope : std::uint8_t { Nobody = 0, Thread, Warp, Block, Grid };

/// The last access of a kind to one byte.
struct Record {
    const void* return_address;
    std::uint32_t launch;
    std::uint32_t block;
    std::uint32_t barriers;
    std::uint16_t warp_barriers;
    std::uint16_t thread : 11;
    std::uint16_t atomic : 1;
    Scope scope;
};

struct Cell {
    Record write;
    Record read;
};

template <class T>
T* reserve(std::size_t count)
{
    void* mapped =
        mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) throw std::bad_alloc();
    return static_cast<T*>(mapped);
}

State* states()
{
    static State* const all = reserve<State>(memory::kBytes);
    return all;
}
Cell* cells()
{
    static Cell* const all = reserve<Cell>(memory::kBytes);
    return all;
}

std::size_t offset_of(const void* pointer)
{
    return static_cast<std::size_t>(static_cast<const char*>(pointer) - memory::start());
}

void set(const void* pointer, std::size_t bytes, State state)
{
    if (bytes > 0 && memory::is_device(pointer))
        std::memset(states() + offset_of(pointer), static_cast<int>(state), bytes);
}

std::set<std::pair<const void*, const void*>>& seen()
{
    static std::set<std::pair<const void*, const void*>> pairs;
    return pairs;
}

std::string kind_of(const void* pointer)
{
    return memory::is_shared(pointer) ? " shared memory at " : " global memory at ";
}

void find(const char* what, const void* pointer, const void* return_address, const Record* other = nullptr)
{
    if (!seen().insert({return_address, other ? other->return_address : nullptr}).second) return;
    std::string finding = what + kind_of(pointer) + place_of(return_address);
    if (other)
        finding += ", which no barrier separates from " + place_of(other->return_address) + " by thread " +
                   std::to_string(other->thread) + " of block " + std::to_string(other->block);
    report(finding + context());
}

/// Whether everything that the record stands for happens before what the accessor does now.
bool is_before(const Record& r, const Accessor& now, bool shared)
{
    if (r.scope == Scope::Nobody || r.launch != now.launch) return true;
    if (r.block != now.block) return shared; // another block's use of the same shared memory is no use of it at all
    if (r.scope == Scope::Grid) return false;
    if (r.barriers < now.barriers) return true;
    if (r.scope == Scope::Block || r.thread / kWarp != now.thread / kWarp) return false;
    if (r.warp_barriers < static_cast<std::uint16_t>(now.warp_barriers)) return true;
    return r.scope == Scope::Thread && r.thread == now.thread;
}

/// The smallest scope that holds the record's threads and the accessor.
Scope joined(const Record& r, const Accessor& now)
{
    Scope scope = Scope::Warp;
    if (r.block != now.block)
        scope = Scope::Grid;
    else if (r.thread / kWarp != now.thread / kWarp)
        scope = Scope::Block;
    return std::max(scope, r.scope);
}

/// `together`: the record goes on to stand for earlier accesses as well, since nothing orders them before this one.
void remember(Record& r, const Accessor& now, const void* return_address, bool atomic, bool together)
{
    const Scope scope = together ? joined(r, now) : Scope::Thread;
    r = {.return_address = return_address,
         .launch = now.launch,
         .block = now.block,
         .barriers = now.barriers,
         .warp_barriers = static_cast<std::uint16_t>(now.warp_barriers),
         .thread = static_cast<std::uint16_t>(now.thread & 0x7FFU),
         .atomic = atomic,
         .scope = scope};
}

/// Records and judges one byte that may be touched.
void touch_byte(Cell& cell, const void* pointer, Touch touch, const Accessor& now, const void* return_address)
{
    const bool shared = memory::is_shared(pointer);
    const bool atomic = touch == Touch::Atomic;
    const bool after_write = is_before(cell.write, now, shared);
    const bool after_read = is_before(cell.read, now, shared);
    const bool both_atomic = atomic && cell.write.atomic;
    const char* what = touch == Touch::Read ? "race: read of" : "race: write to";
    if (!after_write && !both_atomic) find(what, pointer, return_address, &cell.write);
    if (touch == Touch::Read) return remember(cell.read, now, return_address, false, !after_read);
    if (!after_read) find(what, pointer, return_address, &cell.read);
    remember(cell.write, now, return_address, atomic, both_atomic && !after_write);
}

} // namespace

void open(const void* pointer, std::size_t bytes)
{
    set(pointer, bytes, State::Undefined);
}

void close(const void* pointer, std::size_t bytes)
{
    set(pointer, bytes, State::Closed);
    if (memory::is_shared(pointer)) return; // used again at once
    constexpr std::uintptr_t kPage = 4096;
    const auto from = (reinterpret_cast<std::uintptr_t>(cells() + offset_of(pointer)) + kPage - 1) / kPage * kPage;
    const auto to = reinterpret_cast<std::uintptr_t>(cells() + offset_of(pointer) + bytes) / kPage * kPage;
    if (to > from) madvise(reinterpret_cast<void*>(from), to - from, MADV_DONTNEED);
}

void define(const void* pointer, std::size_t bytes)
{
    set(pointer, bytes, State::Defined);
}

void copy(const void* to, const void* from, std::size_t bytes)
{
    if (memory::is_device(from) && memory::is_device(to))
        std::memmove(states() + offset_of(to), states() + offset_of(from), bytes);
    else
        define(to, bytes);
}

void report_again()
{
    seen().clear();
}

void touch(const void* pointer, std::size_t bytes, Touch touch, const void* return_address, std::size_t alignment)
{
    if (!memory::is_device(pointer)) return; // the host's and the thread's own memory
    const Accessor now = current_accessor();
    if (!now.in_kernel) return find("host code touches", pointer, return_address);
    const std::size_t offset = offset_of(pointer);
    if (offset % alignment != 0) // a GPU stops there too, and this CPU perhaps
        block().stop_access("misaligned access to" + kind_of(pointer) + place_of(return_address));
    for (std::size_t i = offset; i < offset + bytes; ++i) {
        if (states()[i] == State::Closed)
            return find(touch == Touch::Read ? "out-of-bounds read of" : "out-of-bounds write to", pointer,
                        return_address);
        if (states()[i] == State::Undefined && touch != Touch::Write)
            find("read of undefined", pointer, return_address);
        touch_byte(cells()[i], memory::start() + i, touch, now, return_address);
        if (touch != Touch::Read) states()[i] = State::Defined;
    }
}

} // namespace cuda_emulation::shadow

#endif
