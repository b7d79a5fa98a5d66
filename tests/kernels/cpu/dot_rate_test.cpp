// Which instruction multiplies bfloat16.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/dot_rate.h"

#include "kernels/base/device.h"

#include <gtest/gtest.h>

namespace triptych::cpu {
namespace {

// Results depend on the choice, so it must not be one of chance.
TEST(DotRate, IsJudgedAlikeEachTime)
{
    for (int i = 0; i < 20; ++i) EXPECT_EQ(time_dots(), dots_are_fast()) << "try " << i;
}

TEST(DotRate, IsNotThatOfAnInstructionThatIsMissing)
{
    EXPECT_LE(dots_are_fast(), has_bfloat16_products());
}

} // namespace
} // namespace triptych::cpu
