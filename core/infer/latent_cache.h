// The cache of MLA: per layer and position the normed latent and the rotated rope key, kv_lora_rank + rope values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "kernels/base/memory.h"
#include "kernels/base/view.h"

#include <cstdint>

namespace triptych {

/// One sequence. Layers append at the same place; advance() moves on once all of them have.
class LatentCache {
public:
    /// draft_layers: of MTP modules, after those of the main model.
    LatentCache(const ModelConfig& config, Device device, DType dtype, std::int64_t capacity,
                std::int64_t draft_layers = 0);

    std::int64_t length() const { return m_length; }
    std::int64_t capacity() const { return m_capacity; }
    /// Bytes per cached token over all layers.
    std::int64_t bytes_per_token() const;

    /// Rows [first, first + rows) of a layer. latent: [rows, kv_lora_rank], rope_key: [rows, rope].
    View<2> latent(std::int64_t layer, std::int64_t first, std::int64_t rows) const;
    View<2> rope_key(std::int64_t layer, std::int64_t first, std::int64_t rows) const;

    void advance(std::int64_t tokens) { m_length += tokens; }
    /// Forgets all positions from this one on.
    void truncate(std::int64_t length) { m_length = length; }

private:
    std::int64_t m_capacity;
    std::int64_t m_layers;
    std::int64_t m_latent;
    std::int64_t m_rope;
    std::int64_t m_length = 0;
    DType m_dtype;
    DeviceBuffer m_buffer;
};

} // namespace triptych
