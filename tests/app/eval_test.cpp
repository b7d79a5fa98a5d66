// Evaluation from the command line, against the numbers of transformers and of the training itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program_fixture.h"
#include "tests/support/golden.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <numbers>
#include <set>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

namespace fs = std::filesystem;

class Eval : public ProgramTest {
protected:
    static std::string words(const std::vector<std::int32_t>& tokens, std::size_t first, std::size_t count)
    {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += (i ? " " : "") + std::to_string(tokens[first + i]);
        return text;
    }
    static double largest_difference(const std::vector<double>& found, const std::vector<double>& expected,
                                     std::size_t first)
    {
        double worst = 0;
        for (std::size_t i = 0; i < found.size(); ++i)
            worst = std::max(worst, std::abs(found[i] - expected.at(first + i)));
        return worst;
    }
};

TEST_F(Eval, GivesTheLogitsOfTransformersForItsOwnFolders)
{
    for (const char* name : {"qlora", "yarn", "experts256", "tied"}) {
        const GoldenFile reference(golden_folder(name) / "reference.safetensors");
        const auto ids = reference.integers("input_ids");
        const auto length = static_cast<std::size_t>(reference.shape("input_ids")[1]);
        const Outcome done = run_program({"eval", "--checkpoint", golden_folder(name).string(), "--tokens",
                                          words(ids, 0, length), "--logits", path("logits.safetensors"), "--json"});
        ASSERT_EQ(done.exit_code, 0) << done.err;
        EXPECT_EQ(done.err, "");
        const Json result = json_of<Json>(done);
        EXPECT_EQ(keys_of(result), (std::set<std::string>{"tokens", "loss", "bits_per_byte", "max_vio"}));
        EXPECT_EQ(result["tokens"], length);
        EXPECT_TRUE(result["bits_per_byte"].is_null()) << "nobody knows how many bytes these tokens are";
        const GoldenFile logits(path("logits.safetensors"));
        EXPECT_EQ(logits.shape("logits")[0], static_cast<std::int64_t>(length));
        EXPECT_FALSE(logits.has("mtp_logits"));
        EXPECT_LT(largest_difference(logits.doubles("logits"), reference.doubles("logits"), 0), 1e-4) << name;
    }
}

TEST_F(Eval, GivesTheLogitsOfTheMtpModule)
{
    const GoldenFile reference(golden_folder("mtp1") / "reference.safetensors");
    const auto length = static_cast<std::size_t>(reference.shape("logits")[1]);
    // From a file, one token more than the reference has positions.
    m_folder.write("tokens.txt", words(reference.integers("tokens"), 0, length + 1) + "\n");
    const Outcome done = run_program({"eval", "--checkpoint", golden_folder("mtp1").string(), "--tokens-file",
                                      path("tokens.txt"), "--logits", path("logits.safetensors")});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    const GoldenFile logits(path("logits.safetensors"));
    EXPECT_EQ(logits.shape("logits")[0], static_cast<std::int64_t>(length + 1));
    EXPECT_EQ(logits.shape("mtp_logits")[0], static_cast<std::int64_t>(length));
    EXPECT_LT(largest_difference(logits.doubles("mtp_logits"), reference.doubles("mtp_logits.1"), 0), 1e-4);
}

TEST_F(Eval, MeasuresAText)
{
    const std::string checkpoint = trained("run", 5);
    const Json result =
        json_of<Json>(run_program({"eval", "--checkpoint", checkpoint, "--data", path("text.txt"), "--json"}));
    EXPECT_EQ(keys_of(result), (std::set<std::string>{"tokens", "loss", "bits_per_byte", "max_vio"}));
    EXPECT_EQ(result["tokens"], fs::file_size(path("text.txt")));
    EXPECT_GT(result["loss"], 1.0);
    EXPECT_LT(result["loss"], 6.0);
    EXPECT_NEAR(result["bits_per_byte"], result["loss"].get<double>() / std::numbers::ln2, 1e-9) << "a token is a byte";
    EXPECT_GT(result["max_vio"], 0.0);
    // A run folder stands for its latest checkpoint; windows of the training's length are the default.
    EXPECT_EQ(json_of<Json>(run_program({"eval", "--checkpoint", path("run"), "--data", path("text.txt"), "--json"})),
              result);
    EXPECT_EQ(json_of<Json>(run_program(
                  {"eval", "--checkpoint", checkpoint, "--data", path("text.txt"), "--window", "32", "--json"})),
              result);
    const Outcome text = run_program({"eval", "--checkpoint", checkpoint, "--data", path("text.txt")});
    EXPECT_NE(text.out.find("nats per token"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("bits per byte  "), std::string::npos) << text.out;
}

TEST_F(Eval, OneTokenHasNoLossAndStillItsLogits)
{
    const Outcome done =
        run_program({"eval", "--checkpoint", fresh(), "--tokens", "5", "--json", "--logits", path("l.safetensors")});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_TRUE(json_of<Json>(done)["loss"].is_null());
    EXPECT_EQ(GoldenFile(path("l.safetensors")).shape("logits"), (std::vector<std::int64_t>{1, 264}));
}

TEST_F(Eval, RefusesWhatItCannotEvaluate)
{
    const std::string checkpoint = fresh();
    m_folder.write("empty.txt", "");
    m_folder.write("folder/config.json", "{}");
    const auto tokens = [&](const std::string& ids) {
        return run_program({"eval", "--checkpoint", checkpoint, "--tokens", ids, "--json"});
    };
    expect_refusal(tokens("1 2 264"), 1, "token 264 is outside the vocabulary of the model, whose ids are 0 to 263",
                   "this model");
    expect_refusal(tokens("1 -2"), 1, "token -2 is outside the vocabulary", "this model");
    expect_refusal(tokens("1 x"), 1, "\"x\" is no token id", "whole numbers");
    expect_refusal(tokens("1 99999999999999999999"), 1, "is no token id", "whole numbers");
    expect_refusal(tokens(" "), 1, "no tokens were given", "Give ids");
    std::string many;
    for (int i = 0; i < 65; ++i) many += "1 ";
    expect_refusal(tokens(many), 1, "65 tokens are more than the 64 positions of the model", "--data");
    const auto data = [&](const Arguments& more) {
        Arguments all = {"eval", "--checkpoint", checkpoint};
        all.insert(all.end(), more.begin(), more.end());
        return run_program(all);
    };
    expect_refusal(data({"--data", path("none.txt")}), 1, "none.txt", "");
    expect_refusal(data({"--data", path("empty.txt")}), 1, "empty.txt", "");
    expect_refusal(data({"--tokens-file", path("none.txt")}), 1, "none.txt", "Check the path");
    expect_refusal(data({"--data", path("text.txt"), "--window", "65"}), 1, "--window 65 is longer",
                   "--window 64 or less");
    expect_refusal(data({"--data", path("text.txt"), "--logits", path("l")}), 1, "more than the 64 positions",
                   "without --logits");
    expect_refusal(data({"--tokens", "1 2", "--logits", path("none/l")}), 1, "none/l", "");
    expect_refusal(run_program({"eval", "--checkpoint", path("none"), "--tokens", "1"}), 1, "there is no checkpoint at",
                   "Check the path");
    expect_refusal(run_program({"eval", "--checkpoint", path("folder"), "--tokens", "1"}), 1, "config.json", "");
    expect_refusal(run_program({"eval", "--checkpoint", golden_folder("qlora").string(), "--data", path("text.txt")}),
                   1, "tokenizer.json", "--tokens");
}

TEST_F(Eval, DamagedWeightsAreAnErrorAndNoCrash)
{
    const std::string checkpoint = fresh();
    fs::resize_file(fs::path(checkpoint) / "model.safetensors",
                    fs::file_size(fs::path(checkpoint) / "model.safetensors") / 2);
    expect_refusal(run_program({"eval", "--checkpoint", checkpoint, "--tokens", "1 2"}), 1, "model.safetensors", "");
}

} // namespace
} // namespace triptych::test
