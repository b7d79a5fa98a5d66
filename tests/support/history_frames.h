// Frames of a model that never was, with every part filled, for what keeps and reads them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "core/session/history_shape.h"
#include "kernels/base/rng.h"
#include "tests/support/probe_frames.h"

#include <algorithm>
#include <cmath>

namespace triptych::test {

/// Numbers of one frame, drawn one after the other.
class Draws {
public:
    explicit Draws(std::int64_t step) : m_random(11, static_cast<std::uint64_t>(step)) {}
    double uniform() { return m_random.uniform(m_next++); }
    /// 2^-octaves to 2^octaves.
    double ratio(double octaves) { return std::exp2(octaves * (2 * uniform() - 1)); }

private:
    Philox m_random;
    std::uint64_t m_next = 0;
};

/// Of the shape's routed layers, the first of which is number 1.
inline LoadFrame load_frame(std::int64_t step, const HistoryShape& shape)
{
    Draws draw(step);
    LoadFrame frame;
    frame.step = step;
    frame.experts = shape.experts;
    const auto experts = static_cast<std::size_t>(shape.experts);
    for (std::int64_t d = 0; d < shape.domains; ++d) frame.domains.push_back("domain " + std::to_string(d));
    for (std::int64_t i = 0; i < shape.routed_layers; ++i) {
        LayerLoad& load = frame.layers.emplace_back();
        load.layer = 1 + i;
        auto& ratio = frame.ratio.emplace_back();
        for (std::size_t e = 0; e < experts; ++e) {
            load.counts.push_back(static_cast<std::int64_t>(100 * draw.uniform()));
            load.bias.push_back(static_cast<float>(0.2 * draw.uniform() - 0.1));
            ratio.push_back(e % 7 == 3 ? 0 : static_cast<float>(draw.ratio(8)));
        }
        frame.max_vio.push_back(draw.ratio(2));
        frame.micro_balance.push_back({.max_violation = draw.ratio(2)});
        frame.dead_fraction.push_back(std::floor(draw.uniform() * static_cast<double>(experts)) /
                                      static_cast<double>(experts));
        auto& shares = frame.domain_share.emplace_back(static_cast<std::size_t>(shape.domains));
        for (auto& share : shares)
            for (std::size_t e = 0; e < experts; ++e)
                share.push_back(static_cast<float>(draw.ratio(5) / static_cast<double>(experts)));
        auto& partners = frame.partners.emplace_back(experts);
        if (kept_pairs(shape.experts) > 0) {
            auto& lift = frame.lift.emplace_back();
            for (std::int64_t p = 0; p < kept_pairs(shape.experts); ++p)
                lift.push_back(static_cast<float>(draw.ratio(5)));
        }
        for (std::size_t e = 0; e < experts; ++e)
            for (std::size_t k = 0; k < static_cast<std::size_t>(kKeptPartners) && k + 1 < experts; ++k)
                partners[e].push_back(
                    {static_cast<std::int32_t>((e + 1 + k) % experts), static_cast<float>(draw.ratio(5))});
        auto& words = frame.words.emplace_back(experts);
        for (std::size_t e = 0; e < experts; ++e)
            for (std::int32_t k = 0; k < static_cast<std::int32_t>(e % 9); ++k)
                words[e].push_back({20 + 3 * k, static_cast<float>(draw.uniform()), {}});
        frame.word_share.push_back(draw.uniform());
        auto& groups = frame.group_share.emplace_back();
        for (std::int64_t g = 0; g < shape.groups; ++g) groups.push_back(static_cast<float>(draw.uniform()));
    }
    if (shape.groups == 0) frame.group_share.clear();
    frame.words_step = step;
    return frame;
}

/// Of so many ops, the longest first.
inline KernelFrame kernel_frame(std::int64_t step, std::int64_t ops = kMostOps)
{
    Draws draw(step);
    KernelFrame frame;
    frame.step = step;
    frame.outside_seconds = 0.01 * draw.uniform();
    frame.seconds = frame.outside_seconds;
    frame.peak_flops = 2e11;
    frame.peak_bytes_per_second = 2e10;
    for (std::int64_t i = 0; i < ops; ++i) {
        std::string name = "op " + std::to_string(i) + " ";
        name.resize(static_cast<std::size_t>(kMostOpName), 'x');
        frame.ops.push_back({.name = name,
                             .calls = static_cast<double>(1 + i),
                             .seconds = 0.1 / static_cast<double>(1 + i),
                             .flops = 1e9 * draw.uniform(),
                             .bytes = 1e8 * draw.uniform()});
        frame.seconds += frame.ops.back().seconds;
    }
    return frame;
}

/// Of the shape's MTP modules, each of which drafts less than the one before.
inline AcceptanceFrame acceptance_frame(std::int64_t step, const HistoryShape& shape)
{
    Draws draw(step);
    const auto count = [&] {
        const auto drafts = static_cast<std::int64_t>(5000 * draw.uniform());
        return AcceptanceFrame::Count{drafts, static_cast<std::int64_t>(static_cast<double>(drafts) * draw.uniform())};
    };
    AcceptanceFrame frame;
    frame.step = step;
    for (std::int64_t d = 0; d < shape.domains; ++d) frame.domains.push_back("domain " + std::to_string(d));
    for (std::int64_t depth = 0; depth < shape.mtp_depth; ++depth) {
        auto& positions = frame.by_position.emplace_back(AcceptanceFrame::kPositions);
        for (auto& position : positions) position = count();
        auto& domains = frame.by_domain.emplace_back(shape.domains);
        for (auto& domain : domains) domain = count();
        frame.reached.push_back(count());
    }
    return frame;
}

/// Of a text of the shape's longest length, with routes in every layer but the first.
inline ProbeFrame full_probe_frame(std::int64_t step, const HistoryShape& shape)
{
    Draws draw(step);
    const std::string text(static_cast<std::size_t>(shape.probe_tokens), 'x');
    ProbeFrame frame = *probe_frame(text, {shape.layers - shape.mtp_depth, shape.mtp_depth, shape.heads});
    frame.step = step;
    frame.loss = 1 + draw.uniform();
    for (float& weight : frame.attention) weight = weight > 0 ? static_cast<float>(draw.uniform()) : 0;
    const auto dense = static_cast<std::size_t>(shape.layers - shape.routed_layers);
    for (std::size_t layer = dense; layer < frame.routes.size(); ++layer)
        for (std::size_t t = 0; t < frame.tokens.size(); ++t) {
            auto& routes = frame.routes[layer].emplace_back();
            auto& weights = frame.route_weights[layer].emplace_back();
            for (std::int64_t k = 0; k < shape.experts_per_token; ++k) {
                const auto expert = static_cast<std::int64_t>(draw.uniform() * static_cast<double>(shape.experts));
                routes.push_back(static_cast<std::int32_t>(std::min(expert, shape.experts - 1)));
                weights.push_back(static_cast<float>(2.5 * draw.uniform()));
            }
        }
    for (std::int64_t layer = 0; layer < shape.layers; ++layer) {
        frame.latent_rank.push_back(static_cast<float>(1 + 40 * draw.uniform()));
        auto& lens = frame.lens.emplace_back();
        for (std::size_t t = 0; t < frame.tokens.size(); ++t)
            lens.push_back({{frame.tokens[t], 0.25F, frame.token_texts[t]}});
    }
    frame.rank_bound = 64;
    return frame;
}

} // namespace triptych::test
