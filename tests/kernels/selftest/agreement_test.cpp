// The selftest passes for right kernels, and fails for every kind of wrong one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/selftest/agreement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>

namespace triptych::selftest {
namespace {

const OpCase& case_of(const std::string& name)
{
    const auto& cases = op_cases();
    const auto found = std::find_if(cases.begin(), cases.end(), [&](const OpCase& c) { return c.name == name; });
    if (found == cases.end()) throw std::invalid_argument("no case for " + name);
    return *found;
}

/// The case, with what it writes in F32 changed: the reference stays right.
OpCase planted(const std::string& name, const std::function<void(std::vector<Output>&)>& spoil)
{
    OpCase result = case_of(name);
    result.run = [run = result.run, spoil](Stream& stream, DType dtype, CaseSize size) {
        auto outputs = run(stream, dtype, size);
        if (dtype == DType::F32) spoil(outputs);
        return outputs;
    };
    return result;
}

Agreement check_one(const OpCase& op_case)
{
    Stream stream({}, 2);
    const auto result = check_ops(stream, DType::F32, {&op_case, 1});
    return result.at(0);
}

TEST(Selftest, EveryOpOfTheCpuAgreesWithTheReference)
{
    Stream stream({}, 2);
    for (const DType dtype : {DType::F32, DType::F64, DType::BF16})
        for (const Agreement& a : check_ops(stream, dtype, op_cases()))
            EXPECT_TRUE(a.ok()) << a.op << " is off by " << a.error << ", allowed " << a.tolerance << " " << a.failure;
}

TEST(Selftest, HasOneCaseForEachNameAndMeasuresSomeErrorInF32)
{
    std::set<std::string> names;
    Stream stream({}, 2);
    int inexact = 0;
    for (const Agreement& a : check_ops(stream, DType::F32, op_cases())) {
        EXPECT_TRUE(names.insert(a.op).second) << a.op << " has two cases";
        inexact += a.error > 0 ? 1 : 0;
    }
    EXPECT_EQ(names.size(), op_cases().size());
    EXPECT_GT(inexact, 20) << "f32 and f64 cannot agree to the bit: nothing is being compared";
}

TEST(Selftest, AnErrorInAnyOutputOfAnyOpIsSeen)
{
    Stream stream({}, 1);
    for (const OpCase& op_case : op_cases()) {
        const std::size_t outputs = op_case.run(stream, DType::F64, {}).size();
        ASSERT_GT(outputs, 0U) << op_case.name << " declares no output, so nothing is compared";
        for (std::size_t i = 0; i < outputs; ++i)
            EXPECT_FALSE(check_one(planted(op_case.name,
                                           [i](std::vector<Output>& out) {
                                               for (double& value : out[i].values) value += 1;
                                           }))
                             .ok())
                << op_case.name << ", output " << i;
    }
}

TEST(Selftest, ReportsANumberThatIsOffByMoreThanTheTolerance)
{
    const Agreement a = check_one(planted("linear_forward", [](std::vector<Output>& out) {
        if (!out[0].values.empty()) out[0].values.back() *= 1.001;
    }));
    EXPECT_FALSE(a.ok());
    EXPECT_GT(a.error, a.tolerance);
    EXPECT_TRUE(std::isfinite(a.error));
}

TEST(Selftest, ReportsNotANumberAWrongIndexAndAMissingOutput)
{
    EXPECT_FALSE(check_one(planted("swiglu_forward", [](std::vector<Output>& out) {
                     if (!out[0].values.empty()) out[0].values[0] = std::numeric_limits<double>::quiet_NaN();
                 })).ok());
    const Agreement index = check_one(planted("router_forward", [](std::vector<Output>& out) {
        if (!out[1].values.empty()) out[1].values[0] += 1;
    }));
    EXPECT_EQ(index.error, std::numeric_limits<double>::infinity()) << "an index is right or wrong";
    EXPECT_FALSE(check_one(planted("adamw_update", [](std::vector<Output>& out) { out.pop_back(); })).ok());
}

TEST(Selftest, ReportsAnOpThatThrowsAndGoesOnWithTheOthers)
{
    const std::vector<OpCase> cases = {
        planted("add", [](std::vector<Output>&) { throw std::runtime_error("the device is gone"); }), case_of("copy")};
    Stream stream({}, 1);
    const auto result = check_ops(stream, DType::F32, cases);
    ASSERT_EQ(result.size(), 2U);
    EXPECT_FALSE(result[0].ok());
    EXPECT_EQ(result[0].failure, "the device is gone");
    EXPECT_TRUE(result[1].ok());
}

/// Were a choice of experts close, f32 and f64 might rightly differ, and the selftest would fail on some CPUs.
TEST(Selftest, TheChoicesOfItsRouterCaseAreClear)
{
    for (const CaseSize size : {CaseSize{.tokens = 19, .width = 4}, CaseSize{.tokens = 130, .width = 2}}) {
        Stream stream({}, 1);
        const auto exact = case_of("router_forward").run(stream, DType::F64, size);
        const auto rounded = case_of("router_forward").run(stream, DType::F32, size);
        EXPECT_EQ(exact[1].values, rounded[1].values);
        // The chosen come in falling order of score plus bias; neighbours that are equal to 1e-6 could swap.
        const auto experts = static_cast<std::size_t>(6 * size.width);
        const std::size_t top_k = exact[1].values.size() / static_cast<std::size_t>(size.tokens);
        const auto bias = [&] {
            Arena arena({}, DType::F64, "router_forward");
            arena.real<2>({size.tokens, 6 * size.width}, -2, 2);
            const View<1> b = arena.real<1>({6 * size.width}, -0.3, 0.1);
            return std::vector<double>(b.as<double>(), b.as<double>() + experts);
        }();
        for (std::size_t n = 0; n < static_cast<std::size_t>(size.tokens); ++n) {
            std::vector<double> ranks(experts);
            for (std::size_t e = 0; e < experts; ++e) ranks[e] = exact[0].values[n * experts + e] + bias[e];
            std::vector<double> groups;
            for (std::size_t g = 0; g < 3; ++g) {
                std::vector<double> group(ranks.begin() + static_cast<std::ptrdiff_t>(g * experts / 3),
                                          ranks.begin() + static_cast<std::ptrdiff_t>((g + 1) * experts / 3));
                std::sort(group.rbegin(), group.rend());
                groups.push_back(group[0] + group[1]);
            }
            std::sort(groups.rbegin(), groups.rend());
            EXPECT_GT(groups[1] - groups[2], 1e-6) << "groups of token " << n;
            std::sort(ranks.rbegin(), ranks.rend());
            for (std::size_t k = 0; k < std::min(experts - 1, 2 * top_k); ++k)
                EXPECT_GT(ranks[k] - ranks[k + 1], 1e-6) << "experts of token " << n;
        }
    }
}

} // namespace
} // namespace triptych::selftest
