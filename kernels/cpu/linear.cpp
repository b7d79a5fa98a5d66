// The matrix products of the projections on the CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/linear.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/visit.h"

namespace triptych {
namespace {

using cpu::Gemm;
using cpu::Transpose;

template <class T>
T beta_of(WriteMode mode)
{
    return mode == WriteMode::Accumulate ? T{1} : T{0};
}

} // namespace

void launch(Cpu, Stream& stream, const LinearForward& op)
{
    cpu::visit_float<LinearForward>(op.x.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const auto [n, i] = op.x.shape();
        cpu::gemm(stream, Gemm<T>{.transpose_b = Transpose::Yes,
                                  .m = n,
                                  .n = op.weight.size(0),
                                  .k = i,
                                  .a = op.x.as<T>(),
                                  .lda = op.x.row_stride(),
                                  .b = op.weight.as<T>(),
                                  .ldb = i,
                                  .beta = beta_of<T>(op.mode),
                                  .c = op.y.as<T>(),
                                  .ldc = op.y.row_stride()});
    });
}

void launch(Cpu, Stream& stream, const LinearBackwardInput& op)
{
    cpu::visit_float<LinearBackwardInput>(op.dy.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const auto [o, i] = op.weight.shape();
        cpu::gemm(stream, Gemm<T>{.m = op.dy.size(0),
                                  .n = i,
                                  .k = o,
                                  .a = op.dy.as<T>(),
                                  .lda = op.dy.row_stride(),
                                  .b = op.weight.as<T>(),
                                  .ldb = i,
                                  .beta = beta_of<T>(op.mode),
                                  .c = op.dx.as<T>(),
                                  .ldc = op.dx.row_stride()});
    });
}

void launch(Cpu, Stream& stream, const LinearBackwardWeight& op)
{
    cpu::visit_float<LinearBackwardWeight>(op.x.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const auto [o, i] = op.dweight.shape();
        cpu::gemm(stream, Gemm<T>{.transpose_a = Transpose::Yes,
                                  .m = o,
                                  .n = i,
                                  .k = op.x.size(0),
                                  .a = op.dy.as<T>(),
                                  .lda = op.dy.row_stride(),
                                  .b = op.x.as<T>(),
                                  .ldb = op.x.row_stride(),
                                  .beta = T{1},
                                  .c = op.dweight.as<T>(),
                                  .ldc = i});
    });
}

} // namespace triptych
