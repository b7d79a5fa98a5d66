// Hundreds of damaged run folders: manifest, training state and database are refused in words or read, none crashes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_checkpoint.h"
#include "core/run/checkpoint.h"
#include "core/run/curve_database.h"
#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "tests/support/mutate.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"
#include "tests/support/token_source.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TEST(RunFilesFuzz, DamagedManifestsAreRefusedOrValid)
{
    const TempFolder temp;
    Manifest manifest;
    manifest.model = tiny_config();
    manifest.data = {{"builtin:mixed", "0123456789abcdef", 0, 0}, {"a.txt", "00", 5, 1}};
    manifest.domains = {"english", "code"};
    stamp(manifest);
    ASSERT_TRUE(write_manifest(temp.path(), manifest).ok());
    const std::string whole = slurp(temp / "run.json");
    int valid = 0;
    for (std::uint64_t round = 0; round < 3000; ++round) {
        temp.rewrite("run.json", mutated(whole, 1, round));
        const auto read = read_manifest(temp.path());
        if (!read) {
            EXPECT_FALSE(read.error().what.empty() || read.error().hint.empty()) << read.error().what;
            continue;
        }
        ++valid;
        EXPECT_TRUE(validate(read->model).ok() && validate(read->train).ok());
        EXPECT_FALSE(read->data.empty());
        EXPECT_GE(read->schedule_steps, 0);
    }
    EXPECT_GT(valid, 100);
}

TEST(RunFilesFuzz, DamagedTrainingStatesAreRefusedOrPossible)
{
    const TempFolder temp;
    const ModelConfig config = tiny_config();
    TrainConfig train;
    train.sequence_length = 8;
    train.batch_size = 1;
    train.threads = 1;
    const CountingSource source(config.vocab_size, 1, 8, 0);
    Trainer trainer(config, train, router_catalog().front(), DType::F32, source, 0);
    trainer.initialize();
    trainer.step();
    ASSERT_TRUE(save_checkpoint(temp / "c", trainer).ok());
    const auto checkpoint = HfCheckpoint::open(temp / "c");
    ASSERT_TRUE(checkpoint.ok());
    const std::string whole = slurp(temp / "c/triptych/train_state.json");
    int valid = 0;
    for (std::uint64_t round = 0; round < 3000; ++round) {
        temp.rewrite("c/triptych/train_state.json", mutated(whole, 2, round));
        const auto state = read_train_state(*checkpoint);
        if (!state) {
            EXPECT_NE(state.error().what.find("train_state.json"), std::string::npos) << state.error().what;
            EXPECT_FALSE(state.error().hint.empty());
            continue;
        }
        ++valid;
        EXPECT_GE(state->progress.step, 0);
        EXPECT_GE(state->progress.tokens, 0);
        EXPECT_GE(state->progress.device_seconds, 0);
    }
    EXPECT_GT(valid, 100);
}

void read_everything(const RunReader& reader)
{
    const auto metrics = reader.metrics();
    for (const MetricId id : metrics ? *metrics : std::vector<MetricId>()) (void)reader.series(id);
    (void)reader.events();
    for (const std::int64_t step : {std::int64_t{5}, INT64_MAX}) {
        const auto loads = reader.loads(step);
        for (const StoredLoad& load : loads ? *loads : std::vector<StoredLoad>())
            EXPECT_LT(load.counts.size(), 100'000U);
    }
}

TEST(RunFilesFuzz, DamagedDatabasesAreRefusedOrRead)
{
    const TempFolder temp;
    const auto path = temp / "metrics.sqlite";
    {
        auto store = RunStore::open(path, 0);
        ASSERT_TRUE(store.ok());
        for (std::int64_t step = 1; step <= 60; ++step) {
            (*store)->record({{Metric::Loss, step, 2.0}, {{Metric::LayerMaxVio, 3}, step, 0.5}});
            (*store)->record(StoredLoad{step, 3, {1, 2, 3}, {0, 0, 0}});
            (*store)->record(StoredEvent{step, "now", "state", "words"});
        }
    }
    const std::string whole = slurp(path);
    int read = 0;
    for (std::uint64_t round = 0; round < 250; ++round) {
        for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
        temp.rewrite("metrics.sqlite", mutated(whole, 3, round));
        if (const auto reader = RunReader::open(path)) {
            ++read;
            read_everything(*reader);
            const auto curves = make_curves(temp / "made", *reader);
            if (!curves) {
                EXPECT_FALSE(curves.error().hint.empty()) << curves.error().what;
            }
        }
        auto store = RunStore::open(path, 30);
        if (!store) {
            EXPECT_FALSE(store.error().hint.empty()) << store.error().what;
            continue;
        }
        (*store)->record({{Metric::Loss, 31, 1.0}, {Metric::ValLoss, 31, 1.0}});
        (*store)->flush();
    }
    EXPECT_GT(read, 100);
}

} // namespace
} // namespace triptych::test
