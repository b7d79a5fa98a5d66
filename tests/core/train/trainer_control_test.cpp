// Hands on the election of experts, as the training step obeys them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"
#include "tests/support/tiny_config.h"
#include "tests/support/token_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace triptych::test {
namespace {

/// Eight experts in layers 1 and 2 (the block of the MTP module), three for a token.
ModelConfig model_config()
{
    ModelConfig c = tiny_config();
    c.num_nextn_predict_layers = 1;
    c.initializer_range = 0.1;
    return c;
}

ModelConfig grouped()
{
    ModelConfig c = model_config();
    c.n_group = 2;
    c.topk_group = 1;
    return c;
}

struct Training {
    explicit Training(const ModelConfig& model = model_config(), const std::string& router = "sigmoid_noaux")
        : source(model.vocab_size, 4, 16, model.num_nextn_predict_layers),
          trainer(model, config(), *find_router(router).value(), DType::F32, source, 0)
    {
        trainer.initialize();
    }
    static TrainConfig config()
    {
        TrainConfig c;
        c.sequence_length = 16;
        c.batch_size = 4;
        c.gradient_accumulation_steps = 3;
        c.bias_update_speed = 0.125; // sums of it are exact
        c.balance_loss_alpha = 0.5;
        c.threads = 2;
        return c;
    }
    CountingSource source;
    Trainer trainer;
};

RoutingControl off(std::int64_t layer, std::vector<std::int32_t> experts)
{
    RoutingControl control;
    control.off[layer] = std::move(experts);
    return control;
}

/// The largest gradient of one expert in the rows of a layer that have one matrix or row for each.
double largest_gradient(const ParamStore& params, const std::string& layer, std::int64_t expert)
{
    double largest = 0;
    int rows = 0;
    for (const ParamRow& row : params.rows()) {
        if (!row.name.starts_with(layer + "mlp.experts.") && row.name != layer + "mlp.gate.weight") continue;
        ++rows;
        const std::int64_t size = row.count() / row.shape[0];
        const float* own = params.gradients().as<float>() + row.offset + expert * size;
        for (std::int64_t i = 0; i < size; ++i) largest = std::max(largest, std::abs(static_cast<double>(own[i])));
    }
    EXPECT_EQ(rows, 3) << "gate, gate_up and down";
    return largest;
}

TEST(TrainerControl, AnExpertThatIsOffHasNoTokenAndNoGradientAtTheNextStepAndBothWhenItIsBack)
{
    for (const ModelConfig& model : {model_config(), grouped()}) {
        Training t(model);
        EXPECT_GT(t.trainer.step().loads[0].counts[2], 0);
        EXPECT_GT(largest_gradient(t.trainer.params(), "model.layers.1.", 2), 0);
        ASSERT_TRUE(t.trainer.set_control(off(1, {2})).ok());
        for (int i = 0; i < 3; ++i) {
            const StepReport& report = t.trainer.step();
            EXPECT_EQ(report.control, off(1, {2}));
            EXPECT_EQ(report.loads[0].counts[2], 0);
            EXPECT_EQ(largest_gradient(t.trainer.params(), "model.layers.1.", 2), 0);
            EXPECT_GT(largest_gradient(t.trainer.params(), "model.layers.1.", 3), 0);
        }
        ASSERT_TRUE(t.trainer.set_control({}).ok());
        EXPECT_GT(t.trainer.step().loads[0].counts[2], 0);
        EXPECT_GT(largest_gradient(t.trainer.params(), "model.layers.1.", 2), 0);
    }
}

TEST(TrainerControl, AControlThatWasTakenBackLeavesNoTrace)
{
    Training touched;
    Training plain;
    ASSERT_TRUE(touched.trainer.set_control(off(2, {0, 7})).ok());
    ASSERT_TRUE(touched.trainer.set_control({}).ok());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(touched.trainer.step().loss, plain.trainer.step().loss);
}

TEST(TrainerControl, ValidationObeysItToo)
{
    Training t;
    t.trainer.step();
    const double before = t.trainer.evaluate().loss;
    ASSERT_TRUE(t.trainer.set_control(off(1, {0, 1, 2, 3, 4})).ok());
    EXPECT_NE(t.trainer.evaluate().loss, before);
    ASSERT_TRUE(t.trainer.set_control({}).ok());
    EXPECT_EQ(t.trainer.evaluate().loss, before);
}

TEST(TrainerControl, MaxVioIsThatOfTheExpertsThatAreOn)
{
    Training t;
    ASSERT_TRUE(t.trainer.set_control(off(1, {0, 1, 2, 3, 4})).ok());
    const StepReport& report = t.trainer.step();
    EXPECT_EQ(report.loads[0].counts[5], 3 * 64) << "three experts are left, and a token takes three";
    const std::vector<std::int64_t>& other = report.loads[1].counts;
    const double mean = 3 * 64 * 3 / 8.0;
    EXPECT_NEAR(report.max_vio, (static_cast<double>(*std::max_element(other.begin(), other.end())) / mean - 1) / 2,
                1e-12)
        << "layer 1 is in balance";
}

TEST(TrainerControl, TooManyOffAreRefusedAndNothingChanges)
{
    Training t;
    ASSERT_TRUE(t.trainer.set_control(off(1, {4})).ok());
    const Status refused = t.trainer.set_control(off(1, {0, 1, 2, 3, 4, 5}));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().what, "layer 1 would keep 2 of its 8 experts, and routing needs 3 there");
    EXPECT_EQ(t.trainer.control(), off(1, {4}));
    EXPECT_EQ(t.trainer.step().loads[0].counts[4], 0);
}

TEST(TrainerControl, ABiasThatIsSetIsWhatTheNextReportSaysAndMovesFromThereByGamma)
{
    Training t;
    t.trainer.step();
    ASSERT_TRUE(t.trainer.set_expert_bias(1, 5, 40).ok()); // far above all scores
    ASSERT_TRUE(t.trainer.set_expert_bias(1, 6, -40).ok());
    for (int i = 1; i <= 3; ++i) {
        const LayerLoad& load = t.trainer.step().loads[0];
        EXPECT_EQ(load.counts[5], 3 * 64) << "all tokens";
        EXPECT_EQ(load.counts[6], 0);
        EXPECT_EQ(load.bias[5], 40 - 0.125F * static_cast<float>(i)) << "too many tokens";
        EXPECT_EQ(load.bias[6], -40 + 0.125F * static_cast<float>(i)) << "too few";
    }
}

TEST(TrainerControl, ABiasThatIsSetWhileTheExpertIsOffWaitsForIt)
{
    Training t;
    ASSERT_TRUE(t.trainer.set_control(off(1, {5})).ok());
    ASSERT_TRUE(t.trainer.set_expert_bias(1, 5, 40).ok());
    const LayerLoad& resting = t.trainer.step().loads[0];
    EXPECT_EQ(resting.counts[5], 0);
    EXPECT_EQ(resting.bias[5], 40);
    ASSERT_TRUE(t.trainer.set_control({}).ok());
    EXPECT_EQ(t.trainer.step().loads[0].counts[5], 3 * 64);
}

TEST(TrainerControl, ForcedLoadsDifferByAtMostOneOverAllPassesOfAStep)
{
    for (const std::vector<std::int32_t>& none : {std::vector<std::int32_t>{}, std::vector<std::int32_t>{1, 6}}) {
        Training t;
        RoutingControl control;
        control.balancing = Balancing::Forced;
        if (!none.empty()) control.off[1] = none;
        ASSERT_TRUE(t.trainer.set_control(control).ok());
        for (int i = 0; i < 2; ++i) {
            for (const LayerLoad& load : t.trainer.step().loads) {
                std::int64_t least = INT64_MAX, most = 0, sum = 0;
                for (std::size_t e = 0; e < load.counts.size(); ++e) {
                    sum += load.counts[e];
                    if (control.is_off(load.layer, static_cast<std::int64_t>(e))) continue;
                    least = std::min(least, load.counts[e]);
                    most = std::max(most, load.counts[e]);
                }
                EXPECT_LE(most - least, 1) << "layer " << load.layer;
                EXPECT_EQ(sum, 3 * 64 * 3);
            }
        }
    }
}

TEST(TrainerControl, ABiasThatCannotBeIsRefusedInWords)
{
    Training t;
    Training without(model_config(), "softmax_aux");
    const auto refusal = [](const Status& status) { return status ? std::string() : status.error().what; };
    EXPECT_EQ(refusal(t.trainer.set_expert_bias(0, 1, 0)), "layer 0 has no experts, it is a dense one");
    EXPECT_EQ(refusal(t.trainer.set_expert_bias(1, 8, 0)), "layer 1 has no expert 8");
    EXPECT_EQ(refusal(t.trainer.set_expert_bias(1, 7, 101)), "a bias of 101 was asked for");
    EXPECT_NE(refusal(t.trainer.set_expert_bias(1, 7, std::numeric_limits<double>::quiet_NaN())), "");
    EXPECT_EQ(refusal(without.trainer.set_expert_bias(1, 7, 0)), "the router of this model has no expert bias");
}

RoutingControl choosing(std::int64_t active)
{
    RoutingControl control;
    control.active = active;
    return control;
}

std::int64_t sum(const LayerLoad& load)
{
    return std::accumulate(load.counts.begin(), load.counts.end(), std::int64_t{0});
}

TEST(TrainerControl, ATokenChoosesAsManyExpertsAsHandsSayFromTheNextStepOn)
{
    for (const ModelConfig& model : {model_config(), grouped()}) {
        Training t(model);
        EXPECT_EQ(sum(t.trainer.step().loads[0]), 3 * 64 * 3);
        const double flops = t.trainer.step_flops();
        ASSERT_TRUE(t.trainer.set_control(choosing(1)).ok());
        for (int i = 0; i < 3; ++i) {
            const StepReport& report = t.trainer.step();
            EXPECT_EQ(report.control.active, 1);
            for (const LayerLoad& load : report.loads) EXPECT_EQ(sum(load), 3 * 64) << "layer " << load.layer;
            EXPECT_TRUE(std::isfinite(report.loss));
        }
        // Two of three experts in each of two layers: three products of 20 x 10, forward and twice that backward.
        const double saved = 2 * 2 * 6.0 * 3 * 20 * 10 * 3 * 64;
        EXPECT_NEAR(flops - t.trainer.step().flops, saved, 1e-9 * flops) << "MFU counts what is computed";
        ASSERT_TRUE(t.trainer.set_control({}).ok());
        const StepReport& again = t.trainer.step();
        EXPECT_EQ(sum(again.loads[1]), 3 * 64 * 3);
        EXPECT_EQ(again.flops, flops);
        EXPECT_NEAR(t.trainer.progress().flops, 6 * flops - 4 * saved, 1e-9 * flops) << "of the whole run";
    }
}

TEST(TrainerControl, TheBiasStrivesForTheMeanLoadOfTheExpertsThatAreChosen)
{
    Training t;
    ASSERT_TRUE(t.trainer.set_control(choosing(1)).ok());
    const LayerLoad load = t.trainer.step().loads[0];
    for (std::size_t e = 0; e < load.counts.size(); ++e) {
        const double mean = 3 * 64 / 8.0;
        const auto count = static_cast<double>(load.counts[e]);
        EXPECT_EQ(load.bias[e], count < mean ? 0.125F : count > mean ? -0.125F : 0) << e;
    }
}

TEST(TrainerControl, ValidationChoosesAsManyAsTraining)
{
    Training t;
    t.trainer.step();
    const double before = t.trainer.evaluate().loss;
    ASSERT_TRUE(t.trainer.set_control(choosing(1)).ok());
    EXPECT_NE(t.trainer.evaluate().loss, before);
    ASSERT_TRUE(t.trainer.set_control({}).ok());
    EXPECT_EQ(t.trainer.evaluate().loss, before);
}

TEST(TrainerControl, MoreExpertsThanMemoryIsPlannedForAreRefused)
{
    Training t;
    ASSERT_TRUE(t.trainer.set_control(choosing(2)).ok());
    const Status refused = t.trainer.set_control(choosing(4));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().what, "active_experts is 4, expected 1 to 3");
    EXPECT_EQ(sum(t.trainer.step().loads[0]), 3 * 64 * 2);
}

} // namespace
} // namespace triptych::test
