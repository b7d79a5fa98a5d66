// Plans by closed forms, by properties that hold for any cluster, and the search against every layout.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/model_work.h"
#include "core/config/parameter_count.h"
#include "tests/core/cluster/request.h"

#include <algorithm>

namespace triptych::test {
namespace {

ClusterPlan planned(const PlanRequest& request)
{
    const auto plan = plan_cluster(request);
    EXPECT_TRUE(plan.ok()) << plan.error().what;
    return plan.ok() ? *plan : ClusterPlan{};
}

TEST(Planner, FindsTheLayoutThatDeepSeekV3WasTrainedWith)
{
    const ClusterPlan plan = planned(request_for("deepseek-v3", "h800", 2048));
    EXPECT_EQ(plan.layout.pp, kPublishedLayout.pp);
    EXPECT_EQ(plan.layout.ep, kPublishedLayout.ep);
    EXPECT_EQ(plan.layout.dp, kPublishedLayout.dp);
    EXPECT_EQ(plan.layout.schedule, kPublishedLayout.schedule);
    EXPECT_EQ(plan.micro_batches, 120);
    EXPECT_EQ(plan.sequences, 15360);
    EXPECT_TRUE(plan.fits());
}

TEST(Planner, TimeMoneyAndShareFollowFromTheStep)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    request.usd_per_gpu_hour = 3;
    const ClusterPlan p = evaluated(request, kPublishedLayout);
    EXPECT_DOUBLE_EQ(p.step_seconds, p.work_seconds + p.bubble_seconds + p.update_seconds);
    const double speed = 15360 * 4096.0 / p.step_seconds;
    EXPECT_DOUBLE_EQ(p.tokens_per_second, speed);
    EXPECT_NEAR(p.days, 14.8e12 / speed / 86400, 1e-9);
    EXPECT_NEAR(p.gpu_hours, p.days * 24 * 2048, 1e-3);
    EXPECT_NEAR(p.usd, 3 * p.gpu_hours, 1e-3);
    EXPECT_NEAR(p.gpu_hours_per_trillion_tokens, p.gpu_hours / 14.8, 1e-6);
    EXPECT_NEAR(p.mfu, speed * training_flops_per_token(request.model, 4096) / 2048 / 989.5e12, 1e-12);
    EXPECT_GT(p.mfu_noncausal, p.mfu);
    request.tokens *= 2;
    EXPECT_NEAR(evaluated(request, kPublishedLayout).days, 2 * p.days, 1e-9);
}

TEST(Planner, MemoryOfOneGpuIsCountedByHand)
{
    PlanRequest request = request_for("tiny", "h800", 1);
    request.format = TrainFormat::Bf16;
    const ParameterCount count = count_parameters(request.model);
    const auto parameters = static_cast<double>(count.total + count.mtp);
    const PlanMemory m = evaluated(request, {}).memory;
    EXPECT_DOUBLE_EQ(m.weights, 2 * parameters);
    EXPECT_DOUBLE_EQ(m.gradients, 4 * parameters);
    EXPECT_DOUBLE_EQ(m.optimizer, 8 * parameters);
    const PlanMemory shared = evaluated(request, {.dp = 4}).memory; // ZeRO-1
    EXPECT_DOUBLE_EQ(shared.optimizer, 2 * parameters);
    EXPECT_DOUBLE_EQ(shared.weights, m.weights);
}

TEST(Planner, TheLastStageKeepsOneMicroBatch)
{
    PlanRequest request = request_for("tiny", "h800", 2);
    request.model.num_hidden_layers = 2;
    request.model.num_nextn_predict_layers = 0;
    request.model.vocab_size = 1 << 20; // the head fills the second stage, and its logits the memory
    const PlanMemory m = evaluated(request, {.pp = 2}).memory;
    const auto tokens = static_cast<double>(request.sequence_length);
    EXPECT_DOUBLE_EQ(m.activations, 2 * tokens * static_cast<double>(request.model.hidden_size));
    EXPECT_DOUBLE_EQ(m.buffers, 2e9 + 6 * tokens * (1 << 20));
}

TEST(Planner, AnMtpModuleHasLogitsInF32LikeTheHead)
{
    PlanRequest request = request_for("tiny", "h800", 1);
    request.model.num_nextn_predict_layers = 1;
    request.model.vocab_size = 1 << 20; // the module, which has a head, is the largest part
    const std::vector<PartWork> parts = model_work(request.model, request.format, request.sequence_length);
    double values = 0;
    for (const LinearWork& linear : parts.back().linears) values += linear.uses * linear.out;
    const auto tokens = static_cast<double>(request.sequence_length);
    EXPECT_DOUBLE_EQ(evaluated(request, {}).memory.buffers, 2e9 + tokens * (2 * values + 4.0 * (1 << 20)));
}

TEST(Planner, Fp8AddsACopyOfWhatItMultiplies)
{
    PlanRequest request = request_for("tiny", "h800", 1);
    double multiplied = 0;
    for (const PartWork& part : model_work(request.model, TrainFormat::Fp8, 1024))
        for (const LinearWork& linear : part.linears)
            if (linear.format == LinearFormat::OfTraining) multiplied += linear.parameters();
    const double fp8 = evaluated(request, {}).memory.weights;
    request.format = TrainFormat::Bf16;
    EXPECT_GT(multiplied, 0);
    EXPECT_DOUBLE_EQ(fp8, evaluated(request, {}).memory.weights + multiplied);
}

TEST(Planner, AnUpdateSendsSumsAndWeightsAndGoesThroughTheOptimizer)
{
    const PlanRequest request = request_for("tiny", "h800", 2);
    const ParameterCount count = count_parameters(request.model);
    const auto parameters = static_cast<double>(count.total + count.mtp);
    // F32 out and BF16 back, half of them; gradient, master copy and moments read, all but the gradient written.
    const double within = 6 * parameters / 2 / 153e9 + (4 + 8 + 8 + 2) * parameters / 2 / 3000e9;
    EXPECT_NEAR(evaluated(request, {.dp = 2}).update_seconds, within, 1e-9 * within);
    EXPECT_NEAR(evaluated(request, {}).update_seconds, 22 * parameters / 3000e9, 1e-15);
    // Sixteen GPUs in two nodes: within the node, then an eighth over the network.
    const double beyond = 6 * parameters * (7.0 / 8 / 153e9 + 1.0 / 8 / 2 / 44.625e9) + 22 * parameters / 16 / 3000e9;
    EXPECT_NEAR(evaluated(request, {.dp = 16}).update_seconds, beyond, 1e-9 * beyond);
}

TEST(Planner, OverlappingIsNeverWorseThanTakingTurns)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    PlanLayout layout = kPublishedLayout;
    for (layout.ep = 1; layout.ep <= 128; layout.ep *= 2) {
        const StageSeconds s = evaluated(request, layout).stage;
        EXPECT_LE(s.both, s.forward + s.backward) << layout.ep;
        EXPECT_GT(s.both, 0.8 * (s.forward + s.backward)) << layout.ep;
    }
}

TEST(Planner, TheBubbleIsWhatTheOtherStagesTake)
{
    PlanRequest request = request_for("tiny", "h800", 4);
    request.model.num_hidden_layers = 4;
    request.model.num_nextn_predict_layers = 0;
    PlanLayout layout{.pp = 4};
    const ClusterPlan four = evaluated(request, layout); // the head's stage is the slowest
    layout.pp = 1;
    const ClusterPlan one = evaluated(request, layout);
    const double all = one.stage.forward + one.stage.backward;
    EXPECT_NEAR(four.bubble_seconds + four.stage.forward + four.stage.backward, all, 1e-9 * all);
}

TEST(Planner, TheWorkOfOneGpuIsTheSumOfItsParts)
{
    PlanRequest request = request_for("tiny", "h800", 1);
    const ClusterPlan one = evaluated(request, {});
    EXPECT_EQ(one.bubble_seconds, 0);
    EXPECT_EQ(one.exchange_seconds, 0);
    EXPECT_NEAR(one.work_seconds, 15360 * (one.stage.forward + one.stage.backward), 1e-9 * one.work_seconds);
}

TEST(Planner, TwiceTheGpusNeverTakeLonger)
{
    for (const auto& [model, gpu] : {std::pair{"deepseek-v3", "h800"},
                                     {"deepseek-v3", "b200"},
                                     {"deepseek-v2-lite", "h20"},
                                     {"moonlight-16b-a3b", "h100"},
                                     {"base", "h200"}}) {
        double days = 1e300;
        for (std::int64_t gpus = 1024; gpus <= 16384; gpus *= 2) {
            const ClusterPlan plan = planned(request_for(model, gpu, gpus));
            EXPECT_LE(plan.days, days) << model << " on " << gpus;
            days = plan.days;
        }
        PlanLayout layout = kPublishedLayout;
        layout.pp = 4;
        layout.ep = 1;
        layout.schedule = PipelineSchedule::ZeroBubble;
        days = 1e300;
        for (layout.dp = 1; layout.dp <= 15360; layout.dp *= 2) {
            const double now = evaluated(request_for(model, gpu, 1), layout).days;
            EXPECT_LE(now, days * (1 + 1e-12)) << model << " DP " << layout.dp;
            days = now;
        }
    }
}

TEST(Planner, MoreStagesHoldLessOfTheModelEach)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    for (const PipelineSchedule schedule : all_schedules()) {
        double before = 1e300;
        for (PlanLayout l{.pp = 2, .ep = 32, .dp = 1024, .schedule = schedule}; l.pp <= 32; l.pp *= 2, l.dp /= 2) {
            const PlanMemory m = evaluated(request, l).memory;
            EXPECT_LT(m.weights + m.gradients + m.optimizer, before) << name_of(schedule) << ' ' << l.pp;
            before = m.weights + m.gradients + m.optimizer;
        }
    }
}

TEST(Planner, LargerGroupsOfExpertsHoldLessEach)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    double before = 0;
    for (PlanLayout l = kPublishedLayout; l.ep >= 1; l.ep /= 2) {
        const PlanMemory m = evaluated(request, l).memory;
        EXPECT_GT(m.weights + m.gradients, before) << l.ep;
        before = m.weights + m.gradients;
    }
}

TEST(Planner, DualPipeTradesMemoryForShorterBubblesAndHiddenExchanges)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    PlanLayout layout = kPublishedLayout;
    const ClusterPlan dual = evaluated(request, layout);
    layout.schedule = PipelineSchedule::ZeroBubble;
    const ClusterPlan zero = evaluated(request, layout);
    layout.schedule = PipelineSchedule::OneForwardOneBackward;
    const ClusterPlan one = evaluated(request, layout);
    EXPECT_LT(dual.bubble_seconds, zero.bubble_seconds);
    EXPECT_LT(zero.bubble_seconds, one.bubble_seconds);
    EXPECT_LT(dual.exposed_seconds, 0.2 * dual.exchange_seconds);
    EXPECT_GT(dual.exposed_seconds, 0); // while the pipeline fills and drains
    EXPECT_GT(zero.exposed_seconds, 5 * dual.exposed_seconds);
    EXPECT_LT(dual.step_seconds, zero.step_seconds);
    EXPECT_LT(zero.step_seconds, one.step_seconds);
}

TEST(Planner, DualPipeHoldsTwiceTheParametersAndOneMicroBatchMore)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    request.model.first_k_dense_replace = 0; // every stage alike
    request.model.num_hidden_layers = 64;
    request.model.vocab_size = 256;
    request.model.num_nextn_predict_layers = 0;
    PlanLayout layout = kPublishedLayout;
    const PlanMemory dual = evaluated(request, layout).memory;
    layout.schedule = PipelineSchedule::ZeroBubble;
    const PlanMemory zero = evaluated(request, layout).memory;
    EXPECT_NEAR(dual.gradients / zero.gradients, 2, 0.01);
    EXPECT_NEAR(dual.activations / zero.activations, 17.0 / 16, 0.02); // the head is small, not nothing
    EXPECT_NEAR(dual.optimizer / zero.optimizer, 1, 0.01);             // each of the two holds half as large a share
}

TEST(Planner, FasterPartsNeverMakeASlowerStep)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    PlanLayout layout = kPublishedLayout;
    for (const PipelineSchedule schedule : all_schedules()) {
        layout.schedule = schedule;
        const double before = evaluated(request, layout).step_seconds;
        for (double Gpu::*part : {&Gpu::bf16_flops, &Gpu::fp8_flops, &Gpu::memory_bandwidth, &Gpu::nvlink_bandwidth,
                                  &Gpu::network_bandwidth}) {
            PlanRequest faster = request;
            faster.gpu.*part *= 1.5;
            EXPECT_LE(evaluated(faster, layout).step_seconds, before) << name_of(schedule);
        }
        PlanRequest starved = request;
        starved.gpu.network_bandwidth /= 10; // now exchanges last longer than the kernels they hide behind
        EXPECT_GT(evaluated(starved, layout).step_seconds, 1.3 * before) << name_of(schedule);
    }
}

TEST(Planner, Fp8IsFasterAndSmallerThanBf16)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    const ClusterPlan fp8 = evaluated(request, kPublishedLayout);
    request.format = TrainFormat::Bf16;
    const ClusterPlan bf16 = evaluated(request, kPublishedLayout);
    EXPECT_GT(bf16.step_seconds, 1.2 * fp8.step_seconds);
    EXPECT_LT(bf16.step_seconds, 2 * fp8.step_seconds);
    EXPECT_GT(bf16.memory.activations, fp8.memory.activations);
}

TEST(Planner, NoFittingLayoutIsCheaperThanTheOneItFinds)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 512);
    const ClusterPlan best = planned(request);
    double least = 1e300;
    for (std::int64_t pp : {1, 2, 4, 8, 16, 32})
        for (std::int64_t ep = 1; ep <= 256 && 512 / pp % ep == 0; ep *= 2)
            for (std::int64_t size : {1, 2, 3, 4})
                for (const PipelineSchedule schedule : all_schedules()) {
                    const auto plan = evaluate_layout(
                        request, {.pp = pp, .ep = ep, .dp = 512 / pp, .micro_batch = size, .schedule = schedule});
                    if (plan && plan->fits()) least = std::min(least, plan->gpu_hours);
                }
    EXPECT_LT(least, 1e300);
    EXPECT_LE(best.gpu_hours, least * 1.01); // what counts as equal
}

TEST(Planner, TheSameRequestGivesTheSamePlan)
{
    const PlanRequest request = request_for("deepseek-v3", "b200", 1536);
    const ClusterPlan one = planned(request);
    const ClusterPlan two = planned(request);
    EXPECT_EQ(one.usd, two.usd);
    EXPECT_EQ(one.layout.pp, two.layout.pp);
    EXPECT_EQ(one.layout.ep, two.layout.ep);
    EXPECT_EQ(one.memory.total(), two.memory.total());
}

TEST(Planner, KeepsWhatTheRequestSets)
{
    PlanRequest request = request_for("deepseek-v3", "h200", 2048);
    request.pp = 8;
    request.ep = 32;
    request.micro_batch = 2;
    request.schedule = PipelineSchedule::OneForwardOneBackward;
    const ClusterPlan plan = planned(request);
    EXPECT_EQ(plan.layout.pp, 8);
    EXPECT_EQ(plan.layout.ep, 32);
    EXPECT_EQ(plan.layout.dp, 256);
    EXPECT_EQ(plan.layout.micro_batch, 2);
    EXPECT_EQ(plan.layout.schedule, PipelineSchedule::OneForwardOneBackward);
}

TEST(Planner, ADeadlineIsMetWithTheCheapestNumberOfGpus)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 8192);
    request.deadline_days = 60;
    const ClusterPlan relaxed = planned(request);
    EXPECT_LE(relaxed.days, 60);
    EXPECT_EQ(relaxed.layout.gpus(), 2048);
    request.deadline_days = 30;
    const ClusterPlan hurried = planned(request);
    EXPECT_LE(hurried.days, 30);
    EXPECT_GT(hurried.layout.gpus(), relaxed.layout.gpus());
    EXPECT_GT(hurried.usd, relaxed.usd);
}

TEST(Planner, ADeadlineAllowsForFewerGpusThanAskedForWhateverElseIsSet)
{
    PlanRequest request = request_for("deepseek-v3", "b200", 2048);
    request.deadline_days = 100'000;
    request.pp = 4;
    request.batch = 256; // too few for 512 pipelines
    EXPECT_LT(planned(request).layout.gpus(), 2048);
    request.dp = 32; // 128 GPUs
    EXPECT_EQ(planned(request).layout.gpus(), 128);
    request.pp.reset(); // pipelines of all GPUs would have more stages than the model has layers
    EXPECT_EQ(planned(request).layout.dp, 32);
}

TEST(Planner, EveryPresetOfAModelHasAPlan)
{
    ASSERT_GE(list_model_presets().size(), 6U);
    for (const std::string& name : list_model_presets()) {
        const ClusterPlan plan = planned(request_for(name, "b200", 512));
        EXPECT_TRUE(plan.fits()) << name;
        EXPECT_GT(plan.mfu, 0) << name;
        EXPECT_LT(plan.mfu, 1) << name;
    }
}

} // namespace
} // namespace triptych::test
