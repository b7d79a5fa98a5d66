// What follows from a model's shape by arithmetic: parameters, cache bytes per token, FLOPs per token.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"

#include <cstdint>

namespace triptych {

/// Parameters that training changes by gradients; the routers' correction biases are no parameters and not counted.
struct ParameterCount {
    std::int64_t total = 0;      ///< the main model, without MTP modules: 671.03e9 for DeepSeek-V3
    std::int64_t active = 0;     ///< of these, those that one token uses, input embedding included: 37.55e9
    std::int64_t mtp = 0;        ///< of the MTP modules alone, without the shared embedding and head: 11.61e9
    std::int64_t mtp_active = 0; ///< of these, those that one token uses
    std::int64_t embedding = 0;  ///< of the input embedding, V*D; a tied head shares it
    bool operator==(const ParameterCount&) const = default;
};

/// The configuration must be valid.
ParameterCount count_parameters(const ModelConfig& config);

/// Total with MTP as a float that no configuration within the field ranges overflows.
double estimated_parameters(const ModelConfig& config);

/// Values cached for one token over all main layers, in bytes, were attention built one way or the other
/// (arXiv 2505.09343, table 1).
struct CacheBytes {
    std::int64_t mla = 0;  ///< latent and rotated key: kv_lora_rank + qk_rope_head_dim values a layer
    std::int64_t mha = 0;  ///< a key (nope + rope) and a value for each head
    std::int64_t gqa8 = 0; ///< the same for eight heads, or for all where the model has fewer
    std::int64_t mqa = 0;  ///< the same for one head
    bool operator==(const CacheBytes&) const = default;
};

CacheBytes cache_bytes_per_token(const ModelConfig& config, std::int64_t bytes_per_value = 2);

enum class CountMask : std::uint8_t { Causal = 1, Full };
enum class CountMtp : std::uint8_t { No = 1, Yes };

/// Forward of one token within a sequence of that length: 2 a weight in use (no input embedding) and the attention
/// products, on average over positions; a multiply and an add count as two.
double forward_flops_per_token(const ModelConfig& config, std::int64_t sequence_length,
                               CountMask mask = CountMask::Causal, CountMtp mtp = CountMtp::No);

/// Forward and backward, three times the forward: 250.46e9 for DeepSeek-V3 at 4096 tokens, causal, without MTP.
double training_flops_per_token(const ModelConfig& config, std::int64_t sequence_length,
                                CountMask mask = CountMask::Causal, CountMtp mtp = CountMtp::No);

} // namespace triptych
