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

} // namespace
} // namespace triptych::cpu
