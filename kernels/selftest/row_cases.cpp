// Cases of what works row by row or value by value, and the list of all cases. tokens: rows or values; width: columns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/adamw.h"
#include "kernels/ops/cross_entropy.h"
#include "kernels/ops/elementwise.h"
#include "kernels/ops/embedding.h"
#include "kernels/ops/reduce.h"
#include "kernels/ops/rms_norm.h"
#include "kernels/ops/rope.h"
#include "kernels/ops/swiglu.h"
#include "kernels/selftest/op_case.h"

namespace triptych::selftest {

namespace {

std::int64_t columns(CaseSize size)
{
    return 10 * size.width;
}
std::int64_t vocabulary(CaseSize size)
{
    return 11 * size.width;
}

void add_blocks(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return RmsNormForward{.x = a.real<2>({s.tokens, columns(s)}),
                                  .gain = a.wide<1>({columns(s)}),
                                  .y = a.out<2>({s.tokens, columns(s)}),
                                  .rstd = a.out_wide<1>({s.tokens})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return RmsNormBackward{.x = a.real<2>({s.tokens, columns(s)}),
                                   .gain = a.wide<1>({columns(s)}),
                                   .rstd = a.wide<1>({s.tokens}, 0.5, 2),
                                   .dy = a.real<2>({s.tokens, columns(s)}),
                                   .dx = a.out<2>({s.tokens, columns(s)}),
                                   .dgain = a.out_wide<1>({columns(s)}),
                                   .addend = a.real<2>({s.tokens, columns(s)})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return SwiGluForward{.gate_up = a.real<2>({s.tokens, 2 * columns(s)}, -4, 4),
                                 .y = a.out<2>({s.tokens, columns(s)}),
                                 .weights = a.wide<1>({s.tokens}),
                                 .order = a.permutation(s.tokens)};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return SwiGluBackward{.gate_up = a.real<2>({s.tokens, 2 * columns(s)}, -4, 4),
                                  .dy = a.real<2>({s.tokens, columns(s)}),
                                  .dgate_up = a.out<2>({s.tokens, 2 * columns(s)}),
                                  .weights = a.wide<1>({s.tokens}),
                                  .order = a.permutation(s.tokens),
                                  .dweights = a.out_wide<1>({s.tokens})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            constexpr std::int64_t kPositions = 9;
            return RopeRotate{.x = a.out<2>({s.tokens, columns(s)}),
                              .heads = 2,
                              .head_stride = 5 * s.width,
                              .first = s.width,
                              .positions = a.indices<1>({s.tokens}, kPositions),
                              .cos_sin = a.wide<3>({kPositions, 2 * s.width, 2})};
        },
        Bfloat16::Yes));
}

void add_ends(std::vector<OpCase>& cases)
{
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return EmbeddingForward{.tokens = a.indices<1>({s.tokens}, vocabulary(s)),
                                .table = a.real<2>({vocabulary(s), columns(s)}),
                                .y = a.out<2>({s.tokens, columns(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return EmbeddingBackward{.tokens = a.indices<1>({s.tokens}, vocabulary(s)),
                                 .dy = a.real<2>({s.tokens, columns(s)}),
                                 .dtable = a.out<2>({vocabulary(s), columns(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return CrossEntropyForward{.logits = a.real<2>({s.tokens, vocabulary(s)}, -3, 3),
                                   .targets = a.indices<1>({s.tokens}, vocabulary(s), -1),
                                   .losses = a.out<1>({s.tokens})};
    }));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return CrossEntropyForwardBackward{.logits = a.wide<2>({s.tokens, vocabulary(s)}, -3, 3),
                                               .targets = a.indices<1>({s.tokens}, vocabulary(s), -1),
                                               .losses = a.out_wide<1>({s.tokens}),
                                               .dlogits = a.out<2>({s.tokens, vocabulary(s)})};
        },
        Bfloat16::Yes));
}

void add_whole_buffers(std::vector<OpCase>& cases)
{
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return Add{.a = a.real<2>({s.tokens, columns(s)}),
                   .b = a.real<2>({s.tokens, columns(s)}),
                   .y = a.out<2>({s.tokens, columns(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return Copy{.x = a.real<2>({s.tokens, columns(s)}), .y = a.out<2>({s.tokens, columns(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return Scale{.y = a.out<2>({s.tokens, columns(s)}), .factor = 2.5};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return SumOfSquares{.x = a.real<1>({s.tokens * s.width * s.width}), .result = a.out_sum()};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        const std::int64_t count = s.tokens * s.width * s.width;
        return AdamWUpdate{.weight = a.out<1>({count}),
                           .gradient = a.real<1>({count}),
                           .first_moment = a.out<1>({count}),
                           .second_moment = a.out<1>({count}, 0.1, 1),
                           .gradient_scale = 0.5,
                           .learning_rate = 0.1,
                           .weight_decay = 0.1,
                           .step = 3};
    }));
}

} // namespace

void add_row_cases(std::vector<OpCase>& cases)
{
    add_blocks(cases);
    add_ends(cases);
    add_whole_buffers(cases);
}

const std::vector<OpCase>& op_cases()
{
    static const std::vector<OpCase> cases = [] {
        std::vector<OpCase> all;
        add_product_cases(all);
        add_attention_cases(all);
        add_routing_cases(all);
        add_row_cases(all);
        return all;
    }();
    return cases;
}

} // namespace triptych::selftest
