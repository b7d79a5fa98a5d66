// The training step: it learns, repeats itself to the bit, accumulates, balances.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/trainer.h"

#include "core/routing/balance.h"
#include "tests/support/tiny_config.h"
#include "tests/support/token_source.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace triptych::test {
namespace {

TrainConfig train_config(std::int64_t threads = 2)
{
    TrainConfig c;
    c.sequence_length = 16;
    c.batch_size = 4;
    c.learning_rate = 5e-3;
    c.warmup_steps = 5;
    c.threads = threads;
    return c;
}

ModelConfig model_config()
{
    ModelConfig c = tiny_config();
    c.num_nextn_predict_layers = 1;
    c.initializer_range = 0.1;
    return c;
}

struct Training {
    explicit Training(TrainConfig config = train_config(), const std::string& router = "sigmoid_noaux",
                      ModelConfig model = model_config())
        : source(model.vocab_size, config.batch_size, config.sequence_length, model.num_nextn_predict_layers),
          trainer(model, config, *find_router(router).value(), DType::F32, source, 0)
    {
        trainer.initialize();
    }
    CountingSource source;
    Trainer trainer;
};

std::vector<float> weights(Trainer& trainer)
{
    const View<1> w = trainer.params().weights();
    return {w.as<float>(), w.as<float>() + w.size(0)};
}

TEST(Trainer, LearnsToCount)
{
    Training t;
    const double before = t.trainer.evaluate().loss;
    StepReport last;
    for (int i = 0; i < 250; ++i) last = t.trainer.step();
    const EvaluationReport after = t.trainer.evaluate();
    EXPECT_NEAR(before, std::log(29.0), 0.5);
    EXPECT_LT(after.loss, 0.6) << "two unknown tokens of sixteen cost about 0.3 nats each sequence";
    EXPECT_LT(after.mtp_loss, 1.0);
    EXPECT_NEAR(after.bits_per_byte, after.loss / std::log(2.0), 1e-12);
    EXPECT_EQ(last.step, 250);
    EXPECT_EQ(last.tokens, 250 * 4 * 16);
    EXPECT_NEAR(last.loss, last.main_loss + 0.3 * last.mtp_loss + last.balance_loss, 1e-12);
}

TEST(Trainer, TheNormIsThatOfAllGradientsAlsoWhereProductsLeaveTheirShare)
{
    for (const std::int64_t micro_steps : {1, 3}) {
        TrainConfig config = train_config();
        config.gradient_accumulation_steps = micro_steps;
        Training t(config);
        for (int i = 0; i < 3; ++i) {
            const double told = t.trainer.step().grad_norm;
            const View<1> g = t.trainer.params().gradients();
            double squares = 0;
            for (std::int64_t e = 0; e < g.size(0); ++e)
                squares += static_cast<double>(g.as<float>()[e]) * static_cast<double>(g.as<float>()[e]);
            EXPECT_NEAR(told, std::sqrt(squares), 1e-12 * told) << "step " << i + 1;
        }
    }
}

TEST(Trainer, TheSameSeedAndThreadsGiveTheSameBits)
{
    Training a;
    Training b;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(a.trainer.step().loss, b.trainer.step().loss);
    EXPECT_EQ(weights(a.trainer), weights(b.trainer));
    TrainConfig other = train_config();
    other.seed = 2;
    Training c(other);
    EXPECT_NE(c.trainer.step().loss, a.trainer.step().loss);
}

TEST(Trainer, AnEvaluationLeavesTheTrainingUntouched)
{
    Training a;
    Training b;
    for (int i = 0; i < 3; ++i) {
        a.trainer.evaluate();
        EXPECT_EQ(a.trainer.step().loss, b.trainer.step().loss);
    }
    EXPECT_EQ(weights(a.trainer), weights(b.trainer));
}

TEST(Trainer, AccumulationSumsLoadsAndUpdatesTheBiasOncePerStep)
{
    TrainConfig config = train_config();
    config.gradient_accumulation_steps = 3;
    config.bias_update_speed = 0.01;
    Training t(config);
    const StepReport report = t.trainer.step();
    ASSERT_FALSE(report.loads.empty());
    for (const LayerLoad& load : report.loads) {
        std::int64_t sum = 0;
        for (auto c : load.counts) sum += c;
        EXPECT_EQ(sum, 3 * 4 * 16 * 3) << "three micro-batches of 64 tokens with three choices each";
        const double mean = static_cast<double>(sum) / static_cast<double>(load.counts.size());
        for (std::size_t e = 0; e < load.bias.size(); ++e) {
            const double sign = (mean > static_cast<double>(load.counts[e])) - (mean < static_cast<double>(load.counts[e]));
            EXPECT_FLOAT_EQ(load.bias[e], static_cast<float>(0.01 * sign));
        }
    }
    EXPECT_EQ(report.loads.back().layer, 2) << "the block of the MTP module balances too";
}

TEST(Trainer, NotANumberLeavesTheWeightsAsTheyAre)
{
    Training t;
    t.trainer.step();
    auto* w = t.trainer.params().weights().as<float>();
    w[0] = std::numeric_limits<float>::quiet_NaN();
    const auto before = weights(t.trainer);
    const StepReport report = t.trainer.step();
    EXPECT_FALSE(std::isfinite(report.grad_norm));
    const auto after = weights(t.trainer);
    for (std::size_t i = 1; i < before.size(); ++i) ASSERT_EQ(before[i], after[i]);
}

/// Throws at an op of this name.
struct Fault : OpObserver {
    explicit Fault(std::string op) : name(std::move(op)) {}
    void before(const OpCost& cost) override
    {
        if (name == cost.name) throw std::runtime_error("fault");
    }
    void after(const OpCost&) override {}
    std::string name;
};

TEST(Trainer, KnowsWhetherAStepThatThrewHasLeftItsWeightsWhole)
{
    for (const bool whole : {true, false}) {
        Training t;
        t.trainer.step();
        EXPECT_TRUE(t.trainer.intact());
        Fault fault(whole ? "attention_backward" : "adamw_update");
        t.trainer.stream().set_observer(&fault);
        EXPECT_THROW(t.trainer.step(), std::runtime_error);
        EXPECT_EQ(t.trainer.intact(), whole);
        EXPECT_EQ(t.trainer.progress().step, 1);
    }
}

} // namespace
} // namespace triptych::test
