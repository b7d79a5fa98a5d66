// The shape of a model: the keys of a deepseek_v3 config.json under their Hugging Face names.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace triptych {

/// YaRN, as rope_scaling of type "yarn" (DeepSeek-V3 report section 4.3).
struct YarnConfig {
    double factor = 40;
    std::int64_t original_max_position_embeddings = 4096;
    double beta_fast = 32;
    double beta_slow = 1;
    double mscale = 1;
    double mscale_all_dim = 1;
    bool operator==(const YarnConfig&) const = default;
};

/// Defaults are small and valid. Every member is a config.json key of the same name unless its comment says otherwise.
struct ModelConfig {
    std::int64_t vocab_size = 512;
    std::int64_t hidden_size = 128;             // D
    std::int64_t intermediate_size = 384;       // width of the dense feed-forward layers
    std::int64_t moe_intermediate_size = 96;    // width of one expert
    std::int64_t num_hidden_layers = 4;         // L, without MTP modules
    std::int64_t num_attention_heads = 4;       // H
    std::int64_t n_shared_experts = 1;          // 0: none
    std::int64_t n_routed_experts = 16;         // E; 0: every layer is dense
    std::int64_t num_experts_per_tok = 4;       // K
    std::int64_t n_group = 1;
    std::int64_t topk_group = 1;
    std::int64_t first_k_dense_replace = 1;     // the first layers are dense
    std::int64_t moe_layer_freq = 1;
    double routed_scaling_factor = 1.0;
    bool norm_topk_prob = true;
    std::string topk_method = "noaux_tc";       // names the router with scoring_func: see core/routing/router_catalog.h
    std::string scoring_func = "sigmoid";       // or "softmax"
    std::int64_t q_lora_rank = 0;               // 0: no query compression (null in the file)
    std::int64_t kv_lora_rank = 64;
    std::int64_t qk_nope_head_dim = 32;
    std::int64_t qk_rope_head_dim = 16;
    std::int64_t v_head_dim = 32;
    double rms_norm_eps = 1e-6;
    double rope_theta = 10000;
    std::optional<YarnConfig> rope_scaling;     // null: no extension of the context
    std::int64_t max_position_embeddings = 512;
    std::int64_t num_nextn_predict_layers = 1;  // depth of MTP, 0: none
    double initializer_range = 0.02;
    bool tie_word_embeddings = false;
    std::int64_t bos_token_id = 0;
    std::int64_t eos_token_id = 1;
    bool operator==(const ModelConfig&) const = default;

    std::int64_t qk_head_dim() const { return qk_nope_head_dim + qk_rope_head_dim; }
    /// Whether layer i (MTP blocks count on from num_hidden_layers) has experts.
    bool is_moe_layer(std::int64_t layer) const
    {
        return n_routed_experts > 0 && layer >= first_k_dense_replace && layer % moe_layer_freq == 0;
    }
};

/// Checks every range and every rule between members; the error names the key, what was found and what would do.
Status validate(const ModelConfig& config);

} // namespace triptych
