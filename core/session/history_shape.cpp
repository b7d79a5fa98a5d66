// The sizes of a history's frames. The codecs lay out what is counted here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_shape.h"

#include "core/session/frame.h"
#include "core/session/vocabulary_counter.h"
#include "core/train/op_times.h"

namespace triptych {

namespace {

constexpr std::int64_t kGuesses = 5; // a position, as core/session/probe_reader.cpp makes them
static_assert(OpTimes::kRows == kMostOps);

std::int64_t triangle(std::int64_t rows)
{
    return rows * (rows + 1) / 2;
}

std::int64_t loads_payload(const HistoryShape& s)
{
    return 4 + s.routed_layers * (20 + 4 * s.experts + (s.experts + 7) / 8);
}

std::int64_t detail_payload(const HistoryShape& s)
{
    const std::int64_t pairs = kept_pairs(s.experts) > 0 ? kept_pairs(s.experts) : s.experts * kKeptPartners * 3;
    return 8 + s.routed_layers * (s.domains * s.experts + pairs + s.groups);
}

std::int64_t probe_payload(const HistoryShape& s)
{
    const std::int64_t pool = attention_pool(s.layers, s.heads, s.probe_tokens);
    const std::int64_t attention = s.layers * s.heads * triangle((s.probe_tokens + pool - 1) / pool);
    const std::int64_t by_layer = s.layers * (4 + s.probe_tokens * (2 + 6)); // rank, norms, lens
    const std::int64_t routes = s.routed_layers * (2 + s.probe_tokens * s.experts_per_token * 3);
    const std::int64_t guesses = (1 + s.mtp_depth) * s.probe_tokens * kGuesses * 6;
    return 32 + 4 * s.probe_tokens + by_layer + attention + routes + guesses;
}

std::int64_t acceptance_payload(const HistoryShape& s)
{
    return 8 + s.mtp_depth * (AcceptanceFrame::kPositions + s.domains + 1) * 8;
}

constexpr std::int64_t kKernelsPayload = 40 + kMostOps * (1 + kMostOpName + 4 * 4);

std::int64_t words_payload(const HistoryShape& s)
{
    return s.routed_layers * (8 + s.experts * VocabularyCounter::kKeptWords * 5);
}

std::int64_t payload_bytes(HistoryKind kind, const HistoryShape& shape)
{
    switch (kind) {
    case HistoryKind::Detail: return detail_payload(shape);
    case HistoryKind::Probe: return probe_payload(shape);
    case HistoryKind::Acceptance: return acceptance_payload(shape);
    case HistoryKind::Kernels: return kKernelsPayload;
    case HistoryKind::Words: return words_payload(shape);
    case HistoryKind::Loads: break;
    }
    return loads_payload(shape);
}

std::int64_t layers_of(HistoryKind kind, const HistoryShape& shape)
{
    switch (kind) {
    case HistoryKind::Probe:
    case HistoryKind::Kernels: return shape.layers;
    case HistoryKind::Acceptance: return shape.mtp_depth;
    case HistoryKind::Loads:
    case HistoryKind::Detail:
    case HistoryKind::Words: break;
    }
    return shape.routed_layers;
}

} // namespace

HistoryShape history_shape(const ModelConfig& model, std::int64_t domains, std::int64_t probe_tokens)
{
    HistoryShape shape;
    shape.layers = model.num_hidden_layers + model.num_nextn_predict_layers;
    for (std::int64_t layer = 0; layer < shape.layers; ++layer)
        shape.routed_layers += model.is_moe_layer(layer) ? 1 : 0;
    shape.heads = model.num_attention_heads;
    shape.experts = model.n_routed_experts;
    shape.experts_per_token = model.n_routed_experts > 0 ? model.num_experts_per_tok : 0;
    shape.groups = model.n_group > 1 ? model.n_group : 0;
    shape.mtp_depth = model.num_nextn_predict_layers;
    shape.domains = domains;
    shape.probe_tokens = probe_tokens;
    return shape;
}

std::int64_t kept_pairs(std::int64_t experts)
{
    return experts <= kMostPairedExperts ? experts * (experts - 1) / 2 : 0;
}

std::int64_t attention_pool(std::int64_t layers, std::int64_t heads, std::int64_t tokens)
{
    std::int64_t pool = 1;
    while (pool < tokens && layers * heads * triangle((tokens + pool - 1) / pool) > kMostAttentionBytes) pool *= 2;
    return pool;
}

std::size_t history_frame_bytes(HistoryKind kind, const HistoryShape& shape)
{
    return static_cast<std::size_t>(
        HistoryRecord{.payload_bytes = static_cast<std::uint32_t>(payload_bytes(kind, shape))}.bytes());
}

HistoryPlan history_plan(HistoryKind kind, const HistoryShape& shape)
{
    HistoryPlan plan;
    const std::size_t bytes = history_frame_bytes(kind, shape);
    plan.limits = history_limits(kind, bytes);
    const bool by_domain = kind == HistoryKind::Detail || kind == HistoryKind::Acceptance;
    plan.sizes.layers = static_cast<std::uint32_t>(layers_of(kind, shape));
    plan.sizes.experts = static_cast<std::uint32_t>(shape.experts);
    plan.sizes.domains = static_cast<std::uint32_t>(by_domain ? shape.domains : 0);
    if (kind == HistoryKind::Loads) plan.record_bytes = static_cast<std::uint32_t>(bytes);
    return plan;
}

} // namespace triptych
