// The sum of squares: exact where it can be, and wide enough for the smallest and largest gradients.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/reduce.h"
#include "tests/support/op_test.h"

#include <cmath>

namespace triptych::test {
namespace {

class Reduce : public OpTest<SumOfSquares> {
protected:
    double sum_of_squares(Stream& on, const Values& values, Layout layout = {})
    {
        const auto x = tensor<1>({static_cast<std::int64_t>(values.size())}, values, layout);
        const Tensor<1> result(stream(), DType::F64, {1}, {99}, {});
        run(on, SumOfSquares{.x = x, .result = result});
        return result.values()[0];
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Reduce);

TEST_P(Reduce, SumsTheSquaresInDouble)
{
    for (const std::int64_t n : {0, 1, 3, 37, 1000, 65536, 65537, 200003}) {
        const Values values = random(n);
        long double expected = 0;
        for (const double v : values) expected += static_cast<long double>(v) * v;
        EXPECT_NEAR(sum_of_squares(stream(), values, {1, 0}), static_cast<double>(expected),
                    1e-13 * static_cast<double>(expected))
            << n << " values";
    }
}
TEST_P(Reduce, SquaresThatFloatCannotHoldAreKept)
{
    const auto exact = [](float v) { return static_cast<double>(v) * static_cast<double>(v); };
    EXPECT_DOUBLE_EQ(sum_of_squares(stream(), Values(10, static_cast<double>(1e-30F))), 10 * exact(1e-30F));
    EXPECT_DOUBLE_EQ(sum_of_squares(stream(), Values(10, static_cast<double>(1e30F))), 10 * exact(1e30F));
}
TEST_P(Reduce, BrokenValuesShow)
{
    Values values(100000, 1.0);
    values[70000] = std::nan("");
    EXPECT_TRUE(std::isnan(sum_of_squares(stream(), values)));
    values[70000] = -std::numeric_limits<double>::infinity();
    EXPECT_TRUE(std::isinf(sum_of_squares(stream(), values)));
}
TEST_P(Reduce, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const Values values = random(300001);
    const double first = sum_of_squares(stream(), values);
    EXPECT_EQ(sum_of_squares(stream(), values), first);
    for (const int threads : {1, 3}) {
        Stream other(stream().device(), threads);
        EXPECT_EQ(sum_of_squares(other, values), first);
    }
}
TEST_P(Reduce, RejectsAWrongShapeBeforeLaunch)
{
    const auto x = filled<1>({4}, 1);
    const Tensor<1> result(stream(), DType::F64, {1}, {99}, {});
    const SumOfSquares good{.x = x, .result = result};
    expect_rejected(good, "x", [&](auto& op) { op.x = ConstView<1>(nullptr, dtype(), {4}); });
    expect_rejected(good, "result", [&](auto& op) { op.result = View<1>(result.view().raw(), DType::F32, {1}); });
    expect_rejected(good, "result", [&](auto& op) { op.result = View<1>(result.view().raw(), DType::F64, {2}); });
    expect_rejected(good, "x must be contiguous",
                    [&](auto& op) { op.x = ConstView<1>(x.view().raw(), dtype(), {2}, 2); });
    EXPECT_EQ(result.values(), Values{99});
}

} // namespace
} // namespace triptych::test
