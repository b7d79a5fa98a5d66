// The likeliest tokens of a row of logits, in words for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/session/frame.h"

#include <cstddef>
#include <span>
#include <vector>

namespace triptych {

inline constexpr std::size_t kGuesses = 5;

/// The best first, with the probabilities of the softmax; of equal ones the lower id. Not-a-number counts as
/// impossible.
std::vector<Guess> best_guesses(std::span<const float> logits, const Tokenizer& tokenizer,
                                std::size_t count = kGuesses);

/// Of one token, by the same softmax.
float probability_of(std::span<const float> logits, TokenId token);

} // namespace triptych
