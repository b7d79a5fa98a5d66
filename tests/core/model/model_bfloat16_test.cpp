// The whole model with operands of bf16: near the same in f64, whatever its shape, and as deterministic.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace triptych::test {
namespace {

const TokenShape kShape{.batch = 2, .length = 9};
const Precision kMixed{DType::F32, DType::BF16};

class ModelInBfloat16 : public testing::TestWithParam<NamedConfig> {
protected:
    ModelFixture fixture(Precision precision, int threads = 1) const
    {
        return {GetParam().config, GetParam().router, precision, kShape, PlanFor::Training, threads};
    }
    TokenBatch batch() const { return random_batch(GetParam().config, kShape.batch, kShape.length); }
};

struct Step {
    double loss = 0;
    std::vector<double> gradients;
};

Step step_of(ModelFixture& f, const TokenBatch& batch)
{
    Pass pass = f.pass(Phase::Train);
    Step step;
    step.loss = f.model.loss_and_gradients(pass, batch).total(0.3);
    const View<1> g = f.params.gradients();
    for (std::int64_t i = 0; i < g.size(0); ++i)
        step.gradients.push_back(g.dtype() == DType::F64 ? g.as<double>()[i] : static_cast<double>(g.as<float>()[i]));
    return step;
}

TEST_P(ModelInBfloat16, HasNearlyTheLossAndTheGradientOfTheModelInF64)
{
    auto exact_model = fixture(DType::F64);
    auto mixed_model = fixture(kMixed, 2);
    const Step exact = step_of(exact_model, batch());
    const Step mixed = step_of(mixed_model, batch());
    EXPECT_NEAR(mixed.loss, exact.loss, 0.02 * exact.loss);
    double product = 0, exact_size = 0, mixed_size = 0;
    for (std::size_t i = 0; i < exact.gradients.size(); ++i) {
        product += exact.gradients[i] * mixed.gradients[i];
        exact_size += exact.gradients[i] * exact.gradients[i];
        mixed_size += mixed.gradients[i] * mixed.gradients[i];
    }
    // The direction and the length; single values may be far off where a token went to another expert.
    EXPECT_GT(product / std::sqrt(exact_size * mixed_size), 0.98);
    EXPECT_NEAR(std::sqrt(mixed_size / exact_size), 1.0, 0.1);
}

TEST_P(ModelInBfloat16, GivesTheSameBitsForAnyNumberOfThreads)
{
    auto one = fixture(kMixed, 1);
    auto three = fixture(kMixed, 3);
    const Step a = step_of(one, batch());
    const Step b = step_of(three, batch());
    EXPECT_EQ(a.loss, b.loss);
    EXPECT_EQ(a.gradients, b.gradients);
}

TEST_P(ModelInBfloat16, PlansLessMemoryThanInF32)
{
    EXPECT_LT(fixture(kMixed).plan.bytes(), fixture(DType::F32).plan.bytes());
}

INSTANTIATE_TEST_SUITE_P(Configs, ModelInBfloat16, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

} // namespace
} // namespace triptych::test
