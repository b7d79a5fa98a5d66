// Parameters, cache bytes and FLOPs of a model's shape (DeepSeek-V3 report section 4.2; arXiv 2505.09343, tables 1 and
// 2).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/parameter_count.h"

#include <algorithm>

namespace triptych {

namespace {

/// Counts as doubles: whole numbers up to 2^53 are exact, beyond any valid model, and nothing overflows before that.
struct Count {
    double total = 0;
    double active = 0;

    Count& operator+=(const Count& other)
    {
        total += other.total;
        active += other.active;
        return *this;
    }
};

Count always(double n)
{
    return {n, n};
}

struct Shape {
    double d, heads, nope, rope, v, latent, query;

    explicit Shape(const ModelConfig& c)
        : d(static_cast<double>(c.hidden_size)), heads(static_cast<double>(c.num_attention_heads)),
          nope(static_cast<double>(c.qk_nope_head_dim)), rope(static_cast<double>(c.qk_rope_head_dim)),
          v(static_cast<double>(c.v_head_dim)), latent(static_cast<double>(c.kv_lora_rank)),
          query(static_cast<double>(c.q_lora_rank))
    {}
};

Count attention(const Shape& s)
{
    const double key = s.nope + s.rope;
    const double query = s.query > 0 ? s.d * s.query + s.query + s.query * s.heads * key : s.d * s.heads * key;
    const double key_value = s.d * (s.latent + s.rope) + s.latent + s.latent * s.heads * (s.nope + s.v);
    return always(query + key_value + s.heads * s.v * s.d);
}

Count feed_forward(const ModelConfig& c, std::int64_t layer)
{
    const double d = static_cast<double>(c.hidden_size);
    if (!c.is_moe_layer(layer)) return always(3 * d * static_cast<double>(c.intermediate_size));
    const double expert = 3 * d * static_cast<double>(c.moe_intermediate_size);
    const double routed = static_cast<double>(c.n_routed_experts);
    const double shared = static_cast<double>(c.n_shared_experts) * expert + d * routed; // with the router's rows
    return {shared + routed * expert, shared + static_cast<double>(c.num_experts_per_tok) * expert};
}

Count block(const ModelConfig& c, const Shape& s, std::int64_t layer)
{
    Count count = always(2 * s.d); // its two norms
    count += attention(s);
    count += feed_forward(c, layer);
    return count;
}

struct ModelCount {
    Count main, mtp;
    double embedding = 0;
};

ModelCount count(const ModelConfig& c)
{
    const Shape s(c);
    ModelCount result;
    result.embedding = static_cast<double>(c.vocab_size) * s.d;
    result.main = always(result.embedding + (c.tie_word_embeddings ? 0 : result.embedding) + s.d);
    for (std::int64_t layer = 0; layer < c.num_hidden_layers; ++layer) result.main += block(c, s, layer);
    for (std::int64_t depth = 0; depth < c.num_nextn_predict_layers; ++depth) {
        result.mtp += always(2 * s.d * s.d + 3 * s.d); // eh_proj, enorm, hnorm, shared_head.norm
        result.mtp += block(c, s, c.num_hidden_layers + depth);
    }
    return result;
}

} // namespace

ParameterCount count_parameters(const ModelConfig& config)
{
    const ModelCount c = count(config);
    return {.total = static_cast<std::int64_t>(c.main.total),
            .active = static_cast<std::int64_t>(c.main.active),
            .mtp = static_cast<std::int64_t>(c.mtp.total),
            .mtp_active = static_cast<std::int64_t>(c.mtp.active),
            .embedding = static_cast<std::int64_t>(c.embedding)};
}

double estimated_parameters(const ModelConfig& config)
{
    const ModelCount c = count(config);
    return c.main.total + c.mtp.total;
}

CacheBytes cache_bytes_per_token(const ModelConfig& c, std::int64_t bytes_per_value)
{
    const std::int64_t scale = c.num_hidden_layers * bytes_per_value;
    const std::int64_t head = c.qk_head_dim() + c.v_head_dim;
    return {.mla = scale * (c.kv_lora_rank + c.qk_rope_head_dim),
            .mha = scale * head * c.num_attention_heads,
            .gqa8 = scale * head * std::min<std::int64_t>(8, c.num_attention_heads),
            .mqa = scale * head};
}

double forward_flops_per_token(const ModelConfig& config, std::int64_t sequence_length, CountMask mask, CountMtp mtp)
{
    const ModelCount c = count(config);
    const double head_weights = config.tie_word_embeddings ? 0 : c.embedding; // an embedding row is only looked up
    const double seen = static_cast<double>(sequence_length) * (mask == CountMask::Causal ? 0.5 : 1.0);
    const double pair =
        2 * static_cast<double>(config.num_attention_heads * (config.qk_head_dim() + config.v_head_dim));
    double flops = 2 * (c.main.active - head_weights) + static_cast<double>(config.num_hidden_layers) * seen * pair;
    if (mtp == CountMtp::Yes) {
        const double depth = static_cast<double>(config.num_nextn_predict_layers);
        flops +=
            2 * (c.mtp.active + depth * c.embedding) + depth * seen * pair; // the shared head runs once more a module
    }
    return flops;
}

double training_flops_per_token(const ModelConfig& config, std::int64_t sequence_length, CountMask mask, CountMtp mtp)
{
    return 3 * forward_flops_per_token(config, sequence_length, mask, mtp);
}

} // namespace triptych
