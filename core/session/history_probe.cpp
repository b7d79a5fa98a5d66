// Probe frames as bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_codec.h"
#include "core/session/history_scale.h"
#include "core/session/history_shape.h"
#include "core/util/packed_bytes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace triptych {

namespace {

constexpr std::size_t kMostOfAnything = 0xFFFF; // what a u16 counts
constexpr std::int32_t kNoGuess = -1;

/// Counts of everything that follows.
struct ProbeHead {
    std::uint16_t tokens = 0;
    std::uint16_t layers = 0;
    std::uint16_t heads = 0;
    std::uint16_t experts_per_token = 0;
    std::uint16_t mtp_depth = 0;
    std::uint16_t pool = 1;
    std::uint16_t guesses = 0; // a position
    std::uint16_t routed_layers = 0;
    std::uint16_t lens_guesses = 0; // a position and layer
    std::uint16_t rank_bound = 0;
    float loss = 0;
    float largest_route = 0; // the weight that 255 stands for
    std::uint32_t unused = 0;
};
static_assert(sizeof(ProbeHead) == 32 && std::is_trivially_copyable_v<ProbeHead>);

using Guesses = std::vector<Guess>;

/// Rows of the pooled map.
std::int64_t pooled_rows(const ProbeHead& head)
{
    return (head.tokens + head.pool - 1) / head.pool;
}

std::size_t most_guesses(const std::vector<Guesses>& positions)
{
    std::size_t most = 0;
    for (const Guesses& guesses : positions) most = std::max(most, guesses.size());
    return most;
}

/// The layers that have routes for every token, all as many experts each; nothing where some do not fit.
std::optional<std::vector<std::uint16_t>> routed_layers(const ProbeFrame& frame, std::size_t& experts_per_token)
{
    std::vector<std::uint16_t> layers;
    for (std::size_t i = 0; i < frame.routes.size(); ++i) {
        if (frame.routes[i].empty()) continue;
        if (frame.routes[i].size() != frame.tokens.size() || i >= frame.route_weights.size() ||
            frame.route_weights[i].size() != frame.tokens.size())
            return std::nullopt;
        if (layers.empty()) experts_per_token = frame.routes[i].front().size();
        for (std::size_t t = 0; t < frame.tokens.size(); ++t)
            if (frame.routes[i][t].size() != experts_per_token || frame.route_weights[i][t].size() != experts_per_token)
                return std::nullopt;
        layers.push_back(static_cast<std::uint16_t>(i));
    }
    return layers;
}

bool fits(const ProbeFrame& frame)
{
    const std::size_t t = frame.tokens.size();
    const auto layers = static_cast<std::size_t>(frame.layers);
    const auto heads = static_cast<std::size_t>(frame.heads);
    const auto rows = static_cast<std::size_t>((static_cast<std::int64_t>(t) + frame.pool - 1) / frame.pool);
    for (const std::size_t count : {t, layers, heads, static_cast<std::size_t>(frame.pool), frame.after_next.size()})
        if (count > kMostOfAnything) return false;
    return t > 0 && frame.attention.size() == layers * heads * rows * rows && frame.latent_norm.size() == layers * t &&
           (frame.latent_rank.empty() || frame.latent_rank.size() == layers) && frame.next.size() == t &&
           frame.routes.size() <= layers && (frame.lens.empty() || frame.lens.size() == layers) &&
           std::all_of(frame.after_next.begin(), frame.after_next.end(),
                       [&](const auto& g) { return g.size() == t; }) &&
           std::all_of(frame.lens.begin(), frame.lens.end(), [&](const auto& g) { return g.empty() || g.size() == t; });
}

void put_guesses(PackedWriter& out, const std::vector<Guesses>& positions, std::size_t tokens, std::size_t each)
{
    for (std::size_t t = 0; t < tokens; ++t)
        for (std::size_t k = 0; k < each; ++k) {
            const bool there = t < positions.size() && k < positions[t].size();
            out.put(there ? positions[t][k].token : kNoGuess);
            out.put(pack_brief(there ? positions[t][k].probability : 0));
        }
}

std::vector<Guesses> get_guesses(PackedReader& in, std::size_t tokens, std::size_t each, const Tokenizer& tokenizer)
{
    std::vector<Guesses> positions(tokens);
    for (Guesses& guesses : positions)
        for (std::size_t k = 0; k < each; ++k) {
            const auto token = in.get<std::int32_t>();
            const float probability = unpack_brief(in.get<std::uint16_t>());
            if (token >= 0) guesses.push_back({token, probability, tokenizer.token_text(token)});
        }
    return positions;
}

/// Largest of the pool x pool neighbours of each place on and below the diagonal.
void put_attention(PackedWriter& out, const ProbeFrame& frame, const ProbeHead& head)
{
    const std::int64_t step = head.pool / frame.pool; // rows of the frame that make one
    const std::int64_t rows = (head.tokens + frame.pool - 1) / frame.pool;
    for (std::int64_t map = 0; map < frame.layers * frame.heads; ++map) {
        const float* weights = frame.attention.data() + map * rows * rows;
        for (std::int64_t q = 0; q < rows; q += step)
            for (std::int64_t k = 0; k <= q; k += step) {
                float largest = 0;
                for (std::int64_t i = q; i < std::min(q + step, rows); ++i)
                    for (std::int64_t j = k; j < std::min(k + step, rows); ++j)
                        largest = std::max(largest, weights[i * rows + j]);
                out.put(pack_weight(largest));
            }
    }
}

void put_routes(PackedWriter& out, const ProbeFrame& frame, const std::vector<std::uint16_t>& layers, float largest)
{
    for (const std::uint16_t layer : layers) out.put(layer);
    for (const std::uint16_t layer : layers)
        for (std::size_t t = 0; t < frame.tokens.size(); ++t)
            for (std::size_t k = 0; k < frame.routes[layer][t].size(); ++k) {
                out.put(static_cast<std::uint16_t>(frame.routes[layer][t][k]));
                out.put(pack_share(static_cast<double>(frame.route_weights[layer][t][k]) / largest));
            }
}

bool get_routes(PackedReader& in, const ProbeHead& head, std::uint32_t experts, ProbeFrame& frame)
{
    std::vector<std::uint16_t> layers;
    if (!in.has(std::size_t{head.routed_layers} * (2 + std::size_t{head.tokens} * head.experts_per_token * 3)))
        return false;
    for (std::size_t i = 0; i < head.routed_layers; ++i) layers.push_back(in.get<std::uint16_t>());
    frame.routes.resize(head.layers);
    frame.route_weights.resize(head.layers);
    for (const std::uint16_t layer : layers) {
        if (layer >= head.layers || !frame.routes[layer].empty()) return false;
        for (std::size_t t = 0; t < head.tokens; ++t) {
            auto& routes = frame.routes[layer].emplace_back();
            auto& weights = frame.route_weights[layer].emplace_back();
            for (std::size_t k = 0; k < head.experts_per_token; ++k) {
                routes.push_back(in.get<std::uint16_t>());
                weights.push_back(unpack_share(in.get<std::uint8_t>()) * head.largest_route);
                if (static_cast<std::uint32_t>(routes.back()) >= experts) return false;
            }
        }
    }
    return true;
}

float largest_route(const ProbeFrame& frame)
{
    float largest = 0;
    for (const auto& layer : frame.route_weights)
        for (const auto& token : layer)
            for (const float weight : token)
                if (std::isfinite(weight)) largest = std::max(largest, weight);
    return largest > 0 ? largest : 1;
}

/// Of a frame that fits, but for its routes.
ProbeHead head_of(const ProbeFrame& frame)
{
    ProbeHead head;
    head.tokens = static_cast<std::uint16_t>(frame.tokens.size());
    head.layers = static_cast<std::uint16_t>(frame.layers);
    head.heads = static_cast<std::uint16_t>(frame.heads);
    head.mtp_depth = static_cast<std::uint16_t>(frame.after_next.size());
    head.pool = static_cast<std::uint16_t>(std::max(
        frame.pool, attention_pool(frame.layers, frame.heads, static_cast<std::int64_t>(frame.tokens.size()))));
    std::size_t guesses = most_guesses(frame.next);
    for (const auto& depth : frame.after_next) guesses = std::max(guesses, most_guesses(depth));
    head.guesses = static_cast<std::uint16_t>(guesses);
    // One a place, the likeliest: what a journey through the layers shows.
    for (const auto& layer : frame.lens)
        if (most_guesses(layer) > 0) head.lens_guesses = 1;
    head.rank_bound = static_cast<std::uint16_t>(std::clamp<std::int64_t>(frame.rank_bound, 0, kMostOfAnything));
    head.loss = static_cast<float>(frame.loss);
    head.largest_route = largest_route(frame);
    return head;
}

/// Bytes of everything but the routes, by the counts of the head.
std::size_t bytes_without_routes(const ProbeHead& head)
{
    const auto rows = static_cast<std::size_t>(pooled_rows(head));
    const std::size_t tokens = head.tokens;
    return tokens * 4 + head.layers * (4 + tokens * 2) +
           std::size_t{head.layers} * head.heads * (rows * (rows + 1) / 2) +
           (std::size_t{1} + head.mtp_depth) * tokens * head.guesses * 6 + head.layers * tokens * head.lens_guesses * 6;
}

void get_attention(PackedReader& in, const ProbeHead& head, ProbeFrame& frame)
{
    const std::int64_t rows = pooled_rows(head);
    frame.attention.resize(static_cast<std::size_t>(frame.layers * frame.heads * rows * rows));
    for (std::int64_t map = 0; map < frame.layers * frame.heads; ++map)
        for (std::int64_t q = 0; q < rows; ++q)
            for (std::int64_t k = 0; k <= q; ++k)
                frame.attention[static_cast<std::size_t>((map * rows + q) * rows + k)] =
                    unpack_weight(in.get<std::uint8_t>());
}

} // namespace

std::string pack_probe(const ProbeFrame& frame)
{
    if (frame.pool < 1 || !fits(frame)) return {};
    std::size_t experts_per_token = 0;
    const auto layers = routed_layers(frame, experts_per_token);
    if (!layers) return {};
    ProbeHead head = head_of(frame);
    if (head.pool % frame.pool != 0 || head.guesses == 0) return {};
    head.experts_per_token = static_cast<std::uint16_t>(experts_per_token);
    head.routed_layers = static_cast<std::uint16_t>(layers->size());
    PackedWriter out;
    out.reserve(sizeof head + bytes_without_routes(head) +
                layers->size() * (2 + frame.tokens.size() * experts_per_token * 3));
    out.put(head);
    for (const std::int32_t token : frame.tokens) out.put(token);
    for (std::size_t i = 0; i < head.layers; ++i)
        out.put(frame.latent_rank.empty() ? std::numeric_limits<float>::quiet_NaN() : frame.latent_rank[i]);
    for (const float norm : frame.latent_norm) out.put(pack_brief(norm));
    put_attention(out, frame, head);
    put_routes(out, frame, *layers, head.largest_route);
    put_guesses(out, frame.next, head.tokens, head.guesses);
    for (const auto& depth : frame.after_next) put_guesses(out, depth, head.tokens, head.guesses);
    if (head.lens_guesses > 0)
        for (const auto& layer : frame.lens) put_guesses(out, layer, head.tokens, head.lens_guesses);
    return out.take();
}

Result<ProbeFrame> unpack_probe(std::string_view bytes, std::int64_t step, const HistorySizes& sizes,
                                const Tokenizer& tokenizer)
{
    PackedReader in(bytes);
    const auto head = in.get<ProbeHead>();
    if (head.tokens == 0 || head.pool == 0 || head.guesses == 0 || head.layers != sizes.layers ||
        !in.has(bytes_without_routes(head)))
        return damaged_frame(step);
    ProbeFrame frame;
    frame.step = step;
    frame.layers = head.layers;
    frame.heads = head.heads;
    frame.pool = head.pool;
    frame.loss = head.loss;
    frame.rank_bound = head.rank_bound;
    for (std::size_t t = 0; t < head.tokens; ++t) {
        frame.tokens.push_back(in.get<std::int32_t>());
        frame.token_texts.push_back(tokenizer.token_text(frame.tokens.back()));
    }
    for (std::size_t i = 0; i < head.layers; ++i) frame.latent_rank.push_back(in.get<float>());
    if (std::all_of(frame.latent_rank.begin(), frame.latent_rank.end(), [](float rank) { return std::isnan(rank); }))
        frame.latent_rank.clear();
    for (std::size_t i = 0; i < std::size_t{head.layers} * head.tokens; ++i)
        frame.latent_norm.push_back(unpack_brief(in.get<std::uint16_t>()));
    get_attention(in, head, frame);
    if (!get_routes(in, head, sizes.experts, frame)) return damaged_frame(step);
    frame.next = get_guesses(in, head.tokens, head.guesses, tokenizer);
    for (std::size_t depth = 0; depth < head.mtp_depth; ++depth)
        frame.after_next.push_back(get_guesses(in, head.tokens, head.guesses, tokenizer));
    for (std::size_t i = 0; i < head.layers && head.lens_guesses > 0; ++i) {
        auto lens = get_guesses(in, head.tokens, head.lens_guesses, tokenizer);
        if (most_guesses(lens) == 0) lens.clear();
        frame.lens.push_back(std::move(lens));
    }
    if (!in.ended_well()) return damaged_frame(step);
    return frame;
}

} // namespace triptych
