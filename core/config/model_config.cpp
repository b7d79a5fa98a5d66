// The rules between the members of a model configuration.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config.h"

#include "core/config/model_config_fields.h"
#include "core/config/parameter_count.h"

#include <fmt/format.h>

#include <algorithm>

namespace triptych {

namespace {

constexpr double kMaxParameters = 1e15; // far above any model, far below where 64-bit byte counts overflow

/// "1, 2, 4, 8": the divisors of n whose quotient is at least 2, and n's own 1.
std::string group_counts_for(std::int64_t n)
{
    std::string list = "1";
    int listed = 1;
    for (std::int64_t i = 2; i <= n / 2 && listed < 12; ++i) {
        if (n % i != 0) continue;
        list += fmt::format(", {}", i);
        ++listed;
    }
    return list;
}

Status validate_groups(const ModelConfig& c)
{
    if (c.n_routed_experts % c.n_group != 0)
        return Error{
            fmt::format("n_group is {}, which does not divide n_routed_experts ({})", c.n_group, c.n_routed_experts),
            fmt::format("Choose n_group among {}.", group_counts_for(c.n_routed_experts))};
    if (c.n_group > 1 && c.n_routed_experts / c.n_group < 2)
        return Error{
            fmt::format("n_group is {} for {} experts, so a group has one expert; a group is ranked by its two best",
                        c.n_group, c.n_routed_experts),
            fmt::format("Choose n_group among {}.", group_counts_for(c.n_routed_experts))};
    if (c.topk_group > c.n_group)
        return Error{fmt::format("topk_group is {}, but there are only {} groups (n_group)", c.topk_group, c.n_group),
                     fmt::format("Choose topk_group between 1 and {}", c.n_group)};
    if (c.n_group > 1 && c.topk_method != "noaux_tc")
        return Error{fmt::format("topk_method is \"{}\" with n_group {}; only noaux_tc chooses by groups here",
                                 c.topk_method, c.n_group),
                     "Set n_group=1 and topk_group=1, or topk_method=noaux_tc."};
    return {};
}

Status validate_experts(const ModelConfig& c)
{
    if (c.n_routed_experts == 0) return {};
    if (Status status = validate_groups(c); !status) return status;
    const std::int64_t reachable = c.n_routed_experts / c.n_group * c.topk_group;
    if (c.num_experts_per_tok > reachable)
        return Error{
            c.n_group == 1
                ? fmt::format("num_experts_per_tok is {}, but there are only {} experts (n_routed_experts)",
                              c.num_experts_per_tok, c.n_routed_experts)
                : fmt::format("num_experts_per_tok is {}, but the {} allowed groups (topk_group) hold only {} experts",
                              c.num_experts_per_tok, c.topk_group, reachable),
            fmt::format("Choose num_experts_per_tok between 1 and {}.", reachable)};
    return {};
}

Status validate_yarn(const YarnConfig& yarn)
{
    if (Status status = check_ranges(yarn_config_fields(), yarn); !status)
        return Error{"rope_scaling: " + status.error().what, status.error().hint};
    if (yarn.beta_slow > yarn.beta_fast)
        return Error{
            fmt::format("rope_scaling: beta_slow ({}) is above beta_fast ({})", yarn.beta_slow, yarn.beta_fast),
            "Choose beta_slow below beta_fast; the paper has 1 and 32."};
    return {};
}

Status validate_tokens(const ModelConfig& c)
{
    for (const auto& [key, id] : {std::pair{"bos_token_id", c.bos_token_id}, std::pair{"eos_token_id", c.eos_token_id}})
        if (id >= c.vocab_size)
            return Error{
                fmt::format("{} is {}, outside the vocabulary of {} tokens (vocab_size)", key, id, c.vocab_size),
                fmt::format("Choose {} between 0 and {}", key, c.vocab_size - 1)};
    return {};
}

} // namespace

Status validate(const ModelConfig& c)
{
    if (Status status = check_ranges(model_config_fields(), c); !status) return status;
    if (c.qk_rope_head_dim % 2 != 0)
        return Error{fmt::format("qk_rope_head_dim is {}, but rotation works on pairs", c.qk_rope_head_dim),
                     fmt::format("Choose an even qk_rope_head_dim, {} for instance", c.qk_rope_head_dim + 1)};
    if (c.first_k_dense_replace > c.num_hidden_layers)
        return Error{fmt::format("first_k_dense_replace is {}, but there are only {} layers (num_hidden_layers)",
                                 c.first_k_dense_replace, c.num_hidden_layers),
                     fmt::format("Choose first_k_dense_replace between 0 and {}", c.num_hidden_layers)};
    if (Status status = validate_experts(c); !status) return status;
    if (Status status = validate_tokens(c); !status) return status;
    if (c.rope_scaling)
        if (Status status = validate_yarn(*c.rope_scaling); !status) return status;
    if (const double total = estimated_parameters(c); total > kMaxParameters)
        return Error{
            fmt::format("this configuration has {:.3g} parameters, more than the {:.0g} that Triptych can count", total,
                        kMaxParameters),
            "Make hidden_size, n_routed_experts or num_hidden_layers smaller."};
    return {};
}

} // namespace triptych
