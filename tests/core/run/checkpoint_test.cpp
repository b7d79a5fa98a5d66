// Checkpoints: what was saved comes back to the bit, and what cannot be read says why.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/evaluator.h"
#include "core/run/checkpoint.h"
#include "tests/support/tiny_config.h"
#include "tests/support/token_source.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <functional>

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
    EXPECT_EQ(whole.trainer.progress().flops, second.trainer.progress().flops);
}

TEST_F(Checkpoint, FromBeforeFlopsWereCountedHasThoseOfItsTokens)
{
    Training t(model());
    t.trainer.step();
    t.trainer.step();
    ASSERT_TRUE(save_checkpoint(m_folder / "c", t.trainer).ok());
    const auto path = m_folder / "c" / "triptych" / "train_state.json";
    std::ifstream file(path);
    auto state = nlohmann::json::parse(file);
    EXPECT_EQ(read_train_state(*HfCheckpoint::open(m_folder / "c"))->progress.flops, t.trainer.progress().flops);
    state.erase("flops");
    std::ofstream(path) << state;
    const auto old = read_train_state(*HfCheckpoint::open(m_folder / "c"));
    ASSERT_TRUE(old.ok());
    EXPECT_NEAR(old->progress.flops, 2 * t.trainer.step_flops(), 1e-9 * old->progress.flops);
}

/// An expert of each MoE layer is off, the one of the MTP block too; and a bias was set.
RoutingControl two_off()
{
    RoutingControl control;
    control.off = {{1, {2}}, {2, {0, 7}}};
    return control;
}

TEST_F(Checkpoint, AResumedTrainingWithExpertsOffOrForcedGoesOnToTheBit)
{
    for (const Balancing balancing : {Balancing::Learned, Balancing::Forced}) {
        RoutingControl control = two_off();
        control.balancing = balancing;
        Training whole(model());
        Training first(model());
        for (Trainer* trainer : {&whole.trainer, &first.trainer}) {
            trainer->step();
            ASSERT_TRUE(trainer->set_control(control).ok());
            ASSERT_TRUE(trainer->set_expert_bias(1, 3, 0.75).ok());
            trainer->step();
        }
        ASSERT_TRUE(save_checkpoint(m_folder / "c", first.trainer).ok());
        Training second(model());
        const Status loaded = load_checkpoint(*HfCheckpoint::open(m_folder / "c"), second.trainer);
        ASSERT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().what);
        EXPECT_EQ(second.trainer.control(), control);
        for (int i = 0; i < 3; ++i) {
            const StepReport& report = second.trainer.step();
            EXPECT_EQ(whole.trainer.step().loss, report.loss);
            EXPECT_EQ(report.loads[0].counts[2], 0);
        }
        EXPECT_EQ(all_values(whole.trainer), all_values(second.trainer));
    }
}

TEST_F(Checkpoint, AResumedTrainingWithFewerActiveExpertsGoesOnToTheBit)
{
    RoutingControl control;
    control.active = 2;
    Training whole(model());
    Training first(model());
    for (Trainer* trainer : {&whole.trainer, &first.trainer}) {
        trainer->step();
        ASSERT_TRUE(trainer->set_control(control).ok());
        trainer->step();
    }
    ASSERT_TRUE(save_checkpoint(m_folder / "c", first.trainer).ok());
    Training second(model());
    ASSERT_TRUE(load_checkpoint(*HfCheckpoint::open(m_folder / "c"), second.trainer).ok());
    EXPECT_EQ(second.trainer.control(), control);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(whole.trainer.step().loss, second.trainer.step().loss);
    EXPECT_EQ(all_values(whole.trainer), all_values(second.trainer));
}

TEST_F(Checkpoint, ALoadedModelChoosesAsManyExpertsAsItsTrainingDidAndSaysSo)
{
    Training t(model());
    const std::vector<std::int32_t> text = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
    ASSERT_TRUE(save_checkpoint(m_folder / "all", t.trainer).ok());
    RoutingControl control;
    control.active = 1;
    ASSERT_TRUE(t.trainer.set_control(control).ok());
    ASSERT_TRUE(save_checkpoint(m_folder / "one", t.trainer).ok());
    const auto all = LoadedModel::open(m_folder / "all").take();
    const auto one = LoadedModel::open(m_folder / "one").take();
    EXPECT_EQ(one->notes(),
              std::vector<std::string>{"routed as its training was when it was saved: all experts are on, balancing is "
                                       "learned, 1 expert for a token"});
    EXPECT_NE(evaluate_sequence(*all, text).logits, evaluate_sequence(*one, text).logits);
    all->model().set_control(control);
    EXPECT_EQ(evaluate_sequence(*all, text).logits, evaluate_sequence(*one, text).logits);
    // Without it the state has no such key: the same bytes as before there was one.
    const auto state_of = [&](const char* name) {
        std::ifstream file(m_folder / name / "triptych" / "train_state.json");
        return nlohmann::json::parse(file);
    };
    EXPECT_FALSE(state_of("all").contains("active_experts"));
    EXPECT_EQ(state_of("one")["active_experts"], 1);
}

TEST_F(Checkpoint, ALoadedModelRoutesAsItsTrainingDidAndSaysSo)
{
    Training t(model());
    const std::vector<std::int32_t> text = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
    const auto open = [&](const char* name) {
        EXPECT_TRUE(save_checkpoint(m_folder / name, t.trainer).ok());
        return LoadedModel::open(m_folder / name).take();
    };
    const auto all_on = open("on");
    EXPECT_TRUE(all_on->notes().empty());
    ASSERT_TRUE(t.trainer.set_control(two_off()).ok());
    const auto some_off = open("off");
    ASSERT_EQ(some_off->notes().size(), 1U);
    EXPECT_NE(some_off->notes()[0].find("layer 1: expert 2"), std::string::npos) << some_off->notes()[0];
    EXPECT_NE(evaluate_sequence(*all_on, text).logits, evaluate_sequence(*some_off, text).logits);
    all_on->model().set_control(two_off());
    EXPECT_EQ(evaluate_sequence(*all_on, text).logits, evaluate_sequence(*some_off, text).logits);
}

TEST_F(Checkpoint, TheControlOfLayersThatTheFilesDoNotHoldIsNobodys)
{
    Training t(model());
    ASSERT_TRUE(t.trainer.set_control(two_off()).ok());
    ASSERT_TRUE(save_checkpoint(m_folder / "c", t.trainer).ok());
    EXPECT_EQ(read_control(*HfCheckpoint::open(m_folder / "c")).value(), two_off());
    ASSERT_TRUE(save_model(m_folder / "m", model(), t.trainer.params()).ok());
    EXPECT_TRUE(read_control(*HfCheckpoint::open(m_folder / "m"))->empty()) << "a model alone has none";
    // Weights as transformers saves them: without the MTP module, under a config.json that announces it.
    ModelConfig main = model();
    main.num_nextn_predict_layers = 0;
    Training without(main);
    ASSERT_TRUE(save_model(m_folder / "w", main, without.trainer.params()).ok());
    fs::copy_file(m_folder / "w" / "model.safetensors", m_folder / "c" / "model.safetensors",
                  fs::copy_options::overwrite_existing);
    RoutingControl held = two_off();
    held.off.erase(2);
    EXPECT_EQ(read_control(*HfCheckpoint::open(m_folder / "c")).value(), held);
}

TEST_F(Checkpoint, StatesFromBeforeThereWasControlAreReadAndNonsenseInItIsRefusedInWords)
{
    Training t(model());
    ASSERT_TRUE(t.trainer.set_control(two_off()).ok());
    ASSERT_TRUE(save_checkpoint(m_folder / "c", t.trainer).ok());
    const auto path = m_folder / "c" / "triptych" / "train_state.json";
    std::ifstream file(path);
    const auto saved = nlohmann::json::parse(file);
    const auto read_with = [&](const std::function<void(nlohmann::json&)>& change) {
        nlohmann::json state = saved;
        change(state);
        std::ofstream(path) << state;
        return read_train_state(*HfCheckpoint::open(m_folder / "c"));
    };
    const auto old = read_with([](auto& s) {
        s.erase("balancing");
        s.erase("routing_off");
    });
    ASSERT_TRUE(old.ok());
    EXPECT_TRUE(old->control.empty());
    EXPECT_EQ(read_with([](auto&) {})->control, two_off());
    const auto refused = [&](const char* key, const char* value, const char* what) {
        const auto state = read_with([&](auto& s) { s[key] = nlohmann::json::parse(value); });
        ASSERT_FALSE(state.ok()) << value;
        EXPECT_NE(state.error().what.find(what), std::string::npos) << state.error().what;
        EXPECT_FALSE(state.error().hint.empty());
    };
    refused("balancing", "\"wild\"", "balancing is \"wild\"");
    refused("balancing", "3", "balancing is 3");
    refused("active_experts", "9", "active_experts is 9, expected 1 to");
    refused("active_experts", "0", "active_experts is 0, expected 1 to");
    refused("active_experts", "-1", "active_experts is -1");
    refused("active_experts", "1.5", "active_experts is 1.5");
    refused("active_experts", "\"two\"", "active_experts is \"two\"");
    refused("flops", "-1", "flops is -1");
    refused("flops", "null", "flops is null");
    refused("flops", "\"many\"", "flops is \"many\"");
    refused("routing_off", "[1]", "no object of layers");
    refused("routing_off", "null", "no object of layers");
    refused("routing_off", R"({"one": [2]})", "\"one\": [2]");
    refused("routing_off", R"({"1 ": [2]})", "\"1 \": [2]");
    refused("routing_off", R"({"1": 2})", "\"1\": 2");
    refused("routing_off", R"({"1": [2.5]})", "2.5");
    refused("routing_off", R"({"1": [-2]})", "-2");
    refused("routing_off", R"({"1": [4294967297]})", "4294967297");
    refused("routing_off", R"({"1": [8]})", "layer 1 has no expert 8");
    refused("routing_off", R"({"1": [2, 2]})", "rising");
    refused("routing_off", R"({"1": [0, 1, 2, 3, 4, 5]})", "would keep 2 of its 8");
    refused("routing_off", R"({"99": [1]})", "there is no layer 99");
    refused("routing_off", R"({"-1": [1]})", "there is no layer -1");
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
