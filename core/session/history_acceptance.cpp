// Accepted drafts of a validation as bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_codec.h"
#include "core/util/packed_bytes.h"

#include <algorithm>
#include <limits>

namespace triptych {

namespace {

using Count = AcceptanceFrame::Count;
using Counts = std::vector<Count>;

constexpr std::size_t kCountBytes = 2 * sizeof(std::uint32_t);

/// Counts of everything that follows.
struct AcceptanceHead {
    std::uint16_t depths = 0;
    std::uint16_t positions = 0;
    std::uint16_t domains = 0;
    std::uint16_t unused = 0;
};

bool fits(const AcceptanceFrame& frame)
{
    const std::size_t depths = frame.by_position.size();
    const auto wide = [](const std::vector<Counts>& rows, std::size_t width) {
        return std::all_of(rows.begin(), rows.end(), [&](const Counts& row) { return row.size() == width; });
    };
    constexpr std::size_t kMost = std::numeric_limits<std::uint16_t>::max();
    return depths > 0 && depths <= kMost && frame.domains.size() <= kMost && frame.by_domain.size() == depths &&
           frame.reached.size() == depths && wide(frame.by_position, AcceptanceFrame::kPositions) &&
           wide(frame.by_domain, frame.domains.size());
}

void put(PackedWriter& out, const Count& count)
{
    for (const std::int64_t number : {count.drafts, count.accepted})
        out.put(
            static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, std::numeric_limits<std::uint32_t>::max())));
}

/// False where more were accepted than drafted.
bool get(PackedReader& in, Count& count)
{
    count.drafts = in.get<std::uint32_t>();
    count.accepted = in.get<std::uint32_t>();
    return count.accepted <= count.drafts;
}

} // namespace

std::string pack_acceptance(const AcceptanceFrame& frame)
{
    if (!fits(frame)) return {};
    PackedWriter out;
    out.put(AcceptanceHead{static_cast<std::uint16_t>(frame.by_position.size()),
                           static_cast<std::uint16_t>(AcceptanceFrame::kPositions),
                           static_cast<std::uint16_t>(frame.domains.size())});
    for (std::size_t depth = 0; depth < frame.by_position.size(); ++depth) {
        for (const Count& count : frame.by_position[depth]) put(out, count);
        for (const Count& count : frame.by_domain[depth]) put(out, count);
        put(out, frame.reached[depth]);
    }
    return out.take();
}

Result<AcceptanceFrame> unpack_acceptance(std::string_view bytes, std::int64_t step, const HistorySizes& sizes)
{
    PackedReader in(bytes);
    const auto head = in.get<AcceptanceHead>();
    const std::size_t each = std::size_t{head.positions} + head.domains + 1;
    if (head.depths == 0 || head.depths != sizes.layers || head.domains != sizes.domains ||
        head.positions != AcceptanceFrame::kPositions || !in.has(head.depths * each * kCountBytes))
        return damaged_frame(step);
    AcceptanceFrame frame;
    frame.step = step;
    frame.domains.resize(head.domains);
    bool possible = true;
    for (std::size_t depth = 0; depth < head.depths; ++depth) {
        Counts& positions = frame.by_position.emplace_back(head.positions);
        Counts& domains = frame.by_domain.emplace_back(head.domains);
        for (Count& count : positions) possible = get(in, count) && possible;
        for (Count& count : domains) possible = get(in, count) && possible;
        possible = get(in, frame.reached.emplace_back()) && possible;
    }
    if (!in.ended_well() || !possible) return damaged_frame(step);
    return frame;
}

} // namespace triptych
