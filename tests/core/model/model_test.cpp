// Properties of the whole model that no gradient shows: causality, the cache, the plan, independence of the MTP modules.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/generator.h"
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych::test {
namespace {

class ModelProperties : public testing::TestWithParam<NamedConfig> {
protected:
    /// Main logits [T, V] of one sequence.
    static std::vector<double> logits(ModelFixture& f, const std::vector<std::int32_t>& tokens)
    {
        std::vector<double> result;
        TokenBatch batch{.batch = 1, .length = static_cast<std::int64_t>(tokens.size()), .inputs = {tokens}, .targets = {},
                         .domains = {}};
        Pass pass = f.pass(Phase::Evaluate);
        f.model.evaluate(pass, batch, [&](std::int64_t, std::int64_t, ConstView<2> l) {
            const auto* v = l.as<double>();
            result.insert(result.end(), v, v + l.count());
        });
        return result;
    }
};

TEST_P(ModelProperties, ChangingATokenLeavesEarlierOutputsAsTheyAreToTheBit)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture f(config, router, DType::F64, {.batch = 1, .length = 12}, PlanFor::Inference);
    auto tokens = random_tokens(12, config.vocab_size, 5);
    const auto before = logits(f, tokens);
    tokens[8] = (tokens[8] + 1) % static_cast<std::int32_t>(config.vocab_size);
    const auto after = logits(f, tokens);
    const auto v = static_cast<std::size_t>(config.vocab_size);
    for (std::size_t i = 0; i < 8 * v; ++i) ASSERT_EQ(before[i], after[i]) << "position " << i / v;
    EXPECT_NE(before[8 * v], after[8 * v]);
}

TEST_P(ModelProperties, DecodingWithTheCacheGivesTheLogitsOfAWholePass)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture whole(config, router, DType::F64, {.batch = 1, .length = 12}, PlanFor::Inference);
    const auto tokens = random_tokens(12, config.vocab_size, 6);
    const auto expected = logits(whole, tokens);
    const auto v = static_cast<std::size_t>(config.vocab_size);
    for (const AttentionForm form : {AttentionForm::Absorbed, AttentionForm::Materialized}) {
        ModelFixture f(config, router, DType::F64, {.batch = 1, .length = 7, .cache_length = 16}, PlanFor::Inference);
        LatentCache cache(config, Device{}, DType::F64, 16);
        Pass pass = f.pass(Phase::Decode);
        pass.cache = &cache;
        pass.form = form;
        std::vector<double> out(v);
        const View<2> view(out.data(), DType::F64, {1, config.vocab_size});
        // A prompt of 7 tokens at once, then one at a time.
        f.model.decode(pass, std::span(tokens).first(7), view);
        for (std::size_t t = 7; t <= 12; ++t) {
            for (std::size_t i = 0; i < v; ++i) ASSERT_NEAR(out[i], expected[(t - 1) * v + i], 1e-11) << "token " << t;
            if (t < 12) f.model.decode(pass, std::span(tokens).subspan(t, 1), view);
        }
        EXPECT_EQ(cache.length(), 12);
    }
}

TEST_P(ModelProperties, AnEvaluationInATrainingPlanEqualsOneInAnInferencePlan)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture a(config, router, DType::F64, {.batch = 2, .length = 9}, PlanFor::Training);
    ModelFixture b(config, router, DType::F64, {.batch = 2, .length = 9}, PlanFor::Inference);
    const TokenBatch batch = random_batch(config, 2, 9);
    Pass pa = a.pass(Phase::Evaluate);
    Pass pb = b.pass(Phase::Evaluate);
    const ModelLosses la = a.model.evaluate(pa, batch);
    const ModelLosses lb = b.model.evaluate(pb, batch);
    EXPECT_EQ(la.main, lb.main);
    EXPECT_EQ(la.mtp, lb.mtp);
    EXPECT_EQ(la.balance, lb.balance);
    EXPECT_EQ(a.stats.counts, b.stats.counts);
    EXPECT_LT(b.plan.bytes(), a.plan.bytes());
}

TEST_P(ModelProperties, TrainingAndEvaluationGiveTheSameLosses)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture f(config, router, DType::F64, {.batch = 2, .length = 9}, PlanFor::Training);
    const TokenBatch batch = random_batch(config, 2, 9);
    Pass evaluate = f.pass(Phase::Evaluate);
    Pass train = f.pass(Phase::Train);
    const ModelLosses a = f.model.evaluate(evaluate, batch);
    const ModelLosses b = f.model.loss_and_gradients(train, batch);
    EXPECT_DOUBLE_EQ(a.main, b.main);
    EXPECT_DOUBLE_EQ(a.mtp_mean(), b.mtp_mean());
    EXPECT_DOUBLE_EQ(a.balance, b.balance);
}

TEST_P(ModelProperties, EveryTokenIsCountedOncePerChoiceInEachMoeLayer)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture f(config, router, DType::F64, {.batch = 2, .length = 9}, PlanFor::Training);
    Pass pass = f.pass(Phase::Train);
    f.model.loss_and_gradients(pass, random_batch(config, 2, 9));
    for (TransformerLayer* layer : f.model.moe_layers()) {
        std::int64_t sum = 0;
        for (auto c : f.stats.counts.at(static_cast<std::size_t>(layer->index()))) sum += c;
        EXPECT_EQ(sum, 2 * 9 * config.num_experts_per_tok);
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, ModelProperties, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

TEST(Workspace, HoldsExactlyThePlannedBytes)
{
    ModelFixture f(tiny_config(), "sigmoid_noaux", DType::F32, {.batch = 2, .length = 9}, PlanFor::Training);
    EXPECT_EQ(f.workspace->bytes(), f.plan.bytes());
    std::size_t kept = 0;
    for (const PlanRow& row : f.plan.rows())
        if (row.lifetime == Lifetime::Kept) kept += (row.bytes + 63) / 64 * 64;
    EXPECT_EQ(kept, f.plan.kept_bytes());
}

TEST(ModelLosses, MaskedTargetsDoNotCount)
{
    const ModelConfig config = tiny_config();
    ModelFixture f(config, "sigmoid_noaux", DType::F64, {.batch = 1, .length = 10}, PlanFor::Inference);
    TokenBatch batch = random_batch(config, 1, 10);
    Pass pass = f.pass(Phase::Evaluate);
    const double all = f.model.evaluate(pass, batch).main;
    std::vector<double> single;
    for (std::size_t i = 0; i < 10; ++i) {
        TokenBatch one = batch;
        for (std::size_t j = 0; j < 10; ++j)
            if (j != i) one.targets[0][j] = -1;
        single.push_back(f.model.evaluate(pass, one).main);
    }
    double mean = 0;
    for (double x : single) mean += x / 10;
    EXPECT_NEAR(all, mean, 1e-12);
}

} // namespace
} // namespace triptych::test
