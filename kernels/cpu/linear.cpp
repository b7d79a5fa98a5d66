// The matrix products of the projections on the CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/linear.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/gemv.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <type_traits>

namespace triptych {
namespace {

using cpu::Gemm;
using cpu::SumOf;
using cpu::Transpose;

/// A matrix of BF16 as F32 in the stream's scratch, rows without gaps.
ConstView<2> widened(Stream& stream, ConstView<2> x)
{
    const auto [rows, columns] = x.shape();
    auto* out = static_cast<float*>(stream.scratch(static_cast<std::size_t>(x.count()) * sizeof(float)));
    cpu::parallel_for(
        stream, rows,
        [&, columns = columns](std::int64_t n) {
            cpu::widen(x.as<bfloat16>() + n * x.row_stride(), out + n * columns, columns);
        },
        64);
    return ConstView<2>(out, DType::F32, x.shape());
}

/// Packed where there is a copy, and as it is for products of its own type, which need it for few rows.
template <class T, class Out>
void set_weight(Gemm<T, Out>& product, const ConstView<2>& weight, const ConstView<1>& packed)
{
    product.ldb = weight.size(1);
    if (packed) product.b_packed = packed.raw();
    if (!packed || std::is_same_v<T, float>) product.b = weight.as<T>();
}

template <class T, class Out>
void forward(Stream& stream, const LinearForward& op)
{
    const auto [n, i] = op.x.shape();
    Gemm<T, Out> product{.transpose_b = Transpose::Yes, .m = n, .n = op.weight.size(0), .k = i};
    product.a = op.x.as<T>();
    product.lda = op.x.row_stride();
    set_weight(product, op.weight, op.packed);
    product.c = op.y.as<Out>();
    product.ldc = op.y.row_stride();
    product.beta = op.mode == WriteMode::Accumulate || op.addend ? 1 : 0;
    if (op.addend) {
        product.addend = op.addend.as<SumOf<T>>();
        product.ld_addend = op.addend.row_stride();
    }
    cpu::gemm(stream, product);
}

/// A matrix of F32 rounded to BF16, as `widened`.
ConstView<2> narrowed(Stream& stream, ConstView<2> x)
{
    const auto [rows, columns] = x.shape();
    auto* out = static_cast<bfloat16*>(stream.scratch(static_cast<std::size_t>(x.count()) * sizeof(bfloat16)));
    cpu::parallel_for(
        stream, rows,
        [&, columns = columns](std::int64_t n) {
            cpu::narrow(x.as<float>() + n * x.row_stride(), out + n * columns, columns);
        },
        64);
    return ConstView<2>(out, DType::BF16, x.shape());
}

/// x of F32 with a weight of BF16: few rows as they are, many rounded for the engine.
void forward_narrow_weight(Stream& stream, const LinearForward& op)
{
    const auto [n, i] = op.x.shape();
    if (n >= cpu::kFewRows) {
        LinearForward narrow = op;
        narrow.x = narrowed(stream, op.x);
        return forward<bfloat16, float>(stream, narrow);
    }
    cpu::Gemv<bfloat16> product{.m = n, .n = op.weight.size(0), .k = i};
    product.a = op.x.as<float>();
    product.lda = op.x.row_stride();
    product.b = op.weight.as<bfloat16>();
    product.ldb = i;
    product.c = op.y.as<float>();
    product.ldc = op.y.row_stride();
    product.beta = op.mode == WriteMode::Accumulate || op.addend ? 1 : 0;
    if (op.addend) {
        product.addend = op.addend.as<float>();
        product.ld_addend = op.addend.row_stride();
    }
    cpu::gemv(stream, product);
}

template <class T, class Out>
void backward_input(Stream& stream, const LinearBackwardInput& op)
{
    const auto [o, i] = op.weight.shape();
    Gemm<T, Out> product{.m = op.dy.size(0), .n = i, .k = o};
    product.a = op.dy.as<T>();
    product.lda = op.dy.row_stride();
    set_weight(product, op.weight, op.packed);
    product.beta = op.mode == WriteMode::Accumulate ? 1 : 0;
    product.c = op.dx.as<Out>();
    product.ldc = op.dx.row_stride();
    cpu::gemm(stream, product);
}

template <class T>
void backward_weight(Stream& stream, const LinearBackwardWeight& op)
{
    const auto [o, i] = op.dweight.shape();
    Gemm<T, SumOf<T>> product{.transpose_a = Transpose::Yes, .m = o, .n = i, .k = op.x.size(0)};
    product.a = op.dy.as<T>();
    product.lda = op.dy.row_stride();
    product.b = op.x.as<T>();
    product.ldb = op.x.row_stride();
    product.beta = op.mode == WriteMode::Accumulate ? 1 : 0;
    product.c = op.dweight.as<SumOf<T>>();
    product.ldc = i;
    cpu::gemm(stream, product);
}

} // namespace

void launch(Cpu, Stream& stream, const LinearForward& op)
{
    if (op.x.dtype() == DType::F32 && op.weight.dtype() == DType::BF16) return forward_narrow_weight(stream, op);
    if (op.x.dtype() == DType::BF16 && op.weight.dtype() == DType::F32 && !op.packed) {
        require(op.y.dtype() == DType::F32, op.name, "y is BF16, expected F32 for a product with an F32 weight");
        LinearForward wide = op;
        wide.x = widened(stream, op.x);
        return forward<float, float>(stream, wide);
    }
    cpu::visit_product<LinearForward>(op.x.dtype(), op.y.dtype(),
                                      [&](auto in, auto out) { forward<decltype(in), decltype(out)>(stream, op); });
}

void launch(Cpu, Stream& stream, const LinearBackwardInput& op)
{
    if (op.dy.dtype() == DType::BF16 && op.weight.dtype() == DType::F32)
        require(static_cast<bool>(op.packed), op.name, "weight is F32 beside a dy of BF16, expected its packed copy");
    cpu::visit_product<LinearBackwardInput>(op.dy.dtype(), op.dx.dtype(), [&](auto in, auto out) {
        backward_input<decltype(in), decltype(out)>(stream, op);
    });
}

void launch(Cpu, Stream& stream, const LinearBackwardWeight& op)
{
    if (op.x.dtype() == DType::BF16 && op.dy.dtype() == DType::F32) {
        LinearBackwardWeight wide = op;
        wide.x = widened(stream, op.x);
        return backward_weight<float>(stream, wide);
    }
    cpu::visit_element<LinearBackwardWeight>(op.x.dtype(),
                                             [&](auto zero) { backward_weight<decltype(zero)>(stream, op); });
}

} // namespace triptych
