// The rows that describe ModelConfig and YarnConfig.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config_fields.h"

namespace triptych {

namespace {

constexpr double kMaxWidth = 1 << 20; // widths beyond a million are mistakes, and their products stay far from overflow
constexpr double kMaxCount = 1 << 16;
constexpr double kMaxTokens = 1 << 27;
constexpr double kMaxVocabulary = 1 << 24;

constexpr const char* kTopkMethods[] = {"noaux_tc", "greedy", "group_limited_greedy"};
constexpr const char* kScores[] = {"sigmoid", "softmax"};

std::vector<Field<ModelConfig>> make_model_fields()
{
    using M = ModelConfig;
    return {
        {"vocab_size", "Vocabulary", "tokens", "Number of token ids, padding included.", &M::vocab_size, 2,
         kMaxVocabulary},
        {"hidden_size", "Hidden size", "", "d: width of the residual stream, section 2.1.", &M::hidden_size, 1,
         kMaxWidth},
        {"intermediate_size", "Dense width", "", "Inner width of the dense feed-forward layers, section 4.2.",
         &M::intermediate_size, 1, kMaxWidth},
        {"moe_intermediate_size", "Expert width", "", "Inner width of one expert, section 4.2.",
         &M::moe_intermediate_size, 1, kMaxWidth},
        {"num_hidden_layers", "Layers", "", "Transformer layers without the MTP modules, section 4.2.",
         &M::num_hidden_layers, 1, 4096},
        {"num_attention_heads", "Attention heads", "", "n_h, section 2.1.1.", &M::num_attention_heads, 1, kMaxCount},
        {"n_shared_experts", "Shared experts", "", "N_s: experts that every token visits, section 2.1.2.",
         &M::n_shared_experts, 0, 1024},
        {"n_routed_experts", "Routed experts", "",
         "N_r: experts to choose from, section 2.1.2; 0 makes every layer dense.", &M::n_routed_experts, 0, kMaxCount},
        {"num_experts_per_tok", "Experts per token", "", "K_r: routed experts a token visits, section 2.1.2.",
         &M::num_experts_per_tok, 1, kMaxCount},
        {"n_group", "Expert groups", "", "Groups of experts, one a node in the paper, section 2.1.2.", &M::n_group, 1,
         kMaxCount},
        {"topk_group", "Groups per token", "", "M: groups a token may visit, section 2.1.2.", &M::topk_group, 1,
         kMaxCount},
        {"first_k_dense_replace", "First dense layers", "", "The first layers have no experts, section 4.2.",
         &M::first_k_dense_replace, 0, 4096},
        {"moe_layer_freq", "Expert layer period", "", "After the dense layers, every so many layers has experts.",
         &M::moe_layer_freq, 1, 4096},
        {"routed_scaling_factor", "Routed scale", "", "Factor on the weights of the routed experts.",
         &M::routed_scaling_factor, 1e-6, 1e6},
        {"norm_topk_prob", "Normalise weights", "", "Whether the weights of the chosen experts sum to one, eq. 13.",
         &M::norm_topk_prob},
        {"topk_method", "Selection", "", "noaux_tc adds a bias to the scores before choosing, eq. 16; greedy does not.",
         &M::topk_method, 0, 0, Change::BeforeTraining, kTopkMethods},
        {"scoring_func", "Scores", "", "Affinity of token and expert: sigmoid in V3 (eq. 15), softmax in V2.",
         &M::scoring_func, 0, 0, Change::BeforeTraining, kScores},
        {"q_lora_rank", "Query rank", "", "d'_c: width of the compressed query, eq. 6; 0 compresses nothing.",
         &M::q_lora_rank, 0, kMaxWidth},
        {"kv_lora_rank", "Latent rank", "", "d_c: width of the cached latent, eq. 1.", &M::kv_lora_rank, 1, kMaxWidth},
        {"qk_nope_head_dim", "Head width without position", "",
         "d_h: per head part of query and key without rotation, section 2.1.1.", &M::qk_nope_head_dim, 1, kMaxCount},
        {"qk_rope_head_dim", "Head width with position", "", "d_h^R: rotated part of query and key, eq. 3; even.",
         &M::qk_rope_head_dim, 2, kMaxCount},
        {"v_head_dim", "Value width", "", "Width of a head's value, section 2.1.1.", &M::v_head_dim, 1, kMaxCount},
        {"rms_norm_eps", "Norm epsilon", "", "Added to the mean square in RMSNorm.", &M::rms_norm_eps, 1e-12, 1e-1},
        {"rope_theta", "Rotary base", "", "Base of the rotation frequencies.", &M::rope_theta, 1.0001, 1e12},
        {"max_position_embeddings", "Longest context", "tokens", "Positions the model is made for.",
         &M::max_position_embeddings, 1, kMaxTokens},
        {"num_nextn_predict_layers", "MTP depth", "",
         "D: modules that predict further tokens, section 2.2; 0 has none.", &M::num_nextn_predict_layers, 0, 64},
        {"initializer_range", "Initial spread", "", "Standard deviation of the initial weights; 0.006 in section 4.2.",
         &M::initializer_range, 0, 10},
        {"tie_word_embeddings", "Tied embedding", "", "Whether the output head is the embedding.",
         &M::tie_word_embeddings},
        {"bos_token_id", "Begin token", "", "Id that begins a document.", &M::bos_token_id, 0, kMaxVocabulary},
        {"eos_token_id", "End token", "", "Id that ends a document.", &M::eos_token_id, 0, kMaxVocabulary},
    };
}

std::vector<Field<YarnConfig>> make_yarn_fields()
{
    using Y = YarnConfig;
    return {
        {"factor", "Extension", "", "s: how many times longer the context becomes, section 4.3.", &Y::factor, 1, 1e6},
        {"original_max_position_embeddings", "Original context", "tokens", "Context of the pre-training, section 4.3.",
         &Y::original_max_position_embeddings, 1, kMaxTokens},
        {"beta_fast", "Fast boundary", "turns", "beta: dimensions that turn oftener keep their frequency, section 4.3.",
         &Y::beta_fast, 1e-3, 1e6},
        {"beta_slow", "Slow boundary", "turns", "alpha: dimensions that turn less are interpolated, section 4.3.",
         &Y::beta_slow, 1e-3, 1e6},
        {"mscale", "Rotation scale", "", "Scale of cosine and sine, divided by that of mscale_all_dim.", &Y::mscale, 0,
         100},
        {"mscale_all_dim", "Temperature scale", "", "Scale of the attention scores, squared; 0 leaves them.",
         &Y::mscale_all_dim, 0, 100},
    };
}

} // namespace

const std::vector<Field<ModelConfig>>& model_config_fields()
{
    static const std::vector<Field<ModelConfig>> fields = make_model_fields();
    return fields;
}

const std::vector<Field<YarnConfig>>& yarn_config_fields()
{
    static const std::vector<Field<YarnConfig>> fields = make_yarn_fields();
    return fields;
}

} // namespace triptych
