// Cross entropy on the CPU, one row at a time while it is in the cache: maximum, exponentials and their sum, gradient.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/cross_entropy.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/portable_math.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>
#include <type_traits>

namespace triptych {

namespace {

constexpr std::int64_t kChunk = 1024;         ///< exponentials that are summed in T; the chunks are summed in double
constexpr std::int64_t kElementGrain = 16384; ///< values that are worth a thread

std::int64_t row_grain(std::int64_t columns)
{
    return std::max<std::int64_t>(1, kElementGrain / columns);
}

/// Targets above the vocabulary are refused; negative ones mean "no target".
void require_targets(const char* op, const std::int32_t* targets, std::int64_t n, std::int64_t vocabulary)
{
    for (std::int64_t i = 0; i < n; ++i)
        if (targets[i] >= vocabulary)
            throw ShapeError(std::string("[") + op + "] targets[" + std::to_string(i) + "] is " +
                             std::to_string(targets[i]) + ", expected 0 to " + std::to_string(vocabulary - 1) +
                             ", or negative for none");
}

/// sum_v exp(x[v] - shift); the terms go to `terms`, which is either a row of n values or one chunk that is used again.
template <class T>
double sum_of_exponentials(const T* x, T shift, T* terms, std::int64_t n, std::int64_t advance)
{
    double sum = 0;
    for (std::int64_t i = 0; i < n; i += kChunk) {
        sum += static_cast<double>(cpu::exp_shifted_sum(T{1}, x + i, shift, terms, std::min(kChunk, n - i)));
        terms += advance;
    }
    return sum;
}

/// log sum exp - x[target], from the maximum and the sum of exp(x - maximum)
template <class T>
T loss_of(double sum, T maximum, T target_logit)
{
    return static_cast<T>(cpu::portable_log(sum) + (static_cast<double>(maximum) - static_cast<double>(target_logit)));
}

template <class T>
void forward(Stream& stream, const CrossEntropyForward& op)
{
    const std::int64_t vocabulary = op.logits.size(1);
    const auto* targets = op.targets.as<std::int32_t>();
    require_targets(op.name, targets, op.targets.size(0), vocabulary);
    cpu::parallel_for(
        stream, op.logits.size(0),
        [&](std::int64_t n) {
            const T* x = op.logits.as<T>() + n * vocabulary;
            T& loss = op.losses.as<T>()[n];
            loss = 0;
            if (targets[n] < 0) return;
            T terms[kChunk];
            const T maximum = cpu::max_value(x, vocabulary);
            loss = loss_of(sum_of_exponentials(x, maximum, terms, vocabulary, 0), maximum, x[targets[n]]);
        },
        row_grain(vocabulary));
}

/// Rounded gradients: the exponentials of a row wait in the thread's scratch.
float* exponentials(float*, bfloat16*, std::int64_t n)
{
    return static_cast<float*>(cpu::thread_scratch(static_cast<std::size_t>(n) * sizeof(float)));
}
template <class T>
T* exponentials(T*, T* gradient, std::int64_t)
{
    return gradient;
}

template <class T, class D>
void forward_backward(Stream& stream, const CrossEntropyForwardBackward& op)
{
    const std::int64_t vocabulary = op.logits.size(1);
    const auto* targets = op.targets.as<std::int32_t>();
    require_targets(op.name, targets, op.targets.size(0), vocabulary);
    cpu::parallel_for(
        stream, op.logits.size(0),
        [&](std::int64_t n) {
            const T* x = op.logits.as<T>() + n * vocabulary;
            D* dx = op.dlogits.as<D>() + n * vocabulary;
            op.losses.as<T>()[n] = 0;
            if (targets[n] < 0) {
                std::fill_n(dx, vocabulary, D());
                return;
            }
            const T maximum = cpu::max_value(x, vocabulary);
            const T target_logit = x[targets[n]]; // read now: dx may be x
            T* terms = exponentials(static_cast<T*>(nullptr), dx, vocabulary);
            const double sum = sum_of_exponentials(x, maximum, terms, vocabulary, kChunk);
            op.losses.as<T>()[n] = loss_of(sum, maximum, target_logit);
            const T factor = static_cast<T>(op.scale / sum);
            const T of_target = factor * terms[targets[n]] - static_cast<T>(op.scale); // rounded once
            cpu::scale(factor, terms, dx, vocabulary);
            dx[targets[n]] = static_cast<D>(of_target);
        },
        row_grain(vocabulary));
}

} // namespace

void launch(Cpu, Stream& stream, const CrossEntropyForward& op)
{
    cpu::visit_float<CrossEntropyForward>(op.logits.dtype(), [&](auto zero) { forward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const CrossEntropyForwardBackward& op)
{
    cpu::visit_float<CrossEntropyForwardBackward>(op.logits.dtype(), [&](auto zero) {
        using T = decltype(zero);
        if (op.dlogits.dtype() == op.logits.dtype()) return forward_backward<T, T>(stream, op);
        if constexpr (std::is_same_v<T, float>) forward_backward<float, bfloat16>(stream, op);
    });
}

} // namespace triptych
