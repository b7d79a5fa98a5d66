// The planner's list of work against the counts that the rest of the program uses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/model_work.h"
#include "core/config/parameter_count.h"
#include "tests/core/cluster/request.h"

namespace triptych::test {
namespace {

double parameters_of(const std::vector<PartWork>& parts)
{
    double sum = 0;
    for (const PartWork& part : parts) sum += part.parameters(Held::Everywhere) + part.parameters(Held::Spread);
    return sum;
}

TEST(ModelWork, HoldsTheParametersOfEveryPreset)
{
    ASSERT_GE(list_model_presets().size(), 6U);
    for (const std::string& name : list_model_presets()) {
        const ModelConfig config = request_for(name, "h800", 1).model;
        const ParameterCount count = count_parameters(config);
        EXPECT_EQ(parameters_of(model_work(config, TrainFormat::Fp8, 128)),
                  static_cast<double>(count.total + count.mtp))
            << name;
    }
}

TEST(ModelWork, CountsATiedHeadOnce)
{
    ModelConfig config;
    config.tie_word_embeddings = true;
    const ParameterCount count = count_parameters(config);
    EXPECT_EQ(parameters_of(model_work(config, TrainFormat::Bf16, 128)), static_cast<double>(count.total + count.mtp));
}

TEST(ModelWork, DoesTheFlopsOfTheForwardPass)
{
    for (const char* name : {"deepseek-v3", "deepseek-v2-lite", "moonlight-16b-a3b", "tiny"}) {
        const ModelConfig config = request_for(name, "h800", 1).model;
        double flops = 0;
        for (const PartWork& part : model_work(config, TrainFormat::Fp8, 512)) {
            flops += part.attention_flops;
            for (const LinearWork& linear : part.linears) flops += 2 * linear.uses * linear.out * linear.in;
        }
        // The formula counts norms as if they were products: that is all they differ in.
        const double expected = forward_flops_per_token(config, 512, CountMask::Causal, CountMtp::Yes);
        EXPECT_NEAR(flops / expected, 1, 0.002) << name;
        EXPECT_LT(flops, expected) << name;
    }
}

TEST(ModelWork, OnlyMoeLayersExchange)
{
    const ModelConfig v3 = request_for("deepseek-v3", "h800", 1).model;
    const auto parts = model_work(v3, TrainFormat::Fp8, 4096);
    ASSERT_EQ(parts.size(), 63U); // 61 layers, head, MTP
    for (std::size_t i = 0; i < parts.size(); ++i) EXPECT_EQ(parts[i].all_to_alls, i >= 3 && i != 61 ? 1 : 0) << i;
}

TEST(ModelWork, KeepsWhatTheReportSaysIsKept)
{
    const ModelConfig v3 = request_for("deepseek-v3", "h800", 1).model;
    const double q = 1 + 4.0 / 128;
    const double attention = 2 * 7168.0 + 2 * (1536.0 + 512 + 64) + 1.5 * 128 * 128 + 4 * 128;
    EXPECT_DOUBLE_EQ(model_work(v3, TrainFormat::Fp8, 4096)[0].kept_bytes, attention + 2 * 7168 + q * 2 * 18432);
    EXPECT_DOUBLE_EQ(model_work(v3, TrainFormat::Fp8, 4096)[3].kept_bytes,
                     attention + 2 * 7168 + q * 8 * 7168 + q * 2 * 9 * 2048);
    EXPECT_GT(model_work(v3, TrainFormat::Bf16, 4096)[3].kept_bytes,
              1.5 * model_work(v3, TrainFormat::Fp8, 4096)[3].kept_bytes);
}

TEST(ModelWork, SpreadingExpertsChangesOnlyTheShapeOfTheirProducts)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 1);
    const auto part = model_work(request.model, TrainFormat::Fp8, 4096)[10];
    const KernelRates rates(request.gpu, 132);
    const double one = part_seconds(part, rates, TrainFormat::Fp8, 4096, 4096, 1).sum();
    const double many = part_seconds(part, rates, TrainFormat::Fp8, 4096, 4096, 64).sum();
    EXPECT_LT(many, one); // fewer, larger products, and fewer sums of gradients
    EXPECT_GT(many, 0.3 * one);
    const PartSeconds twice = part_seconds(part, rates, TrainFormat::Fp8, 8192, 4096, 64);
    EXPECT_NEAR(twice.forward / part_seconds(part, rates, TrainFormat::Fp8, 4096, 4096, 64).forward, 2, 0.1);
}

} // namespace
} // namespace triptych::test
