// Cases of the matrix products. tokens: rows; width: columns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/grouped_linear.h"
#include "kernels/ops/linear.h"
#include "kernels/ops/pack_weights.h"
#include "kernels/selftest/op_case.h"

namespace triptych::selftest {

namespace {

constexpr std::int64_t kExperts = 6;

std::int64_t inputs(CaseSize size)
{
    return 10 * size.width;
}
std::int64_t outputs(CaseSize size)
{
    return 7 * size.width;
}

/// The unit matrix.
View<2> unit(Arena& arena, DType dtype, std::int64_t n)
{
    std::vector<double> values(static_cast<std::size_t>(n * n));
    for (std::int64_t k = 0; k < n; ++k) values[static_cast<std::size_t>(k * n + k)] = 1;
    return arena.given<2>(dtype, {n, n}, values);
}

/// tokens: experts.
PackWeights packing(Arena& arena, CaseSize s, const View<3>& weight, DType operands)
{
    return {.weight = weight,
            .forward = arena.bytes(s.tokens * packed_bytes_forward(outputs(s), inputs(s), operands)),
            .backward = arena.bytes(s.tokens * packed_bytes_backward(outputs(s), inputs(s), operands)),
            .operands = operands};
}

/// Packs matrices and reads both copies back by products with the unit matrix. The reference reads the matrices
/// themselves, for packing knows only F32.
std::vector<Output> pack_and_read_back(Stream& stream, DType dtype, CaseSize s)
{
    const bool is_reference = dtype == DType::F64;
    Arena arena(stream.device(), is_reference ? DType::F64 : DType::F32, PackWeights::name, DType::BF16);
    const std::int64_t o = outputs(s);
    const std::int64_t i = inputs(s);
    const View<3> weight = arena.real<3>({s.tokens, o, i});
    PackWeights op;
    if (!is_reference) {
        op = packing(arena, s, weight, dtype);
        triptych::run(stream, op);
    }
    OpObserver* observer = stream.observer();
    stream.set_observer(nullptr); // what follows is the check, not the op
    const auto part = [&](const View<1>& packed, std::int64_t expert) {
        if (is_reference) return ConstView<1>();
        const std::int64_t bytes = packed.size(0) / s.tokens;
        return ConstView<1>(packed.rows(expert * bytes, bytes));
    };
    const View<2> rows = unit(arena, dtype, i);
    const View<2> columns = unit(arena, dtype, o);
    const View<2> read_forward = arena.out<2>({s.tokens * i, o});
    const View<2> read_backward = arena.out<2>({s.tokens * o, i});
    for (std::int64_t e = 0; e < s.tokens; ++e) {
        const ConstView<2> matrix = weight.rows(e, 1).reshape<2>({o, i});
        triptych::run(
            stream, LinearForward{
                        .x = rows, .weight = matrix, .y = read_forward.rows(e * i, i), .packed = part(op.forward, e)});
        triptych::run(stream, LinearBackwardInput{.dy = columns,
                                                  .weight = matrix,
                                                  .dx = read_backward.rows(e * o, o),
                                                  .packed = part(op.backward, e)});
    }
    stream.set_observer(observer);
    return arena.outputs(stream);
}

} // namespace

void add_product_cases(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            const DType operands = a.dtype() == DType::BF16 ? DType::BF16 : DType::F32;
            return packing(a, s, a.f32<3>({s.tokens, outputs(s), inputs(s)}), operands);
        },
        Bfloat16::Yes));
    cases.back().run = pack_and_read_back;
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return LinearForward{.x = a.real<2>({s.tokens, inputs(s)}),
                                 .weight = a.real<2>({outputs(s), inputs(s)}),
                                 .y = a.out<2>({s.tokens, outputs(s)})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return LinearBackwardInput{.dy = a.real<2>({s.tokens, outputs(s)}),
                                       .weight = a.real<2>({outputs(s), inputs(s)}),
                                       .dx = a.out<2>({s.tokens, inputs(s)})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return LinearBackwardWeight{.x = a.real<2>({s.tokens, inputs(s)}),
                                        .dy = a.real<2>({s.tokens, outputs(s)}),
                                        .dweight = a.out_wide<2>({outputs(s), inputs(s)})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return GroupedLinearForward{.x = a.real<2>({s.tokens, inputs(s)}),
                                        .offsets = a.offsets(kExperts, s.tokens),
                                        .weight = a.real<3>({kExperts, outputs(s), inputs(s)}),
                                        .y = a.out<2>({s.tokens, outputs(s)})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return GroupedLinearBackwardInput{.dy = a.real<2>({s.tokens, outputs(s)}),
                                              .offsets = a.offsets(kExperts, s.tokens),
                                              .weight = a.real<3>({kExperts, outputs(s), inputs(s)}),
                                              .dx = a.out<2>({s.tokens, inputs(s)})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return GroupedLinearBackwardWeight{.x = a.real<2>({s.tokens, inputs(s)}),
                                               .dy = a.real<2>({s.tokens, outputs(s)}),
                                               .offsets = a.offsets(kExperts, s.tokens),
                                               .dweight = a.out_wide<3>({kExperts, outputs(s), inputs(s)})};
        },
        Bfloat16::Yes));
}

} // namespace triptych::selftest
