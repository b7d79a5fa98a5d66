// What the size of a history's frames depends on, and that size: the numbers of the table in docs/run_format.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/run/history_file.h"

#include <cstddef>
#include <cstdint>

namespace triptych {

/// Of the attention in one probe frame; with more, neighbours are pooled. See ProbeFrame::pool.
inline constexpr std::int64_t kMostAttentionBytes = 1'000'000;
/// Partners of an expert in a frame of a model with more than kMostPairedExperts experts; of smaller ones every pair is
/// kept.
inline constexpr std::int64_t kKeptPartners = 8;
inline constexpr std::int64_t kMostPairedExperts = 64;
/// Of one step, and letters in the name of one.
inline constexpr std::int64_t kMostOps = 64;
inline constexpr std::int64_t kMostOpName = 40;

struct HistoryShape {
    std::int64_t layers = 0;        ///< main ones and MTP blocks
    std::int64_t routed_layers = 0; ///< of them
    std::int64_t heads = 0;
    std::int64_t experts = 0;           ///< E
    std::int64_t experts_per_token = 0; ///< K
    std::int64_t groups = 0;            ///< G; 0: a model without
    std::int64_t mtp_depth = 0;
    std::int64_t domains = 0;      ///< D
    std::int64_t probe_tokens = 0; ///< T, the longest probe text
};

HistoryShape history_shape(const ModelConfig& model, std::int64_t domains, std::int64_t probe_tokens);

/// Pairs i < j of a layer's experts, all of which are kept; 0 where there are too many.
std::int64_t kept_pairs(std::int64_t experts);
/// Smallest power of two p for which the lower triangles of layers x heads maps of ceil(T / p) rows take at most
/// kMostAttentionBytes, or one value a map is left.
std::int64_t attention_pool(std::int64_t layers, std::int64_t heads, std::int64_t tokens);

/// Bytes of the largest frame, with its head in the file.
std::size_t history_frame_bytes(HistoryKind kind, const HistoryShape& shape);
/// How a file of such frames begins and how far it grows.
HistoryPlan history_plan(HistoryKind kind, const HistoryShape& shape);

} // namespace triptych
