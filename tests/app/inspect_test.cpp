// init and inspect: what is written, and what is said about models, checkpoints and runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "core/infer/loaded_model.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

#include <set>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

namespace fs = std::filesystem;

class Inspect : public ProgramTest {};

TEST_F(Inspect, GivesThePublishedNumbersOfDeepseekV3)
{
    const Json model = json_of<Json>(run_program({"inspect", "deepseek-v3", "--json"}));
    for (const char* key : {"parameters", "active_parameters", "mtp_parameters", "kv_bytes_per_token",
                            "flops_per_token_training", "memory_bytes", "tensors"})
        EXPECT_TRUE(model.contains(key)) << key;
    EXPECT_NEAR(model["parameters"], 671.03e9, 0.005e9);
    EXPECT_NEAR(model["active_parameters"], 37.55e9, 0.005e9);
    EXPECT_NEAR(model["mtp_parameters"], 11.61e9, 0.005e9);
    EXPECT_EQ(keys_of(model["kv_bytes_per_token"]), (std::set<std::string>{"mla", "mha", "gqa8", "mqa"}));
    EXPECT_EQ(model["kv_bytes_per_token"]["mla"], 70272);
    EXPECT_NEAR(model["flops_per_token_training"], 250.46e9, 0.01e9);
    EXPECT_GT(model["memory_bytes"]["train"], 1e13);
    EXPECT_GT(model["memory_bytes"]["run"], 2e12);
    // 46,183 weights beside the 8-bit scales: the published 91,991 hold two tensors for most of them.
    ASSERT_EQ(model["tensors"].size(), 46183U);
    EXPECT_EQ(model["tensors"][0],
              (Json{{"name", "model.embed_tokens.weight"}, {"dtype", "F32"}, {"shape", {129280, 7168}}}));

    const Outcome text = run_program({"inspect", "deepseek-v3"});
    for (const char* words :
         {"671.03B", "37.55B", "11.61B", "70272 B", "250.46 GFLOP", "model.layers.*.mlp.experts.*.up_proj.weight"})
        EXPECT_NE(text.out.find(words), std::string::npos) << words << " is missing in\n" << text.out;
}

TEST_F(Inspect, DescribesEveryPreset)
{
    for (const std::string& name : list_model_presets()) {
        const Outcome done = run_program({"inspect", name});
        EXPECT_EQ(done.exit_code, 0) << name << ": " << done.err;
        EXPECT_EQ(done.out.rfind(name, 0), 0U) << done.out;
    }
}

TEST_F(Inspect, FreshCheckpointsHoldWhatTheConfigurationForetells)
{
    const std::string checkpoint = fresh();
    const Json planned = json_of<Json>(run_program({"inspect", path("config.json"), "--json"}));
    const Json written = json_of<Json>(run_program({"inspect", checkpoint, "--json"}));
    const auto sorted = [](const Json& model) {
        std::set<std::string> tensors;
        for (const Json& tensor : model["tensors"]) tensors.insert(tensor.dump());
        return tensors;
    };
    EXPECT_EQ(sorted(planned), sorted(written));
    EXPECT_EQ(planned["parameters"], written["parameters"]);
    EXPECT_EQ(planned["memory_bytes"], written["memory_bytes"]);
}

TEST_F(Inspect, CountsNoMtpModuleThatTheFilesDoNotHold)
{
    // As transformers saves it: the key stays in config.json, the module goes.
    ModelConfig config = small_run_model();
    config.num_nextn_predict_layers = 0;
    m_folder.write("plain.json", model_config_json(config));
    ASSERT_EQ(run_program({"init", "--model", path("plain.json"), "--out", path("saved")}).exit_code, 0);
    m_folder.write("saved/config.json", model_config_json(small_run_model()));
    EXPECT_EQ(json_of<Json>(run_program({"inspect", path("saved"), "--json"}))["mtp_parameters"], 0);
    const Outcome eval = run_program({"eval", "--checkpoint", path("saved"), "--tokens", "1 2 3", "--json"});
    EXPECT_EQ(eval.exit_code, 0) << eval.err;
    EXPECT_NE(eval.err.find("holds no MTP module: going on without"), std::string::npos) << eval.err;
}

TEST_F(Inspect, DescribesARun)
{
    const Outcome done =
        run_program(train("run", {"--steps", "6", "--set", "eval_every=3", "--checkpoint-every", "4"}));
    ASSERT_EQ(done.exit_code, 0) << done.err;
    const Json run = json_of<Json>(run_program({"inspect", path("run"), "--json"}));
    EXPECT_EQ(run["run"], path("run"));
    EXPECT_EQ(run["model"], path("config.json"));
    EXPECT_EQ(run["steps"], 6);
    EXPECT_EQ(run["tokens"], 6 * 64);
    EXPECT_GT(run["loss"], 1.0);
    EXPECT_GT(run["validation_loss"], 1.0);
    EXPECT_GT(run["train_seconds"], 0.0);
    EXPECT_GE(run["tco_usd"], run["headline_usd"]);
    ASSERT_EQ(run["checkpoints"].size(), 2U);
    EXPECT_TRUE(fs::exists(fs::path(run["checkpoints"][1]) / "config.json"));
    EXPECT_EQ(run["data"][0]["spec"], path("text.txt"));
    EXPECT_EQ(run["data"][0]["hash"].get<std::string>().size(), 16U);
    EXPECT_EQ(run["settings"]["sequence_length"], 32);
    const Outcome text = run_program({"inspect", path("run")});
    for (const char* words :
         {"steps        6 of 6", "validation   ", "money        $", "settings     sequence_length=32", "step-000006"})
        EXPECT_NE(text.out.find(words), std::string::npos) << words << " is missing in\n" << text.out;
    EXPECT_EQ(json_of<Json>(run_program({"inspect", path("run/run.json"), "--json"}))["steps"], 6);
}

TEST_F(Inspect, RefusesWhatIsNothing)
{
    m_folder.write("folder/readme.txt", "x");
    m_folder.write("broken/run.json", "{");
    expect_refusal(run_program({"inspect", "nothing-here"}), 1, "there is no model \"nothing-here\"", "tiny");
    expect_refusal(run_program({"inspect", path("none.json")}), 1, "none.json", "Check the path");
    expect_refusal(run_program({"inspect", path("folder")}), 1, "holds no config.json", "");
    expect_refusal(run_program({"inspect", path("broken")}), 1, "run.json", "");
}

class Init : public ProgramTest {};

TEST_F(Init, WritesTheWeightsOfTheSeed)
{
    const auto init = [&](const std::string& out, const Arguments& more) {
        Arguments all = {"init", "--model", path("config.json"), "--out", path(out)};
        all.insert(all.end(), more.begin(), more.end());
        EXPECT_EQ(run_program(all).exit_code, 0);
        return slurp(path(out + "/model.safetensors"));
    };
    const std::string one = init("one", {});
    EXPECT_EQ(init("again", {"--seed", "1"}), one);
    EXPECT_NE(init("two", {"--seed", "2"}), one);
    for (const char* file : {"config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"})
        EXPECT_TRUE(fs::exists(path("one/") + file)) << file;
    const auto loaded = LoadedModel::open(path("one"));
    ASSERT_TRUE(loaded.ok()) << loaded.error().what;
    EXPECT_TRUE((*loaded)->notes().empty());
    const Json json =
        json_of<Json>(run_program({"init", "--model", path("config.json"), "--out", path("json"), "--json"}));
    EXPECT_EQ(json["checkpoint"], path("json"));
}

TEST_F(Init, ReplacesNothing)
{
    const std::string checkpoint = fresh();
    m_folder.write("mine/novel.txt", "x");
    const auto init = [&](const std::string& out) {
        return run_program({"init", "--model", path("config.json"), "--out", out});
    };
    expect_refusal(init(checkpoint), 1, "it already exists", "Choose another name");
    expect_refusal(init(path("mine")), 1, "it already exists", "Choose another name");
    expect_refusal(init(path("text.txt")), 1, "there is a file of this name", "");
    EXPECT_EQ(slurp(path("mine/novel.txt")), "x");
    expect_refusal(run_program({"init", "--model", "deepseek-v3", "--out", path("v3")}), 1, "of memory in f32",
                   "smaller model");
    EXPECT_FALSE(fs::exists(path("v3")));
}

TEST_F(Init, AFullDiskLeavesNothing)
{
    ProgramOptions options;
    options.file_size_limit = 10'000;
    const Outcome failed = run_program({"init", "--model", path("config.json"), "--out", path("new")}, options);
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_NE(failed.err.find("larger than this system allows"), std::string::npos) << failed.err;
    EXPECT_FALSE(fs::exists(path("new")));
    for (const auto& entry : fs::directory_iterator(m_folder.path()))
        EXPECT_NE(entry.path().filename().string().front(), '.') << entry.path();
}

} // namespace
} // namespace triptych::test
