// Batches and sequences that the benchmarks choose, and what they refuse.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_setup.h"
#include "tests/support/small_run.h"

namespace triptych::test {
namespace {

TEST(BenchSetup, ChoosesBatchesByThePresetAndByThePositionsOfTheModel)
{
    struct Expected {
        const char* model;
        std::int64_t sequence_length;
        std::int64_t batch_size;
    };
    for (const Expected& e :
         {Expected{"bench-s", 256, 16}, Expected{"bench-m", 512, 8}, Expected{"bench-x", 256, 16},
          Expected{"tiny", 256, 8}, Expected{TRIPTYCH_SOURCE_DIR "/resources/model_presets/bench-m.json", 512, 8}}) {
        const auto setup = bench_setup({.model = e.model});
        ASSERT_TRUE(setup) << setup.error().what;
        EXPECT_EQ(setup->train.sequence_length, e.sequence_length) << e.model;
        EXPECT_EQ(setup->train.batch_size, e.batch_size) << e.model;
    }
    const SmallRun folder;
    const auto small = bench_setup({.model = (folder / "config.json").string()});
    ASSERT_TRUE(small) << small.error().what;
    EXPECT_EQ(small->train.sequence_length, small_run_model().max_position_embeddings);
}

TEST(BenchSetup, TakesWhatIsAskedFor)
{
    const auto setup =
        bench_setup({.model = "tiny", .precision = "f64", .sequence_length = 48, .batch_size = 3, .threads = 5});
    ASSERT_TRUE(setup) << setup.error().what;
    EXPECT_EQ(setup->train.sequence_length, 48);
    EXPECT_EQ(setup->train.batch_size, 3);
    EXPECT_EQ(setup->train.threads, 5);
    EXPECT_EQ(setup->train.precision, "f64");
    EXPECT_EQ(setup->precision, Precision(DType::F64));
    EXPECT_GE(bench_threads({}), 1);
}

TEST(BenchSetup, RefusesWhatATrainingRefuses)
{
    const auto unknown = bench_setup({.model = "bench-z"});
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().what.find("bench-z"), std::string::npos) << unknown.error().what;
    EXPECT_FALSE(bench_setup({.model = "tiny", .precision = "fp7"}));
    EXPECT_FALSE(bench_setup({.model = "tiny", .batch_size = -1}));
    EXPECT_FALSE(bench_setup({.model = "bench-s", .sequence_length = 257})) << "more than the model's positions";
    for (const char* precision : {"f32", "bf16", "fp8-sim", "f64"}) {
        RunRequest training;
        training.model = "tiny";
        training.settings = {std::string("precision=") + precision};
        EXPECT_EQ(bench_setup({.model = "tiny", .precision = precision}).ok(), resolve_setup(training).ok())
            << precision;
    }
}

} // namespace
} // namespace triptych::test
