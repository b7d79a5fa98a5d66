// The memory of this machine is known and plausible.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/system_memory.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

TEST(SystemMemory, IsMoreThanThisTestUsesAndLessThanAnyMachineHas)
{
    EXPECT_GT(system_memory_bytes(), std::int64_t{1} << 26);
    EXPECT_LT(system_memory_bytes(), std::int64_t{1} << 50);
}

} // namespace
} // namespace triptych
