// Gathers the taps of one forward pass into a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/probe_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr std::size_t kGuesses = 5;

/// Copies taps into the frame as they come.
class FrameProbe : public Probe {
public:
    explicit FrameProbe(ProbeFrame& frame) : m_frame(frame) {}

    bool wants(const Tap& tap) const override
    {
        return tap.point == TapPoint::Attention || tap.point == TapPoint::Latent ||
               tap.point == TapPoint::RouterExperts || tap.point == TapPoint::RouterWeights;
    }

    void take(const Tap& tap, ConstView<2> view) override
    {
        const auto layer = static_cast<std::size_t>(tap.layer);
        switch (tap.point) {
        case TapPoint::Attention:
            std::copy_n(view.as<float>(), view.count(),
                        m_frame.attention.begin() +
                            static_cast<std::ptrdiff_t>(attention_index(m_frame, tap.layer, tap.head, 0, 0)));
            break;
        case TapPoint::Latent: take_latent_norms(layer, view); break;
        case TapPoint::RouterExperts: take_rows<std::int32_t>(m_frame.routes[layer], view); break;
        case TapPoint::RouterWeights: take_rows<float>(m_frame.route_weights[layer], view); break;
        case TapPoint::RouterScores:
        case TapPoint::LayerOutput: break;
        }
    }

private:
    void take_latent_norms(std::size_t layer, ConstView<2> view)
    {
        for (std::int64_t t = 0; t < view.size(0); ++t) {
            const float* row = view.as<float>() + t * view.row_stride();
            double squares = 0;
            for (std::int64_t c = 0; c < view.size(1); ++c) squares += static_cast<double>(row[c]) * row[c];
            m_frame.latent_norm[layer * m_frame.tokens.size() + static_cast<std::size_t>(t)] =
                static_cast<float>(std::sqrt(squares));
        }
    }
    template <class T> static void take_rows(std::vector<std::vector<T>>& rows, ConstView<2> view)
    {
        rows.clear();
        for (std::int64_t t = 0; t < view.size(0); ++t) {
            const T* row = view.as<T>() + t * view.row_stride();
            rows.emplace_back(row, row + view.size(1));
        }
    }

    ProbeFrame& m_frame;
};

std::vector<Guess> best_guesses(const float* logits, std::int64_t vocab, const Tokenizer& tokenizer)
{
    const auto value = [&](std::int32_t id) {
        return std::isnan(logits[id]) ? -std::numeric_limits<float>::infinity() : logits[id];
    };
    std::vector<std::int32_t> ids(static_cast<std::size_t>(vocab));
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::int32_t>(i);
    const std::size_t count = std::min(kGuesses, ids.size());
    std::partial_sort(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), ids.end(),
                      [&](auto a, auto b) { return value(a) > value(b) || (value(a) == value(b) && a < b); });
    const auto likelihood = [&](std::int32_t id) { return std::exp(static_cast<double>(value(id)) - value(ids[0])); };
    double total = 0;
    for (std::int32_t id : ids) total += likelihood(id);
    std::vector<Guess> guesses;
    for (std::size_t i = 0; i < count; ++i)
        guesses.push_back({ids[i], static_cast<float>(likelihood(ids[i]) / total), tokenizer.token_text(ids[i])});
    return guesses;
}

/// Inputs and targets of one text; a depth has none where the text ends.
TokenBatch batch_of(const std::vector<std::int32_t>& tokens, std::int64_t depth, std::int32_t padding)
{
    const auto length = static_cast<std::int64_t>(tokens.size());
    std::vector<std::int32_t> padded = tokens;
    padded.insert(padded.end(), static_cast<std::size_t>(1 + depth), padding);
    TokenBatch batch = make_batch(padded, 1, length, depth);
    for (std::size_t k = 0; k < batch.targets.size(); ++k)
        for (std::size_t t = 0; t < tokens.size(); ++t)
            if (t + k + 1 >= tokens.size()) batch.targets[k][t] = -1;
    return batch;
}

} // namespace

std::shared_ptr<const ProbeFrame> read_probe(Trainer& trainer, const Tokenizer& tokenizer, const std::string& text)
{
    const ModelConfig& config = trainer.model().config();
    auto frame = std::make_shared<ProbeFrame>();
    frame->step = trainer.progress().step;
    frame->tokens = tokenizer.encode(text);
    const std::int64_t longest = std::min(kMaxProbeTokens, trainer.config().sequence_length);
    if (static_cast<std::int64_t>(frame->tokens.size()) > longest)
        frame->tokens.resize(static_cast<std::size_t>(longest));
    if (frame->tokens.empty()) return nullptr;

    const std::size_t t = frame->tokens.size();
    for (std::int32_t token : frame->tokens) frame->token_texts.push_back(tokenizer.token_text(token));
    frame->layers = config.num_hidden_layers + config.num_nextn_predict_layers;
    frame->heads = config.num_attention_heads;
    const auto layers = static_cast<std::size_t>(frame->layers);
    frame->attention.resize(layers * static_cast<std::size_t>(frame->heads) * t * t);
    frame->latent_norm.resize(layers * t);
    frame->routes.resize(layers);
    frame->route_weights.resize(layers);
    frame->next.resize(t);
    frame->after_next.assign(static_cast<std::size_t>(config.num_nextn_predict_layers),
                             std::vector<std::vector<Guess>>(t));

    FrameProbe probe(*frame);
    const TokenBatch batch = batch_of(frame->tokens, config.num_nextn_predict_layers, tokenizer.pad_id());
    const ModelLosses losses = trainer.inspect(batch, probe, [&](std::int64_t depth, std::int64_t first, ConstView<2> logits) {
        for (std::int64_t row = 0; row < logits.size(0); ++row) {
            const auto position = static_cast<std::size_t>(first + row);
            if (depth > 0 && position + static_cast<std::size_t>(depth) >= t) continue; // it would have seen padding
            auto guesses = best_guesses(logits.as<float>() + row * logits.row_stride(), logits.size(1), tokenizer);
            if (depth == 0)
                frame->next[position] = std::move(guesses);
            else
                frame->after_next[static_cast<std::size_t>(depth - 1)][position] = std::move(guesses);
        }
    });
    frame->loss = losses.main;
    return frame;
}

} // namespace triptych
