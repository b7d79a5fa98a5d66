// bf16 learns as f32 does: three seeds, the same steps, validation losses within one per cent.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/stream_source.h"
#include "core/train/trainer.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych::test {
namespace {

constexpr std::int64_t kSteps = 150;

ModelConfig model()
{
    ModelConfig c;
    c.vocab_size = 264;
    c.hidden_size = 64;
    c.intermediate_size = 128;
    c.moe_intermediate_size = 32;
    c.num_hidden_layers = 2;
    c.num_attention_heads = 4;
    c.n_routed_experts = 8;
    c.num_experts_per_tok = 2;
    c.q_lora_rank = 32;
    c.kv_lora_rank = 32;
    c.qk_nope_head_dim = 16;
    c.qk_rope_head_dim = 8;
    c.v_head_dim = 16;
    c.num_nextn_predict_layers = 1;
    c.initializer_range = 0.06;
    return c;
}

double validation_loss(Precision precision, std::int64_t seed)
{
    TrainConfig config;
    config.sequence_length = 64;
    config.batch_size = 16;
    config.learning_rate = 5e-3;
    config.warmup_steps = 20;
    config.threads = 2;
    config.seed = seed;
    auto stream = TokenStream::open({"builtin:mixed"}, {.batch_size = config.batch_size,
                                                        .sequence_length = config.sequence_length,
                                                        .mtp_depth = 1,
                                                        .micro_steps = 1,
                                                        .seed = static_cast<std::uint64_t>(seed)});
    const StreamSource source(stream.take(), 4);
    Trainer trainer(model(), config, *find_router(config.router).value(), precision, source, kSteps);
    trainer.initialize();
    for (std::int64_t step = 0; step < kSteps; ++step) trainer.step();
    return trainer.evaluate().loss;
}

TEST(PrecisionExperiment, Bfloat16EndsWithinOnePerCentOfF32ForThreeSeeds)
{
    for (const std::int64_t seed : {1, 2, 3}) {
        const double exact = validation_loss(DType::F32, seed);
        const double mixed = validation_loss({DType::F32, DType::BF16}, seed);
        EXPECT_LT(exact, 3.0) << "it has not learned anything";
        EXPECT_NEAR(mixed, exact, 0.01 * exact) << "seed " << seed;
        EXPECT_NE(mixed, exact) << "bf16 was not used";
    }
}

} // namespace
} // namespace triptych::test
