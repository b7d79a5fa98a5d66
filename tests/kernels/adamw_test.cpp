// AdamW against its formula, over several steps, and what its parts must do alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/adamw.h"
#include "tests/support/op_test.h"

#include <cmath>

namespace triptych::test {
namespace {

struct State {
    Values weight, first, second;
    bool operator==(const State&) const = default;
};

/// The settings of one update, without its tensors.
struct Settings {
    double gradient_scale = 1;
    double learning_rate = 0.01;
    double beta1 = 0.9;
    double beta2 = 0.95;
    double eps = 1e-8;
    double weight_decay = 0.1;
    std::int64_t step = 1;
};

void formula(const Settings& s, State& state, const Values& gradient)
{
    const auto step = static_cast<double>(s.step);
    for (std::size_t i = 0; i < gradient.size(); ++i) {
        const double g = gradient[i] * s.gradient_scale;
        double& m = state.first[i];
        double& v = state.second[i];
        m = s.beta1 * m + (1 - s.beta1) * g;
        v = s.beta2 * v + (1 - s.beta2) * g * g;
        const double m_hat = m / (1 - std::pow(s.beta1, step));
        const double v_hat = v / (1 - std::pow(s.beta2, step));
        double& w = state.weight[i];
        w -= s.learning_rate * (m_hat / (std::sqrt(v_hat) + s.eps) + s.weight_decay * w);
    }
}

class AdamW : public OpTest<AdamWUpdate> {
protected:
    State update(Stream& on, const Settings& s, const State& before, const Values& gradient, Layout layout = {})
    {
        const auto n = static_cast<std::int64_t>(gradient.size());
        const auto weight = tensor<1>({n}, before.weight, layout);
        const auto g = tensor<1>({n}, gradient, layout);
        const auto first = tensor<1>({n}, before.first, layout);
        const auto second = tensor<1>({n}, before.second, layout);
        run(on, AdamWUpdate{.weight = weight,
                            .gradient = g,
                            .first_moment = first,
                            .second_moment = second,
                            .gradient_scale = s.gradient_scale,
                            .learning_rate = s.learning_rate,
                            .beta1 = s.beta1,
                            .beta2 = s.beta2,
                            .eps = s.eps,
                            .weight_decay = s.weight_decay,
                            .step = s.step});
        EXPECT_EQ(g.values(), gradient);
        return {weight.values(), first.values(), second.values()};
    }
    State random_state(std::int64_t n) { return {random(n), random(n), random(n, 0, 1)}; }

    void expect_formula(const Settings& s, std::int64_t n, Layout layout = {})
    {
        State expected = random_state(n);
        const Values gradient = random(n);
        const State actual = update(stream(), s, expected, gradient, layout);
        formula(s, expected, gradient);
        expect_close(actual.weight, expected.weight, tolerance().formula, "weight");
        expect_close(actual.first, expected.first, tolerance().formula, "first moment");
        expect_close(actual.second, expected.second, tolerance().formula, "second moment");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(AdamW);

TEST_P(AdamW, MatchesTheFormula)
{
    for (const std::int64_t n : {0, 1, 3, 37, 16384, 40001}) expect_formula({}, n, {1, 0});
}
TEST_P(AdamW, MatchesTheFormulaAtLaterStepsAndOtherSettings)
{
    for (const std::int64_t step : {2, 3, 100, 1000000}) expect_formula({.step = step}, 37);
    expect_formula({.gradient_scale = 0.01, .beta1 = 0, .beta2 = 0, .eps = 1e-3, .weight_decay = 0, .step = 7}, 37);
    expect_formula({.gradient_scale = -3, .beta1 = 0.99, .beta2 = 0.999, .step = 20}, 37);
}
TEST_P(AdamW, StaysWithTheFormulaOverManySteps)
{
    State expected = {random(37), Values(37, 0.0), Values(37, 0.0)};
    State actual = expected;
    for (std::int64_t step = 1; step <= 50; ++step) {
        const Values gradient = random(37);
        formula({.step = step}, expected, gradient);
        actual = update(stream(), {.step = step}, actual, gradient);
    }
    expect_close(actual.weight, expected.weight, 10 * tolerance().formula, "weight");
}

TEST_P(AdamW, TheFirstStepMovesByTheLearningRateAgainstTheSign)
{
    const State start = {Values(4, 0.0), Values(4, 0.0), Values(4, 0.0)};
    const State after = update(stream(), {.learning_rate = 0.5, .weight_decay = 0}, start, {3, -3, 0x1p-13, 0});
    const auto move = [](double g) { return 0.5 * g / (g + 1e-8); };
    expect_close(after.weight, {-move(3), move(3), -move(0x1p-13), 0}, tolerance().formula, "weight");
}
TEST_P(AdamW, DecayIsDecoupledFromTheGradient)
{
    const State start = {{2, -2}, {0, 0}, {0, 0}};
    const State after = update(stream(), {.learning_rate = 0.5, .weight_decay = 0.1}, start, {0, 0});
    expect_close(after.weight, {2 - 0.5 * 0.1 * 2, -2 + 0.5 * 0.1 * 2}, tolerance().formula, "weight");
    EXPECT_EQ(after.first, Values(2, 0.0));
    EXPECT_EQ(after.second, Values(2, 0.0));
}
TEST_P(AdamW, TheGradientScaleIsTheSameAsScaledGradients)
{
    const State start = random_state(37);
    const Values gradient = random(37);
    Values half;
    for (const double g : gradient) half.push_back(0.5 * g);
    EXPECT_EQ(update(stream(), {.gradient_scale = 0.5}, start, gradient), update(stream(), {}, start, half));
}
TEST_P(AdamW, BrokenGradientsShowInTheirWeightAlone)
{
    const State after = update(stream(), {}, {{1, 1}, {0, 0}, {0, 0}}, {1, std::numeric_limits<double>::infinity()});
    EXPECT_TRUE(std::isfinite(after.weight[0]));
    EXPECT_TRUE(std::isnan(after.weight[1]));
}

/// A weight's bits must not depend on where in the buffer it lies: vectors and the rest of a piece compute alike.
TEST_P(AdamW, GivesTheSameBitsAtEveryPlaceAndForAnyThreadCount)
{
    const std::int64_t n = 16384 * 2 + 13;
    const State one = random_state(1);
    const Values gradient = random(1);
    const auto count = static_cast<std::size_t>(n);
    const State many = {Values(count, one.weight[0]), Values(count, one.first[0]), Values(count, one.second[0])};
    const State small = update(stream(), {.step = 5}, one, gradient);
    const State large = update(stream(), {.step = 5}, many, Values(count, gradient[0]));
    EXPECT_EQ(large.weight, Values(count, small.weight[0]));
    EXPECT_EQ(large.first, Values(count, small.first[0]));
    EXPECT_EQ(large.second, Values(count, small.second[0]));

    const State state = random_state(n);
    const Values gradients = random(n);
    Stream one_thread(stream().device(), 1);
    EXPECT_EQ(update(one_thread, {}, state, gradients), update(stream(), {}, state, gradients));
}

TEST_P(AdamW, RejectsWrongShapesAndSettingsBeforeLaunch)
{
    const auto weight = filled<1>({4}, 1);
    const auto other = filled<1>({4}, 1);
    const auto wrong = filled<1>({5}, 1);
    const AdamWUpdate good{.weight = weight, .gradient = other, .first_moment = other, .second_moment = other};
    expect_rejected(good, "weight", [&](auto& op) { op.weight = View<1>(nullptr, dtype(), {4}); });
    expect_rejected(good, "gradient", [&](auto& op) { op.gradient = wrong; });
    expect_rejected(good, "first_moment", [&](auto& op) { op.first_moment = wrong; });
    expect_rejected(good, "second_moment", [&](auto& op) { op.second_moment = ints<1>({4}, Values(4, 1)); });
    expect_rejected(good, "beta1 is 1", [](auto& op) { op.beta1 = 1; });
    expect_rejected(good, "beta2 is -0.1", [](auto& op) { op.beta2 = -0.1; });
    expect_rejected(good, "eps is 0", [](auto& op) { op.eps = 0; });
    expect_rejected(good, "learning_rate is -1e-09", [](auto& op) { op.learning_rate = -1e-9; });
    expect_rejected(good, "learning_rate is nan", [](auto& op) { op.learning_rate = std::nan(""); });
    expect_rejected(good, "weight_decay", [](auto& op) { op.weight_decay = -1; });
    expect_rejected(good, "step is 0", [](auto& op) { op.step = 0; });
    EXPECT_EQ(weight.values(), Values(4, 1.0));
}

} // namespace
} // namespace triptych::test
