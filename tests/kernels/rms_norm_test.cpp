// RMSNorm against its formula, finite differences, odd sizes and layouts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rms_norm.h"
#include "tests/support/op_test.h"

#include <cmath>

namespace triptych::test {
namespace {

constexpr double kEps = 1e-5;

class RmsNorm : public OpTest<RmsNormForward, RmsNormBackward> {
protected:
    struct Forward {
        Values y, rstd;
    };
    static Forward formula(const Values& x, const Values& gain)
    {
        const std::size_t columns = gain.size();
        Forward result;
        for (std::size_t n = 0; n < x.size() / columns; ++n) {
            double squares = 0;
            for (std::size_t c = 0; c < columns; ++c) squares += x[n * columns + c] * x[n * columns + c];
            const double rstd = 1 / std::sqrt(squares / static_cast<double>(columns) + kEps);
            result.rstd.push_back(rstd);
            for (std::size_t c = 0; c < columns; ++c) result.y.push_back(x[n * columns + c] * rstd * gain[c]);
        }
        return result;
    }

    void expect_forward(std::int64_t rows, std::int64_t columns, Layout x_layout = {}, Layout y_layout = {})
    {
        const Values x = random(rows * columns);
        const Values gain = random(columns);
        const auto tx = tensor<2>({rows, columns}, x, x_layout);
        const auto tgain = tensor<1>({columns}, gain);
        const auto y = filled<2>({rows, columns}, 99, y_layout);
        const auto rstd = filled<1>({rows}, 99);
        run(stream(), RmsNormForward{.x = tx, .gain = tgain, .eps = kEps, .y = y, .rstd = rstd});
        const auto expected = formula(x, gain);
        expect_close(y.values(), expected.y, tolerance().formula, "y");
        expect_close(rstd.values(), expected.rstd, tolerance().formula, "rstd");
    }

    /// f64 on the CPU
    Values oracle_forward(std::int64_t rows, std::int64_t columns, const Values& x, const Values& gain)
    {
        const auto tx = oracle_tensor<2>({rows, columns}, x);
        const auto tgain = oracle_tensor<1>({columns}, gain);
        const auto y = oracle_filled<2>({rows, columns}, 99);
        const auto rstd = oracle_filled<1>({rows}, 99);
        run(oracle(), RmsNormForward{.x = tx, .gain = tgain, .eps = kEps, .y = y, .rstd = rstd});
        return y.values();
    }

    struct Gradients {
        Values dx, dgain;
    };
    Gradients backward(Stream& on, std::int64_t rows, std::int64_t columns, const Values& x, const Values& gain,
                       const Values& dy, Layout layout = {})
    {
        const auto tx = tensor<2>({rows, columns}, x, layout);
        const auto tgain = tensor<1>({columns}, gain);
        const auto rstd = tensor<1>({rows}, formula(x, gain).rstd);
        const auto tdy = tensor<2>({rows, columns}, dy, layout);
        const auto dx = filled<2>({rows, columns}, 99, layout);
        const auto dgain = filled<1>({columns}, 1);
        run(on, RmsNormBackward{.x = tx, .gain = tgain, .rstd = rstd, .dy = tdy, .dx = dx, .dgain = dgain});
        return {dx.values(), dgain.values()};
    }

    void expect_backward(std::int64_t rows, std::int64_t columns, Layout layout = {})
    {
        const Values x = random(rows * columns);
        const Values gain = random(columns);
        const Values w = random(rows * columns); // L = sum w*y, so dy = w
        const auto actual = backward(stream(), rows, columns, x, gain, w, layout);
        const auto loss_of_x = [&](const Values& v) { return dot(w, oracle_forward(rows, columns, v, gain)); };
        const auto loss_of_gain = [&](const Values& v) { return dot(w, oracle_forward(rows, columns, x, v)); };
        expect_close(actual.dx, gradient(loss_of_x, x), tolerance().gradient, "dx");
        expect_close(actual.dgain, plus(1, gradient(loss_of_gain, gain)), tolerance().gradient, "dgain");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(RmsNorm);

TEST_P(RmsNorm, ForwardMatchesTheFormula)
{
    expect_forward(5, 37);
}
TEST_P(RmsNorm, ForwardHandlesOneRow)
{
    expect_forward(1, 64);
}
TEST_P(RmsNorm, ForwardHandlesNoRows)
{
    expect_forward(0, 37);
}
TEST_P(RmsNorm, ForwardHandlesRowsNarrowerThanAVector)
{
    expect_forward(4, 3);
}
TEST_P(RmsNorm, ForwardHandlesASingleColumn)
{
    expect_forward(4, 1);
}
TEST_P(RmsNorm, ForwardHandlesTheWidthOfDeepSeekV3)
{
    expect_forward(3, 7168);
}
TEST_P(RmsNorm, ForwardHandlesManyRows)
{
    expect_forward(300, 20);
}
TEST_P(RmsNorm, ForwardTakesColumnSlicesAndUnalignedMemory)
{
    expect_forward(6, 37, {1, 5}, {3, 2});
}

TEST_P(RmsNorm, BackwardMatchesFiniteDifferences)
{
    expect_backward(5, 37);
}
TEST_P(RmsNorm, BackwardMatchesFiniteDifferencesOverSeveralBlocksOfRows)
{
    expect_backward(40, 5);
}
TEST_P(RmsNorm, BackwardMatchesFiniteDifferencesForOneRow)
{
    expect_backward(1, 9);
}
TEST_P(RmsNorm, BackwardLeavesGradientsAloneWithoutRows)
{
    expect_backward(0, 9);
}
TEST_P(RmsNorm, BackwardTakesColumnSlicesAndUnalignedMemory)
{
    expect_backward(4, 19, {1, 5});
}

TEST_P(RmsNorm, BackwardGivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const std::int64_t rows = 700;
    const std::int64_t columns = 24;
    const Values x = random(rows * columns);
    const Values gain = random(columns);
    const Values dy = random(rows * columns);
    const auto first = backward(stream(), rows, columns, x, gain, dy);
    const auto again = backward(stream(), rows, columns, x, gain, dy);
    EXPECT_EQ(first.dx, again.dx);
    EXPECT_EQ(first.dgain, again.dgain);
    Stream one_thread(stream().device(), 1);
    const auto alone = backward(one_thread, rows, columns, x, gain, dy);
    EXPECT_EQ(first.dx, alone.dx);
    EXPECT_EQ(first.dgain, alone.dgain);
}

TEST_P(RmsNorm, AZeroRowStaysFinite)
{
    const auto x = filled<2>({2, 8}, 0);
    const auto gain = filled<1>({8}, 1);
    const auto y = filled<2>({2, 8}, 99);
    const auto rstd = filled<1>({2}, 99);
    run(stream(), RmsNormForward{.x = x, .gain = gain, .eps = 1e-6, .y = y, .rstd = rstd});
    EXPECT_EQ(y.values(), Values(16, 0.0));
    expect_close(rstd.values(), Values(2, 1000.0), tolerance().formula, "rstd");
}

TEST_P(RmsNorm, RejectsAWrongShapeBeforeLaunch)
{
    const auto x = filled<2>({5, 37}, 1);
    const auto gain = filled<1>({37}, 1);
    const auto y = filled<2>({5, 37}, 99);
    const auto rstd = filled<1>({5}, 99);
    const RmsNormForward good{.x = x, .gain = gain, .y = y, .rstd = rstd};
    expect_rejected(good, "gain", [&](auto& op) { op.gain = filled<1>({36}, 1); });
    expect_rejected(good, "y", [&](auto& op) { op.y = filled<2>({5, 36}, 1); });
    expect_rejected(good, "rstd", [&](auto& op) { op.rstd = filled<1>({4}, 1); });
    expect_rejected(good, "x", [&](auto& op) { op.x = ConstView<2>(nullptr, dtype(), {5, 37}); });
    expect_rejected(good, "eps", [&](auto& op) { op.eps = -1; });
    expect_rejected(good, "gain", [&](auto& op) { op.gain = ints<1>({37}, Values(37, 1)); });
    expect_rejected(RmsNormForward{}, "columns", [&](auto&) {});
    EXPECT_EQ(y.values(), Values(5 * 37, 99.0));
}

TEST_P(RmsNorm, RejectsAWrongShapeBeforeTheBackwardLaunch)
{
    const auto x = filled<2>({5, 37}, 1);
    const auto gain = filled<1>({37}, 1);
    const auto rstd = filled<1>({5}, 1);
    const auto dx = filled<2>({5, 37}, 99);
    const auto dgain = filled<1>({37}, 1);
    const RmsNormBackward good{.x = x, .gain = gain, .rstd = rstd, .dy = x, .dx = dx, .dgain = dgain};
    expect_rejected(good, "gain", [&](auto& op) { op.gain = rstd; });
    expect_rejected(good, "rstd", [&](auto& op) { op.rstd = gain; });
    expect_rejected(good, "dy", [&](auto& op) { op.dy = filled<2>({4, 37}, 1); });
    expect_rejected(good, "dx", [&](auto& op) { op.dx = filled<2>({5, 38}, 1); });
    expect_rejected(good, "dgain", [&](auto& op) { op.dgain = rstd; });
    EXPECT_EQ(dx.values(), Values(5 * 37, 99.0));
}

TEST(RmsNormOnTheCpu, RefusesElementTypesItDoesNotKnow)
{
    Stream stream({}, 1);
    DeviceBuffer memory({}, 64);
    const View<2> x(memory.data(), DType::F16, {1, 4});
    const View<1> v(memory.data(), DType::F16, {4});
    try {
        run(stream, RmsNormForward{.x = x, .gain = v, .y = x, .rstd = View<1>(memory.data(), DType::F16, {1})});
        FAIL() << "F16 was accepted";
    } catch (const UnsupportedError& error) {
        EXPECT_NE(std::string(error.what()).find("rms_norm_forward: element type F16"), std::string::npos);
    }
}

} // namespace
} // namespace triptych::test
