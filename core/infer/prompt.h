// A text on its way into a model: its tokens, or why this model cannot take it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/data/tokenizer.h"
#include "core/util/result.h"

#include <string>
#include <vector>

namespace triptych {

/// The prompt's tokens, special ones parsed, with room for at least one more. Errors: a tokenizer of another model, no
/// token, more tokens than the model has positions.
Result<std::vector<TokenId>> encode_prompt(const std::string& prompt, const Tokenizer& tokenizer,
                                           const ModelConfig& config);

} // namespace triptych
