// The memory of this machine and of this process is known and plausible.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/system_memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace triptych {
namespace {

TEST(SystemMemory, IsMoreThanThisTestUsesAndLessThanAnyMachineHas)
{
    EXPECT_GT(system_memory_bytes(), std::int64_t{1} << 26);
    EXPECT_LT(system_memory_bytes(), std::int64_t{1} << 50);
}

TEST(SystemMemory, OfThisProcessGrowsWithWhatItTouches)
{
    constexpr std::size_t kBytes = std::size_t{64} << 20;
    const std::int64_t before = page_faults();
    std::vector<char> touched(kBytes, 'x');
    EXPECT_EQ(touched[kBytes / 2], 'x');
    EXPECT_GE(peak_resident_bytes(), static_cast<std::int64_t>(kBytes));
    EXPECT_LE(peak_resident_bytes(), system_memory_bytes());
    EXPECT_GT(page_faults(), before);
}

} // namespace
} // namespace triptych
