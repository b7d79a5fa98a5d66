// The projections' matrix products against naive sums, finite differences, column slices and both write modes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/linear.h"
#include "tests/support/naive.h"
#include "tests/support/op_test.h"

#include <cmath>

namespace triptych::test {
namespace {

class Linear : public OpTest<LinearForward, LinearBackwardInput, LinearBackwardWeight> {
protected:
    struct Sizes {
        std::int64_t n, i, o;
    };

    void expect_forward(Sizes s, WriteMode mode = WriteMode::Overwrite, Layout layout = {})
    {
        const Values x = random(s.n * s.i);
        const Values weight = random(s.o * s.i);
        const auto tx = tensor<2>({s.n, s.i}, x, layout);
        const auto tw = tensor<2>({s.o, s.i}, weight);
        const auto y = filled<2>({s.n, s.o}, 99, layout);
        run(stream(), LinearForward{.x = tx, .weight = tw, .y = y, .mode = mode});
        const double base = mode == WriteMode::Accumulate ? 99 : 0;
        expect_close(y.values(), plus(base, times_transposed(x, weight, s.n, s.i, s.o)), tolerance().formula, "y");
    }

    Values oracle_forward(Sizes s, const Values& x, const Values& weight)
    {
        const auto tx = oracle_tensor<2>({s.n, s.i}, x);
        const auto tw = oracle_tensor<2>({s.o, s.i}, weight);
        const auto y = oracle_filled<2>({s.n, s.o}, 99);
        run(oracle(), LinearForward{.x = tx, .weight = tw, .y = y});
        return y.values();
    }

    void expect_backward(Sizes s, WriteMode mode = WriteMode::Overwrite, Layout layout = {})
    {
        const Values x = random(s.n * s.i);
        const Values weight = random(s.o * s.i);
        const Values w = random(s.n * s.o);
        const auto tx = tensor<2>({s.n, s.i}, x, layout);
        const auto tw = tensor<2>({s.o, s.i}, weight);
        const auto dy = tensor<2>({s.n, s.o}, w, layout);
        const auto dx = filled<2>({s.n, s.i}, 99, layout);
        const auto dweight = filled<2>({s.o, s.i}, 1);
        run(stream(), LinearBackwardInput{.dy = dy, .weight = tw, .dx = dx, .mode = mode});
        run(stream(), LinearBackwardWeight{.x = tx, .dy = dy, .dweight = dweight});
        const auto loss_of_x = [&](const Values& v) { return dot(w, oracle_forward(s, v, weight)); };
        const auto loss_of_weight = [&](const Values& v) { return dot(w, oracle_forward(s, x, v)); };
        const double base = mode == WriteMode::Accumulate ? 99 : 0;
        expect_close(dx.values(), plus(base, gradient(loss_of_x, x)), tolerance().gradient, "dx");
        expect_close(dweight.values(), plus(1, gradient(loss_of_weight, weight)), tolerance().gradient, "dweight");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Linear);

TEST_P(Linear, ForwardMatchesTheFormula)
{
    expect_forward({5, 37, 11});
}
TEST_P(Linear, ForwardMatchesTheFormulaBeyondOneBlock)
{
    expect_forward({70, 130, 65});
}
TEST_P(Linear, ForwardAddsWhenAskedTo)
{
    expect_forward({5, 37, 11}, WriteMode::Accumulate);
}
TEST_P(Linear, ForwardHandlesOneRow)
{
    expect_forward({1, 37, 70});
}
TEST_P(Linear, ForwardHandlesNoRows)
{
    expect_forward({0, 37, 11});
}
TEST_P(Linear, ForwardHandlesASingleNumber)
{
    expect_forward({1, 1, 1});
}
TEST_P(Linear, ForwardWithoutInputsGivesZero)
{
    expect_forward({3, 0, 5});
}
TEST_P(Linear, ForwardWithoutInputsAddsNothing)
{
    expect_forward({3, 0, 5}, WriteMode::Accumulate);
}
TEST_P(Linear, ForwardTakesColumnSlicesAndUnalignedMemory)
{
    expect_forward({6, 37, 11}, WriteMode::Overwrite, {1, 5});
}
TEST_P(Linear, ForwardAddsIntoColumnSlices)
{
    expect_forward({6, 37, 11}, WriteMode::Accumulate, {3, 2});
}

TEST_P(Linear, BackwardMatchesFiniteDifferences)
{
    expect_backward({5, 13, 7});
}
TEST_P(Linear, BackwardAddsWhenAskedTo)
{
    expect_backward({4, 9, 7}, WriteMode::Accumulate);
}
TEST_P(Linear, BackwardHandlesOneRow)
{
    expect_backward({1, 9, 7});
}
TEST_P(Linear, BackwardLeavesGradientsAloneWithoutRows)
{
    expect_backward({0, 9, 7});
}
TEST_P(Linear, BackwardTakesColumnSlicesAndUnalignedMemory)
{
    expect_backward({4, 9, 7}, WriteMode::Overwrite, {1, 5});
}

TEST_P(Linear, OldContentsOfTheOutputDoNotMatter)
{
    const Values x = random(5 * 37);
    const Values weight = random(11 * 37);
    const auto tx = tensor<2>({5, 37}, x);
    const auto tw = tensor<2>({11, 37}, weight);
    const auto y = filled<2>({5, 11}, std::nan(""));
    run(stream(), LinearForward{.x = tx, .weight = tw, .y = y});
    expect_close(y.values(), times_transposed(x, weight, 5, 37, 11), tolerance().formula, "y");
}

TEST_P(Linear, GivesTheSameBitsWhenRepeatedAndAgreesForAnyThreadCount)
{
    const Values x = random(150 * 70);
    const Values w = random(90 * 70);
    const Values g = random(150 * 90);
    const auto tx = tensor<2>({150, 70}, x);
    const auto tw = tensor<2>({90, 70}, w);
    const auto dy = tensor<2>({150, 90}, g);
    const auto all = [&](Stream& on) {
        const auto y = filled<2>({150, 90}, 99);
        const auto dx = filled<2>({150, 70}, 99);
        const auto dweight = filled<2>({90, 70}, 1);
        run(on, LinearForward{.x = tx, .weight = tw, .y = y});
        run(on, LinearBackwardInput{.dy = dy, .weight = tw, .dx = dx});
        run(on, LinearBackwardWeight{.x = tx, .dy = dy, .dweight = dweight});
        on.synchronize();
        Values together = y.values();
        for (const auto& more : {dx.values(), dweight.values()})
            together.insert(together.end(), more.begin(), more.end());
        return together;
    };
    const Values first = all(stream());
    EXPECT_EQ(first, all(stream()));
    Stream one_thread(stream().device(), 1);
    expect_close(all(one_thread), first, tolerance().formula, "one thread against two");
}

TEST_P(Linear, RejectsAWrongShapeBeforeLaunch)
{
    const auto x = filled<2>({5, 37}, 1);
    const auto weight = filled<2>({11, 37}, 1);
    const auto y = filled<2>({5, 11}, 99);
    const LinearForward good{.x = x, .weight = weight, .y = y};
    expect_rejected(good, "weight", [&](auto& op) { op.weight = filled<2>({11, 36}, 1); });
    expect_rejected(good, "weight",
                    [&](auto& op) { op.weight = op.weight.columns(0, 36), op.x = op.x.columns(0, 36); });
    expect_rejected(good, "y", [&](auto& op) { op.y = filled<2>({5, 12}, 1); });
    expect_rejected(good, "x", [&](auto& op) { op.x = ConstView<2>(nullptr, dtype(), {5, 37}); });
    EXPECT_EQ(y.values(), Values(5 * 11, 99.0));

    const LinearBackwardInput input{.dy = y, .weight = weight, .dx = filled<2>({5, 37}, 1)};
    expect_rejected(input, "dx", [&](auto& op) { op.dx = filled<2>({4, 37}, 1); });
    expect_rejected(input, "weight", [&](auto& op) { op.weight = filled<2>({12, 37}, 1); });
    const LinearBackwardWeight gradient{.x = x, .dy = y, .dweight = filled<2>({11, 37}, 1)};
    expect_rejected(gradient, "dweight", [&](auto& op) { op.dweight = filled<2>({37, 11}, 1); });
    expect_rejected(gradient, "dy", [&](auto& op) { op.dy = filled<2>({4, 11}, 1); });
}

TEST(LinearCost, CountsAMultiplyAndAnAddPerWeightAndRow)
{
    const LinearForward op{.x = ConstView<2>(nullptr, DType::F32, {5, 37}),
                           .weight = ConstView<2>(nullptr, DType::F32, {11, 37}),
                           .y = View<2>(nullptr, DType::F32, {5, 11})};
    EXPECT_EQ(op.flops(), 2.0 * 5 * 37 * 11);
    EXPECT_EQ(op.bytes(), 4.0 * (5 * 37 + 11 * 37 + 5 * 11));
}

} // namespace
} // namespace triptych::test
