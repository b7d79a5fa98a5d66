// The output head over tiles of tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/lm_head.h"

#include "kernels/ops/cross_entropy.h"
#include "kernels/ops/linear.h"

#include <algorithm>

namespace triptych {

namespace {

/// Tokens per tile: enough for the matrix product, so many that the gradient of a large vocabulary is not
/// read and written again for every few tokens.
std::int64_t tile_rows(std::int64_t tokens, std::int64_t vocab)
{
    constexpr std::int64_t kTileElements = std::int64_t{1} << 21;
    return std::min(std::clamp<std::int64_t>(kTileElements / vocab, 64, 2048), tokens);
}

double sum(ConstView<1> values)
{
    double total = 0;
    for (std::int64_t i = 0; i < values.size(0); ++i)
        total += values.dtype() == DType::F64 ? values.as<double>()[i] : static_cast<double>(values.as<float>()[i]);
    return total;
}

} // namespace

std::int64_t count_targets(std::span<const std::int32_t> targets)
{
    return std::count_if(targets.begin(), targets.end(), [](std::int32_t t) { return t >= 0; });
}

LmHead::LmHead(const ModelConfig& config)
    : m_vocab(config.vocab_size), m_hidden(config.hidden_size), m_tied(config.tie_word_embeddings)
{
}

void LmHead::declare(ParamRows& rows, ParamId embedding)
{
    m_weight = m_tied ? embedding : rows.add({.name = "lm_head.weight", .shape = {m_vocab, m_hidden}, .packing = Packing::Yes});
}

void LmHead::plan(Planner& planner, Precision precision, const TokenShape& shape)
{
    const Planner::Scope scope(planner, "lm_head");
    const std::int64_t rows = tile_rows(shape.tokens(), m_vocab);
    m_logits = planner.scratch<2>("logits", precision.wide, {rows, m_vocab});
    const bool rounds = precision.is_mixed() && planner.purpose() == PlanFor::Training;
    m_dlogits = rounds ? planner.scratch<2>("d_logits", precision.narrow, {rows, m_vocab}) : m_logits;
    m_losses = planner.scratch<1>("losses", precision.wide, {rows});
}

template <class Visit>
double LmHead::for_each_tile(Pass& pass, ConstView<2> h, std::span<const std::int32_t> targets, const Visit& visit) const
{
    double total = 0;
    for (std::int64_t first = 0; first < h.size(0); first += m_logits.shape[0]) {
        const std::int64_t rows = std::min(m_logits.shape[0], h.size(0) - first);
        const View<2> logits = pass.at(m_logits, rows);
        const View<1> losses = pass.at(m_losses, rows);
        run(pass.stream, LinearForward{.x = h.rows(first, rows),
                                       .weight = pass.params.weight<2>(m_weight),
                                       .y = logits,
                                       .packed = pass.params.packed_forward(m_weight, h.dtype())});
        const ConstView<1> tile_targets(targets.empty() ? nullptr : targets.data() + first, DType::I32, {rows});
        visit(first, logits, tile_targets, losses);
        if (!targets.empty()) total += sum(losses);
    }
    return total;
}

double LmHead::loss(Pass& pass, ConstView<2> h, std::span<const std::int32_t> targets, const LogitsSink& sink,
                    const LossesSink& losses_sink) const
{
    return for_each_tile(
        pass, h, targets, [&](std::int64_t first, View<2> logits, ConstView<1> tile_targets, View<1> losses) {
            if (sink) sink(first, logits);
            if (targets.empty()) return;
            run(pass.stream, CrossEntropyForward{.logits = logits, .targets = tile_targets, .losses = losses});
            if (losses_sink) losses_sink(first, losses);
        });
}

double LmHead::loss_and_gradient(Pass& pass, ConstView<2> h, std::span<const std::int32_t> targets, double dloss,
                                 View<2> dh) const
{
    return for_each_tile(pass, h, targets,
                         [&](std::int64_t first, View<2> logits, ConstView<1> tile_targets, View<1> losses) {
                             const std::int64_t rows = logits.size(0);
                             const View<2> dlogits = pass.at(m_dlogits, rows);
                             run(pass.stream, CrossEntropyForwardBackward{.logits = logits,
                                                                          .targets = tile_targets,
                                                                          .scale = dloss,
                                                                          .losses = losses,
                                                                          .dlogits = dlogits});
                             run(pass.stream, LinearBackwardWeight{.x = h.rows(first, rows),
                                                                   .dy = dlogits,
                                                                   .dweight = pass.params.gradient<2>(m_weight)});
                             run(pass.stream,
                                 LinearBackwardInput{.dy = dlogits,
                                                     .weight = pass.params.weight<2>(m_weight),
                                                     .dx = dh.rows(first, rows),
                                                     .packed = pass.params.packed_backward(m_weight, dlogits.dtype())});
                         });
}

void LmHead::logits(Pass& pass, ConstView<2> h, View<2> out) const
{
    run(pass.stream, LinearForward{.x = h,
                                   .weight = pass.params.weight<2>(m_weight),
                                   .y = out,
                                   .packed = pass.params.packed_forward(m_weight, h.dtype())});
}

} // namespace triptych
