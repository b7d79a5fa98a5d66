// What went on inside while a token was read: the experts it went to and where it looked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/probe.h"

#include <cstdint>
#include <vector>

namespace triptych {

/// The experts of one layer, the ones that weigh most first.
struct TokenRoute {
    std::int64_t layer = 0; ///< as in tensor names
    std::vector<std::int32_t> experts;
    std::vector<float> weights; ///< of each, in the same order
};

struct TokenReading {
    std::vector<TokenRoute> routes; ///< of the MoE layers, rising
    std::int64_t layers = 0;
    std::int64_t keys = 0; ///< tokens that could be looked at, the token itself is the last
    /// [layers, keys] the largest weight of any head of the layer, in 1/255; empty: not kept, the text is too long.
    std::vector<std::uint8_t> attention;

    /// 0..1; 0 where nothing was kept.
    double weight(std::int64_t layer, std::int64_t key) const;
    /// The largest of all layers.
    double weight(std::int64_t key) const;
};

/// Gathers readings of the main model's layers from the passes it watches.
class ReadingProbe final : public Probe {
public:
    /// Bytes of attention that one text may take; the tokens after that have none.
    static constexpr std::int64_t kMostBytes = 64 << 20;

    explicit ReadingProbe(std::int64_t layers) : m_layers(layers) {}

    /// The next pass is the first of a new text.
    void begin();
    /// Of the tokens of the last pass, in order.
    std::vector<TokenReading> take_readings();

    bool wants(const Tap& tap) const override;
    void take(const Tap& tap, ConstView<2> view) override;

private:
    void take_attention(const Tap& tap, ConstView<2> view);
    TokenReading& reading(std::int64_t row, std::int64_t rows);

    std::int64_t m_layers;
    std::int64_t m_read = 0; ///< tokens of earlier passes
    std::int64_t m_bytes = 0;
    std::vector<TokenReading> m_readings;
};

} // namespace triptych
