// Rows of whole ops on every vector width of this CPU against double, at every length around a vector, at odd
// addresses, and without a touch beyond the ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/fused_rows.h"
#include "tests/support/row_test.h"

#include <limits>

namespace triptych::cpu {
namespace {

using test::GuardedRow;

class FusedRows : public test::TargetTest {
protected:
    template <class Test>
    static void for_lengths(Test&& test)
    {
        for (std::int64_t n = 0; n < 70; ++n) test(n);
        test(1000);
    }
    /// Within the rounding of T; bfloat16 has 8 bits.
    template <class T>
    static void expect_equal(GuardedRow<T>& actual, const std::vector<double>& expected, const char* what)
    {
        const double bound = sizeof(T) == sizeof(float) ? 2e-6 : 5e-3;
        const auto values = actual.wide();
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NEAR(values[i], expected[i], bound * (0.1 + std::abs(expected[i])))
                << what << "[" << i << "] of " << expected.size();
        ASSERT_TRUE(actual.surroundings_are_intact()) << what << " of " << expected.size();
    }
    template <class Row>
    static void compute(const Row& row)
    {
        row_function<Row>()(row);
    }
};
INSTANTIATE_TEST_SUITE_P(, FusedRows, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), test::name_of_target);

template <class T>
struct SiluInputs {
    explicit SiluInputs(std::int64_t n) : gate(n, 1), up(n, 2), dy(n, 3) {}
    GuardedRow<T> gate, up, dy;
    std::vector<double> wide_gate = gate.wide(), wide_up = up.wide(), wide_dy = dy.wide();
};

template <class T>
void expect_silu(std::int64_t n, auto&& compute, auto&& expect_equal)
{
    SiluInputs<T> in(n);
    GuardedRow<T> y(n, 4), dgate(n, 5), dup(n, 6);
    std::vector<double> wide_y(static_cast<std::size_t>(n)), wide_dgate = wide_y, wide_dup = wide_y;
    float dfactor = 99;
    double wide_dfactor = 99;
    const double factor = static_cast<double>(0.7F);
    compute(SiluRow<T>{0.7F, in.gate.data(), in.up.data(), y.data(), n});
    compute(SiluRow<double>{factor, in.wide_gate.data(), in.wide_up.data(), wide_y.data(), n});
    expect_equal(y, wide_y, "y");
    compute(
        SiluGradientRow<T>{0.7F, in.gate.data(), in.up.data(), in.dy.data(), dgate.data(), dup.data(), &dfactor, n});
    compute(SiluGradientRow<double>{factor, in.wide_gate.data(), in.wide_up.data(), in.wide_dy.data(),
                                    wide_dgate.data(), wide_dup.data(), &wide_dfactor, n});
    expect_equal(dgate, wide_dgate, "dgate");
    expect_equal(dup, wide_dup, "dup");
    const double bound = sizeof(T) == sizeof(float) ? 1e-6 : 3e-4;
    EXPECT_NEAR(static_cast<double>(dfactor), wide_dfactor, bound * static_cast<double>(n + 1));
}

TEST_P(FusedRows, SiluAndItsGradientMatchDouble)
{
    const auto on_row = [](const auto& row) { compute(row); };
    const auto equal = [](auto& row, const auto& expected, const char* what) { expect_equal(row, expected, what); };
    for_lengths([&](std::int64_t n) {
        expect_silu<float>(n, on_row, equal);
        expect_silu<bfloat16>(n, on_row, equal);
    });
}

TEST_P(FusedRows, SiluSaturatesAndHandsNanOn)
{
    const auto expect = [](auto zero) {
        using T = decltype(zero);
        const T gate[] = {T(-1e4F), T(-100.0F), T(0.0F), T(100.0F), T(1e4F), T(std::nanf(""))};
        const T up[] = {T(1.0F), T(1.0F), T(1.0F), T(1.0F), T(1.0F), T(1.0F)};
        T y[6], dgate[6], dup[6];
        compute(SiluRow<T>{1, gate, up, y, 6});
        compute(SiluGradientRow<T>{1, gate, up, up, dgate, dup, nullptr, 6});
        const float slopes[] = {0, 0, 0.5F, 1, 1};
        for (int i = 0; i < 5; ++i) {
            const float silu = i < 2 ? 0 : static_cast<float>(gate[i]);
            EXPECT_NEAR(static_cast<float>(y[i]), silu, silu * 1e-3F + 1e-35F) << i;
            EXPECT_NEAR(static_cast<float>(dup[i]), silu, silu * 1e-3F + 1e-35F) << i;
            EXPECT_NEAR(static_cast<float>(dgate[i]), slopes[i], slopes[i] * 5e-3F + 1e-35F) << i;
        }
        EXPECT_TRUE(std::isnan(static_cast<float>(y[5])));
        EXPECT_TRUE(std::isnan(static_cast<float>(dgate[5])));
        EXPECT_TRUE(std::isnan(static_cast<float>(dup[5])));
    };
    expect(float());
    expect(bfloat16());
}

template <class X, class Y>
void expect_norm(std::int64_t n, auto&& compute, auto&& expect_equal)
{
    if (n == 0) return; // a row has columns
    GuardedRow<X> x(n, 1);
    GuardedRow<float> gain(n, 2);
    GuardedRow<Y> y(n, 3);
    auto wide_x = x.wide(), wide_gain = gain.wide(), wide_y = y.wide();
    float rstd = 99;
    double wide_rstd = 99;
    compute(RmsNormRow<X, Y>{x.data(), gain.data(), 0.5F, y.data(), &rstd, n});
    compute(RmsNormRow<double>{wide_x.data(), wide_gain.data(), 0.5, wide_y.data(), &wide_rstd, n});
    EXPECT_NEAR(static_cast<double>(rstd), wide_rstd, 1e-6) << n;
    expect_equal(y, wide_y, "y");
}

TEST_P(FusedRows, RmsNormMatchesDouble)
{
    const auto on_row = [](const auto& row) { compute(row); };
    const auto equal = [](auto& row, const auto& expected, const char* what) { expect_equal(row, expected, what); };
    for_lengths([&](std::int64_t n) {
        expect_norm<float, float>(n, on_row, equal);
        expect_norm<float, bfloat16>(n, on_row, equal);
        expect_norm<bfloat16, bfloat16>(n, on_row, equal);
    });
}

enum class Extras { None, AddendAndRounded, InPlaceOfTheAddend };

template <class X, class D>
void expect_norm_gradient(std::int64_t n, Extras extras, auto&& compute, auto&& expect_equal)
{
    GuardedRow<X> x(n, 1);
    GuardedRow<float> gain(n, 2), dgain(n, 3);
    GuardedRow<D> dy(n, 4), addend(n, 5), dx(n, 6);
    GuardedRow<bfloat16> rounded(n, 7);
    auto wide_x = x.wide(), wide_gain = gain.wide(), wide_dgain = dgain.wide(), wide_dy = dy.wide(),
         wide_addend = addend.wide(), wide_dx = dx.wide();
    const bool adds = extras != Extras::None;
    const bool rounds = std::is_same_v<D, float> && extras == Extras::AddendAndRounded;
    GuardedRow<D>& out = extras == Extras::InPlaceOfTheAddend ? addend : dx;
    compute(RmsNormGradientRow<X, D>{x.data(), gain.data(), 0.75F, dy.data(), adds ? addend.data() : nullptr,
                                     out.data(), rounds ? rounded.data() : nullptr, dgain.data(), n});
    compute(RmsNormGradientRow<double>{wide_x.data(), wide_gain.data(), 0.75, wide_dy.data(),
                                       adds ? wide_addend.data() : nullptr, wide_dx.data(), nullptr, wide_dgain.data(),
                                       n});
    expect_equal(dgain, wide_dgain, "dgain");
    if (rounds) { // of the float that stands in dx, and to the bit
        for (std::int64_t i = 0; i < n; ++i)
            ASSERT_EQ(rounded.data()[i].bits, bfloat16(static_cast<float>(dx.data()[i])).bits) << i << " of " << n;
        ASSERT_TRUE(rounded.surroundings_are_intact());
    }
    expect_equal(out, wide_dx, "dx");
}

TEST_P(FusedRows, RmsNormGradientMatchesDouble)
{
    const auto on_row = [](const auto& row) { compute(row); };
    const auto equal = [](auto& row, const auto& expected, const char* what) { expect_equal(row, expected, what); };
    for (const Extras extras : {Extras::None, Extras::AddendAndRounded, Extras::InPlaceOfTheAddend})
        for_lengths([&](std::int64_t n) {
            expect_norm_gradient<float, float>(n, extras, on_row, equal);
            expect_norm_gradient<bfloat16, float>(n, extras, on_row, equal);
            expect_norm_gradient<bfloat16, bfloat16>(n, extras, on_row, equal);
        });
}

TEST_P(FusedRows, ChosenRowsAreAddedInRisingOrder)
{
    const auto expect = [](auto zero, std::int64_t n, std::int64_t count, WriteMode mode) {
        using T = decltype(zero);
        GuardedRow<T> rows(5 * n, 1);
        GuardedRow<float> y(n, 2);
        const std::int32_t which[] = {3, 0, 4, 1, 3};
        std::vector<float> expected(y.data(), y.data() + n);
        if (mode == WriteMode::Overwrite) expected.assign(static_cast<std::size_t>(n), 0.0F);
        for (std::int64_t k = 0; k < count; ++k)
            for (std::int64_t i = 0; i < n; ++i)
                expected[static_cast<std::size_t>(i)] += static_cast<float>(rows.data()[which[k] * n + i]);
        compute(SumOfRows<T>{rows.data(), which, count, mode, y.data(), n});
        ASSERT_EQ(std::vector<float>(y.data(), y.data() + n), expected) << n;
        ASSERT_TRUE(y.surroundings_are_intact()) << n;
    };
    for_lengths([&](std::int64_t n) {
        for (const std::int64_t count : {0, 1, 5})
            for (const WriteMode mode : {WriteMode::Overwrite, WriteMode::Accumulate}) {
                expect(float(), n, count, mode);
                expect(bfloat16(), n, count, mode);
            }
    });
}

TEST_P(FusedRows, TurnedHeadsMatchDoubleAndLeaveAloneWhatLiesBetweenThem)
{
    const auto expect = [](auto zero, std::int64_t n) {
        using T = decltype(zero);
        constexpr std::int64_t kHeads = 3;
        const std::int64_t stride = n + 5;
        GuardedRow<T> x(kHeads * stride, 1);
        GuardedRow<float> angles(n, 2);
        auto wide_x = x.wide(), wide_angles = angles.wide();
        compute(TurnedHeads<T>{-1, angles.data(), x.data() + 5, kHeads, stride, n});
        compute(TurnedHeads<double>{-1, wide_angles.data(), wide_x.data() + 5, kHeads, stride, n});
        expect_equal(x, wide_x, "x");
        const auto before = GuardedRow<T>(kHeads * stride, 1).wide(), after = x.wide();
        for (std::int64_t h = 0; h < kHeads; ++h)
            for (std::int64_t i = h * stride; i < h * stride + 5; ++i)
                ASSERT_EQ(after[static_cast<std::size_t>(i)], before[static_cast<std::size_t>(i)]) << i;
    };
    for (std::int64_t n = 0; n < 140; n += 2) {
        expect(float(), n);
        expect(bfloat16(), n);
    }
}

} // namespace
} // namespace triptych::cpu
