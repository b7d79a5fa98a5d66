// The predicted memory is what is allocated.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "core/cost/memory.h"
#include "core/infer/generator.h"
#include "core/routing/router_catalog.h"
#include "core/tensor/param_store.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

class Memory : public testing::TestWithParam<NamedConfig> {};

TEST_P(Memory, OfTrainingIsWhatATrainingAllocates)
{
    const auto& [name, router, config] = GetParam();
    TrainConfig train;
    train.sequence_length = 12;
    train.batch_size = 3;
    for (const char* precision : {"f32", "f64"}) {
        train.precision = precision;
        const DType dtype = train.precision == "f64" ? DType::F64 : DType::F32;
        const auto need = training_memory(config, train);
        ASSERT_TRUE(need.ok());
        Model model(config, **find_router(router), dtype, 12);
        const ParamStore params(Device{}, dtype, model.declare(), StoreFor::Training);
        Planner plan(PlanFor::Training);
        model.plan(plan, {.batch = 3, .length = 12});
        const Workspace workspace(Device{}, plan);
        EXPECT_EQ(need->weights + need->gradients + need->moments, static_cast<std::int64_t>(params.bytes()));
        EXPECT_EQ(need->activations, static_cast<std::int64_t>(workspace.bytes()));
        EXPECT_EQ(need->cache, 0);
    }
}

TEST_P(Memory, OfDecodingIsWhatAGeneratorAllocates)
{
    const auto& [name, router, config] = GetParam();
    const auto need = decoding_memory(config, 20);
    ASSERT_TRUE(need.ok());
    Model model(config, **find_router(router), DType::F32, 20);
    const ParamStore params(Device{}, DType::F32, model.declare(), StoreFor::Inference);
    Planner plan(PlanFor::Inference);
    Generator::plan(plan, model, 20);
    EXPECT_EQ(need->weights, static_cast<std::int64_t>(params.bytes()));
    EXPECT_EQ(need->activations, static_cast<std::int64_t>(Workspace(Device{}, plan).bytes()));
    const LatentCache cache(config, Device{}, DType::F32, 20);
    EXPECT_EQ(need->cache, 20 * cache.bytes_per_token());
    EXPECT_EQ(need->gradients + need->moments, 0);
    EXPECT_EQ(need->total(), need->weights + need->activations + need->cache);
}

INSTANTIATE_TEST_SUITE_P(Configs, Memory, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

TEST(Memory, ComputingLayersAgainTakesLessThanHalfOfTheActivations)
{
    for (const char* name : {"bench-s", "bench-m", "bench-x"}) {
        const ModelConfig config = load_model_config(name).take();
        for (const char* precision : {"f32", "bf16"}) {
            TrainConfig train;
            train.precision = precision;
            train.sequence_length = std::string(name) == "bench-m" ? 512 : 256;
            train.batch_size = 4096 / train.sequence_length;
            const auto activations = [&](const char* recompute) {
                train.recompute = recompute;
                return static_cast<double>(training_memory(config, train)->activations);
            };
            const double all = activations("none");
            EXPECT_LT(activations("norms"), 0.78 * all) << name << " " << precision;
            EXPECT_LT(activations("layers"), 0.45 * all) << name << " " << precision;
        }
    }
}

TEST(Memory, OfDeepseekV3NeedsMoreThanThisMachineHas)
{
    const ModelConfig v3 = load_model_config("deepseek-v3").take();
    const auto need = training_memory(v3, {});
    ASSERT_TRUE(need.ok());
    const double attention = 7168.0 * (1536 + 576 + 128 * 128) + 1536.0 * 128 * 192 + 512.0 * 128 * 256; // of a layer
    const double ffn = 3 * 3 * 7168.0 * 18432 + 59 * 3 * 7168.0 * 2048; // of dense layers, shared experts
    const double copied = 62 * attention + ffn + 129280 * 7168.0 + 2 * 7168.0 * 7168;
    EXPECT_NEAR(static_cast<double>(need->weights), 4 * (671.03e9 + 11.61e9) + 2 * 4 * copied, 0.01e12);
    const std::int64_t sums_of_squares = 59 * 2 * 256 * 8; // one for each matrix of an expert, in 58 layers and MTP
    EXPECT_EQ(need->moments, 2 * (need->gradients - sums_of_squares));
    const Status fits = check_weights_fit(v3);
    ASSERT_FALSE(fits.ok());
    EXPECT_NE(fits.error().what.find("a model of 6.83e+11 parameters takes 2.7 TB of memory in f32"), std::string::npos)
        << fits.error().what;
    EXPECT_TRUE(check_weights_fit(tiny_config()).ok());
}

TEST(Memory, IsRefusedWhereTheListOfTensorsAloneWouldNotFit)
{
    ModelConfig config = tiny_config();
    config.n_routed_experts = 1'000'000;
    config.num_hidden_layers = 64;
    const auto need = training_memory(config, {});
    ASSERT_FALSE(need.ok());
    EXPECT_NE(need.error().what.find("1000000 experts in 64 layers"), std::string::npos) << need.error().what;
}

TEST(Memory, IsWrittenInShortNumbers)
{
    EXPECT_EQ(bytes_text(0), "0 B");
    EXPECT_EQ(bytes_text(999), "999 B");
    EXPECT_EQ(bytes_text(1000), "1.0 kB");
    EXPECT_EQ(bytes_text(70'272), "70 kB");
    EXPECT_EQ(bytes_text(999'600), "1.0 MB");
    EXPECT_EQ(bytes_text(9'940'000'000), "9.9 GB");
    EXPECT_EQ(bytes_text(10'940'000'000'000), "11 TB");
}

} // namespace
} // namespace triptych::test
