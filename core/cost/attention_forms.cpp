// The closed forms (DeepSeek-V2 report 2.1.2; V3 report 2.1.1).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/attention_forms.h"

#include <cmath>

namespace triptych {

FormCost form_cost(const ModelConfig& config, AttentionForm form, std::int64_t context, std::int64_t bytes_per_value)
{
    const auto heads = static_cast<double>(config.num_attention_heads);
    const auto latent = static_cast<double>(config.kv_lora_rank);
    const auto rope = static_cast<double>(config.qk_rope_head_dim);
    const auto expanded = static_cast<double>(config.qk_nope_head_dim + config.v_head_dim);
    const auto positions = static_cast<double>(context);
    const double weights = heads * latent * expanded;
    double flops = 0;
    double values = weights + positions * (latent + rope);
    if (form == AttentionForm::Absorbed) {
        flops = 2 * weights + 2 * heads * positions * (2 * latent + rope);
    } else {
        flops = 2 * weights * positions + 2 * heads * positions * (expanded + rope);
        values += 2 * positions * heads * expanded;
    }
    const auto layers = static_cast<double>(config.num_hidden_layers);
    return {layers * flops, layers * values * static_cast<double>(bytes_per_value)};
}

std::optional<std::int64_t> absorbed_from_context(const ModelConfig& config)
{
    const auto latent = static_cast<double>(config.kv_lora_rank);
    const auto expanded = static_cast<double>(config.qk_nope_head_dim + config.v_head_dim);
    const double gain = latent * expanded + expanded - 2 * latent; // a position, over 2 H
    if (gain <= 0) return std::nullopt;
    return static_cast<std::int64_t>(std::floor(latent * expanded / gain)) + 1;
}

std::optional<std::int64_t> materialized_from_tokens(const ModelConfig& config)
{
    const auto latent = static_cast<double>(config.kv_lora_rank);
    const auto expanded = static_cast<double>(config.qk_nope_head_dim + config.v_head_dim);
    const double gain = 2 * latent - expanded; // a pair, over 2 H
    if (gain <= 0) return std::nullopt;
    return static_cast<std::int64_t>(std::ceil(latent * expanded / gain));
}

} // namespace triptych
