// Softmax over a row, of which a few are kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/best_guesses.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace triptych {

namespace {

float value_of(std::span<const float> logits, TokenId id)
{
    const float logit = logits[static_cast<std::size_t>(id)];
    return std::isnan(logit) ? -std::numeric_limits<float>::infinity() : logit;
}

double total_over(std::span<const float> logits, float best)
{
    double total = 0;
    for (std::size_t id = 0; id < logits.size(); ++id)
        total += std::exp(static_cast<double>(value_of(logits, static_cast<TokenId>(id))) - best);
    return total;
}

} // namespace

std::vector<Guess> best_guesses(std::span<const float> logits, const Tokenizer& tokenizer, std::size_t count)
{
    std::vector<TokenId> ids(logits.size());
    std::iota(ids.begin(), ids.end(), 0);
    count = std::min(count, ids.size());
    std::partial_sort(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), ids.end(), [&](auto a, auto b) {
        const float x = value_of(logits, a);
        const float y = value_of(logits, b);
        return x > y || (x == y && a < b);
    });
    std::vector<Guess> guesses;
    if (count == 0) return guesses;
    const float best = value_of(logits, ids[0]);
    const double total = total_over(logits, best);
    for (std::size_t i = 0; i < count; ++i) {
        const double likelihood = std::exp(static_cast<double>(value_of(logits, ids[i])) - best);
        guesses.push_back({ids[i], static_cast<float>(likelihood / total), tokenizer.token_text(ids[i])});
    }
    return guesses;
}

float probability_of(std::span<const float> logits, TokenId token)
{
    float best = -std::numeric_limits<float>::infinity();
    for (std::size_t id = 0; id < logits.size(); ++id)
        best = std::max(best, value_of(logits, static_cast<TokenId>(id)));
    return static_cast<float>(std::exp(static_cast<double>(value_of(logits, token)) - best) / total_over(logits, best));
}

} // namespace triptych
