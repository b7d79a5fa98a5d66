// Layout of the latent cache: all latents of a layer, then its rope keys, layer after layer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/latent_cache.h"

namespace triptych {

LatentCache::LatentCache(const ModelConfig& config, Device device, DType dtype, std::int64_t capacity,
                         std::int64_t draft_layers)
    : m_capacity(capacity), m_layers(config.num_hidden_layers + draft_layers), m_latent(config.kv_lora_rank),
      m_rope(config.qk_rope_head_dim), m_dtype(dtype),
      m_buffer(device, static_cast<std::size_t>(m_layers * capacity * (m_latent + m_rope)) * size_of(dtype))
{
}

std::int64_t LatentCache::bytes_per_token() const
{
    return m_layers * (m_latent + m_rope) * static_cast<std::int64_t>(size_of(m_dtype));
}

View<2> LatentCache::latent(std::int64_t layer, std::int64_t first, std::int64_t rows) const
{
    const std::int64_t start = layer * m_capacity * (m_latent + m_rope);
    return View<2>(static_cast<char*>(m_buffer.data()) + start * static_cast<std::int64_t>(size_of(m_dtype)), m_dtype,
                   {m_capacity, m_latent})
        .rows(first, rows);
}

View<2> LatentCache::rope_key(std::int64_t layer, std::int64_t first, std::int64_t rows) const
{
    const std::int64_t start = layer * m_capacity * (m_latent + m_rope) + m_capacity * m_latent;
    return View<2>(static_cast<char*>(m_buffer.data()) + start * static_cast<std::int64_t>(size_of(m_dtype)), m_dtype,
                   {m_capacity, m_rope})
        .rows(first, rows);
}

} // namespace triptych
