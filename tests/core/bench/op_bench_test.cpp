// Measured ops: sizes, rates, and what is refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/op_bench.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych {
namespace {

std::vector<selftest::OpCase> cases_of(const std::vector<std::string>& names)
{
    std::vector<selftest::OpCase> chosen;
    for (const selftest::OpCase& op : selftest::op_cases())
        for (const std::string& name : names)
            if (name == op.name) chosen.push_back(op);
    return chosen;
}

TEST(OpBench, MeasuresEachCaseAtItsSize)
{
    const auto cases = cases_of({"linear_forward", "plan_dispatch", "copy"});
    ASSERT_EQ(cases.size(), 3U);
    double done = 0;
    const auto bench = bench_ops({.threads = 2, .repetitions = 2}, cases, [&](double share) { done = share; });
    ASSERT_TRUE(bench) << bench.error().what;
    EXPECT_EQ(done, 1);
    EXPECT_EQ(bench->threads, 2);
    EXPECT_GT(bench->matrix_peak.least, 0);
    EXPECT_GT(bench->read_bandwidth.least, 0);
    ASSERT_EQ(bench->rows.size(), cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const OpBenchRow& row = bench->rows[i];
        EXPECT_EQ(std::string(row.cost.name), cases[i].name);
        EXPECT_EQ(row.calls, 2);
        EXPECT_EQ(row.cost.flops, cases[i].cost(DType::F32, bench_size(cases[i].name)).flops);
        EXPECT_GT(row.seconds.least, 0);
        EXPECT_DOUBLE_EQ(row.flop_rate() * row.seconds.median, row.cost.flops);
        EXPECT_DOUBLE_EQ(row.byte_rate() * row.seconds.median, row.cost.bytes);
    }
}

TEST(OpBench, GivesOpsTheSizeOfTheirFamily)
{
    EXPECT_EQ(bench_size("linear_backward_weight").width, bench_size("linear_forward").width);
    EXPECT_NE(bench_size("attention_weights").tokens, bench_size("attention_forward").tokens);
    EXPECT_EQ(bench_size("an_op_of_tomorrow").tokens, bench_size("add").tokens);
}

TEST(OpBench, KnowsThePrecisionsOfTheCases)
{
    EXPECT_EQ(op_dtype("f32").value(), DType::F32);
    EXPECT_EQ(op_dtype("f64").value(), DType::F64);
    const auto refused = bench_ops({.precision = "fp8-sim"}, {});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("\"fp8-sim\""), std::string::npos) << refused.error().what;
}

} // namespace
} // namespace triptych
