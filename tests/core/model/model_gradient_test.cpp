// The whole model's gradient, parameter by parameter, against finite differences in f64.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

namespace triptych::test {
namespace {

constexpr std::int64_t kBatch = 2;
constexpr std::int64_t kLength = 9;

class ModelGradient : public testing::TestWithParam<NamedConfig> {
protected:
    double loss(ModelFixture& f, const TokenBatch& batch, RouteProbe& probe)
    {
        f.stats = {};
        Pass pass = f.pass(Phase::Evaluate);
        pass.probe = &probe;
        return f.model.evaluate(pass, batch).total(pass.weights.mtp);
    }
};

TEST_P(ModelGradient, MatchesFiniteDifferencesAlongRandomDirectionsOfEveryParameter)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture f(config, router, DType::F64, {.batch = kBatch, .length = kLength}, PlanFor::Training);
    const TokenBatch batch = random_batch(config, kBatch, kLength);
    Pass pass = f.pass(Phase::Train);
    f.model.loss_and_gradients(pass, batch);

    const double step = 1e-5;
    for (const ParamRow& row : f.params.rows()) {
        if (row.role == ParamRole::Buffer) continue;
        auto* w = f.params.weights().as<double>() + row.offset;
        const auto* g = f.params.gradients().as<double>() + row.offset;
        for (std::uint64_t direction = 0; direction < 2; ++direction) {
            const Philox random(direction, static_cast<std::uint64_t>(row.offset));
            std::vector<double> d(static_cast<std::size_t>(row.count()));
            double expected = 0;
            double size = 0;
            for (std::size_t i = 0; i < d.size(); ++i) {
                d[i] = random.normal(i);
                expected += d[i] * g[i];
                size += g[i] * g[i];
            }
            const std::vector<double> saved(w, w + row.count());
            RouteProbe up;
            RouteProbe down;
            for (std::size_t i = 0; i < d.size(); ++i) w[i] = saved[i] + step * d[i];
            const double above = loss(f, batch, up);
            for (std::size_t i = 0; i < d.size(); ++i) w[i] = saved[i] - step * d[i];
            const double below = loss(f, batch, down);
            std::copy(saved.begin(), saved.end(), w);
            ASSERT_EQ(up.routes, down.routes) << "a route flipped between the two points, choose another seed";
            EXPECT_NEAR((above - below) / (2 * step), expected, 1e-6 * (1 + std::sqrt(size))) << row.name;
            EXPECT_GT(size, 0) << row.name << " has no gradient at all";
        }
    }
}

TEST_P(ModelGradient, AccumulatesOverMicroBatches)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture f(config, router, DType::F64, {.batch = kBatch, .length = kLength}, PlanFor::Training);
    const TokenBatch batch = random_batch(config, kBatch, kLength);
    Pass pass = f.pass(Phase::Train);
    f.model.loss_and_gradients(pass, batch);
    const auto* g = f.params.gradients().as<double>();
    const std::vector<double> once(g, g + f.params.gradients().size(0));
    f.model.loss_and_gradients(pass, batch);
    for (std::size_t i = 0; i < once.size(); ++i) ASSERT_NEAR(g[i], 2 * once[i], 1e-9 * (1 + std::abs(once[i])));
}

/// What a trainer does instead of zeroing all gradients.
TEST_P(ModelGradient, OverwritesWhatTheStepBeforeLeft)
{
    const auto& [name, router, config] = GetParam();
    ModelFixture f(config, router, DType::F64, {.batch = kBatch, .length = kLength}, PlanFor::Training);
    const TokenBatch batch = random_batch(config, kBatch, kLength);
    Pass pass = f.pass(Phase::Train);
    f.model.loss_and_gradients(pass, batch);
    const std::int64_t count = f.params.gradients().size(0);
    auto* g = f.params.gradients().as<double>();
    const std::vector<double> expected(g, g + count);
    for (const ParamRow& row : f.params.rows()) // alignment gaps stay zero
        if (row.role == ParamRole::Trained) std::fill_n(g + row.offset, row.count(), 99.0);
    f.params.zero_added_gradients();
    pass.gradient_mode = WriteMode::Overwrite;
    f.model.loss_and_gradients(pass, batch);
    EXPECT_EQ(std::vector<double>(g, g + count), expected);
}

TEST_P(ModelGradient, IsTheSameToTheBitWhenThingsAreComputedAgain)
{
    const auto& [name, router, config] = GetParam();
    const TokenShape shape{.batch = kBatch, .length = kLength};
    const TokenBatch batch = random_batch(config, kBatch, kLength);
    for (const Precision precision : {Precision(DType::F64), Precision(DType::F32, DType::BF16)}) {
        std::vector<std::vector<std::byte>> gradients;
        std::vector<double> losses;
        std::vector<std::size_t> bytes;
        std::vector<RoutingStats> stats;
        for (const Recompute recompute : {Recompute::None, Recompute::Norms, Recompute::Layers}) {
            ModelFixture f(config, router, precision, shape, PlanFor::Training, 2, recompute);
            // What nobody computes again must not be there by chance.
            const Slot<1> all{.offset = 0,
                              .lifetime = Lifetime::Kept,
                              .dtype = DType::U8,
                              .shape = {static_cast<std::int64_t>(f.workspace->bytes())}};
            std::memset(f.workspace->at(all).raw(), 0xFF, f.workspace->bytes());
            Pass pass = f.pass(Phase::Train);
            losses.push_back(f.model.loss_and_gradients(pass, batch).total(0.3));
            const View<1> g = f.params.gradients();
            const auto* first = static_cast<const std::byte*>(g.raw());
            gradients.emplace_back(first, first + g.bytes());
            bytes.push_back(f.plan.bytes());
            stats.push_back(f.stats);
        }
        EXPECT_EQ(losses[1], losses[0]);
        EXPECT_EQ(losses[2], losses[0]);
        EXPECT_TRUE(gradients[1] == gradients[0]);
        EXPECT_TRUE(gradients[2] == gradients[0]);
        EXPECT_LT(bytes[1], bytes[0]);
        EXPECT_LT(bytes[2], bytes[1]);
        EXPECT_EQ(stats[2].counts, stats[0].counts) << "tokens were counted twice";
        EXPECT_EQ(stats[2].balance_loss, stats[0].balance_loss);
    }
}

TEST_P(ModelGradient, InSinglePrecisionAgreesWithDouble)
{
    const auto& [name, router, config] = GetParam();
    const TokenShape shape{.batch = kBatch, .length = kLength};
    ModelFixture wide(config, router, DType::F64, shape, PlanFor::Training);
    ModelFixture narrow(config, router, DType::F32, shape, PlanFor::Training, 2);
    const TokenBatch batch = random_batch(config, kBatch, kLength);
    Pass a = wide.pass(Phase::Train);
    Pass b = narrow.pass(Phase::Train);
    const ModelLosses la = wide.model.loss_and_gradients(a, batch);
    const ModelLosses lb = narrow.model.loss_and_gradients(b, batch);
    EXPECT_NEAR(la.total(0.3), lb.total(0.3), 1e-5 * la.total(0.3));
    double difference = 0;
    double size = 0;
    for (std::int64_t i = 0; i < wide.params.gradients().size(0); ++i) {
        const double x = wide.params.gradients().as<double>()[i];
        const double y = static_cast<double>(narrow.params.gradients().as<float>()[i]);
        difference += (x - y) * (x - y);
        size += x * x;
    }
    EXPECT_LT(std::sqrt(difference / size), 1e-4);
}

INSTANTIATE_TEST_SUITE_P(Configs, ModelGradient, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

} // namespace
} // namespace triptych::test
