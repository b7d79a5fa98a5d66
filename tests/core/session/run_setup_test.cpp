// From a request to a run: what is resolved, and what each mistake is called.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/session/run_setup.h"
#include "tests/support/small_run.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class RunSetupTest : public testing::Test {
protected:
    RunSetup resolve(const RunRequest& request) const
    {
        auto setup = resolve_setup(request);
        EXPECT_TRUE(setup.ok()) << (setup.ok() ? "" : setup.error().what);
        return setup ? setup.take() : RunSetup{};
    }
    /// The request of a small run with more settings.
    RunRequest with(const std::vector<std::string>& settings) const
    {
        RunRequest r = m_small.request();
        r.settings.insert(r.settings.end(), settings.begin(), settings.end());
        return r;
    }
    /// Expects a refusal that says all of these words and what to do.
    static void expect_refused(const RunRequest& request, const std::vector<std::string>& words)
    {
        const auto setup = resolve_setup(request);
        ASSERT_FALSE(setup.ok()) << "expected a refusal that says " << words.front();
        for (const std::string& word : words)
            EXPECT_NE((setup.error().what + setup.error().hint).find(word), std::string::npos)
                << setup.error().what << " | " << setup.error().hint << " does not say " << word;
        EXPECT_FALSE(setup.error().hint.empty()) << setup.error().what;
    }

    SmallRun m_small;
};

TEST_F(RunSetupTest, LeavesNothingToDefaults)
{
    RunRequest r = m_small.request();
    r.settings.clear();
    r.settings = {"sequence_length=32"};
    r.max_steps = 40;
    const RunSetup setup = resolve(r);
    EXPECT_GE(setup.train.threads, 1);
    ASSERT_NE(setup.router, nullptr);
    EXPECT_EQ(setup.router->id, "sigmoid_noaux");
    EXPECT_EQ(setup.train.router, "sigmoid_noaux");
    EXPECT_EQ(setup.schedule_steps, 40);
    EXPECT_EQ(setup.train.precision, has_bfloat16_products() ? "bf16" : "f32");
    EXPECT_EQ(setup.precision.wide, DType::F32);
    EXPECT_EQ(setup.precision.narrow, has_bfloat16_products() ? DType::BF16 : DType::F32);
    EXPECT_EQ(setup.model, small_run_model());
    EXPECT_EQ(resolve(with({"precision=f64"})).precision, Precision(DType::F64));
    EXPECT_EQ(resolve(with({"precision=f32"})).precision, Precision(DType::F32));
    EXPECT_EQ(resolve(with({"precision=bf16"})).precision, Precision(DType::F32, DType::BF16));
}

TEST_F(RunSetupTest, PlansTheScheduleFromWhicheverLimitThereIs)
{
    RunRequest r = m_small.request();
    EXPECT_EQ(resolve(r).schedule_steps, 0) << "a run without end keeps its learning rate";
    r.max_tokens = 65;
    EXPECT_EQ(resolve(r).schedule_steps, 2) << "64 tokens a step";
    r.max_steps = 7;
    EXPECT_EQ(resolve(r).schedule_steps, 7);
    r.settings.push_back("schedule_steps=100");
    EXPECT_EQ(resolve(r).schedule_steps, 100);
    r.max_minutes = 1;
    EXPECT_EQ(resolve(r).schedule_steps, 100);
}

TEST_F(RunSetupTest, SettingsApplyInTheirOrder)
{
    EXPECT_EQ(resolve(with({"seed=3", "seed=4"})).train.seed, 4);
    const RunSetup chosen = resolve(with({"balance_loss_alpha=0.5", "router=softmax_aux"}));
    EXPECT_EQ(chosen.model.scoring_func, "softmax");
    EXPECT_EQ(chosen.model.topk_method, "greedy");
    EXPECT_EQ(chosen.train.balance_loss_alpha, find_router("softmax_aux").value()->balance_loss_alpha);
    EXPECT_EQ(chosen.train.bias_update_speed, 0);
    EXPECT_EQ(resolve(with({"router=softmax_aux", "balance_loss_alpha=0.5"})).train.balance_loss_alpha, 0.5);
    const RunSetup none = resolve(with({"router=none"}));
    EXPECT_EQ(none.train.balance_loss_alpha, 0);
    EXPECT_EQ(none.router->id, "none");
}

TEST_F(RunSetupTest, AModelFileImpliesItsRouter)
{
    ModelConfig softmax = small_run_model();
    softmax.scoring_func = "softmax";
    softmax.topk_method = "greedy";
    RunRequest r = m_small.request();
    r.model = m_small.write("softmax.json", model_config_json(softmax)).string();
    EXPECT_EQ(resolve(r).train.router, "softmax_aux");
}

TEST_F(RunSetupTest, EachWrongSettingIsNamedWithWhatWouldDo)
{
    const std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> cases = {
        {{"n_group=3"}, {"n_group is 3", "n_routed_experts (8)", "1, 2, 4"}},
        {{"n_group=4", "topk_group=5"}, {"topk_group is 5", "only 4 groups"}},
        {{"n_group=8"}, {"n_group is 8", "two best"}},
        {{"num_experts_per_tok=9"}, {"num_experts_per_tok is 9", "only 8 experts", "between 1 and 8"}},
        {{"n_group=4", "topk_group=1"}, {"num_experts_per_tok is 3", "hold only 2 experts"}},
        {{"n_group=2", "topk_group=1", "router=softmax_aux"}, {"greedy", "n_group=1"}},
        {{"qk_rope_head_dim=3"}, {"qk_rope_head_dim is 3", "even"}},
        {{"sequence_length=65"}, {"sequence_length is 65", "64 positions"}},
        {{"batch_size=0"}, {"batch_size is 0", "between 1 and"}},
        {{"batch_size=many"}, {"batch_size is \"many\"", "whole number"}},
        {{"batch_size=1048576", "sequence_length=64", "max_position_embeddings=4096", "sequence_length=4096"},
         {"tokens in one pass", "gradient_accumulation_steps"}},
        {{"learning_rate=nan"}, {"learning_rate is nan"}},
        {{"learning_rate=-1"}, {"learning_rate is -1"}},
        {{"learning_rte=1"}, {"no setting named \"learning_rte\"", "learning_rate"}},
        {{"seed"}, {"\"seed\" is not of the form key=value"}},
        {{"router=best"}, {"no router named \"best\"", "sigmoid_noaux, softmax_aux, none"}},
        {{"precision=fp8-sim"}, {"precision \"fp8-sim\" is not possible", "f32"}},
        {{"precision=f16"}, {"precision is \"f16\"", "f32, bf16"}},
        {{"threads=-2"}, {"threads is -2"}},
        {{"vocab_size=1"}, {"vocab_size is 1"}},
        {{"eos_token_id=264"}, {"eos_token_id is 264", "264 tokens"}},
    };
    for (const auto& [settings, words] : cases) expect_refused(with(settings), words);
}

TEST_F(RunSetupTest, WrongLimitsAndDevicesAreNamed)
{
    RunRequest r = m_small.request();
    r.max_steps = -1;
    expect_refused(r, {"limit of steps is -1"});
    r = m_small.request();
    r.max_tokens = -64;
    expect_refused(r, {"limit of tokens is -64"});
    r = m_small.request();
    r.max_minutes = std::numeric_limits<double>::quiet_NaN();
    expect_refused(r, {"limit of minutes is nan"});
    r = m_small.request();
    r.checkpoint_every = -3;
    expect_refused(r, {"between checkpoints is -3"});
    r = m_small.request();
    r.device = "tpu";
    expect_refused(r, {"training on \"tpu\"", "cpu"});
}

TEST_F(RunSetupTest, WrongModelFilesAreNamedWithTheirFault)
{
    const auto model = [&](const std::string& path, const std::vector<std::string>& words) {
        RunRequest r = m_small.request();
        r.model = path;
        expect_refused(r, words);
    };
    const auto file = [&](const std::string& contents, const std::vector<std::string>& words) {
        model(m_small.write("bad.json", contents).string(), words);
    };
    model("tinny", {"no model \"tinny\"", "tiny"});
    model("", {"no model \"\"", "config.json"});
    model((m_small / "missing.json").string(), {"missing.json", "no such file"});
    fs::create_directory(m_small / "empty");
    model((m_small / "empty").string(), {"holds no config.json"});
    file("", {"bad.json", "not valid JSON"});
    file(std::string("\x7f\x45\x4c\x46\0\0\1\2", 8), {"bad.json", "not valid JSON"});
    file("[1, 2]", {"not a JSON object"});
    file("{\"hidden_size\": 20}", {"model_type is missing"});
    file(R"({"model_type": "llama", "hidden_size": 20})", {"type \"llama\"", "deepseek_v3"});
    const std::string whole = model_config_json(small_run_model());
    file(whole.substr(0, whole.size() / 2), {"bad.json: line", "JSON"});
    const auto parsed = nlohmann::json::parse(whole);
    for (const char* key :
         {"vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads",
          "n_routed_experts", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim", "q_lora_rank",
          "moe_intermediate_size", "num_experts_per_tok"}) {
        auto lacking = parsed;
        lacking.erase(key);
        file(lacking.dump(), {std::string("the key ") + key + " is missing"});
        auto wrong = parsed;
        wrong[key] = "twenty";
        file(wrong.dump(), {std::string(key) + " is \"twenty\"", "whole number"});
    }
}

class ResumeSetupTest : public RunSetupTest {
protected:
    ResumeSetupTest()
    {
        RunRequest r = m_small.request();
        r.run_folder = folder();
        r.max_steps = 4;
        r.checkpoint_every = 2;
        r.settings.push_back("learning_rate=0.0025");
        RecordingObserver observer;
        train(r, observer);
    }

    std::string folder() const { return (m_small / "run").string(); }
    RunRequest resumed() const
    {
        RunRequest r;
        r.resume = folder();
        return r;
    }
    static std::string refusal(const RunRequest& request)
    {
        const auto run = resume_setup(request);
        if (run) return {};
        EXPECT_FALSE(run.error().hint.empty()) << run.error().what;
        return run.error().what;
    }
};

TEST_F(ResumeSetupTest, TakesEverythingFromTheRunAndTheLimitsFromTheRequest)
{
    RunRequest r = resumed();
    r.max_steps = 9;
    r.model = "not looked at";
    const auto run = resume_setup(r);
    ASSERT_TRUE(run.ok()) << run.error().what;
    EXPECT_EQ(run->setup.model, small_run_model());
    EXPECT_EQ(run->setup.train.learning_rate, 0.0025);
    EXPECT_EQ(run->setup.train.sequence_length, 32);
    EXPECT_EQ(run->planned_before, 4);
    EXPECT_EQ(run->setup.schedule_steps, 9) << "the learning rate is planned over what the run is now";
    EXPECT_EQ(run->setup.request.max_steps, 9);
    EXPECT_EQ(run->setup.request.run_folder, folder());
    EXPECT_EQ(run->setup.request.data, (std::vector<std::string>{"builtin:mixed"}));
    EXPECT_EQ(run->data.at(0).hash.size(), 16U);
    EXPECT_EQ(read_train_state(run->checkpoint)->progress.step, 4);
}

TEST_F(ResumeSetupTest, WithoutALimitGoesOnToThePlannedEnd)
{
    EXPECT_EQ(resume_setup(resumed())->setup.request.max_steps, 4);
}

TEST_F(ResumeSetupTest, PlansARunAnewThatIsTrainedBeyondItsPlanAndNoOther)
{
    const auto plan = [&](auto limit) {
        RunRequest r = resumed();
        limit(r);
        return resume_setup(r)->setup.schedule_steps;
    };
    EXPECT_EQ(plan([](RunRequest&) {}), 4);
    EXPECT_EQ(plan([](RunRequest& r) { r.max_steps = 3; }), 4);
    EXPECT_EQ(plan([](RunRequest& r) { r.max_steps = std::numeric_limits<std::int64_t>::max(); }), 4) << "no end";
    EXPECT_EQ(plan([](RunRequest& r) { r.max_tokens = 64 * 9 + 1; }), 10);
    const auto state = read_train_state(HfCheckpoint::open(checkpoint_path(folder(), 4)).take());
    const double minutes = 4 * state->progress.device_seconds / 60; // as much again four times
    EXPECT_NEAR(plan([&](RunRequest& r) { r.max_minutes = minutes; }), 20, 1);
    EXPECT_EQ(plan([&](RunRequest& r) { r.max_minutes = 1e-9; }), 5);
    fs::remove_all(checkpoint_path(folder(), 4));
    EXPECT_EQ(plan([&](RunRequest& r) { r.max_minutes = minutes; }), 4) << "the plan is not at its end yet";
    EXPECT_EQ(plan([](RunRequest& r) { r.max_steps = 8; }), 8);
}

TEST_F(ResumeSetupTest, APlanThatIsASettingOrHasNoEndIsKept)
{
    RecordingObserver observer;
    RunRequest r = m_small.request();
    r.run_folder = (m_small / "set").string();
    r.settings.push_back("schedule_steps=3");
    r.max_steps = 4;
    train(r, observer);
    RunRequest more = resumed();
    more.resume = r.run_folder;
    more.max_steps = 9;
    EXPECT_EQ(resume_setup(more)->setup.schedule_steps, 3);

    r = m_small.request();
    r.run_folder = (m_small / "endless").string();
    r.max_minutes = 1e-9;
    train(r, observer);
    more.resume = r.run_folder;
    EXPECT_EQ(resume_setup(more)->setup.schedule_steps, 0);
}

TEST_F(ResumeSetupTest, MovedDataKeepTheirSharesAndMustAllBeNamed)
{
    RecordingObserver observer;
    RunRequest r = m_small.request();
    r.run_folder = (m_small / "mixed").string();
    r.data = {"builtin:code@3", "builtin:english"};
    r.max_steps = 1;
    train(r, observer);
    r = RunRequest{};
    r.resume = (m_small / "mixed").string();
    r.moved_data = {"elsewhere/code@v2", "elsewhere/english"};
    EXPECT_EQ(resume_setup(r)->setup.request.data,
              (std::vector<std::string>{"elsewhere/code@v2@3", "elsewhere/english"}));
    r.moved_data = {"elsewhere/code@3", "elsewhere/english"};
    EXPECT_EQ(resume_setup(r)->setup.request.data, r.moved_data);
    r.moved_data = {"elsewhere/code@2", "elsewhere/english"};
    EXPECT_NE(refusal(r).find("elsewhere/code@2 has another share than builtin:code@3"), std::string::npos);
    r.moved_data = {"elsewhere/code", "elsewhere/english@1"};
    EXPECT_NE(refusal(r).find("elsewhere/english@1 has another share"), std::string::npos);
    r.moved_data = {"elsewhere/code"};
    EXPECT_NE(refusal(r).find("names 1 of the 2 data"), std::string::npos);
}

TEST_F(ResumeSetupTest, TakesTheLastCheckpointThatCanBeOpened)
{
    fs::resize_file(checkpoint_path(folder(), 4) / "model.safetensors", 1000);
    const auto run = resume_setup(resumed());
    ASSERT_TRUE(run.ok()) << run.error().what;
    EXPECT_EQ(read_train_state(run->checkpoint)->progress.step, 2);
}

TEST_F(ResumeSetupTest, SaysWhyARunCannotGoOn)
{
    RunRequest r = resumed();
    r.settings = {"learning_rate=0.1"};
    EXPECT_NE(refusal(r).find("learning_rate=0.1 was given anew"), std::string::npos);
    r = resumed();
    r.resume = (m_small / "nowhere").string();
    EXPECT_NE(refusal(r).find("is no run folder"), std::string::npos);
    r = resumed();
    r.max_steps = -1;
    EXPECT_NE(refusal(r).find("limit of steps"), std::string::npos);

    fs::remove(checkpoint_path(folder(), 4) / "triptych" / "train_state.json");
    EXPECT_NE(refusal(resumed()).find("without the state of its training"), std::string::npos);
    for (const std::int64_t step : {2, 4}) fs::remove(checkpoint_path(folder(), step) / "config.json");
    EXPECT_NE(refusal(resumed()).find("no checkpoint to go on from"), std::string::npos);
    m_small.write("run/run.json", "{}");
    EXPECT_NE(refusal(resumed()).find("run.json"), std::string::npos);
}

TEST_F(ResumeSetupTest, ACheckpointOfAnotherModelIsRefused)
{
    ModelConfig other = small_run_model();
    other.rope_theta = 5000;
    std::ofstream(checkpoint_path(folder(), 4) / "config.json") << model_config_json(other);
    EXPECT_NE(refusal(resumed()).find("another model"), std::string::npos);
}

} // namespace
} // namespace triptych::test
