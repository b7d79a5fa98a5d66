// Named taps: how a picture gets data out of a pass without the model knowing of pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/view.h"

#include <cstdint>

namespace triptych {

enum class TapPoint : std::uint8_t {
    /// [T, S] weights of one head of the first sequence: the new tokens on all so far (S = T without a cache). Made only when
    /// somebody wants them.
    Attention = 1,
    Latent,        ///< [N, kv_lora_rank] after kv_a_layernorm
    RouterScores,  ///< [N, E]
    RouterExperts, ///< [N, K] I32
    RouterWeights, ///< [N, K]
    LayerOutput,   ///< [N, D] the residual stream after the layer
};

struct Tap {
    TapPoint point;
    std::int64_t layer = 0; ///< index as in tensor names; MTP blocks count on from num_hidden_layers
    std::int64_t head = 0;  ///< for Attention
};

/// Watches a pass. The view is valid during the call alone.
class Probe {
public:
    virtual ~Probe() = default;
    virtual bool wants(const Tap& tap) const = 0;
    virtual void take(const Tap& tap, ConstView<2> view) = 0;
};

} // namespace triptych
