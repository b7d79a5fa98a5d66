// Tokens of experts as bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_codec.h"
#include "core/session/history_scale.h"
#include "core/session/vocabulary_counter.h"
#include "core/util/packed_bytes.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using Words = std::vector<LoadFrame::Word>;

constexpr auto kKept = static_cast<std::size_t>(VocabularyCounter::kKeptWords);
constexpr std::size_t kWordBytes = 5;
constexpr std::int32_t kNoToken = -1;

/// In front of each layer.
struct LayerHead {
    std::uint16_t kept = 0; ///< a place for so many tokens of each expert; 0: none of the layer came often enough yet
    std::uint16_t unused = 0;
    float share = 0;
};

bool fits(const LoadFrame& frame)
{
    const auto experts = static_cast<std::size_t>(frame.experts);
    const auto whole = [&](const std::vector<Words>& layer) {
        return layer.empty() ||
               (layer.size() == experts &&
                std::all_of(layer.begin(), layer.end(), [](const Words& of) { return of.size() <= kKept; }));
    };
    const auto counted = [](const std::vector<Words>& layer) { return !layer.empty(); };
    return frame.words.size() == frame.layers.size() && frame.word_share.size() == frame.layers.size() &&
           std::all_of(frame.words.begin(), frame.words.end(), whole) &&
           std::any_of(frame.words.begin(), frame.words.end(), counted);
}

void put(PackedWriter& out, const Words& words)
{
    for (std::size_t k = 0; k < kKept; ++k) {
        out.put(k < words.size() ? words[k].token : kNoToken);
        out.put(pack_share(k < words.size() ? static_cast<double>(words[k].share) : 0));
    }
}

/// Nothing where a token has no such number.
std::optional<Words> get(PackedReader& in, std::size_t kept, const Tokenizer& tokenizer)
{
    Words words;
    for (std::size_t k = 0; k < kept; ++k) {
        const auto token = in.get<std::int32_t>();
        const float share = unpack_share(in.get<std::uint8_t>());
        if (token < kNoToken) return std::nullopt;
        if (token != kNoToken) words.push_back({token, share, tokenizer.token_text(token)});
    }
    return words;
}

} // namespace

std::string pack_words(const LoadFrame& frame)
{
    if (!fits(frame)) return {};
    PackedWriter out;
    for (std::size_t i = 0; i < frame.words.size(); ++i) {
        const bool counted = !frame.words[i].empty();
        out.put(LayerHead{.kept = static_cast<std::uint16_t>(counted ? kKept : 0),
                          .share = static_cast<float>(frame.word_share[i])});
        for (const Words& of_expert : frame.words[i]) put(out, of_expert);
    }
    return out.take();
}

Status unpack_words(std::string_view bytes, std::int64_t step, const Tokenizer& tokenizer, LoadFrame& frame)
{
    PackedReader in(bytes);
    const auto experts = static_cast<std::size_t>(frame.experts);
    std::vector<std::vector<Words>> words(frame.layers.size());
    std::vector<double> shares;
    for (auto& layer : words) {
        const auto head = in.get<LayerHead>();
        if (head.kept > kKept || !in.has(experts * head.kept * kWordBytes) || !(head.share >= 0) || head.share > 1)
            return damaged_frame(step);
        shares.push_back(static_cast<double>(head.share));
        for (std::size_t e = 0; e < experts && head.kept > 0; ++e) {
            auto of_expert = get(in, head.kept, tokenizer);
            if (!of_expert) return damaged_frame(step);
            layer.push_back(*std::move(of_expert));
        }
    }
    if (!in.ended_well()) return damaged_frame(step);
    frame.words = std::move(words);
    frame.word_share = std::move(shares);
    frame.words_step = step;
    return {};
}

} // namespace triptych
