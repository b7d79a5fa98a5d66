// A measured training: its numbers belong together, whatever the machine.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/train_bench.h"
#include "core/cost/memory.h"
#include "tests/support/small_run.h"

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

class TrainBenchTest : public testing::Test {
protected:
    BenchRequest request() const
    {
        return {.model = (m_folder / "config.json").string(),
                .sequence_length = 32,
                .batch_size = 2,
                .threads = 1,
                .repetitions = 3};
    }
    SmallRun m_folder;
};

double calls_of(const TrainBench& bench, const std::string& name)
{
    double calls = 0;
    for (const OpTime& op : bench.profile.ops) calls += op.name == name ? op.calls : 0;
    return calls;
}

TEST_F(TrainBenchTest, ItsRatesFollowFromItsTimes)
{
    const auto bench = bench_training(request());
    ASSERT_TRUE(bench) << bench.error().what;
    EXPECT_EQ(bench->steps, 3);
    EXPECT_EQ(bench->train.threads, 1);
    EXPECT_GT(bench->step_seconds.least, 0);
    EXPECT_LE(bench->step_seconds.least, bench->step_seconds.median);
    EXPECT_LE(bench->step_seconds.median, bench->step_seconds.most);
    EXPECT_GT(bench->matrix_peak.least, 0);
    EXPECT_DOUBLE_EQ(bench->tokens_per_second() * bench->step_seconds.median, 64);
    EXPECT_DOUBLE_EQ(bench->step_flops,
                     64 * training_flops_per_token(small_run_model(), 32, CountMask::Causal, CountMtp::Yes));
    EXPECT_DOUBLE_EQ(bench->share_of_peak() * bench->matrix_peak.median, bench->flop_rate());
    EXPECT_GT(bench->first_step_seconds, 0);
    EXPECT_GE(bench->page_faults, 0);
}

TEST_F(TrainBenchTest, TheTimesOfItsOpsAndBetweenThemAddUpToAStep)
{
    const auto bench = bench_training(request());
    ASSERT_TRUE(bench) << bench.error().what;
    double seconds = bench->profile.outside_seconds;
    double flops = 0;
    for (const OpTime& op : bench->profile.ops) {
        seconds += op.seconds;
        flops += op.flops;
    }
    EXPECT_NEAR(seconds, bench->profile.seconds, 1e-9);
    EXPECT_GE(bench->profile.outside_seconds, 0);
    EXPECT_LT(bench->profile.outside_seconds, bench->profile.seconds);
    // One step, and all of it: by their own declarations the ops do what the formula says, and a little beside it.
    EXPECT_GT(flops, 0.9 * bench->step_flops);
    EXPECT_LT(flops, 2 * bench->step_flops);
    EXPECT_EQ(calls_of(*bench, "sum_of_squares"), 3) << "before, between and behind the experts, whose products leave theirs";
    EXPECT_EQ(calls_of(*bench, "attention_backward"), 3) << "two layers and an MTP module";
}

TEST_F(TrainBenchTest, KnowsItsMemory)
{
    const auto bench = bench_training(request());
    ASSERT_TRUE(bench) << bench.error().what;
    EXPECT_EQ(bench->planned_bytes, training_memory(small_run_model(), bench->train)->total());
    EXPECT_GT(bench->peak_resident_bytes, 0);
}

TEST_F(TrainBenchTest, TrainsAndTellsHowFarItIs)
{
    BenchRequest longer = request();
    longer.repetitions = 40;
    std::vector<double> shares;
    const auto bench = bench_training(longer, [&](double share) { shares.push_back(share); });
    ASSERT_TRUE(bench) << bench.error().what;
    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
    ASSERT_FALSE(shares.empty());
    EXPECT_EQ(shares.front(), 0);
    EXPECT_EQ(shares.back(), 1);
    // Main and MTP loss of a model that knows nothing, ln V each; 62 steps of learning rates that only just rise.
    EXPECT_LT(bench->loss, 1.3 * std::log(264.0) - 0.05);
    EXPECT_GT(bench->max_vio, 0);
}

TEST_F(TrainBenchTest, RefusesAModelThatDoesNotFit)
{
    const auto bench = bench_training({.model = "deepseek-v3"});
    ASSERT_FALSE(bench);
    EXPECT_NE(bench.error().what.find("memory"), std::string::npos) << bench.error().what;
}

} // namespace
} // namespace triptych::test
