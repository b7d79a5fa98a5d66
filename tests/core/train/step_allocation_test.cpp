// Once training is under way, a step takes no memory, with batches made by a program or read from files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_source.h"
#include "core/data/byte_tokenizer.h"
#include "core/routing/router_catalog.h"
#include "core/session/load_tracker.h"
#include "core/session/stream_source.h"
#include "core/train/trainer.h"
#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"
#include "tests/support/allocation_count.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TrainConfig train_config()
{
    TrainConfig c;
    c.sequence_length = 24;
    c.batch_size = 4;
    c.threads = 2;
    c.balance_loss_alpha = 0.01;
    return c;
}

ModelConfig model_config()
{
    ModelConfig c = tiny_config();
    c.vocab_size = 264; // bytes and marks
    c.q_lora_rank = 8;
    c.num_nextn_predict_layers = 2;
    return c;
}

/// A busy machine may let one thread do all the work of the first steps: each gets its own memory now.
void wake_threads(std::int64_t threads)
{
    const Stream stream(Device{}, static_cast<int>(threads));
    cpu::parallel_for(stream, threads, [](std::int64_t) { cpu::thread_scratch(1); });
}

/// Taken during the steps 3 to 6.
std::int64_t taken_by_steps(const TrainConfig& config, const std::string& precision, const BatchSource& source,
                            const RouterInfo& router = router_catalog().front(), LoadTracker* loads = nullptr)
{
    ModelConfig model = model_config();
    model.scoring_func = router.scoring_func;
    model.topk_method = router.topk_method;
    const ByteTokenizer tokenizer;
    Trainer trainer(model, config, router, precision_of(precision), source, 0);
    trainer.initialize();
    trainer.set_probe(loads);
    if (loads) {
        loads->set_domains(&trainer.current_batch().domains);
        loads->set_tokens(&trainer.current_batch(), tokenizer);
    }
    wake_threads(config.threads);
    for (int i = 0; i < 2; ++i) trainer.step();
    const std::int64_t before = allocations_so_far();
    for (int i = 0; i < 4; ++i) trainer.step();
    const std::int64_t taken = allocations_so_far() - before;
    EXPECT_EQ(trainer.progress().step, 6);
    return taken;
}

BenchSource bench_source()
{
    const TrainConfig config = train_config();
    return {model_config().vocab_size, config.batch_size, config.sequence_length,
            model_config().num_nextn_predict_layers};
}

/// By the name of a precision.
class StepAllocation : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(, StepAllocation, testing::Values("f32", "bf16"), [](const auto& test) { return test.param; });

TEST_P(StepAllocation, AStepTakesNone)
{
    for (const std::int64_t threads : {1, 2}) {
        TrainConfig config = train_config();
        config.threads = threads;
        EXPECT_EQ(taken_by_steps(config, GetParam(), bench_source()), 0) << threads << " threads";
    }
}

TEST_P(StepAllocation, SeveralMicroBatchesTakeNone)
{
    TrainConfig config = train_config();
    config.gradient_accumulation_steps = 3;
    EXPECT_EQ(taken_by_steps(config, GetParam(), bench_source()), 0);
}

TEST_P(StepAllocation, ComputingAgainTakesNone)
{
    TrainConfig config = train_config();
    for (const char* recompute : {"norms", "layers"}) {
        config.recompute = recompute;
        EXPECT_EQ(taken_by_steps(config, GetParam(), bench_source()), 0) << recompute;
    }
}

TEST_P(StepAllocation, EveryRouterTakesNone)
{
    for (const RouterInfo& router : router_catalog())
        EXPECT_EQ(taken_by_steps(train_config(), GetParam(), bench_source(), router), 0) << router.id;
}

TEST_P(StepAllocation, TextsOfSeveralFilesTakeNoneOnceTheyWereRead)
{
    const TempFolder temp;
    for (const char* name : {"texts/a/1.txt", "texts/a/2.txt", "texts/b/3.txt"})
        temp.write(name, std::string(1200, 'a') + name);
    const TrainConfig config = train_config();
    auto stream = TokenStream::open({(temp / "texts").string()}, {.batch_size = config.batch_size,
                                                                  .sequence_length = config.sequence_length,
                                                                  .mtp_depth = 2,
                                                                  .validation_fraction = 0.1});
    ASSERT_TRUE(stream.ok()) << stream.error().what;
    const StreamSource source(stream.take(), 0);
    for (int step = 1; step < 20; ++step) source.training_batch(step, 0); // every file was in use
    ASSERT_EQ(source.domains().size(), 2U);
    LoadTracker loads(model_config().n_routed_experts, source.domains(),
                      {.groups = 2,
                       .micro_steps = 2,
                       .layers = model_config().num_hidden_layers,
                       .vocabulary = model_config().vocab_size});
    loads.count_pairs(Counting::Yes);
    loads.count_words(Counting::Yes);
    EXPECT_EQ(taken_by_steps(config, GetParam(), source, router_catalog().front(), &loads), 0);
}

} // namespace
} // namespace triptych::test
