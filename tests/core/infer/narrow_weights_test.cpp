// Decoding with weights of BF16: that of a model in F32 whose weights were rounded, from a checkpoint or made afresh.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/latent_cache.h"
#include "core/infer/loaded_model.h"
#include "core/run/checkpoint.h"
#include "core/tensor/named_tensors.h"
#include "kernels/base/bfloat16.h"
#include "tests/support/model_fixture.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

constexpr std::int64_t kCapacity = 48;

/// Logits after each pass: a prompt of this many tokens, then five tokens one by one.
std::vector<std::vector<float>> decode(LoadedModel& loaded, std::int64_t prompt, AttentionForm form)
{
    Planner plan(PlanFor::Inference);
    loaded.model().plan(plan, {.batch = 1, .length = prompt, .cache_length = kCapacity});
    const Workspace workspace(Device{}, plan);
    LatentCache cache(loaded.config(), Device{}, DType::F32, kCapacity);
    Pass pass{.stream = loaded.stream(), .workspace = workspace, .params = loaded.params()};
    pass.cache = &cache;
    pass.form = form;
    const auto tokens = random_tokens(prompt + 5, loaded.config().vocab_size, 3);
    std::vector<std::vector<float>> all;
    for (std::int64_t first = 0, count = prompt; first < prompt + 5; first += count, count = 1) {
        std::vector<float> logits(static_cast<std::size_t>(loaded.config().vocab_size));
        loaded.model().decode(
            pass, std::span(tokens).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)),
            View<2>(logits.data(), DType::F32, {1, loaded.config().vocab_size}));
        all.push_back(logits);
    }
    return all;
}

double worst_difference(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b)
{
    double worst = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t v = 0; v < a[i].size(); ++v)
            worst = std::max(worst, std::abs(static_cast<double>(a[i][v]) - static_cast<double>(b[i][v])));
    return worst;
}

/// Rounds what products read; the rest stays.
void round_matrices(const ParamStore& params)
{
    for (const ParamRow& row : params.rows()) {
        if (!row.may_be_narrow()) continue;
        auto* values = static_cast<float*>(params.weight_pointer(row));
        std::transform(values, values + row.count(), values, [](float x) { return static_cast<float>(bfloat16(x)); });
    }
}

ModelConfig strong(ModelConfig config)
{
    config.initializer_range = 0.25; // so that every path carries weight
    return config;
}

class NarrowWeights : public testing::TestWithParam<NamedConfig> {};

TEST_P(NarrowWeights, DecodeFewTokensAsRoundedWeightsInF32Do)
{
    const ModelConfig config = strong(GetParam().config);
    const auto narrow = LoadedModel::create(config, 5, 2, DType::BF16).take();
    const auto rounded = LoadedModel::create(config, 5, 2).take();
    round_matrices(rounded->params());
    for (const AttentionForm form : {AttentionForm::Absorbed, AttentionForm::Materialized}) {
        // In the other form nine positions and more are rounded on their way to keys and values.
        const std::int64_t prompt = form == AttentionForm::Absorbed ? 6 : 3;
        EXPECT_LT(worst_difference(decode(*narrow, prompt, form), decode(*rounded, prompt, form)), 1e-5);
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, NarrowWeights, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

TEST(NarrowWeightsOfAModel, KeepTheLogitsOfALongPromptNearThoseOfF32)
{
    const ModelConfig config = strong(tiny_config());
    const auto narrow = LoadedModel::create(config, 5, 2, DType::BF16).take();
    const auto wide = LoadedModel::create(config, 5, 2).take();
    const auto expected = decode(*wide, 30, AttentionForm::Absorbed);
    double largest = 0;
    for (const float logit : expected.front()) largest = std::max(largest, std::abs(static_cast<double>(logit)));
    const double difference = worst_difference(decode(*narrow, 30, AttentionForm::Absorbed), expected);
    EXPECT_LT(difference, 0.05 * largest);
    EXPECT_GT(difference, 1e-5) << "nothing was rounded";
}

TEST(NarrowWeightsOfAModel, AreReadFromCheckpointsAndTakeHalfTheMemory)
{
    const TempFolder folder;
    const ModelConfig config = strong(tiny_config());
    const auto fresh = LoadedModel::create(config, 5).take();
    ASSERT_TRUE(save_model(folder.path() / "model", config, fresh->params()).ok());
    const auto read = LoadedModel::open(folder.path() / "model", DType::BF16);
    ASSERT_TRUE(read) << read.error().what;
    const auto drawn = LoadedModel::create(config, 5, 0, DType::BF16).take();
    EXPECT_EQ(decode(**read, 4, AttentionForm::Absorbed), decode(*drawn, 4, AttentionForm::Absorbed));
    std::size_t bytes = 0;
    for (const NamedTensor& tensor : weight_tensors((*read)->params())) {
        std::size_t count = 1;
        for (const auto size : tensor.shape) count *= static_cast<std::size_t>(size);
        bytes += count * size_of(tensor.dtype);
    }
    EXPECT_LT(bytes, fresh->params().bytes() * 6 / 10);
    EXPECT_LT((*read)->params().bytes(), bytes + (*read)->params().rows().size() * 128) << "gaps alone come on top";
}

} // namespace
} // namespace triptych::test
