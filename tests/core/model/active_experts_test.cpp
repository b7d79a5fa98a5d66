// A model whose tokens choose fewer experts than it is configured for: the model that is configured for so many.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace triptych::test {
namespace {

constexpr TokenShape kShape{.batch = 2, .length = 9};

RoutingControl choosing(std::int64_t active)
{
    RoutingControl control;
    control.active = active;
    return control;
}

std::vector<NamedConfig> configs_with_experts()
{
    std::vector<NamedConfig> with;
    for (const NamedConfig& c : tiny_configs())
        if (c.config.n_routed_experts > 0) with.push_back(c);
    return with;
}

/// One pass with gradients.
struct Step {
    ModelLosses losses;
    std::vector<double> gradients;
    RoutingStats stats;
};

Step step_of(ModelFixture& f, const TokenBatch& batch)
{
    f.stats = {};
    f.params.zero_added_gradients();
    Pass pass = f.pass(Phase::Train);
    pass.gradient_mode = WriteMode::Overwrite;
    Step step;
    step.losses = f.model.loss_and_gradients(pass, batch);
    step.stats = f.stats;
    const View<1> g = f.params.gradients();
    for (std::int64_t i = 0; i < g.size(0); ++i)
        step.gradients.push_back(g.dtype() == DType::F64 ? g.as<double>()[i] : static_cast<double>(g.as<float>()[i]));
    return step;
}

void expect_same(const Step& a, const Step& b)
{
    EXPECT_EQ(a.losses.total(0.3), b.losses.total(0.3));
    EXPECT_EQ(a.losses.balance, b.losses.balance);
    EXPECT_TRUE(a.gradients == b.gradients);
    EXPECT_EQ(a.stats.counts, b.stats.counts);
    EXPECT_EQ(a.stats.balance_loss, b.stats.balance_loss);
}

class ActiveExperts : public testing::TestWithParam<NamedConfig> {
protected:
    ModelFixture fixture(const ModelConfig& config, Precision precision, Recompute recompute = Recompute::None) const
    {
        return {config, GetParam().router, precision, kShape, PlanFor::Training, 2, recompute};
    }
    TokenBatch batch() const { return random_batch(GetParam().config, kShape.batch, kShape.length); }
};

TEST_P(ActiveExperts, ComputeToTheBitWhatAModelConfiguredForThemComputes)
{
    ModelConfig one = GetParam().config;
    one.num_experts_per_tok = 1;
    for (const Precision precision : {Precision(DType::F64), Precision(DType::F32), Precision(DType::F32, DType::BF16)})
        for (const Recompute recompute : {Recompute::None, Recompute::Norms, Recompute::Layers}) {
            auto steered = fixture(GetParam().config, precision, recompute);
            auto configured = fixture(one, precision, recompute);
            const std::size_t planned = steered.plan.bytes();
            const Step all = step_of(steered, batch());
            steered.model.set_control(choosing(1));
            const Step fewer = step_of(steered, batch());
            expect_same(fewer, step_of(configured, batch()));
            EXPECT_NE(fewer.losses.total(0.3), all.losses.total(0.3));
            steered.model.set_control({});
            expect_same(step_of(steered, batch()), all);
            EXPECT_EQ(steered.plan.bytes(), planned) << "memory stays that of all";
        }
}

TEST_P(ActiveExperts, HaveTheGradientThatFiniteDifferencesShow)
{
    auto f = fixture(GetParam().config, DType::F64);
    f.model.set_control(choosing(GetParam().config.num_experts_per_tok - 1));
    const TokenBatch tokens = batch();
    const Step step = step_of(f, tokens);
    const auto loss_at = [&](RouteProbe& probe) {
        f.stats = {};
        Pass pass = f.pass(Phase::Evaluate);
        pass.probe = &probe;
        return f.model.evaluate(pass, tokens).total(pass.weights.mtp);
    };
    const double size = 1e-5;
    for (const ParamRow& row : f.params.rows()) {
        if (row.role == ParamRole::Buffer) continue;
        auto* w = f.params.weights().as<double>() + row.offset;
        const std::vector<double> saved(w, w + row.count());
        const Philox random(5, static_cast<std::uint64_t>(row.offset));
        double expected = 0, length = 0, sides[2] = {};
        RouteProbe probes[2];
        for (std::int64_t i = 0; i < row.count(); ++i) {
            const double g = step.gradients[static_cast<std::size_t>(row.offset + i)];
            expected += random.normal(static_cast<std::uint64_t>(i)) * g;
            length += g * g;
        }
        for (const int side : {0, 1}) {
            for (std::int64_t i = 0; i < row.count(); ++i)
                w[i] = saved[static_cast<std::size_t>(i)] +
                       (side == 0 ? size : -size) * random.normal(static_cast<std::uint64_t>(i));
            sides[side] = loss_at(probes[side]);
        }
        std::copy(saved.begin(), saved.end(), w);
        ASSERT_EQ(probes[0].routes, probes[1].routes) << "a route flipped between the two points, choose another seed";
        EXPECT_NEAR((sides[0] - sides[1]) / (2 * size), expected, 1e-6 * (1 + std::sqrt(length))) << row.name;
        EXPECT_GT(length, 0) << row.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, ActiveExperts, testing::ValuesIn(configs_with_experts()),
                         [](const auto& test) { return test.param.name; });

} // namespace
} // namespace triptych::test
