// Cases of gating, balance loss and dispatch. width: experts, choices a token and columns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/balance_loss.h"
#include "kernels/ops/permute.h"
#include "kernels/ops/router.h"
#include "kernels/selftest/op_case.h"

#include <algorithm>

namespace triptych::selftest {

namespace {

constexpr double kAlpha = 1e-4;

std::int64_t experts(CaseSize size)
{
    return 6 * size.width;
}
std::int64_t choices(CaseSize size)
{
    return std::min<std::int64_t>(2 * size.width, 8);
}
std::int64_t columns(CaseSize size)
{
    return 10 * size.width;
}

void add_gating(std::vector<OpCase>& cases)
{
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return RouterForward{.logits = a.real<2>({s.tokens, experts(s)}, -2, 2),
                             .bias = a.real<1>({experts(s)}, -0.3, 0.1),
                             .n_group = 3,
                             .topk_group = 2,
                             .scaling = 2.5,
                             .scores = a.out<2>({s.tokens, experts(s)}),
                             .experts = a.out_indices<2>({s.tokens, choices(s)}),
                             .weights = a.out<2>({s.tokens, choices(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return RouterBackward{.scores = a.real<2>({s.tokens, experts(s)}, 0.1, 0.9),
                              .experts = a.choices(s.tokens, choices(s), experts(s)),
                              .dweights = a.real<2>({s.tokens, choices(s)}),
                              .dscores = a.real<2>({s.tokens, experts(s)}),
                              .scaling = 2.5,
                              .dlogits = a.out<2>({s.tokens, experts(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return BalanceLossForward{.scores = a.real<2>({s.tokens, experts(s)}, 0.1, 0.9),
                                  .batch = 1,
                                  .top_k = choices(s),
                                  .alpha = kAlpha,
                                  .load = a.out<2>({1, experts(s)}),
                                  .loss = a.out<1>({1})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        // An alpha of 1: a gradient of a ten-thousandth would agree with zero.
        return BalanceLossBackward{.scores = a.real<2>({s.tokens, experts(s)}, 0.1, 0.9),
                                   .load = a.real<2>({1, experts(s)}, 0, 20),
                                   .batch = 1,
                                   .alpha = 1,
                                   .dloss = static_cast<double>(s.tokens),
                                   .dscores = a.out<2>({s.tokens, experts(s)})};
    }));
}

/// tokens: tokens, of which each goes to choices(size) experts.
void add_dispatch(std::vector<OpCase>& cases)
{
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return PlanDispatch{.experts = a.choices(s.tokens, choices(s), experts(s)),
                            .counts = a.out_indices<1>({experts(s)}),
                            .offsets = a.out_indices<1>({experts(s) + 1}),
                            .order = a.out_indices<1>({s.tokens * choices(s)}),
                            .position = a.out_indices<1>({s.tokens * choices(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return PermuteForward{.x = a.real<2>({s.tokens, columns(s)}),
                              .order = a.permutation(s.tokens * choices(s)),
                              .y = a.out<2>({s.tokens * choices(s), columns(s)})};
    }));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            return PermuteBackward{.dy = a.real<2>({s.tokens * choices(s), columns(s)}),
                                   .position = a.permutation(s.tokens * choices(s)),
                                   .dx = a.out_wide<2>({s.tokens, columns(s)})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return CombineForward{.x = a.real<2>({s.tokens * choices(s), columns(s)}),
                              .weights = a.real<2>({s.tokens, choices(s)}),
                              .position = a.permutation(s.tokens * choices(s)),
                              .y = a.out<2>({s.tokens, columns(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return CombineBackward{.dy = a.real<2>({s.tokens, columns(s)}),
                               .x = a.real<2>({s.tokens * choices(s), columns(s)}),
                               .weights = a.real<2>({s.tokens, choices(s)}),
                               .position = a.permutation(s.tokens * choices(s)),
                               .dx = a.out<2>({s.tokens * choices(s), columns(s)}),
                               .dweights = a.out<2>({s.tokens, choices(s)})};
    }));
}

} // namespace

void add_routing_cases(std::vector<OpCase>& cases)
{
    add_gating(cases);
    add_dispatch(cases);
}

} // namespace triptych::selftest
