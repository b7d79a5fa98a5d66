// Sums, copies and scaling, of whole matrices and of column slices.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/elementwise.h"
#include "tests/support/op_test.h"

namespace triptych::test {
namespace {

/// Sizes around the pieces that the work is cut into, and odd ones.
struct Size {
    std::int64_t rows, columns;
};
const std::vector<Size> kSizes = {{5, 37}, {1, 1}, {0, 37}, {4, 0}, {1, 16384}, {130, 257}, {3, 7168}};

class Elementwise : public OpTest<Add, Copy, Scale> {
protected:
    /// The value as the backend stores it.
    double rounded(double value) const
    {
        return dtype() == DType::F64 ? value : static_cast<double>(static_cast<float>(value));
    }
    Values sum(const Values& a, const Values& b) const
    {
        Values y;
        for (std::size_t i = 0; i < a.size(); ++i) y.push_back(rounded(a[i] + b[i]));
        return y;
    }

    void expect_copy(Size s, Layout from, Layout to)
    {
        const Values values = random(s.rows * s.columns);
        const auto x = tensor<2>({s.rows, s.columns}, values, from);
        const auto y = filled<2>({s.rows, s.columns}, 99, to);
        run(stream(), Copy{.x = x, .y = y});
        EXPECT_EQ(y.values(), values);
        const auto more = filled<2>({s.rows, s.columns}, 1, to);
        run(stream(), Copy{.x = x, .y = more, .mode = WriteMode::Accumulate});
        EXPECT_EQ(more.values(), sum(values, Values(values.size(), 1.0)));
        EXPECT_EQ(x.values(), values);
    }
    void expect_scale(Size s, Layout layout)
    {
        const Values values = random(s.rows * s.columns);
        const auto y = tensor<2>({s.rows, s.columns}, values, layout);
        run(stream(), Scale{.y = y, .factor = -0.3});
        Values expected;
        for (const double v : values) expected.push_back(rounded(rounded(-0.3) * v));
        EXPECT_EQ(y.values(), expected);
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Elementwise);

TEST_P(Elementwise, AddAddsElementByElement)
{
    for (const Size s : kSizes) {
        const Values a = random(s.rows * s.columns);
        const Values b = random(s.rows * s.columns);
        const auto ta = tensor<2>({s.rows, s.columns}, a, {1, 0}); // not aligned
        const auto tb = tensor<2>({s.rows, s.columns}, b);
        const auto y = filled<2>({s.rows, s.columns}, 99);
        run(stream(), Add{.a = ta, .b = tb, .y = y});
        EXPECT_EQ(y.values(), sum(a, b));
    }
}
TEST_P(Elementwise, AddMayWriteOverItsInputs)
{
    const Values a = random(40 * 1000);
    const Values b = random(40 * 1000);
    const auto first = tensor<2>({40, 1000}, a);
    const auto second = tensor<2>({40, 1000}, b);
    run(stream(), Add{.a = first, .b = second, .y = first});
    EXPECT_EQ(first.values(), sum(a, b));
    run(stream(), Add{.a = tensor<2>({40, 1000}, a), .b = second, .y = second});
    EXPECT_EQ(second.values(), sum(a, b));
    run(stream(), Add{.a = second, .b = second, .y = second});
    EXPECT_EQ(second.values(), sum(sum(a, b), sum(a, b)));
}
TEST_P(Elementwise, CopyCopiesOrAdds)
{
    for (const Size s : kSizes) expect_copy(s, {}, {});
}
TEST_P(Elementwise, CopyTakesColumnSlices)
{
    for (const Size s : kSizes) {
        expect_copy(s, {3, 5}, {});
        expect_copy(s, {}, {1, 2});
        expect_copy(s, {2, 64}, {5, 1});
    }
}
TEST_P(Elementwise, ScaleMultiplies)
{
    for (const Size s : kSizes) expect_scale(s, {});
}
TEST_P(Elementwise, ScaleTakesColumnSlices)
{
    for (const Size s : kSizes) expect_scale(s, {3, 7});
}
TEST_P(Elementwise, CopyMovesOneHalfOfAMatrixAndLeavesTheOther)
{
    const Values values = random(6 * 10);
    const auto whole = filled<2>({6, 20}, 7);
    run(stream(), Copy{.x = tensor<2>({6, 10}, values), .y = whole.view().columns(10, 10)});
    const auto result = whole.values();
    for (std::size_t n = 0; n < 6; ++n)
        for (std::size_t c = 0; c < 20; ++c) EXPECT_EQ(result[n * 20 + c], c < 10 ? 7 : values[n * 10 + c - 10]);
}

TEST_P(Elementwise, RejectsAWrongShapeBeforeLaunch)
{
    const auto a = filled<2>({4, 5}, 1);
    const auto y = filled<2>({4, 5}, 99);
    const auto wrong = filled<2>({4, 6}, 1);
    const auto gaps = filled<2>({4, 5}, 1, {0, 1});
    const Add add{.a = a, .b = a, .y = y};
    expect_rejected(add, "a", [&](auto& op) { op.a = ConstView<2>(nullptr, dtype(), {4, 5}); });
    expect_rejected(add, "b is", [&](auto& op) { op.b = wrong; });
    expect_rejected(add, "y is", [&](auto& op) { op.y = wrong; });
    expect_rejected(add, "b must be contiguous", [&](auto& op) { op.b = gaps; });
    const Copy copy{.x = a, .y = y};
    expect_rejected(copy, "x", [&](auto& op) { op.x = ConstView<2>(nullptr, dtype(), {4, 5}); });
    expect_rejected(copy, "y is", [&](auto& op) { op.y = wrong; });
    expect_rejected(copy, "y is", [&](auto& op) { op.y = ints<2>({4, 5}, Values(20, 1)); });
    expect_rejected(Scale{.y = y}, "y", [&](auto& op) { op.y = View<2>(nullptr, dtype(), {4, 5}); });
    EXPECT_EQ(y.values(), Values(20, 99.0));
}

} // namespace
} // namespace triptych::test
