// The measured read rate: a number that a machine can have.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/read_bandwidth.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

TEST(ReadBandwidth, IsPlausibleForAnyNumberOfThreads)
{
    for (const int threads : {1, 3}) {
        const double rate = ReadBandwidth(threads).measure();
        EXPECT_GT(rate, 1e6) << "slower than any machine";
        EXPECT_LT(rate, 1e14) << "faster than any machine: the buffer was not read";
    }
}

} // namespace
} // namespace triptych
