// Cases of the matrix products. tokens: rows; width: columns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/grouped_linear.h"
#include "kernels/ops/linear.h"
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

} // namespace

void add_product_cases(std::vector<OpCase>& cases)
{
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return LinearForward{.x = a.real<2>({s.tokens, inputs(s)}),
                             .weight = a.real<2>({outputs(s), inputs(s)}),
                             .y = a.out<2>({s.tokens, outputs(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return LinearBackwardInput{.dy = a.real<2>({s.tokens, outputs(s)}),
                                   .weight = a.real<2>({outputs(s), inputs(s)}),
                                   .dx = a.out<2>({s.tokens, inputs(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return LinearBackwardWeight{.x = a.real<2>({s.tokens, inputs(s)}),
                                    .dy = a.real<2>({s.tokens, outputs(s)}),
                                    .dweight = a.out<2>({outputs(s), inputs(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return GroupedLinearForward{.x = a.real<2>({s.tokens, inputs(s)}),
                                    .offsets = a.offsets(kExperts, s.tokens),
                                    .weight = a.real<3>({kExperts, outputs(s), inputs(s)}),
                                    .y = a.out<2>({s.tokens, outputs(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return GroupedLinearBackwardInput{.dy = a.real<2>({s.tokens, outputs(s)}),
                                          .offsets = a.offsets(kExperts, s.tokens),
                                          .weight = a.real<3>({kExperts, outputs(s), inputs(s)}),
                                          .dx = a.out<2>({s.tokens, inputs(s)})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        return GroupedLinearBackwardWeight{.x = a.real<2>({s.tokens, inputs(s)}),
                                           .dy = a.real<2>({s.tokens, outputs(s)}),
                                           .offsets = a.offsets(kExperts, s.tokens),
                                           .dweight = a.out<3>({kExperts, outputs(s), inputs(s)})};
    }));
}

} // namespace triptych::selftest
