// Encoding a prompt.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/prompt.h"

#include <fmt/format.h>

namespace triptych {

Result<std::vector<TokenId>> encode_prompt(const std::string& prompt, const Tokenizer& tokenizer,
                                           const ModelConfig& config)
{
    if (tokenizer.vocab_size() > config.vocab_size)
        return Error{fmt::format("the tokenizer has {} tokens, and the model only {} (vocab_size)",
                                 tokenizer.vocab_size(), config.vocab_size),
                     "The tokenizer belongs to another model: copy the right tokenizer.json into the folder."};
    const auto tokens = tokenizer.encode(prompt, SpecialTokens::Parsed);
    if (tokens.empty())
        return Error{"the prompt is empty", "Give at least one character; \"<bos>\" begins a new document."};
    const auto length = static_cast<std::int64_t>(tokens.size());
    if (length >= config.max_position_embeddings)
        return Error{fmt::format("the prompt has {} tokens, and the model {} positions (max_position_embeddings)",
                                 length, config.max_position_embeddings),
                     fmt::format("Shorten it to {} tokens or less, so that there is room for another.",
                                 config.max_position_embeddings - 1)};
    return tokens;
}

} // namespace triptych
