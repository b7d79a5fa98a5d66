// Generation from the command line: text, JSON, the trace, both forms of attention.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

#include <csignal>
#include <set>
#include <sstream>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

class Generate : public ProgramTest {
protected:
    /// The small model, trained a little so that its text is no pure noise, in a context that holds a sentence.
    Generate() : m_checkpoint(trained("run", 5)) {}

    Outcome generate(const Arguments& more) const
    {
        Arguments all = {"generate", "--checkpoint", m_checkpoint};
        all.insert(all.end(), more.begin(), more.end());
        return run_program(all);
    }

    std::string m_checkpoint;
};

TEST_F(Generate, PrintsTheJsonOfTheContract)
{
    const Outcome done = generate({"--prompt", "The quick", "--max-new-tokens", "12", "--json"});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.err, "");
    const Json result = json_of<Json>(done);
    EXPECT_EQ(keys_of(result), (std::set<std::string>{"text", "tokens", "prompt_tokens", "tokens_per_second",
                                                      "draft_proposed", "draft_accepted"}));
    EXPECT_EQ(result["prompt_tokens"], 9);
    EXPECT_GE(result["tokens"], 1);
    EXPECT_LE(result["tokens"], 12);
    EXPECT_GT(result["tokens_per_second"], 0);
    EXPECT_EQ(result["draft_proposed"], 0);
    EXPECT_EQ(result["draft_accepted"], 0);
    EXPECT_TRUE(result["text"].is_string());
}

TEST_F(Generate, PrintsPromptAndContinuationForPeopleAndTheSpeedBeside)
{
    const Outcome done = generate({"--prompt", "The quick", "--max-new-tokens", "8"});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.out.rfind("The quick", 0), 0U) << done.out;
    EXPECT_NE(done.err.find("tokens/s"), std::string::npos);
    const Json same = json_of<Json>(generate({"--prompt", "The quick", "--max-new-tokens", "8", "--json"}));
    EXPECT_EQ(done.out, "The quick" + same["text"].get<std::string>() + "\n");
}

TEST_F(Generate, BothFormsOfAttentionAndTheSameSeedGiveTheSameText)
{
    const auto text = [&](const Arguments& more) {
        Arguments all = {"--prompt", "line 1", "--max-new-tokens", "20", "--json"};
        all.insert(all.end(), more.begin(), more.end());
        return json_of<Json>(generate(all))["text"].get<std::string>();
    };
    EXPECT_EQ(text({"--temperature", "0", "--attention", "absorbed"}),
              text({"--temperature", "0", "--attention", "naive"}));
    EXPECT_EQ(text({"--seed", "3"}), text({"--seed", "3"}));
    EXPECT_NE(text({"--seed", "3", "--temperature", "2"}), text({"--seed", "4", "--temperature", "2"}));
    EXPECT_EQ(text({"--top-k", "1", "--temperature", "5"}), text({"--temperature", "0"}));
    EXPECT_EQ(text({"--top-p", "0", "--temperature", "5"}), text({"--temperature", "0"}));
}

TEST_F(Generate, ReadsWeightsInBf16WhereAsked)
{
    const Arguments narrow = {"--prompt", "line 1", "--max-new-tokens", "8", "--temperature", "0", "--precision", "bf16",
                              "--json"};
    const Outcome done = generate(narrow);
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_GE(json_of<Json>(done)["tokens"], 1);
    EXPECT_EQ(json_of<Json>(generate(narrow))["text"], json_of<Json>(done)["text"]);
}

TEST_F(Generate, TracesRoutesAndAttentionOfEachTokenAlikeInBothForms)
{
    std::vector<std::vector<Json>> traces;
    for (const char* form : {"absorbed", "naive"}) {
        const Json result = json_of<Json>(generate({"--prompt", "fox", "--max-new-tokens", "6", "--temperature", "0",
                                                    "--attention", form, "--trace", path(form), "--json"}));
        std::istringstream in(slurp(path(form)));
        auto& lines = traces.emplace_back();
        for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
        ASSERT_EQ(lines.size(), 3 + result["tokens"].get<std::size_t>());
    }
    for (std::size_t t = 0; t < traces[0].size(); ++t) {
        const Json& line = traces[0][t];
        EXPECT_EQ(keys_of(line), (std::set<std::string>{"position", "token", "text", "prompt", "routes", "attention"}));
        EXPECT_EQ(line["position"], t);
        EXPECT_EQ(line["prompt"], t < 3);
        EXPECT_EQ(line["routes"].size(), 1U) << "the second of two layers has experts";
        EXPECT_EQ(line["routes"][0]["layer"], 1);
        EXPECT_EQ(line["routes"][0]["experts"].size(), 3U);
        EXPECT_EQ(line["routes"][0], traces[1][t]["routes"][0]);
        ASSERT_EQ(line["attention"].size(), 2U);
        for (std::size_t layer = 0; layer < 2; ++layer)
            for (std::size_t head = 0; head < 2; ++head) {
                const auto row = line["attention"][layer][head].get<std::vector<double>>();
                const auto other = traces[1][t]["attention"][layer][head].get<std::vector<double>>();
                ASSERT_EQ(row.size(), t + 1);
                double sum = 0;
                for (std::size_t key = 0; key < row.size(); ++key) {
                    sum += row[key];
                    EXPECT_NEAR(row[key], other[key], 1e-5);
                }
                EXPECT_NEAR(sum, 1, 1e-4);
            }
    }
    EXPECT_EQ(traces[0][0]["text"], "f");
}

TEST_F(Generate, EndsWhereThePositionsEnd)
{
    const std::string prompt(60, 'a');
    const Json result = json_of<Json>(generate({"--prompt", prompt, "--max-new-tokens", "100", "--json"}));
    EXPECT_EQ(result["prompt_tokens"], 60);
    EXPECT_LE(result["tokens"], 4);
}

TEST_F(Generate, RefusesWhatItCannotContinue)
{
    expect_refusal(generate({"--prompt", ""}), 1, "the prompt is empty", "<bos>");
    expect_refusal(generate({"--prompt", std::string(64, 'a')}), 1,
                   "the prompt has 64 tokens, and the model 64 positions", "Shorten it to 63");
    expect_refusal(generate({"--prompt", "x", "--speculative"}), 1, "--speculative is not possible in this version",
                   "Leave out");
    expect_refusal(generate({"--prompt", "x", "--trace", path("none/trace")}), 1, "none/trace", "");
    expect_refusal(generate({"--prompt", "x", "--trace", "/dev/null"}), 1, "device or a pipe", "Name a new file");
    expect_refusal(run_program({"generate", "--checkpoint", path("none"), "--prompt", "x"}), 1,
                   "there is no checkpoint", "");
    // A tokenizer of another model: more tokens than the model has rows.
    ModelConfig narrow = small_run_model();
    narrow.vocab_size = 100;
    m_folder.write("narrow.json", model_config_json(narrow));
    ASSERT_EQ(run_program({"init", "--model", path("narrow.json"), "--out", path("narrow")}).exit_code, 0);
    expect_refusal(run_program({"generate", "--checkpoint", path("narrow"), "--prompt", "x"}), 1, "tokenizer.json", "");
    std::filesystem::copy_file(m_checkpoint + "/tokenizer.json", path("narrow/tokenizer.json"));
    expect_refusal(run_program({"generate", "--checkpoint", path("narrow"), "--prompt", "x"}), 1,
                   "the tokenizer has 264 tokens, and the model only 100", "tokenizer.json");
}

TEST_F(Generate, ATerminalIsNotSteeredByWhatTheModelWrites)
{
    ProgramOptions options;
    options.output = Stdout::Terminal;
    const Outcome done = run_program({"generate", "--checkpoint", m_checkpoint, "--prompt", "\x1b[2J",
                                      "--max-new-tokens", "30", "--temperature", "3"},
                                     options);
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.out.find('\x1b'), std::string::npos) << done.out;
    EXPECT_EQ(done.out.rfind("?[2J", 0), 0U) << done.out;
}

} // namespace
} // namespace triptych::test
