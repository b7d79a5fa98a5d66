// Rotary tables and YaRN against numbers of NumPy (tests/golden/ops/yarn.safetensors) and the report's own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "core/model/rope_table.h"
#include "tests/support/golden.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych::test {
namespace {

ModelConfig deepseek_v3()
{
    return load_model_config("deepseek-v3").value();
}

TEST(RopeTable, YarnOfDeepSeekV3HasTheFrequenciesAndTheScaleOfTheReference)
{
    const GoldenFile golden(golden_folder("ops") / "yarn.safetensors");
    ModelConfig config = deepseek_v3();
    for (const bool yarn : {true, false}) {
        const std::string prefix = yarn ? "" : "plain.";
        if (!yarn) config.rope_scaling.reset();
        const auto frequencies = rope_inverse_frequencies(config);
        const auto expected = golden.doubles(prefix + "inv_freq");
        ASSERT_EQ(frequencies.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            EXPECT_NEAR(frequencies[i] / expected[i], 1, 1e-6) << prefix << i;
        EXPECT_NEAR(softmax_scale(config), golden.doubles(prefix + "softmax_scale")[0], 1e-8);
        EXPECT_EQ(rope_amplitude(config), 1) << "mscale and mscale_all_dim are the same";
    }
    EXPECT_NEAR(softmax_scale(deepseek_v3()), 0.135234, 5e-7) << "1 / sqrt(192) times 1.3689 squared";
}

TEST(RopeTable, HoldsCosineAndSineOfEveryPosition)
{
    const GoldenFile golden(golden_folder("ops") / "yarn.safetensors");
    const auto positions = golden.integers("positions");
    const auto expected = golden.doubles("cos_sin");
    for (const DType dtype : {DType::F64, DType::F32}) {
        const RopeTable table(deepseek_v3(), dtype, positions.back() + 1);
        EXPECT_EQ(table.positions(), positions.back() + 1);
        const auto at = [&](std::int64_t i) {
            return dtype == DType::F64 ? table.cos_sin().as<double>()[i]
                                       : static_cast<double>(table.cos_sin().as<float>()[i]);
        };
        double worst = 0;
        for (std::size_t p = 0; p < positions.size(); ++p)
            for (std::int64_t i = 0; i < 64; ++i)
                worst = std::max(worst,
                                 std::abs(at(positions[p] * 64 + i) - expected[p * 64 + static_cast<std::size_t>(i)]));
        EXPECT_LT(worst, 1e-7) << "the table is computed in f64 and rounded once, far positions too";
    }
}

TEST(RopeTable, DifferentScalesOfRotationAndTemperatureMultiplyTheTable)
{
    ModelConfig config = tiny_config();
    config.rope_scaling = YarnConfig{};
    config.rope_scaling->mscale_all_dim = 0.707;
    const double m = 0.1 * std::log(40.0);
    EXPECT_NEAR(rope_amplitude(config), (m + 1) / (0.707 * m + 1), 1e-12);
    EXPECT_NEAR(softmax_scale(config), std::pow(0.707 * m + 1, 2) / std::sqrt(10.0), 1e-12);
    config.rope_scaling->mscale_all_dim = 0;
    EXPECT_NEAR(rope_amplitude(config), m + 1, 1e-12);
    EXPECT_NEAR(softmax_scale(config), 1 / std::sqrt(10.0), 1e-12);
    config.rope_scaling.reset();
    EXPECT_EQ(rope_amplitude(config), 1);
}

} // namespace
} // namespace triptych::test
