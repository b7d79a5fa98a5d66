// Absurd clusters: each is refused with what is wrong and what to do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/cluster/request.h"

#include <functional>
#include <limits>

namespace triptych::test {
namespace {

struct Absurd {
    std::function<void(PlanRequest&)> change;
    const char* what;
    const char* hint;
};

TEST(PlannerErrors, SayWhatIsWrongAndWhatToDo)
{
    const std::vector<Absurd> cases = {
        {[](auto& r) { r.gpus = 0; }, "the number of GPUs is 0, expected 1 to 1000000", "1 to 1000000"},
        {[](auto& r) { r.gpus = -5; }, "the number of GPUs is -5", "1 to 1000000"},
        {[](auto& r) { r.gpus = 1'000'000; }, "more than the 15360 micro-batches of a step", "fewer GPUs"},
        {[](auto& r) { r.gpus = 2047; }, "no layout fits into memory; the smallest, PP 23 x EP 1 x DP 89",
         "a power of two divides best"},
        {[](auto& r) { r.gpus = 8; }, "no layout fits into memory; the smallest", "more GPUs"},
        {[](auto& r) { r.pp = 128; }, "PP 128 cuts a model of 61 layers", "--pp 61 or less"},
        {[](auto& r) { r.pp = 0; }, "PP is 0", "from 1"},
        {[](auto& r) { r.pp = 7; }, "2048 GPUs cannot form pipelines of PP 7: 4 would be left over", "divides 2048"},
        {[](auto& r) { r.dp = 100; }, "2048 GPUs cannot form 100 equal pipelines", "divides 2048"},
        {[](auto& r) { r.pp = 16, r.dp = 64; }, "PP 16 x DP 64 is 1024 GPUs, not 2048", "--dp 128"},
        {[](auto& r) { r.dp = 2; }, "DP 2 leaves pipelines of 1024 GPUs, but the model has 61 layers", "larger --dp"},
        {[](auto& r) { r.ep = 96; }, "EP 96 does not divide the 256 routed experts", "divides 256"},
        {[](auto& r) { r.pp = 16, r.ep = 256; }, "EP 256 does not divide DP 128", "divides 128"},
        {[](auto& r) { r.model.n_routed_experts = 0, r.ep = 8; }, "this model has none", "--ep 1"},
        {[](auto& r) { r.pp = 1, r.schedule = PipelineSchedule::DualPipe; }, "even number of stages, not 1", "--pp 2"},
        {[](auto& r) { r.pp = 16, r.schedule = PipelineSchedule::DualPipe, r.batch = 1024; },
         "DualPipe with 16 stages needs 32 micro-batches in a pipeline, but 1024 sequences over 128 pipelines make 8",
         "Raise --batch"},
        {[](auto& r) { r.pp = 16, r.micro_batch = 500; }, "more than the 30 micro-batches of a step", "--micro-batch"},
        {[](auto& r) { r.micro_batch = 15361; }, "the micro-batch is 15361, expected 1 to 15360", "15360"},
        {[](auto& r) { r.batch = 0; }, "the batch is 0", "from 1"},
        {[](auto& r) { r.sequence_length = 1; }, "the sequence length is 1", "from 2 to 163840"},
        {[](auto& r) { r.sequence_length = 1 << 20; }, "the model has 163840 positions", "from 2 to 163840"},
        {[](auto& r) { r.tokens = 0; }, "the number of tokens is 0", "positive"},
        {[](auto& r) { r.tokens = std::numeric_limits<double>::quiet_NaN(); }, "the number of tokens is nan",
         "positive"},
        {[](auto& r) { r.deadline_days = 0; }, "the deadline is 0", "positive"},
        {[](auto& r) { r.deadline_days = 0.5; }, "no layout is done within 0.5 days: the fastest, PP",
         "later deadline"},
        {[](auto& r) { r.pp = 16, r.dp = 256, r.deadline_days = 60; }, "PP 16 x DP 256 is 4096 GPUs, which does not",
         "divides 128"},
        {[](auto& r) { r.usd_per_gpu_hour = -1; }, "the price is -1", "USD per GPU-hour"},
        {[](auto& r) { r.usd_per_gpu_hour = 1e30; }, "the price is 1e+30, expected at most 1000000", "or less"},
        {[](auto& r) { r.tokens = 1e30; }, "the number of tokens is 1e+30, expected at most 1e+18", "or less"},
    };
    for (const Absurd& absurd : cases) {
        PlanRequest request = request_for("deepseek-v3", "h800", 2048);
        absurd.change(request);
        const auto plan = plan_cluster(request);
        ASSERT_FALSE(plan.ok()) << absurd.what;
        EXPECT_NE(plan.error().what.find(absurd.what), std::string::npos) << plan.error().what;
        EXPECT_NE(plan.error().hint.find(absurd.hint), std::string::npos) << plan.error().hint;
    }
}

TEST(PlannerErrors, ALayoutThatDoesNotFitSaysByHowMuch)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    PlanLayout layout = kPublishedLayout;
    layout.micro_batch = 2;
    const ClusterPlan plan = evaluated(request, layout);
    EXPECT_FALSE(plan.fits());
    request.pp = layout.pp;
    request.ep = layout.ep;
    request.micro_batch = layout.micro_batch;
    request.schedule = layout.schedule;
    const auto refused = plan_cluster(request);
    ASSERT_FALSE(refused.ok());
    char missing[64];
    std::snprintf(missing, sizeof missing, "%.1f GB too much", (plan.memory.total() - 80e9) / 1e9);
    EXPECT_NE(refused.error().what.find(missing), std::string::npos) << refused.error().what;
    EXPECT_EQ(refused.error().what.rfind("the layout PP 16 x EP 64 x DP 128 with dualpipe", 0), 0U)
        << refused.error().what;
}

TEST(PlannerErrors, OneLayoutIsCheckedLikeARequest)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    EXPECT_FALSE(evaluate_layout(request, {.pp = 62, .dp = 1}).ok());
    EXPECT_FALSE(evaluate_layout(request, {.pp = 16, .ep = 3, .dp = 128}).ok());
    EXPECT_FALSE(evaluate_layout(request, {.pp = 0}).ok());
    PlanRequest in_time = request;
    in_time.deadline_days = 100'000;
    in_time.batch = 64;
    EXPECT_FALSE(evaluate_layout(in_time, kPublishedLayout).ok()) << "a deadline makes no micro-batches";
}

} // namespace
} // namespace triptych::test
