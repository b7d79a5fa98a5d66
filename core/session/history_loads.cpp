// Load frames as bytes: what every frame has, and the detail that is kept more seldom.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_codec.h"
#include "core/session/history_scale.h"
#include "core/session/history_shape.h"
#include "core/session/pair_counter.h"
#include "core/util/packed_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace triptych {

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint16_t kNobody = 0xFFFF; // in the place of a partner

/// What a detail holds.
struct DetailHead {
    std::uint16_t domains = 0;
    std::uint16_t paired = 0; // 1: lift or partners are there
    std::uint16_t groups = 0;
    std::uint16_t unused = 0;
};

template <class Rows>
bool has_rows(const Rows& rows, std::size_t count, std::size_t width)
{
    return rows.size() == count &&
           std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return row.size() == width; });
}

bool fits(const LoadFrame& frame)
{
    const std::size_t layers = frame.layers.size();
    const auto experts = static_cast<std::size_t>(frame.experts);
    const bool biased = std::all_of(frame.layers.begin(), frame.layers.end(), [&](const LayerLoad& load) {
        return load.bias.empty() || load.bias.size() == experts;
    });
    return experts > 0 && experts < kNobody && layers > 0 && biased && has_rows(frame.ratio, layers, experts) &&
           frame.max_vio.size() == layers && frame.dead_fraction.size() == layers &&
           (frame.micro_balance.empty() || frame.micro_balance.size() == layers);
}

RangeScale range_of(const std::vector<float>& bias)
{
    RangeScale range{kNone, kNone};
    for (const float b : bias) {
        if (!std::isfinite(b)) continue;
        range.low = range.low <= b ? range.low : b;
        range.high = range.high >= b ? range.high : b;
    }
    return range;
}

void put_off(PackedWriter& out, const RoutingControl& control, std::int64_t layer, std::int64_t experts)
{
    for (std::int64_t first = 0; first < experts; first += 8) {
        unsigned bits = 0;
        for (std::int64_t e = first; e < std::min(first + 8, experts); ++e)
            if (control.is_off(layer, e)) bits |= 1U << (e - first);
        out.put(static_cast<std::uint8_t>(bits));
    }
}

std::vector<std::int32_t> get_off(PackedReader& in, std::int64_t experts)
{
    std::vector<std::int32_t> off;
    for (std::int64_t first = 0; first < experts; first += 8) {
        const auto bits = in.get<std::uint8_t>();
        for (std::int64_t e = first; e < std::min(first + 8, experts); ++e)
            if ((bits >> (e - first) & 1) != 0) off.push_back(static_cast<std::int32_t>(e));
    }
    return off;
}

void put_partners(PackedWriter& out, const std::vector<std::vector<LoadFrame::Partner>>& partners)
{
    for (const auto& of_expert : partners)
        for (std::size_t k = 0; k < static_cast<std::size_t>(kKeptPartners); ++k) {
            const bool there = k < of_expert.size();
            out.put(there ? static_cast<std::uint16_t>(of_expert[k].expert) : kNobody);
            out.put(ShareScale::pack(there ? of_expert[k].lift : 0));
        }
}

/// Nothing where an expert is not there.
std::optional<std::vector<std::vector<LoadFrame::Partner>>> get_partners(PackedReader& in, std::int64_t experts)
{
    std::vector<std::vector<LoadFrame::Partner>> partners(static_cast<std::size_t>(experts));
    for (auto& of_expert : partners)
        for (std::int64_t k = 0; k < kKeptPartners; ++k) {
            const auto expert = in.get<std::uint16_t>();
            const float lift = ShareScale::unpack(in.get<std::uint8_t>());
            if (expert == kNobody) continue;
            if (expert >= experts) return std::nullopt;
            of_expert.push_back({static_cast<std::int32_t>(expert), lift});
        }
    return partners;
}

/// Of a frame that fits: what of its detail was measured, for all layers.
DetailHead detail_of(const LoadFrame& frame)
{
    const std::size_t layers = frame.layers.size();
    const auto experts = static_cast<std::size_t>(frame.experts);
    const auto width = [](const auto& rows) { return rows.empty() ? std::size_t{0} : rows.front().size(); };
    DetailHead head;
    const std::size_t domains = width(frame.domain_share);
    const bool by_domain = has_rows(frame.domain_share, layers, domains) &&
                           std::all_of(frame.domain_share.begin(), frame.domain_share.end(),
                                       [&](const auto& shares) { return has_rows(shares, domains, experts); });
    const std::int64_t pairs = kept_pairs(frame.experts);
    const bool paired = pairs > 0 ? has_rows(frame.lift, layers, static_cast<std::size_t>(pairs))
                                  : has_rows(frame.partners, layers, experts);
    const std::size_t groups = width(frame.group_share);
    if (by_domain && domains < kNobody) head.domains = static_cast<std::uint16_t>(domains);
    head.paired = paired ? 1 : 0;
    if (has_rows(frame.group_share, layers, groups) && groups < kNobody)
        head.groups = static_cast<std::uint16_t>(groups);
    return head;
}

} // namespace

Error damaged_frame(std::int64_t step)
{
    return {fmt::format("the frame of step {} is damaged", step), "Look at another step; this frame is lost."};
}

std::string pack_loads(const LoadFrame& frame)
{
    if (!fits(frame)) return {};
    PackedWriter out;
    out.put(frame.control.balancing);
    out.put(std::uint8_t{0});
    out.put(static_cast<std::uint16_t>(frame.control.active));
    for (std::size_t i = 0; i < frame.layers.size(); ++i) {
        const LayerLoad& load = frame.layers[i];
        const RangeScale range = range_of(load.bias);
        out.put(static_cast<std::uint16_t>(load.layer));
        out.put(static_cast<std::uint16_t>(std::lround(frame.dead_fraction[i] * static_cast<double>(frame.experts))));
        out.put(static_cast<float>(frame.max_vio[i]));
        out.put(frame.micro_balance.empty() ? kNone : static_cast<float>(frame.micro_balance[i].max_violation));
        out.put(range.low);
        out.put(range.high);
        for (const float ratio : frame.ratio[i]) out.put(LoadScale::pack(ratio));
        for (std::size_t e = 0; e < static_cast<std::size_t>(frame.experts); ++e)
            out.put(load.bias.empty() ? std::uint16_t{0} : range.pack(load.bias[e]));
        put_off(out, frame.control, load.layer, frame.experts);
    }
    return out.take();
}

Result<LoadFrame> unpack_loads(std::string_view bytes, std::int64_t step, const HistorySizes& sizes)
{
    const std::int64_t experts = sizes.experts;
    HistoryShape shape;
    shape.routed_layers = sizes.layers;
    shape.experts = experts;
    // The padded size tells enough: what is too short within it is noticed at the end.
    if (experts == 0 || sizes.experts >= kNobody || sizes.layers >= kNobody ||
        HistoryRecord{.payload_bytes = static_cast<std::uint32_t>(bytes.size())}.bytes() !=
            history_frame_bytes(HistoryKind::Loads, shape))
        return damaged_frame(step);
    PackedReader in(bytes);
    LoadFrame frame;
    frame.step = step;
    frame.experts = experts;
    frame.control.balancing = in.get<Balancing>();
    in.get<std::uint8_t>();
    frame.control.active = in.get<std::uint16_t>();
    for (std::uint32_t i = 0; i < sizes.layers; ++i) {
        LayerLoad load;
        load.layer = in.get<std::uint16_t>();
        frame.dead_fraction.push_back(in.get<std::uint16_t>() / static_cast<double>(experts));
        frame.max_vio.push_back(in.get<float>());
        if (const auto micro = in.get<float>(); !std::isnan(micro))
            frame.micro_balance.push_back({micro, kNone, kNone, kNone, kNone});
        RangeScale range;
        range.low = in.get<float>();
        range.high = in.get<float>();
        std::vector<float>& ratio = frame.ratio.emplace_back();
        for (std::int64_t e = 0; e < experts; ++e) ratio.push_back(LoadScale::unpack(in.get<std::uint16_t>()));
        for (std::int64_t e = 0; e < experts; ++e) load.bias.push_back(range.unpack(in.get<std::uint16_t>()));
        if (std::isnan(range.low)) load.bias.clear();
        if (auto off = get_off(in, experts); !off.empty()) frame.control.off[load.layer] = std::move(off);
        frame.layers.push_back(std::move(load));
    }
    const bool balanced = frame.control.balancing == Balancing::Learned || frame.control.balancing == Balancing::Forced;
    const bool micro = frame.micro_balance.empty() || frame.micro_balance.size() == frame.layers.size();
    if (!in.ended_well() || !balanced || !micro) return damaged_frame(step);
    return frame;
}

std::string pack_detail(const LoadFrame& frame)
{
    if (!fits(frame)) return {};
    const DetailHead head = detail_of(frame);
    if (head.domains + head.paired + head.groups == 0) return {};
    PackedWriter out;
    out.put(head);
    for (std::size_t i = 0; i < frame.layers.size(); ++i) {
        for (std::size_t d = 0; d < head.domains; ++d)
            for (const float share : frame.domain_share[i][d])
                out.put(ShareScale::pack(share * static_cast<double>(frame.experts)));
        if (head.paired != 0 && kept_pairs(frame.experts) > 0)
            for (const float lift : frame.lift[i]) out.put(ShareScale::pack(lift));
        else if (head.paired != 0)
            put_partners(out, frame.partners[i]);
        for (std::size_t g = 0; g < head.groups; ++g) out.put(pack_share(frame.group_share[i][g]));
    }
    return out.take();
}

Status unpack_detail(std::string_view bytes, LoadFrame& frame)
{
    const Error damaged = damaged_frame(frame.step);
    PackedReader in(bytes);
    const auto head = in.get<DetailHead>();
    LoadFrame read;
    for (std::size_t i = 0; i < frame.layers.size(); ++i) {
        const auto experts = static_cast<std::size_t>(frame.experts);
        const auto pairs = static_cast<std::size_t>(kept_pairs(frame.experts));
        if (!in.has(head.domains * experts)) return damaged;
        std::vector<std::vector<float>> shares(head.domains);
        for (auto& share : shares)
            for (std::size_t e = 0; e < experts; ++e)
                share.push_back(ShareScale::unpack(in.get<std::uint8_t>()) / static_cast<float>(frame.experts));
        if (head.domains > 0) read.domain_share.push_back(std::move(shares));
        if (head.paired != 0 && pairs > 0) {
            if (!in.has(pairs)) return damaged;
            std::vector<float>& lift = read.lift.emplace_back();
            for (std::size_t p = 0; p < pairs; ++p) lift.push_back(ShareScale::unpack(in.get<std::uint8_t>()));
            read.partners.push_back(strongest_partners(lift, frame.experts));
        } else if (head.paired != 0) {
            auto partners = get_partners(in, frame.experts);
            if (!partners) return damaged;
            read.partners.push_back(*std::move(partners));
        }
        if (!in.has(head.groups)) return damaged;
        if (head.groups > 0) read.group_share.emplace_back();
        for (std::size_t g = 0; g < head.groups; ++g)
            read.group_share.back().push_back(unpack_share(in.get<std::uint8_t>()));
    }
    if (!in.ended_well()) return damaged;
    frame.domain_share = std::move(read.domain_share);
    frame.lift = std::move(read.lift);
    frame.partners = std::move(read.partners);
    frame.group_share = std::move(read.group_share);
    return {};
}

} // namespace triptych
