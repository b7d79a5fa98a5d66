// RMSNorm on CUDA: a warp or a block on each row; the gain's gradient by partial sums of blocks, then their sum in
// order.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/launch.h"
#include "kernels/cuda/pack.h"
#include "kernels/cuda/team.h"
#include "kernels/ops/rms_norm.h"

namespace triptych {
namespace {

/// Blocks of the backward pass, each with one row of partial sums: two for each multiprocessor of a Hopper.
constexpr std::int64_t kPartials = 264;
/// Rows that are worth a team of their own in the backward pass; fewer would only make more partial sums.
constexpr std::int64_t kRowsPerTeam = 2;
/// Partial sums of a block stay in shared memory up to this size, so that two blocks fit on a multiprocessor; wider
/// rows keep them in global memory.
constexpr std::size_t kMaxSumBytes = 112 * 1024;

template <class Team>
std::size_t sum_bytes(std::int64_t columns)
{
    return static_cast<std::size_t>(Team::kTeams * columns) * sizeof(float);
}

template <class Team, int kWidth>
__global__ void __launch_bounds__(Team::kThreads)
    rms_norm_forward_row_per_team_kernel(const float* x, std::int64_t x_stride, const float* __restrict__ gain,
                                         float eps, float* y, std::int64_t y_stride, float* rstd, std::int64_t rows,
                                         std::int64_t columns)
{
    constexpr std::int64_t kStep = Team::kSize * kWidth;
    for (std::int64_t row = cuda::first_row<Team>(); row < rows; row += cuda::row_step<Team>()) {
        const float* x_row = x + row * x_stride;
        float* y_row = y + row * y_stride;
        float squares = 0;
        for (std::int64_t c = Team::rank() * kWidth; c < columns; c += kStep) {
            const auto in = cuda::load<kWidth>(x_row + c);
#pragma unroll
            for (int i = 0; i < kWidth; ++i) squares += in[i] * in[i];
        }
        const float scale = 1.0f / sqrtf(Team::sum(squares) / static_cast<float>(columns) + eps);
        // The second reading of the row comes from the cache.
        for (std::int64_t c = Team::rank() * kWidth; c < columns; c += kStep) {
            const auto in = cuda::load<kWidth>(x_row + c);
            const auto g = cuda::load<kWidth>(gain + c);
            cuda::Pack<kWidth> out;
#pragma unroll
            for (int i = 0; i < kWidth; ++i) out[i] = scale * in[i] * g[i];
            cuda::store(y_row + c, out);
        }
        if (Team::rank() == 0) rstd[row] = scale;
    }
}

/// dx, and in partial the shares of dgain: one row a block, whose teams are added up here, or one row a team where
/// their sums do not fit into shared memory. Within a team a column belongs to one thread, so its sum needs no barrier.
/// dx may be the memory of dy.
template <class Team, int kWidth, bool kShared>
__global__ void __launch_bounds__(Team::kThreads)
    rms_norm_backward_row_per_team_kernel(const float* x, std::int64_t x_stride, const float* __restrict__ gain,
                                          const float* __restrict__ rstd, const float* dy, std::int64_t dy_stride,
                                          float* dx, std::int64_t dx_stride, const float* addend,
                                          std::int64_t addend_stride, float* partial, std::int64_t rows,
                                          std::int64_t columns)
{
    constexpr std::int64_t kStep = Team::kSize * kWidth;
    const std::int64_t first = Team::rank() * kWidth;
    float* block_sums = kShared ? gpu::dynamic_shared<float>() : partial + blockIdx.x * Team::kTeams * columns;
    float* sums = block_sums + Team::index() * columns;
    for (std::int64_t c = first; c < columns; c += kStep) cuda::store(sums + c, cuda::Pack<kWidth>{});
    for (std::int64_t row = cuda::first_row<Team>(); row < rows; row += cuda::row_step<Team>()) {
        const float* x_row = x + row * x_stride;
        const float* dy_row = dy + row * dy_stride;
        const float scale = rstd[row];
        float dot = 0; // of dy*gain and x
        for (std::int64_t c = first; c < columns; c += kStep) {
            const auto in = cuda::load<kWidth>(x_row + c);
            const auto d = cuda::load<kWidth>(dy_row + c);
            const auto g = cuda::load<kWidth>(gain + c);
            auto sum = cuda::load<kWidth>(sums + c);
#pragma unroll
            for (int i = 0; i < kWidth; ++i) {
                dot += d[i] * g[i] * in[i];
                sum[i] += d[i] * in[i] * scale;
            }
            cuda::store(sums + c, sum);
        }
        const float shrink = scale * scale * scale * Team::sum(dot) / static_cast<float>(columns);
        for (std::int64_t c = first; c < columns; c += kStep) {
            const auto in = cuda::load<kWidth>(x_row + c);
            const auto d = cuda::load<kWidth>(dy_row + c);
            const auto g = cuda::load<kWidth>(gain + c);
            cuda::Pack<kWidth> out;
#pragma unroll
            for (int i = 0; i < kWidth; ++i) out[i] = scale * d[i] * g[i] - shrink * in[i];
            if (addend) {
                const auto more = cuda::load<kWidth>(addend + row * addend_stride + c);
#pragma unroll
                for (int i = 0; i < kWidth; ++i) out[i] += more[i];
            }
            cuda::store(dx + row * dx_stride + c, out);
        }
    }
    if constexpr (kShared) {
        __syncthreads(); // the teams' sums are there
        for (std::int64_t c = threadIdx.x; c < columns; c += Team::kThreads) {
            float total = 0;
            for (int team = 0; team < Team::kTeams; ++team) total += block_sums[team * columns + c];
            partial[blockIdx.x * columns + c] = total;
        }
    }
}

constexpr int kSlices = 8; ///< threads that share the partial sums of one column

/// dgain += the partial sums: each slice adds every eighth, the first slice then adds the slices in order.
__global__ void __launch_bounds__(cuda::kWarpSize* kSlices)
    rms_norm_backward_gain_columns_per_block_kernel(const float* __restrict__ partial, std::int64_t partials,
                                                    float* dgain, std::int64_t columns)
{
    SHARED(float[kSlices][cuda::kWarpSize], sums);
    const std::int64_t c = std::int64_t{blockIdx.x} * cuda::kWarpSize + threadIdx.x;
    float sum = 0;
    if (c < columns)
        for (std::int64_t p = threadIdx.y; p < partials; p += kSlices) sum += partial[p * columns + c];
    sums[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();
    if (threadIdx.y != 0 || c >= columns) return;
    float total = 0;
#pragma unroll
    for (int slice = 0; slice < kSlices; ++slice) total += sums[slice][threadIdx.x];
    dgain[c] += total;
}

template <class Team, int kWidth, bool kShared>
void backward(Stream& stream, const RmsNormBackward& op)
{
    const auto [rows, columns] = op.x.shape();
    const unsigned blocks = cuda::blocks_for(rows, Team::kTeams * kRowsPerTeam, kPartials);
    const std::int64_t partials = kShared ? blocks : blocks * Team::kTeams;
    float* partial = static_cast<float*>(stream.scratch(static_cast<std::size_t>(partials * columns) * sizeof(float)));
    cuda::launch(stream, op.name, rms_norm_backward_row_per_team_kernel<Team, kWidth, kShared>,
                 {blocks, Team::kThreads, kShared ? sum_bytes<Team>(columns) : 0}, op.x.as<float>(), op.x.row_stride(),
                 op.gain.as<float>(), op.rstd.as<float>(), op.dy.as<float>(), op.dy.row_stride(), op.dx.as<float>(),
                 op.dx.row_stride(), op.addend ? op.addend.as<float>() : nullptr, op.addend.row_stride(), partial, rows,
                 columns);
    cuda::launch(stream, op.name, rms_norm_backward_gain_columns_per_block_kernel,
                 {static_cast<unsigned>(cuda::ceil_divide(columns, cuda::kWarpSize)), {cuda::kWarpSize, kSlices}},
                 partial, partials, op.dgain.as<float>(), columns);
}

} // namespace

void launch(Cuda, Stream& stream, const RmsNormForward& op)
{
    cuda::require_f32<RmsNormForward>(op.x.dtype());
    cuda::require_f32<RmsNormForward>(op.y.dtype());
    const auto [rows, columns] = op.x.shape();
    if (rows == 0) return;
    const bool aligned = columns % cuda::kPackWidth == 0 && cuda::has_aligned_rows(op.x.raw(), op.x.row_stride()) &&
                         cuda::has_aligned_rows(op.y.raw(), op.y.row_stride()) &&
                         cuda::has_aligned_rows(op.gain.raw(), 0);
    cuda::with_team(columns, [&, rows = rows, columns = columns](auto team) {
        cuda::with_pack_width(aligned, [&](auto width) {
            using Team = decltype(team);
            cuda::launch(stream, op.name, rms_norm_forward_row_per_team_kernel<Team, width()>,
                         {cuda::blocks_for(rows, Team::kTeams), Team::kThreads}, op.x.as<float>(), op.x.row_stride(),
                         op.gain.as<float>(), static_cast<float>(op.eps), op.y.as<float>(), op.y.row_stride(),
                         op.rstd.as<float>(), rows, columns);
        });
    });
}

void launch(Cuda, Stream& stream, const RmsNormBackward& op)
{
    cuda::require_f32<RmsNormBackward>(op.x.dtype());
    require(!op.rounded, op.name, "rounded is not written by the CUDA backend yet");
    const std::int64_t columns = op.x.size(1);
    if (op.x.size(0) == 0) return;
    const bool aligned = columns % cuda::kPackWidth == 0 && cuda::has_aligned_rows(op.x.raw(), op.x.row_stride()) &&
                         cuda::has_aligned_rows(op.dy.raw(), op.dy.row_stride()) &&
                         cuda::has_aligned_rows(op.dx.raw(), op.dx.row_stride()) &&
                         cuda::has_aligned_rows(op.addend.raw(), op.addend.row_stride()) &&
                         cuda::has_aligned_rows(op.gain.raw(), 0);
    cuda::with_team(columns, [&](auto team) {
        cuda::with_pack_width(aligned, [&](auto width) {
            using Team = decltype(team);
            if constexpr (std::is_same_v<Team, cuda::BlockTeam>) // a warp's rows are narrow
                if (sum_bytes<Team>(columns) > kMaxSumBytes) return backward<Team, width(), false>(stream, op);
            backward<Team, width(), true>(stream, op);
        });
    });
}

} // namespace triptych
