// What is counted over a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/frame.h"

#include <algorithm>

namespace triptych {

namespace {

/// Calls `with` for each part that few frames have, as it is in both.
template <class Frame, class With>
void for_each_detail(Frame& frame, const LoadFrame& kept, const With& with)
{
    if (frame.experts != kept.experts || frame.layers.size() != kept.layers.size()) return;
    with(frame.domain_share, kept.domain_share);
    with(frame.lift, kept.lift);
    with(frame.partners, kept.partners);
    with(frame.words, kept.words);
    with(frame.group_share, kept.group_share);
    with(frame.micro_balance, kept.micro_balance);
}

} // namespace

bool lacks_detail(const LoadFrame& frame, const LoadFrame& kept)
{
    bool lacks = false;
    for_each_detail(frame, kept,
                    [&](const auto& part, const auto& there) { lacks = lacks || (part.empty() && !there.empty()); });
    return lacks;
}

void add_detail(LoadFrame& frame, const LoadFrame& kept)
{
    const bool domains = frame.domain_share.empty();
    const bool words = frame.words.empty();
    for_each_detail(frame, kept, [](auto& part, const auto& there) {
        if (part.empty()) part = there;
    });
    // What belongs to a part.
    if (domains && !frame.domain_share.empty()) frame.domains = kept.domains;
    if (words && !frame.words.empty()) {
        frame.word_share = kept.word_share;
        frame.words_step = kept.words_step;
    }
}

std::array<std::int64_t, PlanEntry::kRegions> region_bytes(const std::vector<PlanEntry>& plan)
{
    std::array<std::int64_t, PlanEntry::kRegions> ends{};
    for (const PlanEntry& entry : plan) {
        std::int64_t& end = ends[static_cast<std::size_t>(entry.region) - 1];
        end = std::max(end, entry.offset + entry.bytes);
    }
    return ends;
}

} // namespace triptych
