// Router on the CPU, a few tokens at a time: affinities, group-limited selection, weights, and the gradient of the
// logits.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/router.h"

#include "kernels/cpu/indices.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
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

/// Memory of one thread for the tokens that are elected for together.
template <class T>
struct Ballot {
    T* ranks;             ///< [kElections, E] scores with bias
    T* group_ranks;       ///< [kElections, n_group]
    std::int32_t* groups; ///< [kElections, n_group]
};

/// Takes the experts of all groups but the best topk_group of each token out of the election.
template <class T>
void limit_groups(const RouterForward& op, const Ballot<T>& ballot, std::int64_t tokens)
{
    if (op.topk_group == op.n_group) return;
    const std::int64_t groups = tokens * op.n_group;
    const std::int64_t size = op.logits.size(1) / op.n_group;
    for (std::int64_t g = 0; g < groups; ++g)
        ballot.group_ranks[g] = size == 1 ? ballot.ranks[g] : cpu::sum_of_two_largest(ballot.ranks + g * size, size);
    cpu::rankable(ballot.group_ranks, nullptr, ballot.group_ranks, groups);
    cpu::take_largest(ballot.group_ranks, tokens, op.n_group, op.topk_group, ballot.groups);
    for (std::int64_t g = 0; g < groups; ++g)
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

/// Elects the experts of `tokens` neighbouring tokens by their scores.
template <class T>
void elect(const RouterForward& op, const Ballot<T>& ballot, std::int64_t first, std::int64_t tokens)
{
    const std::int64_t n_experts = op.logits.size(1);
    const std::int64_t top_k = op.experts.size(1);
    const T* bias = op.bias ? op.bias.as<T>() : nullptr;
    for (std::int64_t i = 0; i < tokens; ++i)
        cpu::rankable(op.scores.as<T>() + (first + i) * n_experts, bias, ballot.ranks + i * n_experts, n_experts);
    limit_groups(op, ballot, tokens);
    cpu::take_largest(ballot.ranks, tokens, n_experts, top_k, op.experts.as<std::int32_t>() + first * top_k);
}

template <class T>
void forward(Stream& stream, const RouterForward& op)
{
    const std::int64_t n_tokens = op.logits.size(0);
    const std::int64_t n_experts = op.logits.size(1);
    const std::int64_t top_k = op.experts.size(1);
    const T* bias = op.bias ? op.bias.as<T>() : nullptr;
    const bool some_off = bias && op.mask == BiasMask::MinusInfinity;
    if (op.deck) cpu::require_indices(op.name, "deck", op.deck.as<std::int32_t>(), op.deck.size(0), n_experts);
    // Rows of E values each, of what is elected by, of groups and of indices; an I32 is no larger than a T.
    constexpr std::int64_t kRows = 3 * cpu::kElections;
    T* scratch =
        static_cast<T*>(stream.scratch(static_cast<std::size_t>(stream.threads() * kRows * n_experts) * sizeof(T)));
    const auto route = [&](std::int64_t block) {
        const std::int64_t first = block * cpu::kElections;
        const std::int64_t end = std::min(first + cpu::kElections, n_tokens);
        for (std::int64_t n = first; n < end; ++n) {
            T* scores = op.scores.as<T>() + n * n_experts;
            scores_of(op.score_function, op.logits.as<T>() + n * n_experts, scores, n_experts);
            for (std::int64_t e = 0; some_off && e < n_experts; ++e)
                if (bias[e] == cpu::kOut<T>) scores[e] = 0;
            if (op.deck) deal(op, n, op.experts.as<std::int32_t>() + n * top_k);
        }
        if (!op.deck) {
            T* own = scratch + cpu::thread_index() * kRows * n_experts;
            T* group_ranks = own + cpu::kElections * n_experts;
            elect<T>(op, {own, group_ranks, reinterpret_cast<std::int32_t*>(group_ranks + cpu::kElections * n_experts)},
                     first, end - first);
        }
        for (std::int64_t n = first; n < end; ++n)
            weigh(op, op.scores.as<T>() + n * n_experts, op.experts.as<std::int32_t>() + n * top_k,
                  op.weights.as<T>() + n * top_k);
    };
    cpu::parallel_for(stream, (n_tokens + cpu::kElections - 1) / cpu::kElections, route, kGrain / cpu::kElections);
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
                cpu::sigmoid_backward(s, d, n_experts);
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
