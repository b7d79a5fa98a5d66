// The model on whose published training the planner is calibrated.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/calibration.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TEST(Calibration, KnowsTheDenseModels)
{
    EXPECT_NEAR(llama_405b().parameters(), 405.8e9, 0.1e9);
    EXPECT_NEAR(qwen_72b().parameters(), 72.7e9, 0.1e9);
    EXPECT_EQ(llama_405b().cache_bytes_per_token(), 516096);
    EXPECT_EQ(qwen_72b().cache_bytes_per_token(), 327680);
}

TEST(Calibration, ReturnsTheFigureItWasFittedTo)
{
    EXPECT_NEAR(dense_tflops(llama_on_16384(), kernel_share()), 400, 1e-9);
    EXPECT_GT(kernel_share(), 0.6);
    EXPECT_LT(kernel_share(), 0.9);
}

TEST(Calibration, FullerKernelsAndLongerStepsAreFaster)
{
    EXPECT_GT(dense_tflops(llama_on_16384(), 0.9), dense_tflops(llama_on_16384(), 0.7));
    EXPECT_GT(dense_tflops(llama_on_8192(), 0.7), dense_tflops(llama_on_16384(), 0.7));
}

} // namespace
} // namespace triptych::test
