// Checkpoints: what was saved comes back to the bit, and what cannot be read says why.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"

#include "tests/support/tiny_config.h"
#include "tests/support/token_source.h"

#include <gtest/gtest.h>

#include <fstream>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class Checkpoint : public testing::Test {
protected:
    Checkpoint() : m_folder(fs::temp_directory_path() / ("triptych-" + std::to_string(::getpid()) + "-checkpoint"))
    {
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
    }
    ~Checkpoint() override { fs::remove_all(m_folder); }

    static ModelConfig model()
    {
        ModelConfig c = tiny_config();
        c.vocab_size = 300; // room for the byte tokenizer
        c.num_nextn_predict_layers = 1;
        c.q_lora_rank = 9;
        return c;
    }

    struct Training {
        explicit Training(const ModelConfig& model)
            : source(model.vocab_size, 2, 12, model.num_nextn_predict_layers), trainer(model, config(), *router(), DType::F32, source, 0)
        {
            trainer.initialize();
        }
        static TrainConfig config()
        {
            TrainConfig c;
            c.sequence_length = 12;
            c.batch_size = 2;
            c.threads = 2;
            c.bias_update_speed = 0.01;
            return c;
        }
        static const RouterInfo* router() { return find_router("sigmoid_noaux").value(); }
        CountingSource source;
        Trainer trainer;
    };

    static std::vector<float> all_values(const Trainer& t)
    {
        std::vector<float> values;
        for (const View<1>& buffer : {t.params().weights(), t.params().buffers(), t.params().first_moments(), t.params().second_moments()})
            values.insert(values.end(), buffer.as<float>(), buffer.as<float>() + buffer.size(0));
        return values;
    }

    fs::path m_folder;
};

TEST_F(Checkpoint, AResumedTrainingGoesOnToTheBit)
{
    Training whole(model());
    Training first(model());
    for (int i = 0; i < 3; ++i) {
        whole.trainer.step();
        first.trainer.step();
    }
    const Status saved = save_checkpoint(m_folder / "c", first.trainer);
    ASSERT_TRUE(saved.ok()) << (saved.ok() ? "" : saved.error().what);

    Training second(model());
    const auto opened = HfCheckpoint::open(m_folder / "c");
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(opened->config(), model());
    const Status loaded = load_checkpoint(*opened, second.trainer);
    ASSERT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().what);
    EXPECT_EQ(second.trainer.progress(), first.trainer.progress());
    for (int i = 0; i < 3; ++i) EXPECT_EQ(whole.trainer.step().loss, second.trainer.step().loss);
    EXPECT_EQ(all_values(whole.trainer), all_values(second.trainer));
}

TEST_F(Checkpoint, HoldsTheCopiesOfEmbeddingAndHeadThatOtherReadersExpect)
{
    Training t(model());
    ASSERT_TRUE(save_model(m_folder / "m", model(), t.trainer.params()).ok());
    const auto opened = HfCheckpoint::open(m_folder / "m");
    ASSERT_TRUE(opened.ok());
    EXPECT_NE(opened->find("model.layers.2.embed_tokens.weight"), nullptr);
    EXPECT_NE(opened->find("model.layers.2.shared_head.head.weight"), nullptr);
    EXPECT_NE(opened->find("model.layers.2.mlp.gate.e_score_correction_bias"), nullptr);
    EXPECT_NE(opened->find("model.layers.1.mlp.experts.7.up_proj.weight"), nullptr);
    EXPECT_TRUE(fs::exists(m_folder / "m" / "tokenizer.json"));
    const auto state = read_train_state(*opened);
    ASSERT_FALSE(state.ok());
    EXPECT_NE(state.error().what.find("without the state of its training"), std::string::npos);
}

TEST_F(Checkpoint, OfAnotherShapeNamesTheFirstTensorThatDoesNotFit)
{
    Training t(model());
    ASSERT_TRUE(save_checkpoint(m_folder / "c", t.trainer).ok());
    ModelConfig other = model();
    other.kv_lora_rank = 14;
    Training wrong(other);
    const Status loaded = load_checkpoint(*HfCheckpoint::open(m_folder / "c"), wrong.trainer);
    ASSERT_FALSE(loaded.ok());
    EXPECT_NE(loaded.error().what.find("kv_"), std::string::npos) << loaded.error().what;
}

TEST_F(Checkpoint, DamagedStateIsRefusedWithAHint)
{
    Training t(model());
    ASSERT_TRUE(save_checkpoint(m_folder / "c", t.trainer).ok());
    for (const char* text : {"", "[]", "{\"step\": 1}", "{\"step\": \"x\", \"tokens\": 1, \"device_seconds\": 1, \"train\": {}}",
                             "{\"step\": -4, \"tokens\": 1, \"device_seconds\": 1, \"train\": {}}"}) {
        std::ofstream(m_folder / "c" / "triptych" / "train_state.json") << text;
        const auto state = read_train_state(*HfCheckpoint::open(m_folder / "c"));
        ASSERT_FALSE(state.ok()) << text;
        EXPECT_FALSE(state.error().hint.empty());
    }
}

TEST_F(Checkpoint, TheLatestOneThatOpensIsFound)
{
    EXPECT_EQ(latest_checkpoint(m_folder), std::nullopt);
    Training t(model());
    for (const std::int64_t step : {5, 20, 100000})
        ASSERT_TRUE(save_checkpoint(checkpoint_path(m_folder, step), t.trainer).ok());
    EXPECT_EQ(latest_checkpoint(m_folder), checkpoint_path(m_folder, 100000));
    fs::resize_file(checkpoint_path(m_folder, 100000) / "model.safetensors", 100);
    EXPECT_EQ(latest_checkpoint(m_folder), checkpoint_path(m_folder, 20));
}

} // namespace
} // namespace triptych::test
