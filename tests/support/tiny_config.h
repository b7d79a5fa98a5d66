// Small model configurations that between them use every part of the architecture; gradient and parity tests walk them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"

#include <ostream>
#include <string>
#include <vector>

namespace triptych::test {

struct NamedConfig {
    std::string name;
    std::string router = "sigmoid_noaux";
    ModelConfig config;
};

inline void PrintTo(const NamedConfig& c, std::ostream* out)
{
    *out << c.name;
}

/// Odd widths on purpose; sequences of a dozen tokens fit.
inline ModelConfig tiny_config()
{
    ModelConfig c;
    c.vocab_size = 29;
    c.hidden_size = 20;
    c.intermediate_size = 26;
    c.moe_intermediate_size = 10;
    c.num_hidden_layers = 2;
    c.num_attention_heads = 2;
    c.n_shared_experts = 1;
    c.n_routed_experts = 8;
    c.num_experts_per_tok = 3;
    c.n_group = 1;
    c.topk_group = 1;
    c.first_k_dense_replace = 1;
    c.routed_scaling_factor = 1.5;
    c.q_lora_rank = 0;
    c.kv_lora_rank = 12;
    c.qk_nope_head_dim = 6;
    c.qk_rope_head_dim = 4;
    c.v_head_dim = 5;
    c.max_position_embeddings = 64;
    c.num_nextn_predict_layers = 0;
    return c;
}

inline std::vector<NamedConfig> tiny_configs()
{
    std::vector<NamedConfig> all;
    const auto add = [&](const std::string& name, auto change, const std::string& router = "sigmoid_noaux") {
        ModelConfig c = tiny_config();
        change(c);
        all.push_back({name, router, c});
    };
    add("Plain", [](ModelConfig&) {});
    add("QueryCompression", [](ModelConfig& c) { c.q_lora_rank = 9; });
    add("Groups", [](ModelConfig& c) {
        c.n_group = 4;
        c.topk_group = 2;
    });
    add("SeveralSharedExperts", [](ModelConfig& c) { c.n_shared_experts = 3; });
    add("NoSharedExpert", [](ModelConfig& c) { c.n_shared_experts = 0; });
    add("Yarn", [](ModelConfig& c) { c.rope_scaling = YarnConfig{}; });
    add("DenseOnly", [](ModelConfig& c) { c.n_routed_experts = 0; });
    add("NoNormalisation", [](ModelConfig& c) { c.norm_topk_prob = false; });
    add("TiedEmbeddings", [](ModelConfig& c) { c.tie_word_embeddings = true; });
    add("Mtp1", [](ModelConfig& c) { c.num_nextn_predict_layers = 1; });
    add("Mtp3WithAll", [](ModelConfig& c) {
        c.num_nextn_predict_layers = 3;
        c.q_lora_rank = 7;
        c.n_group = 2;
        c.topk_group = 1;
        c.num_experts_per_tok = 2;
    });
    add(
        "SoftmaxAux",
        [](ModelConfig& c) {
            c.scoring_func = "softmax";
            c.topk_method = "greedy";
            c.norm_topk_prob = false;
            c.num_nextn_predict_layers = 1;
        },
        "softmax_aux");
    return all;
}

} // namespace triptych::test
