// The effective rank of matrices whose rank is known, of a model's latents, and of a run over its steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/latent_rank.h"
#include "core/train/trainer.h"
#include "tests/support/token_source.h"
#include "tests/support/training_run_fixture.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace triptych::test {
namespace {

/// [rows, columns]: row r is a cosine of frequency r mod k, orthogonal to those of other frequencies; every frequency
/// comes equally often.
std::vector<float> waves(std::int64_t rows, std::int64_t columns, std::int64_t k)
{
    std::vector<float> matrix;
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c)
            matrix.push_back(
                static_cast<float>(std::cos(std::numbers::pi * (static_cast<double>(c) + 0.5) *
                                            static_cast<double>(r % k + 1) / static_cast<double>(columns))));
    return matrix;
}

TEST(EffectiveRank, OfSoManyEquallyStrongDirectionsIsTheirNumber)
{
    for (const std::int64_t k : {1, 3, 8, 24}) {
        EXPECT_NEAR(effective_rank(waves(240, 32, k), 240, 32), static_cast<double>(k), 1e-3)
            << "more tokens than values";
        EXPECT_NEAR(effective_rank(waves(24, 64, k), 24, 64), static_cast<double>(k), 1e-3)
            << "fewer tokens than values";
    }
}

TEST(EffectiveRank, OfTwoDirectionsOfDifferentStrengthLiesBetweenOneAndTwo)
{
    // Singular values 3 and 1: entropy of (3/4, 1/4).
    const std::vector<float> matrix = {3, 0, 0, 0, 1, 0};
    EXPECT_NEAR(effective_rank(matrix, 2, 3), std::exp(-0.75 * std::log(0.75) - 0.25 * std::log(0.25)), 1e-12);
}

TEST(EffectiveRank, NeverExceedsTheShorterSideAndComesNearItForNoise)
{
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    for (const auto& [rows, columns] : {std::pair<std::int64_t, std::int64_t>{256, 64}, {32, 200}}) {
        std::vector<float> matrix(static_cast<std::size_t>(rows * columns));
        for (float& x : matrix) x = normal(random);
        const double rank = effective_rank(matrix, rows, columns);
        const auto bound = static_cast<double>(std::min(rows, columns));
        EXPECT_LE(rank, bound);
        EXPECT_GT(rank, 0.9 * bound);
    }
}

TEST(EffectiveRank, OfNothingIsZeroAndOfWhatIsNoNumberNone)
{
    EXPECT_EQ(effective_rank(std::vector<float>(12, 0.0F), 3, 4), 0);
    EXPECT_TRUE(std::isnan(effective_rank(std::vector<float>{1, 2, std::numeric_limits<float>::quiet_NaN(), 3}, 2, 2)));
}

TEST(RankSample, IsTheBeginningsOfUpToFourTexts)
{
    constexpr std::int64_t kLength = 100;
    TokenBatch batch;
    batch.batch = 6;
    batch.length = kLength;
    for (int depth = 0; depth < 2; ++depth) {
        batch.inputs.emplace_back();
        for (std::int32_t i = 0; i < 6 * kLength; ++i) batch.inputs.back().push_back(1000 * depth + i);
    }
    const TokenBatch sample = rank_sample(batch);
    EXPECT_EQ(sample.batch, 4);
    EXPECT_EQ(sample.length, 64);
    ASSERT_EQ(sample.inputs.size(), 2U);
    ASSERT_EQ(sample.inputs[1].size(), 256U);
    EXPECT_EQ(sample.inputs[0][63], 63);
    EXPECT_EQ(sample.inputs[0][64], 100);
    EXPECT_EQ(sample.inputs[1][255], 1363);
    EXPECT_TRUE(sample.targets.empty()) << "nobody asks for losses";
    batch.batch = 1;
    for (auto& inputs : batch.inputs) inputs.resize(kLength);
    EXPECT_EQ(rank_sample(batch).length, kLength) << "one short text is all there is";
    EXPECT_EQ(rank_sample(TokenBatch{}).batch, 0);
}

TEST(LatentRankOfAModel, IsThatOfTheLatentsOfItsLayersBeforeTheFirstStepTooAndChangesNothing)
{
    const CountingSource source(264, 2, 40, 1);
    TrainConfig config;
    config.batch_size = 2;
    config.sequence_length = 40;
    config.threads = 1;
    for (const Precision& precision : {Precision(DType::F32), precision_of("bf16")}) {
        Trainer trainer(small_run_model(), config, *find_router("sigmoid_noaux").value(), precision, source, 0);
        trainer.initialize();
        const ProbeModel model{trainer.model(), trainer.packed_params(), trainer.workspace(), trainer.stream(), 40};
        const LatentRank rank = read_latent_rank(model, rank_sample(source.validation_batch(0)));
        const std::int64_t latent = small_run_model().kv_lora_rank;
        EXPECT_EQ(rank.bound, std::min<std::int64_t>(80, latent));
        ASSERT_EQ(rank.layers.size(), static_cast<std::size_t>(small_run_model().num_hidden_layers) + 1);
        for (const float layer : rank.layers) {
            EXPECT_GT(layer, 1);
            EXPECT_LE(layer, static_cast<float>(latent));
        }
        EXPECT_EQ(read_latent_rank(model, rank_sample(source.validation_batch(0))).layers, rank.layers);
        EXPECT_TRUE(std::isnan(read_latent_rank(model, TokenBatch{}).layers[0])) << "no tokens, no rank";
    }
}

TEST_F(TrainingRunTest, LatentRankIsKeptAsASeriesAndInTheFrames)
{
    RecordingObserver observer;
    RunRequest r = request(8, "run");
    r.settings.push_back("probe_every=4");
    train(r, observer);
    const auto points = series("run", {Metric::LayerLatentRank, 1});
    ASSERT_EQ(points.size(), 2U);
    EXPECT_EQ(points[0].step, 4);
    EXPECT_EQ(points[1].step, 8);
    ASSERT_FALSE(observer.probes.empty()) << "the history keeps frames";
    const ProbeFrame& frame = *observer.probes.back();
    EXPECT_EQ(frame.latent_rank.at(1), static_cast<float>(points[frame.step == 8 ? 1 : 0].value));
    EXPECT_EQ(frame.rank_bound, std::min<std::int64_t>(64, small_run_model().kv_lora_rank));
}

TEST_F(TrainingRunTest, LatentRankIsTakenOnceForTheSameWeightsAndIsNotOfTheProbeText)
{
    RecordingObserver observer;
    auto run = TrainingRun::open(request(0, "run"), observer).take();
    run->set_probe("a", 1000);
    run->set_probe("something else altogether", 1000);
    ASSERT_EQ(observer.probes.size(), 2U);
    EXPECT_EQ(observer.probes[0]->latent_rank, observer.probes[1]->latent_rank);
    EXPECT_FALSE(observer.probes[0]->latent_rank.empty());
    for (const Sample& sample : observer.all)
        EXPECT_NE(sample.metric.metric, Metric::LayerLatentRank) << "steps begin with 1";
    run->finish("stopped");
}

TEST_F(TrainingRunTest, LookingAtLatentsDoesNotChangeTheTraining)
{
    RecordingObserver plain;
    RecordingObserver watched;
    train(request(6), plain);
    auto run = TrainingRun::open(request(6), watched).take();
    run->set_probe("The old house", 1);
    while (!run->finished()) run->step();
    ASSERT_EQ(plain.reports.size(), watched.reports.size());
    for (std::size_t i = 0; i < plain.reports.size(); ++i) EXPECT_EQ(plain.reports[i].loss, watched.reports[i].loss);
}

} // namespace
} // namespace triptych::test
