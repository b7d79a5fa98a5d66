// The benchmarks as scripts and people see them. Nothing here depends on how fast the machine is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/device.h"
#include "kernels/selftest/op_case.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

namespace triptych::test {
namespace {

using Json = nlohmann::ordered_json;

class BenchCommand : public ProgramTest {
protected:
    /// The small model on one thread, measured twice.
    Arguments bench(const std::string& what, const Arguments& more = {}) const
    {
        Arguments all = {"bench", what, "--model", path("config.json"), "--threads", "1", "--steps", "2"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
};

std::vector<std::string> first_keys(const Json& object, std::size_t count)
{
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        if (keys.size() < count) keys.push_back(key);
    return keys;
}

double number(const Json& object, const char* key)
{
    EXPECT_TRUE(object.contains(key) && object[key].is_number()) << key;
    return object.value(key, 0.0);
}

/// ops and what is outside of them make up `whole`, each with a time and a rate.
void expect_parts_of(const Json& bench, const char* whole)
{
    double ms = number(bench, "outside_ops_ms");
    EXPECT_GE(ms, 0);
    ASSERT_FALSE(bench["ops"].empty());
    double before = 1e300;
    for (const Json& op : bench["ops"]) {
        EXPECT_EQ(first_keys(op, 3), (std::vector<std::string>{"name", "ms", "gflops"}));
        EXPECT_LE(number(op, "ms"), before) << "the longest first";
        EXPECT_GE(number(op, "gflops"), 0);
        EXPECT_GT(number(op, "calls"), 0);
        before = op["ms"];
        ms += before;
    }
    EXPECT_NEAR(ms, number(bench, whole), 1e-6 * ms);
}

TEST_F(BenchCommand, OfATrainingKeepsItsContract)
{
    const Outcome done = run_program(bench("train", {"--seq", "16", "--batch", "3", "--json"}));
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.err, "");
    const Json found = json_of<Json>(done);
    EXPECT_EQ(first_keys(found, 9),
              (std::vector<std::string>{"model", "precision", "threads", "tokens_per_second", "step_ms", "gflops",
                                        "matrix_peak_gflops", "share_of_peak", "ops"}));
    EXPECT_EQ(found["model"], path("config.json"));
    EXPECT_EQ(found["precision"], has_bfloat16_products() ? "bf16" : "f32");
    EXPECT_EQ(found["threads"], 1);
    EXPECT_EQ(found["steps"], 2);
    EXPECT_EQ(found["sequence_length"], 16);
    EXPECT_EQ(found["batch_size"], 3);
    EXPECT_NEAR(number(found, "tokens_per_second") * number(found, "step_ms"), 48e3, 1e-3);
    EXPECT_NEAR(number(found, "gflops") * number(found, "step_ms"), 1e3 * number(found, "step_gflop"), 1e-6);
    EXPECT_NEAR(number(found, "share_of_peak") * number(found, "matrix_peak_gflops"), number(found, "gflops"), 1e-6);
    EXPECT_GT(number(found, "share_of_peak"), 0);
    EXPECT_GT(number(found, "first_step_ms"), 0);
    EXPECT_GT(number(found, "planned_bytes"), 0);
    expect_parts_of(found, "observed_step_ms");
}

TEST_F(BenchCommand, MeasuresTheProductFloorOnlyWhereAsked)
{
    const Arguments asked = {"--precision", "f32", "--seq", "16", "--floor"};
    Arguments as_json = asked;
    as_json.push_back("--json");
    const Json found = json_of<Json>(run_program(bench("train", as_json)));
    EXPECT_NEAR(number(found, "floor_gflops") * number(found, "floor_ms"), 1e3 * number(found, "step_gflop"), 1e-6);
    EXPECT_NEAR(number(found, "share_of_floor") * number(found, "step_ms"), number(found, "floor_ms"), 1e-6);
    for (const char* part : {"floor_dense_ms", "floor_experts_ms", "floor_attention_ms"})
        EXPECT_GT(number(found, part), 0) << part;
    EXPECT_FALSE(json_of<Json>(run_program(bench("train", {"--seq", "16", "--json"}))).contains("floor_ms"));

    const std::string shown = run_program(bench("train", asked)).out;
    for (const char* part : {"product floor", "share of floor", "oneDNN: dense"})
        EXPECT_NE(shown.find(part), std::string::npos) << part << " is missing in\n" << shown;
}

TEST_F(BenchCommand, OfDecodingKeepsItsContract)
{
    const Outcome done = run_program(bench("decode", {"--json"}));
    ASSERT_EQ(done.exit_code, 0) << done.err;
    const Json found = json_of<Json>(done);
    EXPECT_EQ(first_keys(found, 2), (std::vector<std::string>{"tokens_per_second", "precision"}));
    EXPECT_EQ(found["texts"], 2);
    EXPECT_NEAR(number(found, "tokens_per_second") * number(found, "token_ms"), 1e3, 1e-6);
    EXPECT_NEAR(number(found, "limit_tokens_per_second") * number(found, "active_weight_bytes"),
                1e9 * number(found, "read_gb_per_second"), 1);
    EXPECT_NEAR(number(found, "share_of_limit") * number(found, "limit_tokens_per_second"),
                number(found, "tokens_per_second"), 1e-6);
    EXPECT_GT(number(found, "share_of_limit"), 0);
    expect_parts_of(found, "observed_token_ms");
}

TEST_F(BenchCommand, OfTheOpsHasARowForEach)
{
    const Outcome done = run_program({"bench", "ops", "--steps", "1", "--json"});
    ASSERT_EQ(done.exit_code, 0) << done.err;
    const Json found = json_of<Json>(done);
    EXPECT_GT(number(found, "matrix_peak_gflops"), 0);
    EXPECT_GT(number(found, "read_gb_per_second"), 0);
    ASSERT_EQ(found["ops"].size(), selftest::op_cases().size());
    for (std::size_t i = 0; i < found["ops"].size(); ++i) {
        const Json& op = found["ops"][i];
        EXPECT_EQ(op["name"], selftest::op_cases()[i].name);
        EXPECT_GT(number(op, "ms"), 0);
        EXPECT_GT(number(op, "gb_per_second"), 0) << op["name"];
        EXPECT_NEAR(number(op, "share_of_peak") * number(found, "matrix_peak_gflops"), number(op, "gflops"),
                    1e-9 * number(found, "matrix_peak_gflops"));
        EXPECT_EQ(op["calls"], 1);
    }
}

TEST_F(BenchCommand, ShowsPeopleATableWithUnits)
{
    const Outcome train = run_program(bench("train", {"--precision", "f32"}));
    ASSERT_EQ(train.exit_code, 0) << train.err;
    for (const char* part : {"tokens/s", "share of peak", "ms/step", "calls/step", "GFLOP/s", "GB/s", "outside ops",
                             "adamw_update", "f32, 1 thread\n"})
        EXPECT_NE(train.out.find(part), std::string::npos) << part << " is missing in\n" << train.out;
    const Outcome decode = run_program(bench("decode"));
    ASSERT_EQ(decode.exit_code, 0) << decode.err;
    for (const char* part : {"tokens/s", "share of limit", "us/token", "GB/s read", "latent_attention"})
        EXPECT_NE(decode.out.find(part), std::string::npos) << part << " is missing in\n" << decode.out;
}

/// Every line of a table is as wide as its heading, but for the sums, which have no rates.
TEST_F(BenchCommand, ItsTablesAreAligned)
{
    std::istringstream lines(run_program(bench("train")).out);
    std::size_t width = 0;
    int rows = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("op ")) width = line.size();
        if (width == 0 || line.starts_with("outside") || line.starts_with("all,")) continue;
        EXPECT_EQ(line.size(), width) << line;
        ++rows;
    }
    EXPECT_GT(rows, 20);
}

TEST_F(BenchCommand, SaysWhatItCannotMeasure)
{
    expect_refusal(run_program({"bench", "train", "--model", "bench-z"}), 1, "bench-z", "bench-s");
    expect_refusal(run_program({"bench", "decode", "--model", "deepseek-v3"}), 1, "memory", "smaller model");
    expect_refusal(run_program(bench("train", {"--seq", "65"})), 1, "sequence_length", "");
    expect_refusal(run_program(bench("train", {"--precision", "fp8-sim"})), 1, "precision \"fp8-sim\"", "Use bf16");
    expect_refusal(run_program(bench("decode", {"--precision", "f64"})), 1, "precision \"f64\"", "Use --precision f32 or bf16");
    expect_refusal(run_program(bench("decode", {"--batch", "2"})), 2, "--batch belongs to bench train", "Leave it out");
    expect_refusal(run_program(bench("train", {"--precision", "f64", "--floor"})), 1, "f64", "--precision f32 or bf16");
    expect_refusal(run_program(bench("decode", {"--floor"})), 2, "--floor belongs to bench train", "Leave it out");
    expect_refusal(run_program({"bench", "ops", "--seq", "2"}), 2, "--seq belongs to bench train", "Leave it out");
}

} // namespace
} // namespace triptych::test
