// Dispatch to the experts on CUDA: a stable counting sort in four kernels, then gathers and weighted sums of whole
// rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/launch.h"
#include "kernels/cuda/pack.h"
#include "kernels/cuda/shared_memory.h"
#include "kernels/cuda/team.h"
#include "kernels/ops/permute.h"

namespace triptych {
namespace {

using cuda::kWarpSize;
using cuda::kWholeWarp;

// The plan. Slots are cut into chunks, one warp each: count the experts of every chunk, turn the counts of all earlier
// chunks into places, then let every chunk put its slots there in order. Only integers, so the order of additions is
// free.

constexpr std::int64_t kMinChunk = 256;   ///< slots that are worth a warp
constexpr std::int64_t kMaxChunks = 1024; ///< bounds the table of counts: chunks * experts
constexpr int kPlanThreads = cuda::kWarpsPerBlock * kWarpSize;

static_assert(kMaxChunks <= cuda::kMaxBlocks, "every chunk needs a warp of its own");

/// Slots of a chunk: whole rounds of a warp, kMaxChunks chunks at most.
std::int64_t chunk_size(std::int64_t slots)
{
    const std::int64_t size = std::max(kMinChunk, cuda::ceil_divide(slots, kMaxChunks));
    return cuda::ceil_divide(size, kWarpSize) * kWarpSize;
}

__global__ void __launch_bounds__(kPlanThreads)
    plan_dispatch_count_chunk_per_warp_kernel(const std::int32_t* __restrict__ experts, std::int32_t* table,
                                              std::int64_t slots, std::int64_t chunk, std::int64_t n_experts)
{
    const int lane = cuda::lane_of_warp();
    auto* counts = cuda::shared_of_warp<std::int32_t>(n_experts);
    const std::int64_t c = cuda::warp_of_launch();
    if (c * chunk >= slots) return; // the whole warp
    for (std::int64_t e = lane; e < n_experts; e += kWarpSize) counts[e] = 0;
    __syncwarp(); // zero before others count
    const std::int64_t end = min(slots, (c + 1) * chunk);
    for (std::int64_t slot = c * chunk + lane; slot < end; slot += kWarpSize) {
        cuda::require_index(experts[slot], n_experts);
        atomicAdd(&counts[experts[slot]], 1);
    }
    __syncwarp(); // all have counted
    for (std::int64_t e = lane; e < n_experts; e += kWarpSize) table[c * n_experts + e] = counts[e];
}

constexpr int kSlices = 16; ///< threads that share the chunks of one expert

/// For every expert: table[chunk] becomes the count of all chunks before, counts the count of all.
__global__ void __launch_bounds__(kWarpSize* kSlices)
    plan_dispatch_scan_chunks_experts_per_block_kernel(std::int32_t* table, std::int32_t* counts, std::int64_t chunks,
                                                       std::int64_t n_experts)
{
    SHARED(std::int32_t[kSlices][kWarpSize], totals);
    const std::int64_t e = std::int64_t{blockIdx.x} * kWarpSize + threadIdx.x;
    const std::int64_t begin = chunks * threadIdx.y / kSlices;
    const std::int64_t end = e < n_experts ? chunks * (threadIdx.y + 1) / kSlices : begin;
    std::int32_t total = 0;
    for (std::int64_t c = begin; c < end; ++c) total += table[c * n_experts + e];
    totals[threadIdx.y][threadIdx.x] = total;
    __syncthreads();
    if (e >= n_experts) return;
    std::int32_t before = 0;
    for (unsigned slice = 0; slice < threadIdx.y; ++slice) before += totals[slice][threadIdx.x];
    for (std::int64_t c = begin; c < end; ++c) {
        const std::int32_t count = table[c * n_experts + e];
        table[c * n_experts + e] = before;
        before += count;
    }
    if (threadIdx.y == kSlices - 1) counts[e] = before;
}

constexpr int kScanThreads = 256;

/// The sum of the values of all earlier threads of the block; `total` becomes that of all.
__device__ std::int32_t exclusive_sum(std::int32_t value, std::int32_t& total)
{
    SHARED(std::int32_t[kScanThreads / kWarpSize], warp_sums);
    const int lane = cuda::lane_of_warp();
    const int warp = static_cast<int>(threadIdx.x) / kWarpSize;
    std::int32_t inclusive = value;
#pragma unroll
    for (int distance = 1; distance < kWarpSize; distance *= 2) {
        const std::int32_t other = __shfl_up_sync(kWholeWarp, inclusive, distance);
        if (lane >= distance) inclusive += other;
    }
    if (lane == kWarpSize - 1) warp_sums[warp] = inclusive;
    __syncthreads();
    std::int32_t before = inclusive - value;
    total = 0;
    for (int w = 0; w < kScanThreads / kWarpSize; ++w) {
        if (w < warp) before += warp_sums[w];
        total += warp_sums[w];
    }
    __syncthreads(); // the next call writes warp_sums again
    return before;
}

/// offsets from counts; one block, 256 experts at a time.
__global__ void __launch_bounds__(kScanThreads)
    plan_dispatch_scan_experts_in_one_block_kernel(const std::int32_t* __restrict__ counts, std::int32_t* offsets,
                                                   std::int64_t n_experts)
{
    std::int32_t before = 0; // experts of earlier rounds
    for (std::int64_t first = 0; first < n_experts; first += kScanThreads) {
        const std::int64_t e = first + threadIdx.x;
        std::int32_t total = 0;
        const std::int32_t own = exclusive_sum(e < n_experts ? counts[e] : 0, total);
        if (e < n_experts) offsets[e] = before + own;
        before += total;
    }
    if (threadIdx.x == 0) offsets[n_experts] = before;
}

/// Rounds of 32 slots: those of one expert find each other, take the next places in the order of their lanes, and the
/// first of them moves the expert's next place on.
__global__ void __launch_bounds__(kPlanThreads)
    plan_dispatch_place_chunk_per_warp_kernel(const std::int32_t* __restrict__ experts,
                                              const std::int32_t* __restrict__ table,
                                              const std::int32_t* __restrict__ offsets, std::int32_t* order,
                                              std::int32_t* position, std::int64_t slots, std::int64_t chunk,
                                              std::int64_t n_experts)
{
    const int lane = cuda::lane_of_warp();
    auto* next = cuda::shared_of_warp<std::int32_t>(n_experts);
    const std::int64_t c = cuda::warp_of_launch();
    if (c * chunk >= slots) return; // the whole warp
    for (std::int64_t e = lane; e < n_experts; e += kWarpSize) next[e] = offsets[e] + table[c * n_experts + e];
    const std::int64_t end = min(slots, (c + 1) * chunk);
    for (std::int64_t first = c * chunk; first < end; first += kWarpSize) {
        __syncwarp(); // the places that other lanes set
        const std::int64_t slot = first + lane;
        const std::int32_t expert = slot < end ? experts[slot] : -1;
        const unsigned same = __match_any_sync(kWholeWarp, expert);
        const int leader = __ffs(static_cast<int>(same)) - 1;
        std::int32_t place = 0;
        if (lane == leader && expert >= 0) {
            place = next[expert];
            next[expert] = place + __popc(same);
        }
        place = __shfl_sync(kWholeWarp, place, leader) + __popc(same & ((1U << lane) - 1));
        if (expert < 0) continue;
        order[place] = static_cast<std::int32_t>(slot);
        position[slot] = place;
    }
}

// The row ops. A thread owns a few neighbouring columns of a row.

/// Blocks of 256 threads: as many columns as fill a row, the rest of the threads on further rows.
cuda::LaunchShape row_shape(std::int64_t rows, std::int64_t columns, int width)
{
    constexpr unsigned kThreads = 256;
    const std::int64_t packs = columns / width;
    unsigned across = kWarpSize;
    while (across < kThreads && across < packs) across *= 2;
    const unsigned down = kThreads / across;
    return {dim3(static_cast<unsigned>(cuda::ceil_divide(packs, across)), cuda::blocks_for(rows, down)),
            dim3(across, down)};
}
constexpr int kRowThreads = 256;

/// The first column of this thread, its first row, and how far it is to the next row.
template <int kWidth>
__device__ std::int64_t own_column()
{
    return (std::int64_t{blockIdx.x} * blockDim.x + threadIdx.x) * kWidth;
}
__device__ std::int64_t own_row()
{
    return std::int64_t{blockIdx.y} * blockDim.y + threadIdx.y;
}
__device__ std::int64_t own_row_step()
{
    return std::int64_t{gridDim.y} * blockDim.y;
}

template <int kWidth>
__global__ void __launch_bounds__(kRowThreads)
    permute_forward_pack_per_thread_kernel(const float* __restrict__ x, const std::int32_t* __restrict__ order,
                                           float* __restrict__ y, std::int64_t rows, std::int64_t top_k,
                                           std::int64_t columns)
{
    const std::int64_t c = own_column<kWidth>();
    if (c >= columns) return;
    for (std::int64_t row = own_row(); row < rows; row += own_row_step()) {
        cuda::require_index(order[row], rows);
        cuda::store(y + row * columns + c, cuda::load<kWidth>(x + order[row] / top_k * columns + c));
    }
}

/// y[token] = sum_k weights[token, k] * x[position[token, k]]; without weights they count as one.
template <int kWidth>
__global__ void __launch_bounds__(kRowThreads)
    combine_forward_pack_per_thread_kernel(const float* __restrict__ x, const float* __restrict__ weights,
                                           const std::int32_t* __restrict__ position, float* y, std::int64_t tokens,
                                           std::int64_t top_k, std::int64_t columns, WriteMode mode)
{
    const std::int64_t c = own_column<kWidth>();
    if (c >= columns) return;
    for (std::int64_t token = own_row(); token < tokens; token += own_row_step()) {
        float* y_pack = y + token * columns + c;
        auto sum = mode == WriteMode::Accumulate ? cuda::load<kWidth>(y_pack) : cuda::Pack<kWidth>{};
        for (std::int64_t slot = token * top_k; slot < (token + 1) * top_k; ++slot) {
            cuda::require_index(position[slot], tokens * top_k);
            const float weight = weights ? weights[slot] : 1.0f;
            const auto in = cuda::load<kWidth>(x + position[slot] * columns + c);
#pragma unroll
            for (int i = 0; i < kWidth; ++i) sum[i] += weight * in[i];
        }
        cuda::store(y_pack, sum);
    }
}

template <class Team, int kWidth>
__global__ void __launch_bounds__(Team::kThreads)
    combine_backward_slot_per_team_kernel(const float* __restrict__ dy, const float* x,
                                          const float* __restrict__ weights, const std::int32_t* __restrict__ position,
                                          float* dx, float* dweights, std::int64_t slots, std::int64_t top_k,
                                          std::int64_t columns)
{
    for (std::int64_t slot = cuda::first_row<Team>(); slot < slots; slot += cuda::row_step<Team>()) {
        cuda::require_index(position[slot], slots);
        const float* dy_row = dy + slot / top_k * columns;
        const std::int64_t row = position[slot] * columns;
        const float weight = weights[slot];
        float dot = 0;
        for (std::int64_t c = Team::rank() * kWidth; c < columns; c += Team::kSize * kWidth) {
            const auto d = cuda::load<kWidth>(dy_row + c);
            const auto in = cuda::load<kWidth>(x + row + c);
            cuda::Pack<kWidth> out;
#pragma unroll
            for (int i = 0; i < kWidth; ++i) {
                dot += d[i] * in[i];
                out[i] = weight * d[i];
            }
            cuda::store(dx + row + c, out);
        }
        dot = Team::sum(dot);
        if (Team::rank() == 0) dweights[slot] = dot;
    }
}

/// Whether all of these contiguous tensors can be read in packs.
bool are_aligned(std::int64_t columns, std::initializer_list<const void*> starts)
{
    return std::all_of(starts.begin(), starts.end(),
                       [&](const void* start) { return cuda::has_aligned_rows(start, columns); });
}

void launch_combine(Stream& stream, const char* name, const float* x, const float* weights,
                    const std::int32_t* position, const View<2>& y, std::int64_t top_k, WriteMode mode)
{
    const auto [tokens, columns] = y.shape();
    if (tokens == 0 || columns == 0) return;
    cuda::with_pack_width(are_aligned(columns, {x, y.raw()}), [&, tokens = tokens, columns = columns](auto width) {
        cuda::launch(stream, name, combine_forward_pack_per_thread_kernel<width()>, row_shape(tokens, columns, width()),
                     x, weights, position, y.as<float>(), tokens, top_k, columns, mode);
    });
}

} // namespace

void launch(Cuda, Stream& stream, const PlanDispatch& op)
{
    const std::int64_t slots = op.experts.count();
    const std::int64_t n_experts = op.counts.size(0);
    if (n_experts == 0 && slots > 0) refuse(op.name, "experts is not empty, expected none: there is no row in counts");
    const std::int64_t chunk = chunk_size(slots);
    const std::int64_t chunks = cuda::ceil_divide(slots, chunk);
    const auto bytes_of = [](std::int64_t n) { return n * static_cast<std::int64_t>(sizeof(std::int32_t)); };
    const auto per_chunk = cuda::warp_per_item<PlanDispatch>(chunks, bytes_of(n_experts), "the counts of the experts");
    auto* table = static_cast<std::int32_t*>(stream.scratch(static_cast<std::size_t>(bytes_of(chunks * n_experts))));
    const auto* experts = op.experts.as<std::int32_t>();
    auto* offsets = op.offsets.as<std::int32_t>();
    if (chunks > 0)
        cuda::launch(stream, op.name, plan_dispatch_count_chunk_per_warp_kernel, per_chunk, experts, table, slots,
                     chunk, n_experts);
    if (n_experts > 0)
        cuda::launch(stream, op.name, plan_dispatch_scan_chunks_experts_per_block_kernel,
                     {static_cast<unsigned>(cuda::ceil_divide(n_experts, kWarpSize)), {kWarpSize, kSlices}}, table,
                     op.counts.as<std::int32_t>(), chunks, n_experts);
    cuda::launch(stream, op.name, plan_dispatch_scan_experts_in_one_block_kernel, {1, kScanThreads},
                 op.counts.as<std::int32_t>(), offsets, n_experts);
    if (chunks > 0)
        cuda::launch(stream, op.name, plan_dispatch_place_chunk_per_warp_kernel, per_chunk, experts, table, offsets,
                     op.order.as<std::int32_t>(), op.position.as<std::int32_t>(), slots, chunk, n_experts);
}

void launch(Cuda, Stream& stream, const PermuteForward& op)
{
    cuda::require_f32<PermuteForward>(op.x.dtype());
    const auto [rows, columns] = op.y.shape();
    if (rows == 0 || columns == 0) return;
    const std::int64_t top_k = rows / op.x.size(0);
    cuda::with_pack_width(are_aligned(columns, {op.x.raw(), op.y.raw()}),
                          [&, rows = rows, columns = columns](auto width) {
                              cuda::launch(stream, op.name, permute_forward_pack_per_thread_kernel<width()>,
                                           row_shape(rows, columns, width()), op.x.as<float>(),
                                           op.order.as<std::int32_t>(), op.y.as<float>(), rows, top_k, columns);
                          });
}

/// The gradient of a gather is the combine with all weights one.
void launch(Cuda, Stream& stream, const PermuteBackward& op)
{
    cuda::require_f32<PermuteBackward>(op.dy.dtype());
    const std::int64_t tokens = op.dx.size(0);
    launch_combine(stream, op.name, op.dy.as<float>(), nullptr, op.position.as<std::int32_t>(), op.dx,
                   tokens == 0 ? 0 : op.dy.size(0) / tokens, op.mode);
}

void launch(Cuda, Stream& stream, const CombineForward& op)
{
    cuda::require_f32<CombineForward>(op.x.dtype());
    launch_combine(stream, op.name, op.x.as<float>(), op.weights.as<float>(), op.position.as<std::int32_t>(), op.y,
                   op.weights.size(1), op.mode);
}

void launch(Cuda, Stream& stream, const CombineBackward& op)
{
    cuda::require_f32<CombineBackward>(op.dy.dtype());
    const std::int64_t slots = op.weights.count();
    const std::int64_t columns = op.dy.size(1);
    if (slots == 0) return;
    const bool aligned = are_aligned(columns, {op.dy.raw(), op.x.raw(), op.dx.raw()});
    cuda::with_team(columns, [&](auto team) {
        cuda::with_pack_width(aligned, [&](auto width) {
            using Team = decltype(team);
            cuda::launch(stream, op.name, combine_backward_slot_per_team_kernel<Team, width()>,
                         {cuda::blocks_for(slots, Team::kTeams), Team::kThreads}, op.dy.as<float>(), op.x.as<float>(),
                         op.weights.as<float>(), op.position.as<std::int32_t>(), op.dx.as<float>(),
                         op.dweights.as<float>(), slots, op.weights.size(1), columns);
        });
    });
}

} // namespace triptych
