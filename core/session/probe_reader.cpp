// Gathers the taps of one forward pass into a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/probe_reader.h"

#include "core/session/best_guesses.h"
#include "core/session/latent_rank.h"
#include "kernels/base/bfloat16.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr std::size_t kLensGuesses = 3;

/// A row of numbers as float, whatever the model computes in.
void copy_row(ConstView<2> view, std::int64_t row, float* out)
{
    const auto copy = [&](const auto* values) {
        std::transform(values, values + view.size(1), out, [](auto v) { return static_cast<float>(v); });
    };
    if (view.dtype() == DType::F64)
        copy(view.as<double>() + row * view.row_stride());
    else if (view.dtype() == DType::BF16)
        copy(view.as<bfloat16>() + row * view.row_stride());
    else
        copy(view.as<float>() + row * view.row_stride());
}

std::vector<float> row_of(ConstView<2> view, std::int64_t row)
{
    std::vector<float> values(static_cast<std::size_t>(view.size(1)));
    copy_row(view, row, values.data());
    return values;
}

/// Norm and head on the residual stream after each layer, for all tokens or for one.
class Lens {
public:
    Lens(Model& model, Pass& pass, const Tokenizer& tokenizer, ProbeFrame& frame, const LensRequest& request)
        : m_model(model), m_pass(pass), m_tokenizer(tokenizer), m_frame(frame)
    {
        const auto length = static_cast<std::int64_t>(frame.tokens.size());
        if (request.reading == LensReading::None) return;
        m_rows = length;
        if (!focus_matters(request, model.config())) return;
        m_first = request.focus;
        m_rows = request.focus >= 0 && request.focus < length ? 1 : 0;
    }

    bool reads() const { return m_rows > 0; }

    void read(std::int64_t layer, ConstView<2> residual)
    {
        if (layer >= m_model.config().num_hidden_layers) return; // see take_drafts()
        auto& positions = room(static_cast<std::size_t>(layer));
        m_model.read_out(m_pass, residual.rows(m_first, m_rows), [&](std::int64_t first, ConstView<2> logits) {
            for (std::int64_t row = 0; row < logits.size(0); ++row)
                positions[static_cast<std::size_t>(m_first + first + row)] =
                    best_guesses(row_of(logits, row), m_tokenizer, kLensGuesses);
        });
    }

    /// An MTP block is followed by norm and head at once: after the pass the frame has what they say of it.
    void take_drafts()
    {
        if (!reads()) return;
        const auto main_layers = static_cast<std::size_t>(m_model.config().num_hidden_layers);
        for (std::size_t k = 0; k < m_frame.after_next.size(); ++k) {
            auto& positions = room(main_layers + k);
            for (std::int64_t t = m_first; t < m_first + m_rows; ++t) {
                const auto& guesses = m_frame.after_next[k][static_cast<std::size_t>(t)];
                const auto count = static_cast<std::ptrdiff_t>(std::min(kLensGuesses, guesses.size()));
                positions[static_cast<std::size_t>(t)].assign(guesses.begin(), guesses.begin() + count);
            }
        }
    }

private:
    std::vector<std::vector<Guess>>& room(std::size_t layer)
    {
        m_frame.lens.resize(static_cast<std::size_t>(m_frame.layers));
        m_frame.lens[layer].resize(m_frame.tokens.size());
        return m_frame.lens[layer];
    }

    Model& m_model;
    Pass& m_pass;
    const Tokenizer& m_tokenizer;
    ProbeFrame& m_frame;
    std::int64_t m_first = 0; ///< first token that is read
    std::int64_t m_rows = 0;  ///< how many
};

/// Copies taps into the frame as they come.
class FrameProbe : public Probe {
public:
    FrameProbe(ProbeFrame& frame, Lens& lens) : m_frame(frame), m_lens(lens) {}

    bool wants(const Tap& tap) const override
    {
        return tap.point == TapPoint::Attention || tap.point == TapPoint::Latent ||
               tap.point == TapPoint::RouterExperts || tap.point == TapPoint::RouterWeights ||
               (tap.point == TapPoint::LayerOutput && m_lens.reads());
    }

    void take(const Tap& tap, ConstView<2> view) override
    {
        const auto layer = static_cast<std::size_t>(tap.layer);
        switch (tap.point) {
        case TapPoint::Attention:
            for (std::int64_t q = 0; q < view.size(0); ++q)
                copy_row(view, q, &m_frame.attention[attention_index(m_frame, tap.layer, tap.head, q, 0)]);
            break;
        case TapPoint::Latent: take_latent_norms(layer, view); break;
        case TapPoint::RouterExperts: take_experts(m_frame.routes[layer], view); break;
        case TapPoint::RouterWeights:
            m_frame.route_weights[layer].clear();
            for (std::int64_t t = 0; t < view.size(0); ++t) m_frame.route_weights[layer].push_back(row_of(view, t));
            break;
        case TapPoint::LayerOutput: m_lens.read(tap.layer, view); break;
        case TapPoint::RouterScores: break;
        }
    }

private:
    void take_latent_norms(std::size_t layer, ConstView<2> view)
    {
        for (std::int64_t t = 0; t < view.size(0); ++t) {
            double squares = 0;
            for (const float value : row_of(view, t)) squares += static_cast<double>(value) * value;
            m_frame.latent_norm[layer * m_frame.tokens.size() + static_cast<std::size_t>(t)] =
                static_cast<float>(std::sqrt(squares));
        }
    }
    static void take_experts(std::vector<std::vector<std::int32_t>>& rows, ConstView<2> view)
    {
        rows.clear();
        for (std::int64_t t = 0; t < view.size(0); ++t) {
            const auto* row = view.as<std::int32_t>() + t * view.row_stride();
            rows.emplace_back(row, row + view.size(1));
        }
    }

    ProbeFrame& m_frame;
    Lens& m_lens;
};

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

/// Everything of the frame that is known before the pass, and room for the rest.
std::shared_ptr<ProbeFrame> frame_of(std::vector<std::int32_t> tokens, const ModelConfig& config,
                                     const Tokenizer& tokenizer, std::int64_t step)
{
    auto frame = std::make_shared<ProbeFrame>();
    frame->step = step;
    frame->tokens = std::move(tokens);
    for (std::int32_t token : frame->tokens) frame->token_texts.push_back(tokenizer.token_text(token));
    frame->layers = config.num_hidden_layers + config.num_nextn_predict_layers;
    frame->heads = config.num_attention_heads;
    const std::size_t t = frame->tokens.size();
    const auto layers = static_cast<std::size_t>(frame->layers);
    frame->attention.resize(layers * static_cast<std::size_t>(frame->heads) * t * t);
    frame->latent_norm.resize(layers * t);
    frame->routes.resize(layers);
    frame->route_weights.resize(layers);
    frame->next.resize(t);
    frame->after_next.assign(static_cast<std::size_t>(config.num_nextn_predict_layers),
                             std::vector<std::vector<Guess>>(t));
    return frame;
}

} // namespace

bool focus_matters(const LensRequest& lens, const ModelConfig& config)
{
    return lens.reading == LensReading::Read && config.vocab_size > kMostLensTokens;
}

std::int64_t longest_probe(const TrainConfig& train)
{
    return std::min(kMaxProbeTokens, train.sequence_length);
}

std::shared_ptr<const ProbeFrame> read_probe(const ProbeModel& probed, const Tokenizer& tokenizer,
                                             const std::string& text, std::int64_t step, const LensRequest& lens)
{
    std::vector<std::int32_t> tokens = tokenizer.encode(text);
    const auto t = std::min(tokens.size(), static_cast<std::size_t>(std::min(kMaxProbeTokens, probed.longest)));
    if (t == 0) return nullptr;
    tokens.resize(t);
    const ModelConfig& config = probed.model.config();
    const auto frame = frame_of(std::move(tokens), config, tokenizer, step);

    Pass pass{.stream = probed.stream, .workspace = probed.workspace, .params = probed.params};
    Lens reading(probed.model, pass, tokenizer, *frame, lens);
    FrameProbe probe(*frame, reading);
    pass.probe = &probe;
    const TokenBatch batch = batch_of(frame->tokens, config.num_nextn_predict_layers, tokenizer.pad_id());
    const auto take_logits = [&](std::int64_t depth, std::int64_t first, ConstView<2> logits) {
        for (std::int64_t row = 0; row < logits.size(0); ++row) {
            const auto position = static_cast<std::size_t>(first + row);
            if (depth > 0 && position + static_cast<std::size_t>(depth) >= t) continue; // it would have seen padding
            auto& guesses =
                depth == 0 ? frame->next[position] : frame->after_next[static_cast<std::size_t>(depth - 1)][position];
            guesses = best_guesses(row_of(logits, row), tokenizer);
        }
    };
    frame->loss = probed.model.evaluate(pass, batch, take_logits).main;
    reading.take_drafts();
    if (probed.rank) {
        frame->latent_rank = probed.rank->layers;
        frame->rank_bound = probed.rank->bound;
    }
    return frame;
}

} // namespace triptych
