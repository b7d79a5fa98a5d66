// The run whose losses are hashed. Changing any number here changes the signature.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/signature.h"

#include "core/routing/router_catalog.h"
#include "core/session/stream_source.h"
#include "core/train/trainer.h"
#include "core/util/hash64.h"

#include <fmt/format.h>

#include <stdexcept>

namespace triptych {

namespace {

constexpr std::int64_t kSteps = 20;

ModelConfig signature_model()
{
    ModelConfig c;
    c.vocab_size = 264;
    c.hidden_size = 32;
    c.intermediate_size = 48;
    c.moe_intermediate_size = 16;
    c.num_hidden_layers = 3;
    c.num_attention_heads = 2;
    c.n_routed_experts = 8;
    c.num_experts_per_tok = 4;
    c.n_group = 4;
    c.topk_group = 2;
    c.routed_scaling_factor = 2.5;
    c.q_lora_rank = 16;
    c.kv_lora_rank = 16;
    c.qk_nope_head_dim = 8;
    c.qk_rope_head_dim = 8;
    c.v_head_dim = 8;
    c.max_position_embeddings = 64;
    c.num_nextn_predict_layers = 1;
    c.initializer_range = 0.06;
    return c;
}

TrainConfig signature_training()
{
    TrainConfig t;
    t.sequence_length = 32;
    t.batch_size = 4;
    t.gradient_accumulation_steps = 2;
    t.learning_rate = 3e-3;
    t.warmup_steps = 4;
    t.precision = "f64";
    t.threads = 1;
    return t;
}

} // namespace

Signature training_signature()
{
    const ModelConfig model = signature_model();
    const TrainConfig train = signature_training();
    auto stream = TokenStream::open({"builtin:mixed"}, {.batch_size = train.batch_size,
                                                        .sequence_length = train.sequence_length,
                                                        .mtp_depth = model.num_nextn_predict_layers,
                                                        .micro_steps = train.gradient_accumulation_steps,
                                                        .seed = static_cast<std::uint64_t>(train.seed),
                                                        .validation_fraction = 0});
    if (!stream) throw std::logic_error(stream.error().what);
    const StreamSource source(stream.take(), 0);
    Trainer trainer(model, train, *find_router(train.router).value(), DType::F64, source, kSteps);
    trainer.initialize();
    Signature signature;
    std::string text;
    for (std::int64_t i = 0; i < kSteps; ++i) {
        signature.losses.push_back(trainer.step().loss);
        text += fmt::format("{:.6f}\n", signature.losses.back());
    }
    signature.hash = hash_text(hash64(text)).substr(0, 8);
    return signature;
}

} // namespace triptych
