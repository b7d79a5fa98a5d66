// What a model declares and runs is what the arithmetic of its shape says: parameters, tensors, FLOPs of a step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/parameter_count.h"
#include "core/config/preset.h"
#include "core/tensor/named_tensors.h"
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>

namespace triptych::test {
namespace {

/// Adds up the FLOPs of ops by what their names contain.
class FlopCounter : public OpObserver {
public:
    void before(const OpCost&) override {}
    void after(const OpCost& cost) override
    {
        if (std::strstr(cost.name, "linear"))
            products += cost.flops;
        else if (std::strstr(cost.name, "attention"))
            attention += cost.flops;
    }
    double products = 0;
    double attention = 0;
};

class ModelCounts : public testing::TestWithParam<NamedConfig> {};

TEST_P(ModelCounts, TheFlopsOfAStepAreThoseOfTheFormula)
{
    const auto& [name, router, config] = GetParam();
    constexpr std::int64_t kBatch = 2;
    constexpr std::int64_t kLength = 9;
    constexpr double kTokens = kBatch * kLength;
    ModelFixture f(config, router, DType::F64, {.batch = kBatch, .length = kLength}, PlanFor::Training);
    FlopCounter counter;
    f.stream.set_observer(&counter);
    Pass pass = f.pass(Phase::Train);
    f.model.loss_and_gradients(pass, random_batch(config, kBatch, kLength));

    // The formula counts a norm's gain as a weight that multiplies, and a token as seeing half of the sequence on
    // average; to be exact, gains are no products and the average is (T + 1) / 2.
    double gains = 0;
    for (const ParamRow& row : f.params.rows())
        if (row.shape.size() == 1 && row.role == ParamRole::Trained) gains += static_cast<double>(row.count());
    const auto layers = static_cast<double>(config.num_hidden_layers + config.num_nextn_predict_layers);
    const auto pair = static_cast<double>(2 * config.num_attention_heads * (config.qk_head_dim() + config.v_head_dim));
    const double formula = kTokens * training_flops_per_token(config, kLength, CountMask::Causal, CountMtp::Yes);
    EXPECT_DOUBLE_EQ(counter.products + counter.attention, formula - 3 * kTokens * (2 * gains - layers * pair / 2));
    EXPECT_DOUBLE_EQ(counter.attention, 3 * layers * pair * kBatch * kLength * (kLength + 1) / 2);
}

TEST_P(ModelCounts, TheDeclaredRowsHoldTheCountedParameters)
{
    const auto& [name, router, config] = GetParam();
    Model model(config, *find_router(router).value(), DType::F64, 8);
    const ParameterCount count = count_parameters(config);
    EXPECT_EQ(model.declare().parameters(), count.total + count.mtp);
}

INSTANTIATE_TEST_SUITE_P(Configs, ModelCounts, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

TEST(ModelCountsOfPresets, EveryPresetDeclaresTheCountedParametersUnderDifferentNames)
{
    for (const std::string& name : list_model_presets()) {
        const ModelConfig config = load_model_config(name).value();
        Model model(config, *router_of(config).value(), DType::F32, 8);
        const ParamRows rows = model.declare();
        const ParameterCount count = count_parameters(config);
        EXPECT_EQ(rows.parameters(), count.total + count.mtp) << name;
        std::set<std::string> names;
        for (const ParamRow& row : rows.rows()) {
            if (row.parts.empty()) {
                EXPECT_TRUE(names.insert(row.name).second) << row.name;
            }
            for (const ParamPart& part : row.parts) EXPECT_TRUE(names.insert(part.name).second) << part.name;
        }
    }
}

TEST(ModelMemory, NothingIsReadThatThePassDidNotWrite)
{
    for (const auto& [name, router, config] : tiny_configs()) {
        ModelFixture clean(config, router, DType::F64, {.batch = 2, .length = 9}, PlanFor::Training);
        ModelFixture dirty(config, router, DType::F64, {.batch = 2, .length = 9}, PlanFor::Training);
        const Slot<1> all{.offset = 0,
                          .lifetime = Lifetime::Kept,
                          .dtype = DType::U8,
                          .shape = {static_cast<std::int64_t>(dirty.workspace->bytes())}};
        std::memset(clean.workspace->at(all).raw(), 0, clean.workspace->bytes());
        std::memset(dirty.workspace->at(all).raw(), 0xFF, dirty.workspace->bytes()); // NaN everywhere
        const TokenBatch batch = random_batch(config, 2, 9);
        Pass a = clean.pass(Phase::Train);
        Pass b = dirty.pass(Phase::Train);
        EXPECT_EQ(clean.model.loss_and_gradients(a, batch).total(0.3),
                  dirty.model.loss_and_gradients(b, batch).total(0.3))
            << name;
        const auto* x = clean.params.gradients().as<double>();
        const auto* y = dirty.params.gradients().as<double>();
        for (std::int64_t i = 0; i < clean.params.gradients().size(0); ++i) ASSERT_EQ(x[i], y[i]) << name;
    }
}

} // namespace
} // namespace triptych::test
