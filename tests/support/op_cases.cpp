// How the flops of each op grow: all are proportional to the size but these.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/op_cases.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>

namespace triptych::test {
namespace {

constexpr std::array<std::string_view, 4> kMoveDataOnly = {"permute_forward", "embedding_forward", "copy", "pack_weights"};
constexpr std::array<std::string_view, 3> kWithConstantPart = {"attention_weights", "balance_loss_forward",
                                                               "plan_dispatch"};

FlopsGrowth growth_of(std::string_view name)
{
    const auto is_in = [name](const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
    if (is_in(kMoveDataOnly)) return FlopsGrowth::None;
    return is_in(kWithConstantPart) ? FlopsGrowth::Affine : FlopsGrowth::Linear;
}

} // namespace

void PrintTo(const OpCase& op_case, std::ostream* out)
{
    *out << op_case.name;
}

const std::vector<OpCase>& op_cases()
{
    static const std::vector<OpCase> cases = [] {
        std::vector<OpCase> all;
        for (const selftest::OpCase& call : selftest::op_cases())
            all.push_back({call.name, growth_of(call.name), &call});
        return all;
    }();
    return cases;
}

} // namespace triptych::test
