// Checks and costs of the router ops.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/router.h"

#include <cmath>

namespace triptych {

namespace {

std::string group_text(const RouterForward& op)
{
    return "n_group is " + std::to_string(op.n_group) + ", topk_group is " + std::to_string(op.topk_group);
}

} // namespace

void RouterForward::check() const
{
    require_dense(name, "logits", logits, logits.dtype(), logits.shape());
    const std::int64_t tokens = logits.size(0);
    const std::int64_t n_experts = logits.size(1);
    const std::int64_t top_k = experts.size(1);
    if (bias) {
        require_dense(name, "bias", bias, logits.dtype(), {n_experts});
    }
    require_dense(name, "scores", scores, logits.dtype(), {tokens, n_experts});
    require_dense(name, "experts", experts, DType::I32, {tokens, top_k});
    require_dense(name, "weights", weights, logits.dtype(), {tokens, top_k});
    require(n_experts >= 1, name, "logits has no experts, expected [N, E] with E >= 1");
    if (n_group < 1 || n_experts % n_group != 0)
        refuse(name, group_text(*this) + ", expected n_group to divide the " + std::to_string(n_experts) + " experts");
    if (topk_group < 1 || topk_group > n_group)
        refuse(name, group_text(*this) + ", expected topk_group from 1 to n_group");
    const std::int64_t eligible = n_experts / n_group * topk_group;
    if (top_k < 1 || top_k > eligible)
        refuse(name, "experts asks for " + std::to_string(top_k) + " experts per token, expected 1 to " +
                         std::to_string(eligible) + " (topk_group groups of E / n_group experts)");
    require(std::isfinite(scaling), name, "scaling is not finite, expected a number such as 2.5");
    if (!deck) return;
    require_dense(name, "deck", deck, DType::I32, deck.shape());
    if (deck.size(0) < top_k || first < 0)
        refuse(name, "deck holds " + std::to_string(deck.size(0)) + " experts from " + std::to_string(first) +
                         " on, expected at least the " + std::to_string(top_k) + " of a token, and no negative place");
}

/// A score costs 4 (shift or negate, exp, add, divide), its bias 1; comparisons count nothing.
double RouterForward::flops() const
{
    const auto tokens = static_cast<double>(logits.size(0));
    const auto top_k = static_cast<double>(experts.size(1));
    return tokens * (5.0 * static_cast<double>(logits.size(1)) + (normalize == Normalize::Yes ? 3.0 : 1.0) * top_k);
}

double RouterForward::bytes() const
{
    return static_cast<double>(logits.bytes() + bias.bytes() + deck.bytes() + scores.bytes() + experts.bytes() +
                               weights.bytes());
}

void RouterBackward::check() const
{
    require_dense(name, "scores", scores, scores.dtype(), scores.shape());
    const std::int64_t tokens = scores.size(0);
    const std::int64_t n_experts = scores.size(1);
    const std::int64_t top_k = experts.size(1);
    require_dense(name, "experts", experts, DType::I32, {tokens, top_k});
    require_dense(name, "dweights", dweights, scores.dtype(), {tokens, top_k});
    if (dscores) {
        require_dense(name, "dscores", dscores, scores.dtype(), {tokens, n_experts});
    }
    require_dense(name, "dlogits", dlogits, scores.dtype(), {tokens, n_experts});
    if (top_k < 1 || top_k > n_experts)
        refuse(name, "experts has " + std::to_string(top_k) + " choices per token, expected 1 to " +
                         std::to_string(n_experts));
    require(std::isfinite(scaling), name, "scaling is not finite, expected a number such as 2.5");
}

double RouterBackward::flops() const
{
    const auto tokens = static_cast<double>(scores.size(0));
    const double per_score = (score_function == ScoreFunction::Softmax ? 4.0 : 3.0) + (dscores ? 1.0 : 0.0);
    const double per_choice = normalize == Normalize::Yes ? 6.0 : 1.0;
    return tokens *
           (per_score * static_cast<double>(scores.size(1)) + per_choice * static_cast<double>(experts.size(1)));
}

double RouterBackward::bytes() const
{
    return static_cast<double>(scores.bytes() + experts.bytes() + dweights.bytes() + dscores.bytes() + dlogits.bytes());
}

} // namespace triptych
