// Snapshots that the wings of the window show, immutable once published: values only, no pointers into the model.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/step_report.h"

#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

/// Expert loads of the latest step, and their smoothed form (mean over the last steps) which is calmer to look at.
struct LoadFrame {
    std::int64_t step = 0;
    std::int64_t experts = 0;              ///< E
    std::vector<LayerLoad> layers;         ///< of this step
    std::vector<std::vector<float>> ratio; ///< [layer][expert] load / mean load, exponentially smoothed over about 20 steps
    std::vector<double> max_vio;           ///< [layer] of this step
    std::vector<double> dead_fraction;     ///< [layer] share of experts with no token in the smoothing window
    std::vector<std::string> domains;      ///< labels of the data's domains, may be empty
    /// [layer][domain][expert] share of the domain's choices that went to the expert, smoothed; empty without domains.
    std::vector<std::vector<std::vector<float>>> domain_share;
};

/// One of the most likely next tokens at a position.
struct Guess {
    std::int32_t token = 0;
    float probability = 0;
    std::string text; ///< for display: control characters made visible
};

/// What the model makes of the probe text. T tokens.
struct ProbeFrame {
    std::int64_t step = 0;
    std::vector<std::int32_t> tokens;       ///< [T]
    std::vector<std::string> token_texts;   ///< [T] for display
    std::int64_t layers = 0;                ///< main layers, then MTP blocks
    std::int64_t heads = 0;
    std::vector<float> attention;           ///< [layers, heads, T, T] weights of query (row) on key (column)
    std::vector<float> latent_norm;         ///< [layers, T] L2 norm of the cached latent
    std::vector<std::vector<std::vector<std::int32_t>>> routes; ///< [layer][T][K] experts; empty for dense layers
    std::vector<std::vector<std::vector<float>>> route_weights; ///< [layer][T][K]
    std::vector<std::vector<Guess>> next;   ///< [T][5] main head: the token after position i
    /// [depth][T][5] MTP module k at position i: the token k + 1 places after i; the last k positions are empty.
    std::vector<std::vector<std::vector<Guess>>> after_next;
    double loss = 0;                        ///< nats per token of the probe text
};

/// Index of one weight in ProbeFrame::attention.
inline std::size_t attention_index(const ProbeFrame& frame, std::int64_t layer, std::int64_t head, std::int64_t query,
                                   std::int64_t key)
{
    const auto t = static_cast<std::int64_t>(frame.tokens.size());
    return static_cast<std::size_t>(((layer * frame.heads + head) * t + query) * t + key);
}

} // namespace triptych
