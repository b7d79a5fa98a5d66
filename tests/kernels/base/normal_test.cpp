// Normal numbers by vectors are those of the definition, to the bit.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/normal.h"
#include "tests/support/row_test.h"

#include <cstring>
#include <limits>

namespace triptych {
namespace {

std::uint32_t bits_of(float value)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

class DrawNormal : public test::TargetTest {
protected:
    static void expect_definition(const Philox& random, std::uint64_t first, double scale, std::int64_t count)
    {
        test::GuardedRow<float> drawn(count, 1);
        draw_normal(random, first, scale, drawn.data(), count);
        for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i)
            ASSERT_EQ(bits_of(drawn.data()[i]), bits_of(static_cast<float>(scale * random.normal(first + i))))
                << "number " << first + i;
        EXPECT_TRUE(drawn.surroundings_are_intact());
    }
};
INSTANTIATE_TEST_SUITE_P(, DrawNormal, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), test::name_of_target);

TEST_P(DrawNormal, HasTheBitsOfTheDefinition)
{
    for (const std::uint64_t seed : {1, 2, 3}) expect_definition(Philox(seed, seed << 40), 0, 0.02, 200000);
}

TEST_P(DrawNormal, StartsAndEndsAnywhere)
{
    const Philox random(0x123456789ABCDEF0, 0x0FEDCBA987654321);
    for (std::int64_t count = 0; count < 40; ++count) expect_definition(random, 3, 1.0, count);
    expect_definition(random, (std::uint64_t{1} << 32) - 20, 1.0, 50);
    expect_definition(random, ~std::uint64_t{0} - 20, 1.0, 50);
}

TEST_P(DrawNormal, TakesAnyScale)
{
    const Philox random(5, 6);
    for (const double scale : {0.0, -0.5, 1e-40, 1e39, 1e308, std::numeric_limits<double>::infinity()})
        expect_definition(random, 0, scale, 1000);
}

} // namespace
} // namespace triptych
