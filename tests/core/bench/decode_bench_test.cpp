// Measured decoding: its numbers belong together, whatever the machine.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/decode_bench.h"
#include "core/config/parameter_count.h"
#include "tests/support/small_run.h"

#include <map>

namespace triptych::test {
namespace {

class DecodeBenchTest : public testing::Test {
protected:
    BenchRequest request() const
    {
        return {.model = (m_folder / "config.json").string(), .threads = 1, .repetitions = 2};
    }
    SmallRun m_folder;
};

TEST_F(DecodeBenchTest, ItsRatesFollowFromItsTimes)
{
    const auto bench = bench_decoding(request());
    ASSERT_TRUE(bench) << bench.error().what;
    EXPECT_EQ(bench->texts, 2);
    EXPECT_EQ(bench->threads, 1);
    EXPECT_EQ(bench->precision, "f32");
    EXPECT_EQ(bench->prompt_tokens, 32);
    EXPECT_EQ(bench->new_tokens, 32) << "the model has 64 positions";
    EXPECT_GE(bench->different_tokens, 1);
    EXPECT_LE(bench->different_tokens, 32);
    EXPECT_GT(bench->token_seconds.least, 0);
    EXPECT_DOUBLE_EQ(bench->tokens_per_second() * bench->token_seconds.median, 1);
    EXPECT_DOUBLE_EQ(bench->limit() * bench->weight_bytes, bench->read_bandwidth.median);
    EXPECT_DOUBLE_EQ(bench->share_of_limit() * bench->limit(), bench->tokens_per_second());
    EXPECT_GT(bench->share_of_limit(), 0);
}

TEST_F(DecodeBenchTest, TheTimesOfItsOpsAreThoseOfOneTokenWithoutThePrompt)
{
    const auto bench = bench_decoding(request());
    ASSERT_TRUE(bench) << bench.error().what;
    double seconds = bench->profile.outside_seconds;
    std::map<std::string, double> calls;
    for (const OpTime& op : bench->profile.ops) {
        seconds += op.seconds;
        calls[op.name] = op.calls;
    }
    EXPECT_EQ(calls["embedding_forward"], 1);
    EXPECT_EQ(calls["latent_attention"], 2) << "once a layer";
    EXPECT_NEAR(seconds, bench->profile.seconds, 1e-9);
}

TEST_F(DecodeBenchTest, TheSmallestModelStillWritesAToken)
{
    ModelConfig config = small_run_model();
    config.max_position_embeddings = 3;
    m_folder.write("config.json", model_config_json(config));
    const auto three = bench_decoding(request());
    ASSERT_TRUE(three) << three.error().what;
    EXPECT_EQ(three->prompt_tokens, 1);
    EXPECT_EQ(three->new_tokens, 2);
}

TEST_F(DecodeBenchTest, RefusesAPrecisionThatGenerationDoesNotHave)
{
    BenchRequest reference = request();
    reference.precision = "f64";
    const auto bench = bench_decoding(reference);
    ASSERT_FALSE(bench);
    EXPECT_NE(bench.error().what.find("generation in precision \"f64\""), std::string::npos) << bench.error().what;
    EXPECT_FALSE(bench_decoding({.model = "no-such-model"}));
}

TEST(ActiveWeightBytes, CountTheHeadButNotTheTableOfTheInput)
{
    ModelConfig config = tiny_config();
    const ParameterCount own = count_parameters(config);
    EXPECT_EQ(active_weight_bytes(config, DType::F32), 4.0 * static_cast<double>(own.active - 29 * 20));
    config.tie_word_embeddings = true;
    EXPECT_EQ(active_weight_bytes(config, DType::F32), 4.0 * static_cast<double>(own.active - 29 * 20))
        << "the same work: the head reads the shared table";
    EXPECT_EQ(active_weight_bytes(config, DType::BF16) * 2, active_weight_bytes(config, DType::F32));
}

} // namespace
} // namespace triptych::test
