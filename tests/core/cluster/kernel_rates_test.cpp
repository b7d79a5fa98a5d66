// Kernel times against what was measured, and against what waves and fits must do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/kernel_rates.h"
#include "tests/core/cluster/request.h"

namespace triptych::test {
namespace {

KernelRates whole(const Gpu& gpu)
{
    return KernelRates(gpu, gpu.multiprocessors);
}

TEST(KernelRates, AreWithinThreePercentOfEveryMeasuredProduct)
{
    const KernelRates rates = whole(gpu_named("h800"));
    for (const MeasuredProduct& p : measured_products()) {
        const double flop = 2 * p.groups * p.rows * p.columns * p.k;
        const double tflops = flop / rates.product_seconds(TrainFormat::Fp8, p.groups, p.rows, p.columns, p.k) / 1e12;
        EXPECT_NEAR(tflops / p.tflops, 1, 0.03) << p.columns << " x " << p.k;
    }
}

TEST(KernelRates, AreWithinSixPercentOfEveryMeasuredAttention)
{
    const KernelRates rates = whole(gpu_named("h100"));
    for (const MeasuredAttention& a : measured_attention()) {
        const double forward = 1 / rates.attention_forward_seconds(1e12, a.sequence_length);
        EXPECT_NEAR(forward / a.forward_tflops, 1, 0.06) << a.sequence_length;
        // Measured without a mask, which costs a tenth.
        const double backward = 1 / rates.attention_backward_seconds(1e12, a.sequence_length);
        EXPECT_NEAR(backward / a.backward_tflops, 579.0 / 638.0, 0.06) << a.sequence_length;
    }
}

TEST(KernelRates, ABegunWaveTakesAsLongAsAFullOne)
{
    const KernelRates rates = whole(gpu_named("h800")); // 132 multiprocessors
    const auto seconds = [&](double tiles) {
        return rates.product_seconds(TrainFormat::Fp8, 1, 128 * tiles, 128, 4096);
    };
    EXPECT_NEAR(seconds(1), seconds(132), 1e-12 * seconds(132));
    EXPECT_NEAR(seconds(133), 2 * seconds(132), 1e-12);
    EXPECT_NEAR(rates.product_seconds(TrainFormat::Fp8, 1, 100, 128, 4096), seconds(1), 1e-12 * seconds(1));
}

TEST(KernelRates, HalfTheMultiprocessorsTakeTwiceTheTime)
{
    const Gpu gpu = gpu_named("h800");
    const KernelRates half(gpu, 66);
    const double full_waves = whole(gpu).product_seconds(TrainFormat::Bf16, 1, 128 * 132, 128, 1024);
    EXPECT_NEAR(half.product_seconds(TrainFormat::Bf16, 1, 128 * 132, 128, 1024), 2 * full_waves, 1e-12);
    EXPECT_NEAR(half.attention_forward_seconds(1e12, 4096), 2 * whole(gpu).attention_forward_seconds(1e12, 4096),
                1e-12);
    EXPECT_EQ(half.memory_seconds(1e9), whole(gpu).memory_seconds(1e9));
}

TEST(KernelRates, LongerInnerDimensionsComeNearerToThePeak)
{
    const Saturation s = product_saturation();
    EXPECT_GT(s.limit, 0.5);
    EXPECT_LT(s.limit, 1.0);
    EXPECT_NEAR(s.at(s.half), s.limit / 2, 1e-12);
    // The time to fill and drain a tile does not depend on the format, so BF16 loses half as much by it.
    const KernelRates rates = whole(gpu_named("h800"));
    const auto gain = [&](double k) {
        return rates.product_seconds(TrainFormat::Bf16, 1, 4096, 7168, k) /
               rates.product_seconds(TrainFormat::Fp8, 1, 4096, 7168, k);
    };
    EXPECT_LT(gain(512), gain(4096));
    EXPECT_LT(gain(4096), 2);
    EXPECT_GT(gain(512), 1);
}

} // namespace
} // namespace triptych::test
