// A step's report as samples: every number under its own metric, at its own step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/step_samples.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace triptych {
namespace {

StepReport report()
{
    StepReport r;
    r.step = 12;
    r.tokens = 768;
    r.loss = 3.5;
    r.main_loss = 3;
    r.mtp_losses = {1.5, 2.5};
    r.mtp_loss = 2;
    r.mtp_loss_weight = 0.25;
    r.balance_loss = 0.25;
    r.grad_norm = 0.75;
    r.learning_rate = 1e-3;
    r.bias_update_speed = 2e-3;
    r.max_vio = 0.5;
    r.seconds = 0.5;
    r.tokens_per_second = 128;
    r.flops = 4e9;
    r.loads = {{.layer = 1, .counts = {4, 4, 4, 4}, .bias = {}},
               {.layer = 3, .counts = {8, 4, 4, 0}, .bias = {0.002F, 0, -0.003F, 0.001F}}};
    return r;
}

std::map<MetricId, double> by_metric(const std::vector<Sample>& samples)
{
    std::map<MetricId, double> found;
    for (const Sample& s : samples) {
        EXPECT_EQ(s.step, 12) << metric_name(s.metric);
        EXPECT_TRUE(found.emplace(s.metric, s.value).second) << metric_name(s.metric) << " is there twice";
    }
    return found;
}

TEST(StepSamples, HoldEveryNumberOfTheReport)
{
    const RunMeter meter(RunPrices::h800());
    const TrainProgress progress{.step = 12, .tokens = 768, .device_seconds = 3600, .flops = 5e10};
    const auto s = by_metric(step_samples(report(), progress, meter, 16e9, 5000));
    EXPECT_EQ(s.at(Metric::Loss), 3.5);
    EXPECT_EQ(s.at(Metric::MainLoss), 3);
    EXPECT_EQ(s.at(Metric::MtpLoss), 2);
    EXPECT_EQ(s.at(Metric::MtpLossWeight), 0.25);
    EXPECT_EQ(s.at({Metric::DepthLoss, 1}), 1.5) << "depths count from 1";
    EXPECT_EQ(s.at({Metric::DepthLoss, 2}), 2.5);
    EXPECT_EQ(s.at(Metric::BalanceLoss), 0.25);
    EXPECT_EQ(s.at(Metric::GradNorm), 0.75);
    EXPECT_EQ(s.at(Metric::LearningRate), 1e-3);
    EXPECT_EQ(s.at(Metric::BiasUpdateSpeed), 2e-3);
    EXPECT_EQ(s.at(Metric::Tokens), 768);
    EXPECT_EQ(s.at(Metric::Flops), 5e10) << "of the whole run";
    EXPECT_EQ(s.at(Metric::StepSeconds), 0.5);
    EXPECT_EQ(s.at(Metric::TokensPerSecond), 128);
    EXPECT_EQ(s.at(Metric::Mfu), 0.5) << "4 GFLOP in half a second of a machine that does 16 GFLOP/s";
    EXPECT_EQ(s.at(Metric::MaxVio), 0.5);
    EXPECT_EQ(s.at(Metric::HeadlineUsd), 2) << "an hour of an H800 as the paper prices it";
    EXPECT_EQ(s.at(Metric::TcoUsd), meter.tco_usd(3600));
    EXPECT_EQ(s.at(Metric::TrainSeconds), 3600) << "of the whole run, not of this process";
    EXPECT_EQ(s.at(Metric::WallSeconds), 5000);
    EXPECT_EQ(s.at({Metric::LayerMaxVio, 1}), 0);
    EXPECT_EQ(s.at({Metric::LayerDiversity, 1}), 1);
    EXPECT_EQ(s.at({Metric::LayerMaxVio, 3}), 1);
    EXPECT_EQ(s.at({Metric::LayerMinVio, 3}), 1);
    EXPECT_NEAR(s.at({Metric::LayerLoadCv, 3}), std::sqrt(0.5), 1e-15);
    EXPECT_EQ(s.at({Metric::LayerDeadFraction, 3}), 0.25);
    EXPECT_NEAR(s.at({Metric::LayerBiasSpread, 3}), 0.005, 1e-9);
    EXPECT_FALSE(s.contains({Metric::LayerBiasSpread, 1})) << "a router without a bias has no spread of it";
}

TEST(StepSamples, MicroBatchesHaveEveryMeasureOfTheirStep)
{
    const std::vector<BalanceMeasures> layers = {{1, 0.5, 0.25, 0.75, 0.125}, {3, 1, 0.5, 0.5, 0.25}};
    const auto s = by_metric(micro_batch_samples(report(), layers));
    EXPECT_EQ(s, (std::map<MetricId, double>{{Metric::MicroMaxVio, 2},
                                             {{Metric::LayerMicroMaxVio, 1}, 1},
                                             {{Metric::LayerMicroMinVio, 1}, 0.5},
                                             {{Metric::LayerMicroLoadCv, 1}, 0.25},
                                             {{Metric::LayerMicroDiversity, 1}, 0.75},
                                             {{Metric::LayerMicroDeadFraction, 1}, 0.125},
                                             {{Metric::LayerMicroMaxVio, 3}, 3},
                                             {{Metric::LayerMicroMinVio, 3}, 1},
                                             {{Metric::LayerMicroLoadCv, 3}, 0.5},
                                             {{Metric::LayerMicroDiversity, 3}, 0.5},
                                             {{Metric::LayerMicroDeadFraction, 3}, 0.25}}));
    EXPECT_TRUE(micro_batch_samples(report(), {}).empty()) << "a step is one micro-batch";
}

TEST(StepSamples, SayNothingOfMtpAndExpertsWhereThereAreNone)
{
    StepReport dense = report();
    dense.mtp_losses.clear();
    dense.loads.clear();
    EXPECT_FALSE(
        by_metric(step_samples(dense, {}, RunMeter(RunPrices::h800()), 1e9, 1)).contains(Metric::BiasUpdateSpeed));
    EXPECT_FALSE(
        by_metric(step_samples(dense, {}, RunMeter(RunPrices::h800()), 1e9, 1)).contains(Metric::MtpLossWeight));
    for (const auto& [id, value] : by_metric(step_samples(dense, {}, RunMeter(RunPrices::h800()), 1e9, 1)))
        EXPECT_EQ(metric_info(id.metric).scope, MetricScope::Run) << metric_name(id);
}

TEST(StepSamples, AnEvaluationGoesUnderItsOwnMetrics)
{
    const auto s = by_metric(evaluation_samples(
        12, {.tokens = 64, .loss = 2, .mtp_loss = 3, .bits_per_byte = 2.9, .max_vio = 0.1, .mtp_losses = {2.5, 3.5}}));
    EXPECT_EQ(s, (std::map<MetricId, double>{{Metric::ValLoss, 2},
                                             {Metric::ValMtpLoss, 3},
                                             {Metric::ValBitsPerByte, 2.9},
                                             {Metric::ValMaxVio, 0.1},
                                             {{Metric::DepthValLoss, 1}, 2.5},
                                             {{Metric::DepthValLoss, 2}, 3.5}}));
}

} // namespace
} // namespace triptych
