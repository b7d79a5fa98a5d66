// The experts' matrix products: equal to one linear product per expert, whatever the loads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/grouped_linear.h"
#include "kernels/ops/linear.h"
#include "tests/support/naive.h"
#include "tests/support/op_test.h"

namespace triptych::test {
namespace {

class GroupedLinear : public OpTest<GroupedLinearForward, GroupedLinearBackwardInput, GroupedLinearBackwardWeight> {
protected:
    struct Sizes {
        std::int64_t i, o;
        Values offsets;
        std::int64_t experts() const { return static_cast<std::int64_t>(offsets.size()) - 1; }
        std::int64_t rows() const { return static_cast<std::int64_t>(offsets.back()); }
        std::int64_t first(std::int64_t e) const
        {
            return static_cast<std::int64_t>(offsets[static_cast<std::size_t>(e)]);
        }
    };

    void expect_forward(const Sizes& s, Layout layout = {})
    {
        const Values x = random(s.rows() * s.i);
        const Values weight = random(s.experts() * s.o * s.i);
        const auto tx = tensor<2>({s.rows(), s.i}, x, layout);
        const auto offsets = ints<1>({s.experts() + 1}, s.offsets);
        const auto tw = tensor<3>({s.experts(), s.o, s.i}, weight, layout);
        const auto y = filled<2>({s.rows(), s.o}, 99, layout);
        run(stream(), GroupedLinearForward{.x = tx, .offsets = offsets, .weight = tw, .y = y});
        Values expected;
        for (std::int64_t e = 0; e < s.experts(); ++e) {
            const Values rows(x.begin() + s.first(e) * s.i, x.begin() + s.first(e + 1) * s.i);
            const Values own(weight.begin() + e * s.o * s.i, weight.begin() + (e + 1) * s.o * s.i);
            const Values part = times_transposed(rows, own, s.first(e + 1) - s.first(e), s.i, s.o);
            expected.insert(expected.end(), part.begin(), part.end());
        }
        expect_close(y.values(), expected, tolerance().formula, "y");
    }

    Values oracle_forward(const Sizes& s, const Values& x, const Values& weight)
    {
        const auto tx = oracle_tensor<2>({s.rows(), s.i}, x);
        const auto offsets = oracle_ints<1>({s.experts() + 1}, s.offsets);
        const auto tw = oracle_tensor<3>({s.experts(), s.o, s.i}, weight);
        const auto y = oracle_filled<2>({s.rows(), s.o}, 99);
        run(oracle(), GroupedLinearForward{.x = tx, .offsets = offsets, .weight = tw, .y = y});
        return y.values();
    }

    void expect_backward(const Sizes& s)
    {
        const Values x = random(s.rows() * s.i);
        const Values weight = random(s.experts() * s.o * s.i);
        const Values w = random(s.rows() * s.o);
        const auto tx = tensor<2>({s.rows(), s.i}, x);
        const auto offsets = ints<1>({s.experts() + 1}, s.offsets);
        const auto tw = tensor<3>({s.experts(), s.o, s.i}, weight);
        const auto dy = tensor<2>({s.rows(), s.o}, w);
        const auto dx = filled<2>({s.rows(), s.i}, 99);
        const auto dweight = filled<3>({s.experts(), s.o, s.i}, 1);
        run(stream(), GroupedLinearBackwardInput{.dy = dy, .offsets = offsets, .weight = tw, .dx = dx});
        run(stream(), GroupedLinearBackwardWeight{.x = tx, .dy = dy, .offsets = offsets, .dweight = dweight});
        const auto loss_of_x = [&](const Values& v) { return dot(w, oracle_forward(s, v, weight)); };
        const auto loss_of_weight = [&](const Values& v) { return dot(w, oracle_forward(s, x, v)); };
        expect_close(dx.values(), gradient(loss_of_x, x), tolerance().gradient, "dx");
        expect_close(dweight.values(), plus(1, gradient(loss_of_weight, weight)), tolerance().gradient, "dweight");
    }

    /// y, dx and dweight of one set of tensors, one after the other
    Values all_results(Stream& on, const Sizes& s, const Values& x, const Values& weight, const Values& g)
    {
        const auto tx = tensor<2>({s.rows(), s.i}, x);
        const auto offsets = ints<1>({s.experts() + 1}, s.offsets);
        const auto tw = tensor<3>({s.experts(), s.o, s.i}, weight);
        const auto dy = tensor<2>({s.rows(), s.o}, g);
        const auto y = filled<2>({s.rows(), s.o}, 99);
        const auto dx = filled<2>({s.rows(), s.i}, 99);
        const auto dweight = filled<3>({s.experts(), s.o, s.i}, 1);
        run(on, GroupedLinearForward{.x = tx, .offsets = offsets, .weight = tw, .y = y});
        run(on, GroupedLinearBackwardInput{.dy = dy, .offsets = offsets, .weight = tw, .dx = dx});
        run(on, GroupedLinearBackwardWeight{.x = tx, .dy = dy, .offsets = offsets, .dweight = dweight});
        on.synchronize();
        Values together = y.values();
        for (const auto& more : {dx.values(), dweight.values()})
            together.insert(together.end(), more.begin(), more.end());
        return together;
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(GroupedLinear);

TEST_P(GroupedLinear, ForwardMatchesTheFormula)
{
    expect_forward({37, 11, {0, 3, 4, 9}});
}
TEST_P(GroupedLinear, ForwardHandlesExpertsWithoutRows)
{
    expect_forward({37, 11, {0, 0, 5, 5, 6, 6}});
}
TEST_P(GroupedLinear, ForwardHandlesNoRowsAtAll)
{
    expect_forward({37, 11, {0, 0, 0}});
}
TEST_P(GroupedLinear, ForwardHandlesOneRow)
{
    expect_forward({37, 11, {0, 0, 1}});
}
TEST_P(GroupedLinear, ForwardHandlesOneExpertWithEverything)
{
    expect_forward({5, 9, {0, 0, 600, 600}});
}
TEST_P(GroupedLinear, ForwardHandlesMoreOutputsThanABlock)
{
    expect_forward({5, 300, {0, 2, 7}});
}
TEST_P(GroupedLinear, ForwardTakesUnalignedMemory)
{
    expect_forward({37, 11, {0, 3, 4, 9}}, {1, 0});
}

TEST_P(GroupedLinear, BackwardMatchesFiniteDifferences)
{
    expect_backward({5, 7, {0, 3, 4, 8}});
}
TEST_P(GroupedLinear, BackwardLeavesGradientsOfExpertsWithoutRowsAlone)
{
    expect_backward({5, 7, {0, 0, 4, 4}});
}
TEST_P(GroupedLinear, BackwardHandlesNoRowsAtAll)
{
    expect_backward({5, 7, {0, 0, 0}});
}

TEST_P(GroupedLinear, EqualsOneLinearProductPerExpert)
{
    const Sizes s{70, 300, {0, 260, 260, 277, 278, 600}}; // more rows and outputs than a block, and an idle expert
    const Values x = random(s.rows() * s.i);
    const Values weight = random(s.experts() * s.o * s.i);
    const Values g = random(s.rows() * s.o);
    const auto tx = tensor<2>({s.rows(), s.i}, x);
    const auto tw = tensor<3>({s.experts(), s.o, s.i}, weight);
    const auto dy = tensor<2>({s.rows(), s.o}, g);
    const auto y = filled<2>({s.rows(), s.o}, 99);
    const auto dx = filled<2>({s.rows(), s.i}, 99);
    const auto dweight = filled<3>({s.experts(), s.o, s.i}, 1);
    const auto flat_weight = ConstView<3>(tw).reshape<2>({s.experts() * s.o, s.i});
    const auto flat_dweight = View<3>(dweight).reshape<2>({s.experts() * s.o, s.i});
    for (std::int64_t e = 0; e < s.experts(); ++e) {
        const std::int64_t first = s.first(e);
        const std::int64_t rows = s.first(e + 1) - first;
        const auto own = flat_weight.rows(e * s.o, s.o);
        const auto x_e = ConstView<2>(tx).rows(first, rows);
        const auto dy_e = ConstView<2>(dy).rows(first, rows);
        run(stream(), LinearForward{.x = x_e, .weight = own, .y = View<2>(y).rows(first, rows)});
        run(stream(), LinearBackwardInput{.dy = dy_e, .weight = own, .dx = View<2>(dx).rows(first, rows)});
        run(stream(), LinearBackwardWeight{.x = x_e, .dy = dy_e, .dweight = flat_dweight.rows(e * s.o, s.o)});
    }
    Values expected = y.values();
    for (const auto& more : {dx.values(), dweight.values()}) expected.insert(expected.end(), more.begin(), more.end());
    expect_close(all_results(stream(), s, x, weight, g), expected, tolerance().formula, "y, dx, dweight");
}

TEST_P(GroupedLinear, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const Sizes s{24, 300, {0, 100, 500, 500, 503}};
    const Values x = random(s.rows() * s.i);
    const Values weight = random(s.experts() * s.o * s.i);
    const Values g = random(s.rows() * s.o);
    const Values first = all_results(stream(), s, x, weight, g);
    EXPECT_EQ(first, all_results(stream(), s, x, weight, g));
    Stream one_thread(stream().device(), 1);
    Stream three_threads(stream().device(), 3);
    EXPECT_EQ(first, all_results(one_thread, s, x, weight, g));
    EXPECT_EQ(first, all_results(three_threads, s, x, weight, g));
}

TEST_P(GroupedLinear, LeavesTheSquaresOfEachGradientAsItThenIs)
{
    const Sizes s{9, 300, {0, 40, 40, 75}}; // more outputs than a task takes, an expert without rows
    const auto x = tensor<2>({s.rows(), s.i}, random(s.rows() * s.i));
    const auto dy = tensor<2>({s.rows(), s.o}, random(s.rows() * s.o));
    const auto offsets = ints<1>({s.experts() + 1}, s.offsets);
    for (const WriteMode mode : {WriteMode::Accumulate, WriteMode::Overwrite}) {
        const auto dweight = filled<3>({s.experts(), s.o, s.i}, 0.5);
        std::vector<double> squares(3, -1);
        run(stream(), GroupedLinearBackwardWeight{.x = x,
                                                  .dy = dy,
                                                  .offsets = offsets,
                                                  .dweight = dweight,
                                                  .mode = mode,
                                                  .squares = View<1>(squares.data(), DType::F64, {3})});
        const Values written = dweight.values();
        const auto size = static_cast<std::size_t>(s.o * s.i);
        for (std::size_t e = 0; e < 3; ++e) {
            double expected = 0;
            for (std::size_t i = e * size; i < (e + 1) * size; ++i) expected += written[i] * written[i];
            EXPECT_NEAR(squares[e], expected, 1e-12 * expected) << "expert " << e;
        }
        EXPECT_EQ(squares[1], mode == WriteMode::Overwrite ? 0 : 0.25 * static_cast<double>(size));
    }
}

TEST_P(GroupedLinear, GoesOnWithSwiGluOfItsRowsInTheSameBits)
{
    const Sizes s{24, 26, {0, 300, 302, 302, 345}}; // more rows than a task takes, few of them, none
    const std::int64_t f = s.o / 2;
    const auto x = tensor<2>({s.rows(), s.i}, random(s.rows() * s.i));
    const auto weight = tensor<3>({s.experts(), s.o, s.i}, random(s.experts() * s.o * s.i));
    const auto offsets = ints<1>({s.experts() + 1}, s.offsets);
    const auto weights = tensor<1>({s.rows()}, random(s.rows()));
    Values reversed;
    for (std::int64_t n = s.rows(); n-- > 0;) reversed.push_back(static_cast<double>(n));
    const auto order = ints<1>({s.rows()}, reversed);
    const auto gate_up = filled<2>({s.rows(), s.o}, 99);
    const auto y = filled<2>({s.rows(), f}, 99);
    const GroupedLinearForward product{.x = x, .offsets = offsets, .weight = weight, .y = gate_up};
    const SwiGluForward activation{.gate_up = gate_up, .y = y, .weights = weights, .order = order};
    run(stream(), product);
    run(stream(), activation);
    const Values expected = y.values();
    const auto again = filled<2>({s.rows(), f}, 99);
    GroupedLinearForward both = product;
    both.then = activation;
    both.then.y = again;
    run(stream(), both);
    EXPECT_EQ(again.values(), expected);
    EXPECT_EQ(both.flops(), product.flops()) << "those of products, as the work of a step is counted";
    EXPECT_EQ(both.bytes(), product.bytes() + activation.bytes() - static_cast<double>(gate_up.view().bytes()));

    // Down, and back through the activation, in place.
    const auto down = tensor<3>({s.experts(), s.i, f}, random(s.experts() * s.i * f));
    const auto dy = tensor<2>({s.rows(), s.i}, random(s.rows() * s.i));
    const Values before = gate_up.values();
    const auto d_activated = filled<2>({s.rows(), f}, 99);
    const auto d_weights = filled<1>({s.rows()}, 99);
    const GroupedLinearBackwardInput input{.dy = dy, .offsets = offsets, .weight = down, .dx = d_activated};
    const SwiGluBackward through{.gate_up = gate_up,
                                 .dy = d_activated,
                                 .dgate_up = gate_up,
                                 .weights = weights,
                                 .order = order,
                                 .dweights = d_weights};
    run(stream(), input);
    run(stream(), through);
    const auto in_place = tensor<2>({s.rows(), s.o}, before);
    const auto other_weights = filled<1>({s.rows()}, 99);
    GroupedLinearBackwardInput back = input;
    back.then = through;
    back.then.gate_up = in_place;
    back.then.dgate_up = in_place;
    back.then.dweights = other_weights;
    run(stream(), back);
    EXPECT_EQ(in_place.values(), gate_up.values());
    EXPECT_EQ(other_weights.values(), d_weights.values());

    expect_rejected(both, "then", [&](auto& op) { op.then.gate_up = x; });
    const auto past_the_end = ints<1>({s.rows()}, Values(reversed.size(), 345));
    both.then.order = past_the_end;
    EXPECT_THROW(run(stream(), both), ShapeError);
    expect_rejected(back, "then", [&](auto& op) { op.then.dy = dy; });
}

TEST_P(GroupedLinear, RejectsAWrongShapeBeforeLaunch)
{
    const auto x = filled<2>({6, 37}, 1);
    const auto offsets = ints<1>({3}, {0, 2, 6});
    const auto weight = filled<3>({2, 11, 37}, 1);
    const auto y = filled<2>({6, 11}, 99);
    const GroupedLinearForward good{.x = x, .offsets = offsets, .weight = weight, .y = y};
    expect_rejected(good, "offsets", [&](auto& op) { op.offsets = ints<1>({2}, {0, 6}); });
    expect_rejected(good, "weight", [&](auto& op) { op.weight = filled<3>({2, 11, 36}, 1); });
    expect_rejected(good, "y", [&](auto& op) { op.y = filled<2>({6, 12}, 1); });
    expect_rejected(good, "x", [&](auto& op) { op.x = filled<2>({6, 40}, 1).view().columns(0, 37); });
    EXPECT_EQ(y.values(), Values(6 * 11, 99.0));

    const GroupedLinearBackwardInput input{.dy = y, .offsets = offsets, .weight = weight, .dx = filled<2>({6, 37}, 1)};
    expect_rejected(input, "weight", [&](auto& op) { op.weight = filled<3>({2, 12, 37}, 1); });
    expect_rejected(input, "dx", [&](auto& op) { op.dx = filled<2>({5, 37}, 1); });
    const GroupedLinearBackwardWeight gradient{
        .x = x, .dy = y, .offsets = offsets, .dweight = filled<3>({2, 11, 37}, 1)};
    expect_rejected(gradient, "dy", [&](auto& op) { op.dy = filled<2>({5, 11}, 1); });
    expect_rejected(gradient, "dweight", [&](auto& op) { op.dweight = filled<3>({2, 37, 11}, 1); });
}

TEST_P(GroupedLinear, RejectsOffsetsThatDoNotRiseFromZeroToTheNumberOfRows)
{
    const auto x = filled<2>({6, 4}, 1);
    const auto weight = filled<3>({2, 5, 4}, 1);
    const auto y = filled<2>({6, 5}, 99);
    for (const Values& bad : {Values{1, 2, 6}, Values{0, 7, 6}, Values{0, 2, 5}, Values{0, 2, 7}, Values{0, -1, 6}}) {
        const auto offsets = ints<1>({3}, bad);
        const GroupedLinearForward op{.x = x, .offsets = offsets, .weight = weight, .y = y};
        expect_rejected(op, "offsets", [](auto&) {});
    }
    EXPECT_EQ(y.values(), Values(6 * 5, 99.0));
}

} // namespace
} // namespace triptych::test
