// SwiGLU against its formula and finite differences, and at gates where exponentials overflow.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/swiglu.h"
#include "tests/support/op_test.h"

#include <cmath>

namespace triptych::test {
namespace {

class SwiGlu : public OpTest<SwiGluForward, SwiGluBackward> {
protected:
    static double silu(double g) { return g / (1 + std::exp(-g)); }

    void expect_forward(std::int64_t n, std::int64_t f, Layout layout = {})
    {
        const Values gate_up = random(n * 2 * f, -3, 3);
        const auto in = tensor<2>({n, 2 * f}, gate_up, layout);
        const auto y = filled<2>({n, f}, 99, layout);
        run(stream(), SwiGluForward{.gate_up = in, .y = y});
        Values expected;
        for (std::int64_t row = 0; row < n; ++row)
            for (std::int64_t c = 0; c < f; ++c)
                expected.push_back(silu(gate_up[static_cast<std::size_t>(row * 2 * f + c)]) *
                                   gate_up[static_cast<std::size_t>(row * 2 * f + f + c)]);
        expect_close(y.values(), expected, tolerance().formula, "y");
    }

    Values oracle_forward(std::int64_t n, std::int64_t f, const Values& gate_up)
    {
        const auto in = oracle_tensor<2>({n, 2 * f}, gate_up);
        const auto y = oracle_filled<2>({n, f}, 99);
        run(oracle(), SwiGluForward{.gate_up = in, .y = y});
        return y.values();
    }

    void expect_backward(std::int64_t n, std::int64_t f, Layout layout = {})
    {
        const Values gate_up = random(n * 2 * f, -3, 3);
        const Values w = random(n * f);
        const auto in = tensor<2>({n, 2 * f}, gate_up, layout);
        const auto dy = tensor<2>({n, f}, w, layout);
        const auto out = filled<2>({n, 2 * f}, 99, layout);
        run(stream(), SwiGluBackward{.gate_up = in, .dy = dy, .dgate_up = out});
        const auto loss = [&](const Values& v) { return dot(w, oracle_forward(n, f, v)); };
        expect_close(out.values(), gradient(loss, gate_up), tolerance().gradient, "dgate_up");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(SwiGlu);

TEST_P(SwiGlu, ForwardMatchesTheFormula)
{
    expect_forward(5, 37);
}
TEST_P(SwiGlu, ForwardHandlesRowsNarrowerThanAVector)
{
    expect_forward(5, 3);
}
TEST_P(SwiGlu, ForwardHandlesNoRows)
{
    expect_forward(0, 37);
}
TEST_P(SwiGlu, ForwardHandlesOneRow)
{
    expect_forward(1, 64);
}
TEST_P(SwiGlu, ForwardHandlesManyRows)
{
    expect_forward(300, 100);
}
TEST_P(SwiGlu, ForwardTakesUnalignedMemory)
{
    expect_forward(5, 37, {1, 0});
}

TEST_P(SwiGlu, BackwardMatchesFiniteDifferences)
{
    expect_backward(3, 37);
}
TEST_P(SwiGlu, BackwardHandlesNoRows)
{
    expect_backward(0, 37);
}
TEST_P(SwiGlu, BackwardTakesUnalignedMemory)
{
    expect_backward(3, 5, {3, 0});
}

TEST_P(SwiGlu, BackwardMayOverwriteItsInput)
{
    const Values gate_up = random(4 * 2 * 37, -3, 3);
    const auto dy = tensor<2>({4, 37}, random(4 * 37));
    const auto apart = tensor<2>({4, 74}, gate_up);
    const auto out = filled<2>({4, 74}, 99);
    const auto shared = tensor<2>({4, 74}, gate_up);
    run(stream(), SwiGluBackward{.gate_up = apart, .dy = dy, .dgate_up = out});
    run(stream(), SwiGluBackward{.gate_up = shared, .dy = dy, .dgate_up = shared});
    EXPECT_EQ(shared.values(), out.values());
    EXPECT_EQ(apart.values(), gate_up);
}

TEST_P(SwiGlu, StaysFiniteForLargeGates)
{
    const auto in = tensor<2>({1, 8}, {-1e4, -200, 200, 1e4, 2, 2, 2, 2}); // gates, then ups
    const auto y = filled<2>({1, 4}, 99);
    const auto dy = filled<2>({1, 4}, 1);
    const auto out = filled<2>({1, 8}, 99);
    run(stream(), SwiGluForward{.gate_up = in, .y = y});
    run(stream(), SwiGluBackward{.gate_up = in, .dy = dy, .dgate_up = out});
    expect_close(y.values(), {0, 0, 400, 2e4}, tolerance().formula, "y");
    expect_close(out.values(), {0, 0, 2, 2, 0, 0, 200, 1e4}, tolerance().formula, "dgate_up");
}

TEST_P(SwiGlu, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const auto in = tensor<2>({200, 2 * 150}, random(200 * 2 * 150, -3, 3));
    const auto results = [&](Stream& on) {
        const auto y = filled<2>({200, 150}, 99);
        run(on, SwiGluForward{.gate_up = in, .y = y});
        on.synchronize();
        return y.values();
    };
    const Values first = results(stream());
    EXPECT_EQ(first, results(stream()));
    Stream one_thread(stream().device(), 1);
    EXPECT_EQ(first, results(one_thread));
}

TEST_P(SwiGlu, RejectsAWrongShapeBeforeLaunch)
{
    const auto gate_up = filled<2>({5, 74}, 1);
    const auto y = filled<2>({5, 37}, 99);
    const SwiGluForward good{.gate_up = gate_up, .y = y};
    expect_rejected(good, "gate_up", [&](auto& op) { op.gate_up = filled<2>({5, 73}, 1); });
    expect_rejected(good, "gate_up", [&](auto& op) { op.gate_up = filled<2>({5, 80}, 1).view().columns(0, 74); });
    expect_rejected(good, "y", [&](auto& op) { op.y = View<2>(nullptr, dtype(), {5, 37}); });
    EXPECT_EQ(y.values(), Values(5 * 37, 99.0));
    const SwiGluBackward backward{.gate_up = gate_up, .dy = y, .dgate_up = filled<2>({5, 74}, 1)};
    expect_rejected(backward, "gate_up", [&](auto& op) { op.gate_up = filled<2>({4, 74}, 1); });
    expect_rejected(backward, "dgate_up", [&](auto& op) { op.dgate_up = filled<2>({5, 37}, 1); });
    expect_rejected(backward, "dy", [&](auto& op) { op.dy = ConstView<2>(nullptr, dtype(), {5, 37}); });
}

} // namespace
} // namespace triptych::test
