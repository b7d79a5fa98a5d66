// Balance loss on the CPU: tokens in blocks, so that the sums do not depend on the number of threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/balance_loss.h"

#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr double kSumFloor = 1e-20; ///< as in the router: scores that are all 0 do not divide by 0
constexpr std::int64_t kBlock = 64; ///< tokens whose sums are taken together
constexpr std::int64_t kGrain = 32; ///< tokens that are worth a thread

/// Where the sums of a forward pass go: a row for each block of each sequence.
template <class T>
struct Partial {
    double* share;        ///< [blocks, E] sum of s / S
    double* choices;      ///< [blocks, E] how often an expert was among the top k
    std::int32_t* chosen; ///< [threads, kElections, E] of the tokens at hand
    T* ranks;             ///< [threads, kElections, E]
};

template <class T>
void sum_block(const BalanceLossForward& op, const Partial<T>& partial, std::int64_t block)
{
    const std::int64_t n_experts = op.scores.size(1);
    const std::int64_t length = op.scores.size(0) / op.batch;
    const std::int64_t blocks = (length + kBlock - 1) / kBlock;
    const std::int64_t first = block % blocks * kBlock;
    const T* scores = op.scores.as<T>() + (block / blocks * length + first) * n_experts;
    double* share = partial.share + block * n_experts;
    double* choices = partial.choices + block * n_experts;
    std::int32_t* chosen = partial.chosen + cpu::thread_index() * cpu::kElections * n_experts;
    T* ranks = partial.ranks + cpu::thread_index() * cpu::kElections * n_experts;
    std::fill_n(share, n_experts, 0.0);
    std::fill_n(choices, n_experts, 0.0);
    const std::int64_t tokens = std::min(kBlock, length - first);
    for (std::int64_t t = 0; t < tokens; t += cpu::kElections) {
        const std::int64_t some = std::min(cpu::kElections, tokens - t);
        for (std::int64_t i = 0; i < some; ++i, scores += n_experts) {
            const double factor = 1.0 / (static_cast<double>(cpu::sum(scores, n_experts)) + kSumFloor);
            cpu::axpy(factor, scores, share, n_experts);
            cpu::rankable(scores, nullptr, ranks + i * n_experts, n_experts);
        }
        cpu::take_largest(ranks, some, n_experts, op.top_k, chosen);
        for (std::int64_t k = 0; k < some * op.top_k; ++k) choices[chosen[k]] += 1.0;
    }
}

/// Adds up the blocks of one sequence: its loads and its loss.
template <class T>
void finish_sequence(const BalanceLossForward& op, const Partial<T>& partial, std::int64_t sequence)
{
    const std::int64_t n_experts = op.scores.size(1);
    const std::int64_t length = op.scores.size(0) / op.batch;
    const std::int64_t blocks = (length + kBlock - 1) / kBlock;
    const double tokens = static_cast<double>(std::max<std::int64_t>(length, 1));
    const double fair = static_cast<double>(n_experts) / (static_cast<double>(op.top_k) * tokens);
    T* load = op.load.as<T>() + sequence * n_experts;
    double loss = 0;
    for (std::int64_t e = 0; e < n_experts; ++e) {
        double share = 0;
        double choices = 0;
        for (std::int64_t b = sequence * blocks; b < (sequence + 1) * blocks; ++b) {
            share += partial.share[b * n_experts + e];
            choices += partial.choices[b * n_experts + e];
        }
        load[e] = static_cast<T>(fair * choices);
        loss += fair * choices * (share / tokens);
    }
    op.loss.as<T>()[sequence] = static_cast<T>(op.alpha * loss);
}

template <class T>
void forward(Stream& stream, const BalanceLossForward& op)
{
    const std::int64_t n_experts = op.scores.size(1);
    const std::int64_t blocks = op.batch * ((op.scores.size(0) / op.batch + kBlock - 1) / kBlock);
    const std::int64_t threads = stream.threads();
    double* sums = static_cast<double*>(stream.scratch(
        static_cast<std::size_t>((2 * blocks + 2 * threads * cpu::kElections) * n_experts) * sizeof(double)));
    double* ranks = sums + 2 * blocks * n_experts;
    const Partial<T> partial = {sums, sums + blocks * n_experts,
                                reinterpret_cast<std::int32_t*>(ranks + threads * cpu::kElections * n_experts),
                                reinterpret_cast<T*>(ranks)};
    cpu::parallel_for(stream, blocks, [&](std::int64_t b) { sum_block(op, partial, b); });
    for (std::int64_t s = 0; s < op.batch; ++s) finish_sequence(op, partial, s);
}

template <class T>
void backward(Stream& stream, const BalanceLossBackward& op)
{
    const std::int64_t n_experts = op.scores.size(1);
    const std::int64_t length = op.scores.size(0) / op.batch;
    cpu::parallel_for(
        stream, op.scores.size(0),
        [&](std::int64_t t) {
            const T* s = op.scores.as<T>() + t * n_experts;
            const T* load = op.load.as<T>() + t / length * n_experts;
            const T total = cpu::sum(s, n_experts) + static_cast<T>(kSumFloor);
            const T mean = cpu::dot(load, s, n_experts) / total;
            const T factor = static_cast<T>(op.dloss * op.alpha / static_cast<double>(length)) / total;
            cpu::scale_shifted(factor, load, mean, op.dscores.as<T>() + t * n_experts, n_experts);
        },
        kGrain);
}

} // namespace

void launch(Cpu, Stream& stream, const BalanceLossForward& op)
{
    cpu::visit_float<BalanceLossForward>(op.scores.dtype(), [&](auto zero) { forward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const BalanceLossBackward& op)
{
    cpu::visit_float<BalanceLossBackward>(op.scores.dtype(), [&](auto zero) { backward<decltype(zero)>(stream, op); });
}

} // namespace triptych
