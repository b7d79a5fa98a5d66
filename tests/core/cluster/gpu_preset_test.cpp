// GPU files: what ships is complete, and what is broken is named.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/gpu_preset.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace triptych::test {
namespace {

TEST(GpuPreset, EveryShippedFileSaysWhereEachFigureComesFrom)
{
    const auto names = list_gpu_presets();
    for (const char* name : {"h800", "h100", "h200", "h20", "b200"})
        EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
    for (const std::string& name : names) {
        const auto gpu = load_gpu(name);
        ASSERT_TRUE(gpu.ok()) << gpu.error().what;
        EXPECT_EQ(gpu->name, name);
        EXPECT_EQ(gpu->figures.size(), 9U);
        for (const auto& [key, figure] : gpu->figures) {
            EXPECT_GT(figure.value, 0) << name << ' ' << key;
            EXPECT_FALSE(figure.unit.empty() || figure.source.empty() || figure.date.empty()) << name << ' ' << key;
        }
        EXPECT_EQ(gpu->fp8_flops, 2 * gpu->bf16_flops) << name;
        EXPECT_GE(gpu->memory_bytes, 80e9) << name;
        EXPECT_GT(gpu->nvlink_bandwidth, gpu->network_bandwidth) << name;
    }
}

TEST(GpuPreset, TheH800HasTheH100sSpeedAndLessNvlink)
{
    const auto h800 = load_gpu("h800");
    const auto h100 = load_gpu("h100");
    ASSERT_TRUE(h800.ok() && h100.ok());
    EXPECT_EQ(h800->bf16_flops, h100->bf16_flops);
    EXPECT_EQ(h800->nvlink_bandwidth, 200e9);
    EXPECT_EQ(h100->nvlink_bandwidth, 450e9);
    EXPECT_EQ(h800->domain, 8);
    EXPECT_EQ(h800->usd_per_hour, 2.0);
}

TEST(GpuPreset, AnUnknownNameIsToldWhatItMayHaveMeant)
{
    const auto gpu = load_gpu("h801");
    ASSERT_FALSE(gpu.ok());
    EXPECT_EQ(gpu.error().what, "there is no GPU \"h801\"");
    EXPECT_NE(gpu.error().hint.find("h800"), std::string::npos) << gpu.error().hint;
    const auto path = load_gpu("../model_presets/tiny");
    ASSERT_FALSE(path.ok());
    EXPECT_NE(path.error().hint.find("h800"), std::string::npos) << path.error().hint;
}

TEST(GpuPreset, ABrokenFileIsToldWhichKeyIsWrong)
{
    struct Broken {
        const char* text;
        const char* what;
    };
    const std::string good = R"("unit": "u", "source": "s", "date": "2024")";
    for (const Broken& b : {Broken{"{", "GPU preset mine"}, Broken{"{}", "bf16_tflops is missing"},
                            Broken{R"({"bf16_tflops": 5})", "bf16_tflops has no number as its value"},
                            Broken{R"({"bf16_tflops": {"value": "5"}})", "bf16_tflops has no number as its value"},
                            Broken{R"({"bf16_tflops": {"value": -5, "unit": "u"}})", "bf16_tflops is out of range"},
                            Broken{R"({"bf16_tflops": {"value": 1e300, "unit": "u"}})", "bf16_tflops is out of range"},
                            Broken{R"({"bf16_tflops": {"value": 5, "unit": "u"}})", "bf16_tflops has no source"}}) {
        const auto gpu = parse_gpu("mine", b.text);
        ASSERT_FALSE(gpu.ok()) << b.text;
        EXPECT_NE(gpu.error().what.find(b.what), std::string::npos) << gpu.error().what;
        EXPECT_FALSE(gpu.error().hint.empty());
    }
}

} // namespace
} // namespace triptych::test
