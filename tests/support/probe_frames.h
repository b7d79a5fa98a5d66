// Probe frames made by hand: every weight and guess is known, so that a test can say what a person must read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/byte_tokenizer.h"
#include "core/session/event.h"
#include "core/session/frame.h"

#include <algorithm>
#include <memory>
#include <string>

namespace triptych::test {

struct ProbeShape {
    std::int64_t layers = 2; ///< main ones
    std::int64_t mtp_depth = 1;
    std::int64_t heads = 4;
};

/// The weight of a query on a key: 0.6 on the token `head` places before (or the first), the rest evenly on all seen;
/// the layer takes away 0.1 each.
inline float probe_weight(std::int64_t layer, std::int64_t head, std::int64_t query, std::int64_t key)
{
    if (key > query) return 0;
    const float most = 0.6F - 0.1F * static_cast<float>(layer);
    const float rest = (1 - most) / static_cast<float>(query + 1);
    return rest + (key == std::max<std::int64_t>(query - head, 0) ? most : 0);
}

/// Five guesses, the first with this token.
inline std::vector<Guess> five_guesses(const ByteTokenizer& tokenizer, std::int32_t first)
{
    std::vector<Guess> guesses;
    for (int k = 0; k < 5; ++k) {
        const std::int32_t token = k == 0 ? first : ByteTokenizer::token_of(static_cast<std::uint8_t>('0' + k));
        guesses.push_back({token, 0.5F / static_cast<float>(1 << k), tokenizer.token_text(token)});
    }
    return guesses;
}

/// The bytes of a text. The main head always knows the next token, and each MTP depth drafts right at even positions
/// and "#" at odd ones.
inline std::shared_ptr<ProbeFrame> probe_frame(const std::string& text, const ProbeShape& shape = {})
{
    const ByteTokenizer tokenizer;
    auto frame = std::make_shared<ProbeFrame>();
    frame->step = 120;
    frame->tokens = tokenizer.encode(text);
    frame->layers = shape.layers + shape.mtp_depth;
    frame->heads = shape.heads;
    const auto length = static_cast<std::int64_t>(frame->tokens.size());
    for (const std::int32_t token : frame->tokens) frame->token_texts.push_back(tokenizer.token_text(token));
    for (std::int64_t layer = 0; layer < frame->layers; ++layer) {
        for (std::int64_t head = 0; head < shape.heads; ++head)
            for (std::int64_t i = 0; i < length * length; ++i)
                frame->attention.push_back(probe_weight(layer, head, i / length, i % length));
        for (std::int64_t i = 0; i < length; ++i)
            frame->latent_norm.push_back(static_cast<float>(5 + layer) + 0.25F * static_cast<float>(i % 4));
    }
    frame->routes.resize(static_cast<std::size_t>(frame->layers));
    frame->route_weights.resize(static_cast<std::size_t>(frame->layers));
    const auto at = [&](std::int64_t i) {
        return i < length ? frame->tokens[static_cast<std::size_t>(i)] : ByteTokenizer::token_of('!');
    };
    for (std::int64_t i = 0; i < length; ++i) frame->next.push_back(five_guesses(tokenizer, at(i + 1)));
    for (std::int64_t depth = 1; depth <= shape.mtp_depth; ++depth) {
        frame->after_next.emplace_back();
        for (std::int64_t i = 0; i < length; ++i)
            frame->after_next.back().push_back(
                i + depth >= length
                    ? std::vector<Guess>{}
                    : five_guesses(tokenizer, i % 2 == 0 ? at(i + depth + 1) : ByteTokenizer::token_of('#')));
    }
    return frame;
}

/// A run that such frames could be of: the shape of the preset "tiny", but for layers and heads.
inline event::RunStarted probe_run(const ProbeShape& shape = {})
{
    event::RunStarted run;
    run.model = "tiny";
    run.layers = shape.layers;
    run.mtp_depth = shape.mtp_depth;
    run.heads = shape.heads;
    run.config.num_hidden_layers = shape.layers;
    run.config.num_nextn_predict_layers = shape.mtp_depth;
    run.config.num_attention_heads = shape.heads;
    run.config.kv_lora_rank = 64;
    run.config.qk_rope_head_dim = 16;
    run.config.qk_nope_head_dim = 16;
    run.config.v_head_dim = 32;
    run.latent_values = 80;
    run.mha_values = shape.heads * 64;
    run.mtp_loss_weight = 0.3;
    run.probe_tokens = 96;
    return run;
}

} // namespace triptych::test
