// Router on the CPU, one token at a time: affinities, group-limited selection, weights, and the gradient of the logits.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/router.h"

#include "kernels/cpu/indices.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/top_k.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr double kSumFloor = 1e-20; ///< added to the sum of the chosen scores, so that all zeros do not divide by zero
constexpr std::int64_t kGrain = 32; ///< tokens that are worth a thread

template <class T>
void scores_of(ScoreFunction function, const T* logits, T* scores, std::int64_t n)
{
    if (function == ScoreFunction::Sigmoid) return cpu::sigmoid(logits, scores, n);
    const T sum = cpu::exp_shifted_sum(T{1}, logits, cpu::max_value(logits, n), scores, n);
    cpu::scale(T{1} / sum, scores, scores, n);
}

/// Memory of one thread for one token.
template <class T>
struct Ballot {
    T* ranks;             ///< [E] scores with bias
    T* group_ranks;       ///< [n_group]
    std::int32_t* groups; ///< [n_group]
};

/// Takes the experts of all groups but the best topk_group out of the election.
template <class T>
void limit_groups(const RouterForward& op, const Ballot<T>& ballot)
{
    if (op.topk_group == op.n_group) return;
    const std::int64_t size = op.logits.size(1) / op.n_group;
    for (std::int64_t g = 0; g < op.n_group; ++g)
        ballot.group_ranks[g] = cpu::rankable(size == 1 ? ballot.ranks[g] : cpu::sum_of_two_largest(ballot.ranks + g * size, size));
    cpu::take_largest(ballot.group_ranks, op.n_group, op.topk_group, ballot.groups);
    for (std::int64_t g = 0; g < op.n_group; ++g)
        if (ballot.group_ranks[g] != cpu::kOut<T>) std::fill_n(ballot.ranks + g * size, size, cpu::kOut<T>);
}

/// Gives a token the experts whose turn it is.
void deal(const RouterForward& op, std::int64_t token, std::int32_t* experts)
{
    const std::int64_t top_k = op.experts.size(1);
    for (std::int64_t k = 0; k < top_k; ++k)
        experts[k] = op.deck.as<std::int32_t>()[(op.first + token * top_k + k) % op.deck.size(0)];
}

template <class T>
void weigh(const RouterForward& op, const T* scores, const std::int32_t* experts, T* weights)
{
    const std::int64_t top_k = op.experts.size(1);
    T sum = 0;
    for (std::int64_t k = 0; k < top_k; ++k) sum += scores[experts[k]];
    const T scaling = static_cast<T>(op.scaling);
    const T factor = op.normalize == Normalize::Yes ? scaling / (sum + static_cast<T>(kSumFloor)) : scaling;
    for (std::int64_t k = 0; k < top_k; ++k) weights[k] = scores[experts[k]] * factor;
}

template <class T>
void forward(Stream& stream, const RouterForward& op)
{
    const std::int64_t n_experts = op.logits.size(1);
    const std::int64_t top_k = op.experts.size(1);
    const T* bias = op.bias ? op.bias.as<T>() : nullptr;
    const bool some_off = bias && op.mask == BiasMask::MinusInfinity;
    if (op.deck) cpu::require_indices(op.name, "deck", op.deck.as<std::int32_t>(), op.deck.size(0), n_experts);
    // A row of E values each, of scores, of what is elected by and of indices; an I32 is no larger than a T.
    constexpr int kRows = 3;
    T* scratch =
        static_cast<T*>(stream.scratch(static_cast<std::size_t>(stream.threads() * kRows * n_experts) * sizeof(T)));
    cpu::parallel_for(
        stream, op.logits.size(0),
        [&](std::int64_t n) {
            T* own = scratch + cpu::thread_index() * kRows * n_experts;
            const Ballot<T> ballot = {own, own + n_experts, reinterpret_cast<std::int32_t*>(own + 2 * n_experts)};
            T* scores = op.scores.as<T>() + n * n_experts;
            std::int32_t* experts = op.experts.as<std::int32_t>() + n * top_k;
            scores_of(op.score_function, op.logits.as<T>() + n * n_experts, scores, n_experts);
            for (std::int64_t e = 0; some_off && e < n_experts; ++e)
                if (bias[e] == cpu::kOut<T>) scores[e] = 0;
            if (op.deck) {
                deal(op, n, experts);
            } else {
                for (std::int64_t e = 0; e < n_experts; ++e)
                    ballot.ranks[e] = cpu::rankable(bias ? scores[e] + bias[e] : scores[e]);
                limit_groups(op, ballot);
                cpu::take_largest(ballot.ranks, n_experts, top_k, experts);
            }
            weigh(op, scores, experts, op.weights.as<T>() + n * top_k);
        },
        kGrain);
}

/// Adds the gradient of the weights to that of the scores of one token.
template <class T>
void add_weight_gradient(const RouterBackward& op, const T* scores, const std::int32_t* experts, const T* dweights,
                         T* dscores)
{
    const std::int64_t top_k = op.experts.size(1);
    const T scaling = static_cast<T>(op.scaling);
    if (op.normalize == Normalize::No) {
        for (std::int64_t k = 0; k < top_k; ++k) dscores[experts[k]] += scaling * dweights[k];
        return;
    }
    // w_k = c s_k / S:  ds_k = c / S * (dw_k - sum_j dw_j s_j / S)
    T sum = static_cast<T>(kSumFloor);
    T weighted = 0;
    for (std::int64_t k = 0; k < top_k; ++k) {
        sum += scores[experts[k]];
        weighted += dweights[k] * scores[experts[k]];
    }
    const T mean = weighted / sum;
    for (std::int64_t k = 0; k < top_k; ++k) dscores[experts[k]] += scaling / sum * (dweights[k] - mean);
}

template <class T>
void backward(Stream& stream, const RouterBackward& op)
{
    const std::int64_t n_experts = op.scores.size(1);
    const std::int64_t top_k = op.experts.size(1);
    cpu::require_indices(op.name, "experts", op.experts.as<std::int32_t>(), op.experts.count(), n_experts);
    cpu::parallel_for(
        stream, op.scores.size(0),
        [&](std::int64_t n) {
            const T* s = op.scores.as<T>() + n * n_experts;
            T* d = op.dlogits.as<T>() + n * n_experts;
            if (op.dscores)
                std::copy_n(op.dscores.as<T>() + n * n_experts, n_experts, d);
            else
                std::fill_n(d, n_experts, T{0});
            add_weight_gradient(op, s, op.experts.as<std::int32_t>() + n * top_k, op.dweights.as<T>() + n * top_k, d);
            if (op.score_function == ScoreFunction::Softmax) {
                cpu::multiply_shifted(s, d, cpu::dot(s, d, n_experts), d, n_experts);
            } else {
                for (std::int64_t e = 0; e < n_experts; ++e) d[e] *= s[e] * (T{1} - s[e]);
            }
        },
        kGrain);
}

} // namespace

void launch(Cpu, Stream& stream, const RouterForward& op)
{
    cpu::visit_float<RouterForward>(op.logits.dtype(), [&](auto zero) { forward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const RouterBackward& op)
{
    cpu::visit_float<RouterBackward>(op.scores.dtype(), [&](auto zero) { backward<decltype(zero)>(stream, op); });
}

} // namespace triptych
