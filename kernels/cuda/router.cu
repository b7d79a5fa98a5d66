// The router on CUDA: one warp a token; a lane owns every 32nd expert, so most steps need no other lane.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/launch.h"
#include "kernels/cuda/shared_memory.h"
#include "kernels/ops/router.h"

namespace triptych {
namespace {

using cuda::kWarpSize;
using cuda::kWholeWarp;

constexpr int kThreads = cuda::kWarpsPerBlock * kWarpSize;
constexpr float kSumFloor = 1e-20f; ///< added to the sum of the chosen scores, so that all zeros do not divide by zero
constexpr float kOut = -INFINITY;   ///< what a choice may not fall on: below every rankable value

/// What decides a token's experts; sizes only.
struct Election {
    std::int64_t tokens;
    int n_experts;
    int top_k;
    int n_group;
    int topk_group;
    ScoreFunction score_function;
    Normalize normalize;
    float scaling;
};

/// NaN and -infinity as the lowest number: a broken value loses, but what stands for election stays above kOut.
__device__ float rankable(float value)
{
    return value > -FLT_MAX ? value : -FLT_MAX;
}

/// Writes the scores of one token and its ranks, each lane its own experts.
__device__ void score(const Election& election, const float* logits, const float* bias, float* scores, float* ranks)
{
    const int lane = cuda::lane_of_warp();
    const auto finish = [&](int e, float value) {
        scores[e] = value;
        // The rank is the sum of the score as it is stored: fused with the product before, it would be another number.
        ranks[e] = rankable(bias ? __fadd_rn(value, bias[e]) : value);
    };
    if (election.score_function == ScoreFunction::Sigmoid) {
        for (int e = lane; e < election.n_experts; e += kWarpSize) finish(e, 1.0f / (1.0f + expf(-logits[e])));
        return;
    }
    float largest = kOut;
    for (int e = lane; e < election.n_experts; e += kWarpSize) largest = fmaxf(largest, logits[e]);
    largest = cuda::warp_max(largest);
    float sum = 0;
    for (int e = lane; e < election.n_experts; e += kWarpSize) {
        ranks[e] = expf(logits[e] - largest);
        sum += ranks[e];
    }
    const float inverse = 1.0f / cuda::warp_sum(sum);
    for (int e = lane; e < election.n_experts; e += kWarpSize) finish(e, ranks[e] * inverse);
}

/// The largest of n values, the lowest index of a tie; each lane looks at its own. Takes it out of the next election.
__device__ int take_largest(float* values, int n)
{
    const int lane = cuda::lane_of_warp();
    float largest = kOut;
    int index = n;
    for (int i = lane; i < n; i += kWarpSize)
        if (values[i] > largest) {
            largest = values[i];
            index = i;
        }
    const int best = cuda::warp_arg_max(largest, index);
    if (best % kWarpSize == lane) values[best] = kOut;
    return best;
}

/// The sum of the two largest of a group's ranks, or the only one. Lanes start at different experts of their groups:
/// else a warp would read one bank of shared memory.
__device__ float group_rank(const float* ranks, int size, int group)
{
    if (size == 1) return ranks[0];
    float first = kOut;
    float second = kOut;
    int i = group % size;
    for (int step = 0; step < size; ++step) {
        const float rank = ranks[i];
        second = fmaxf(second, fminf(first, rank));
        first = fmaxf(first, rank);
        i = i + 1 == size ? 0 : i + 1;
    }
    return first + second;
}

/// Takes the experts of all groups but the best topk_group out of the election.
__device__ void limit_groups(const Election& election, float* ranks, float* group_ranks)
{
    const int lane = cuda::lane_of_warp();
    const int size = election.n_experts / election.n_group;
    __syncwarp(); // a lane reads ranks of experts that others own
    for (int g = lane; g < election.n_group; g += kWarpSize)
        group_ranks[g] = rankable(group_rank(ranks + g * size, size, g));
    for (int i = 0; i < election.topk_group; ++i) take_largest(group_ranks, election.n_group);
    __syncwarp(); // the same for the groups, and all have read the ranks that change now
    for (int e = lane; e < election.n_experts; e += kWarpSize)
        if (group_ranks[e / size] != kOut) ranks[e] = kOut;
}

__global__ void __launch_bounds__(kThreads)
    router_forward_token_per_warp_kernel(const float* __restrict__ logits, const float* __restrict__ bias,
                                         Election election, float* scores, std::int32_t* experts, float* weights)
{
    const int lane = cuda::lane_of_warp();
    float* ranks = cuda::shared_of_warp<float>(election.n_experts + election.n_group);
    float* group_ranks = ranks + election.n_experts;
    for (std::int64_t token = cuda::warp_of_launch(); token < election.tokens; token += cuda::warps_of_launch()) {
        float* own_scores = scores + token * election.n_experts;
        std::int32_t* own_experts = experts + token * election.top_k;
        float* own_weights = weights + token * election.top_k;
        score(election, logits + token * election.n_experts, bias, own_scores, ranks);
        if (election.topk_group < election.n_group) limit_groups(election, ranks, group_ranks);
        float sum = 0;
        for (int k = 0; k < election.top_k; ++k) {
            const int best = take_largest(ranks, election.n_experts);
            const int owner = best % kWarpSize; // the lane that wrote the score may read it back
            const float chosen = __shfl_sync(kWholeWarp, lane == owner ? own_scores[best] : 0.0f, owner);
            sum += chosen;
            if (k % kWarpSize != lane) continue;
            own_experts[k] = best;
            own_weights[k] = chosen;
        }
        const float factor =
            election.normalize == Normalize::Yes ? election.scaling / (sum + kSumFloor) : election.scaling;
        for (int k = lane; k < election.top_k; k += kWarpSize) own_weights[k] *= factor;
    }
}

/// Takes the scores of experts that are off, a warp a token. A kernel of its own, since there are hardly ever any.
__global__ void __launch_bounds__(kThreads)
    router_clear_off_token_per_warp_kernel(const float* __restrict__ bias, std::int64_t tokens, int n_experts,
                                           float* scores)
{
    for (std::int64_t token = cuda::warp_of_launch(); token < tokens; token += cuda::warps_of_launch())
        for (int e = cuda::lane_of_warp(); e < n_experts; e += kWarpSize)
            if (bias[e] == kOut) scores[token * n_experts + e] = 0.0f;
}

/// The gradient of the weights, once for every choice: w_k = c s_k / S gives c / S * (dw_k - sum_j dw_j s_j / S).
__device__ void choice_gradients(const Election& election, const float* scores, const std::int32_t* experts,
                                 const float* dweights, std::int32_t* choices, float* gradients)
{
    const int lane = cuda::lane_of_warp();
    float sum = 0;
    float weighted = 0;
    for (int k = lane; k < election.top_k; k += kWarpSize) {
        cuda::require_index(experts[k], election.n_experts);
        choices[k] = experts[k];
        sum += scores[experts[k]];
        weighted += dweights[k] * scores[experts[k]];
    }
    float scale = election.scaling;
    float mean = 0;
    if (election.normalize == Normalize::Yes) {
        sum = cuda::warp_sum(sum) + kSumFloor;
        mean = cuda::warp_sum(weighted) / sum;
        scale /= sum;
    }
    for (int k = lane; k < election.top_k; k += kWarpSize) gradients[k] = scale * (dweights[k] - mean);
}

/// Each lane gathers the gradients of its own experts from all choices instead of scattering them: an expert that was
/// chosen twice adds up in the order of the choices.
__global__ void __launch_bounds__(kThreads)
    router_backward_token_per_warp_kernel(const float* __restrict__ scores, const std::int32_t* __restrict__ experts,
                                          const float* __restrict__ dweights, const float* dscores, Election election,
                                          float* dlogits)
{
    const int lane = cuda::lane_of_warp();
    auto* choices = cuda::shared_of_warp<std::int32_t>(2 * election.top_k);
    auto* gradients = reinterpret_cast<float*>(choices + election.top_k);
    for (std::int64_t token = cuda::warp_of_launch(); token < election.tokens; token += cuda::warps_of_launch()) {
        const std::int64_t first = token * election.n_experts;
        const float* s = scores + first;
        float* d = dlogits + first;
        choice_gradients(election, s, experts + token * election.top_k, dweights + token * election.top_k, choices,
                         gradients);
        __syncwarp(); // every lane reads all choices
        float dot = 0;
        for (int e = lane; e < election.n_experts; e += kWarpSize) {
            float gradient = dscores ? dscores[first + e] : 0.0f;
            for (int k = 0; k < election.top_k; ++k) gradient += choices[k] == e ? gradients[k] : 0.0f;
            d[e] = election.score_function == ScoreFunction::Softmax ? gradient : gradient * s[e] * (1.0f - s[e]);
            dot += s[e] * gradient;
        }
        __syncwarp(); // all have read the choices, the next token's may come
        if (election.score_function != ScoreFunction::Softmax) continue;
        dot = cuda::warp_sum(dot);
        for (int e = lane; e < election.n_experts; e += kWarpSize) d[e] = s[e] * (d[e] - dot);
    }
}

} // namespace

void launch(Cuda, Stream& stream, const RouterForward& op)
{
    cuda::require_f32<RouterForward>(op.logits.dtype());
    if (op.deck) throw UnsupportedError(std::string(op.name) + ": a deck is not dealt out on CUDA, only on the CPU");
    const auto [tokens, n_experts] = op.logits.shape();
    if (tokens == 0) return;
    const auto shape = cuda::warp_per_item<RouterForward>(
        tokens, (n_experts + op.n_group) * static_cast<std::int64_t>(sizeof(float)), "the experts of a token");
    const Election election = {.tokens = tokens,
                               .n_experts = static_cast<int>(n_experts),
                               .top_k = static_cast<int>(op.experts.size(1)),
                               .n_group = static_cast<int>(op.n_group),
                               .topk_group = static_cast<int>(op.topk_group),
                               .score_function = op.score_function,
                               .normalize = op.normalize,
                               .scaling = static_cast<float>(op.scaling)};
    cuda::launch(stream, op.name, router_forward_token_per_warp_kernel, shape, op.logits.as<float>(),
                 op.bias ? op.bias.as<float>() : nullptr, election, op.scores.as<float>(),
                 op.experts.as<std::int32_t>(), op.weights.as<float>());
    if (op.mask == BiasMask::None || !op.bias) return;
    cuda::launch(stream, op.name, router_clear_off_token_per_warp_kernel,
                 cuda::warp_per_item<RouterForward>(tokens, 0, "the experts of a token"), op.bias.as<float>(), tokens,
                 static_cast<int>(n_experts), op.scores.as<float>());
}

void launch(Cuda, Stream& stream, const RouterBackward& op)
{
    cuda::require_f32<RouterBackward>(op.scores.dtype());
    const auto [tokens, n_experts] = op.scores.shape();
    if (tokens == 0) return;
    const std::int64_t top_k = op.experts.size(1);
    const auto shape = cuda::warp_per_item<RouterBackward>(
        tokens, top_k * static_cast<std::int64_t>(sizeof(std::int32_t) + sizeof(float)), "the choices of a token");
    const Election election = {.tokens = tokens,
                               .n_experts = static_cast<int>(n_experts),
                               .top_k = static_cast<int>(top_k),
                               .n_group = 1,
                               .topk_group = 1,
                               .score_function = op.score_function,
                               .normalize = op.normalize,
                               .scaling = static_cast<float>(op.scaling)};
    cuda::launch(stream, op.name, router_backward_token_per_warp_kernel, shape, op.scores.as<float>(),
                 op.experts.as<std::int32_t>(), op.dweights.as<float>(), op.dscores ? op.dscores.as<float>() : nullptr,
                 election, op.dlogits.as<float>());
}

} // namespace triptych
