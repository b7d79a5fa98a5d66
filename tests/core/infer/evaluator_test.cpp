// Evaluation of texts and sequences: windows, every token once, the logits of others.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_checkpoint.h"
#include "core/infer/evaluator.h"
#include "core/run/checkpoint.h"
#include "tests/support/golden.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

std::unique_ptr<LoadedModel> golden(const std::string& name)
{
    auto loaded = LoadedModel::open(golden_folder(name));
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().what);
    return loaded.take();
}

void expect_close(const std::vector<float>& found, const std::vector<double>& expected, std::size_t first)
{
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
        worst = std::max(worst, std::abs(static_cast<double>(found[i]) - expected.at(first + i)));
    EXPECT_LE(worst, 1e-4);
}

class EvaluatorOnGoldenFolders : public testing::TestWithParam<std::string> {};

TEST_P(EvaluatorOnGoldenFolders, GivesLogitsAndLossOfTransformers)
{
    const auto loaded = golden(GetParam());
    const GoldenFile reference(golden_folder(GetParam()) / "reference.safetensors");
    const auto shape = reference.shape("input_ids");
    const auto ids = reference.integers("input_ids");
    const auto logits = reference.doubles("logits");
    const auto t = static_cast<std::size_t>(shape[1]);
    const auto v = static_cast<std::size_t>(loaded->config().vocab_size);
    double nats = 0;
    for (std::size_t b = 0; b < static_cast<std::size_t>(shape[0]); ++b) {
        const SequenceLogits found = evaluate_sequence(*loaded, std::span(ids).subspan(b * t, t));
        ASSERT_EQ(found.logits.size(), t * v);
        EXPECT_TRUE(found.mtp_logits.empty());
        expect_close(found.logits, logits, b * t * v);
        EXPECT_EQ(found.evaluation.predicted, shape[1] - 1);
        nats += found.evaluation.nats;
    }
    EXPECT_NEAR(nats / static_cast<double>(shape[0] * (shape[1] - 1)), reference.doubles("loss")[0], 1e-4);
}

INSTANTIATE_TEST_SUITE_P(Cases, EvaluatorOnGoldenFolders,
                         testing::Values("qlora", "no_qlora", "groups", "shared_experts", "yarn", "yarn_mscale",
                                         "experts256", "dense", "tied"),
                         [](const auto& test) { return test.param; });

TEST(Evaluator, GivesTheLogitsOfTheFirstMtpModule)
{
    for (const char* name : {"mtp1", "mtp2"}) {
        const auto loaded = golden(name);
        const GoldenFile reference(golden_folder(name) / "reference.safetensors");
        const auto tokens = reference.integers("tokens");
        const auto t = static_cast<std::size_t>(reference.shape("logits")[1]);
        // One token more than the reference has rows, as module 1 reads one further.
        const SequenceLogits found = evaluate_sequence(*loaded, std::span(tokens).first(t + 1));
        const auto v = static_cast<std::size_t>(loaded->config().vocab_size);
        ASSERT_EQ(found.mtp_logits.size(), t * v);
        expect_close(found.mtp_logits, reference.doubles("mtp_logits.1"), 0);
        EXPECT_GT(found.evaluation.max_vio, 0);
    }
}

TEST(Evaluator, AWindowOfTheWholeTextEqualsOneSequence)
{
    const auto loaded = golden("mtp1");
    const auto tokens = random_tokens(30, loaded->config().vocab_size, 4);
    const TextEvaluation sequence = evaluate_sequence(*loaded, tokens).evaluation;
    const TextEvaluation text = evaluate_text(*loaded, tokens, 64);
    EXPECT_EQ(text.predicted, 29);
    EXPECT_NEAR(text.nats, sequence.nats, 1e-4);
}

TEST(Evaluator, EveryTokenButTheFirstIsPredictedOnceWhateverTheWindow)
{
    const auto loaded = golden("qlora");
    const auto tokens = random_tokens(100, loaded->config().vocab_size, 4);
    for (const std::int64_t window : {1, 7, 33, 99, 128}) {
        std::vector<std::int64_t> heard;
        const TextEvaluation found = evaluate_text(*loaded, tokens, window, [&](std::int64_t done) {
            heard.push_back(done);
            return true;
        });
        EXPECT_EQ(found.predicted, 99) << "window " << window;
        ASSERT_FALSE(heard.empty());
        EXPECT_EQ(heard.back(), 99);
        // By hand: each window as a sequence of its own.
        double nats = 0;
        for (std::int64_t first = 0; first < 99; first += window) {
            const auto count = static_cast<std::size_t>(std::min<std::int64_t>(window, 99 - first) + 1);
            nats += evaluate_sequence(*loaded, std::span(tokens).subspan(static_cast<std::size_t>(first), count))
                        .evaluation.nats;
        }
        EXPECT_NEAR(found.nats, nats, 1e-3) << "window " << window;
    }
}

TEST(Evaluator, StopsWhenItIsTold)
{
    const auto loaded = golden("qlora");
    const auto tokens = random_tokens(5000, loaded->config().vocab_size, 4);
    const TextEvaluation found = evaluate_text(*loaded, tokens, 32, [](std::int64_t) { return false; });
    EXPECT_EQ(found.predicted, 2048);
}

TEST(Evaluator, OneTokenHasLogitsAndNoLoss)
{
    const auto loaded = golden("mtp1");
    const std::int32_t token = 3;
    const SequenceLogits found = evaluate_sequence(*loaded, std::span(&token, 1));
    EXPECT_EQ(found.logits.size(), static_cast<std::size_t>(loaded->config().vocab_size));
    EXPECT_TRUE(found.mtp_logits.empty());
    EXPECT_EQ(found.evaluation.predicted, 0);
    EXPECT_TRUE(std::isnan(found.evaluation.loss()));
    EXPECT_EQ(evaluate_text(*loaded, std::span(&token, 1), 16).predicted, 0);
}

TEST(LoadedModel, IsWhatATrainingWithTheSameSeedStartsFrom)
{
    const ModelConfig config = tiny_config();
    const auto a = LoadedModel::create(config, 5).take();
    const auto b = LoadedModel::create(config, 5).take();
    const auto c = LoadedModel::create(config, 6).take();
    const auto values = [](const LoadedModel& m) {
        const View<1> w = m.params().weights();
        return std::vector<float>(w.as<float>(), w.as<float>() + w.count());
    };
    EXPECT_EQ(values(*a), values(*b));
    EXPECT_NE(values(*a), values(*c));
}

TEST(LoadedModel, GoesOnWithoutMtpWhereTheFilesHoldNone)
{
    const TempFolder folder;
    // As transformers leaves it behind: the key in config.json, no tensor of the module.
    ModelConfig config = tiny_config();
    const auto plain = LoadedModel::create(config, 5).take();
    ASSERT_TRUE(save_model(folder / "saved", config, plain->params()).ok());
    config.num_nextn_predict_layers = 1;
    folder.write("saved/config.json", model_config_json(config));
    const auto loaded = LoadedModel::open(folder / "saved");
    ASSERT_TRUE(loaded.ok()) << loaded.error().what;
    EXPECT_EQ((*loaded)->config().num_nextn_predict_layers, 0);
    ASSERT_EQ((*loaded)->notes().size(), 1U);
    EXPECT_NE((*loaded)->notes()[0].find("MTP depth of 1"), std::string::npos);
}

TEST(LoadedModel, RefusesWhatDoesNotFitIntoMemory)
{
    ModelConfig config = tiny_config();
    config.hidden_size = 1 << 14;
    config.vocab_size = 1 << 20;
    config.n_routed_experts = 512;
    config.moe_intermediate_size = 1 << 14;
    config.num_hidden_layers = 64;
    ASSERT_TRUE(validate(config).ok());
    const auto refused = LoadedModel::create(config, 1);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().what.find("of memory in f32, and this machine has"), std::string::npos) << refused.error().what;
}

} // namespace
} // namespace triptych::test
