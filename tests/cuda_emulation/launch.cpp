// Launches: what is asked for is judged, then the blocks run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/block.h"
#include "tests/cuda_emulation/device_launch.h"
#include "tests/cuda_emulation/device_warp.h"
#include "tests/cuda_emulation/error_state.h"
#include "tests/cuda_emulation/memory.h"
#include "tests/cuda_emulation/runtime.h"
#include "tests/cuda_emulation/streams.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace cuda_emulation {
namespace {

constexpr unsigned kMaxGridX = 0x7FFFFFFF;
constexpr unsigned kMaxGridYZ = 65535;
constexpr unsigned kMaxBlockZ = 64;

bool is_possible(const Launch& launch)
{
    const dim3 g = launch.grid;
    const dim3 b = launch.block;
    const bool grid = g.x >= 1 && g.y >= 1 && g.z >= 1 && g.x <= kMaxGridX && g.y <= kMaxGridYZ && g.z <= kMaxGridYZ;
    const bool block = b.x >= 1 && b.y >= 1 && b.z >= 1 && b.x <= kMaxThreads && b.y <= kMaxThreads &&
                       b.z <= kMaxBlockZ && b.x * b.y * b.z <= kMaxThreads;
    return grid && block && launch.shared_bytes <= kMaxSharedBytes;
}

std::vector<unsigned> order_of_blocks(const Launch& launch)
{
    std::vector<unsigned> order(launch.grid.x * launch.grid.y * launch.grid.z);
    std::iota(order.begin(), order.end(), 0U);
    if (options().schedule == Schedule::Reverse) std::reverse(order.begin(), order.end());
    if (options().schedule == Schedule::Random)
        std::shuffle(order.begin(), order.end(), std::mt19937_64(options().seed + launch.number));
    return order;
}

/// Null stands for "not given".
bool are_on_device(const Launch& launch, const std::vector<const void*>& pointers)
{
    for (std::size_t i = 0; i < pointers.size(); ++i) {
        const std::string problem = pointers[i] ? memory::problem_with(pointers[i], 0) : "";
        if (problem.empty()) continue;
        report("argument " + std::to_string(i) + " of " + name_of_function(launch.kernel) + " " + problem);
        return false;
    }
    return true;
}

} // namespace

cudaError_t submit(const void* kernel, dim3 grid, dim3 block_shape, std::size_t shared_bytes, cudaStream_t stream,
                   const std::vector<const void*>& pointers, std::function<void()> body)
{
    static std::uint32_t launches = 0;
    ErrorState& errors = error_state();
    if (errors.sticky != cudaSuccess) return errors.sticky;
    if (!is_stream(stream)) return errors.fail(cudaErrorInvalidResourceHandle);
    const Launch launch = {.kernel = kernel,
                           .grid = grid,
                           .block = block_shape,
                           .shared_bytes = shared_bytes,
                           .body = std::move(body),
                           .number = ++launches};
    if (!is_possible(launch)) return errors.fail(cudaErrorInvalidConfiguration);
    if (!are_on_device(launch, pointers)) {
        errors.sticky = cudaErrorIllegalAddress; // seen when somebody waits for the kernel
        return cudaSuccess;
    }
    for (const unsigned index : order_of_blocks(launch)) {
        if (block().run(launch, index)) continue;
        errors.sticky = cudaErrorLaunchFailure;
        break;
    }
    memory::check_redzones(kernel);
    return cudaSuccess;
}

void* shared_variable(const void* key, std::size_t bytes, Place place)
{
    void* address = block().shared_memory().variable(key, bytes);
    if (!address) stop("the block has no room for " + std::to_string(bytes) + " more bytes of shared memory", place);
    return address;
}
void* dynamic_shared()
{
    return block().shared_memory().dynamic();
}

unsigned lane_index()
{
    return block().lane();
}
void stop(const std::string& message, Place place)
{
    block().stop(message, place);
}
BarrierVote block_barrier(bool predicate, Place place)
{
    const Block::Vote vote = block().barrier(predicate, place);
    return {vote.yes, vote.all};
}
Meeting::Outcome meet(unsigned mask, const char* operation, const void* value, std::size_t bytes, Place place)
{
    return block().meet(mask, operation, value, bytes, place);
}

Accessor current_accessor()
{
    return block().accessor();
}
std::string context()
{
    return block().is_running() ? block().position() : " (host code)";
}

} // namespace cuda_emulation
