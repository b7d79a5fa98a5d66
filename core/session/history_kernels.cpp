// Time by op as bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_codec.h"
#include "core/session/history_shape.h"
#include "core/util/packed_bytes.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

struct KernelsHead {
    std::uint16_t ops = 0;
    std::uint16_t unused = 0;
    std::uint32_t unused_too = 0;
    double seconds = 0;
    double outside_seconds = 0;
    double peak_flops = 0;
    double peak_bytes_per_second = 0;
};

/// An amount, or a time.
bool is_amount(double value)
{
    return std::isfinite(static_cast<float>(value)) && value >= 0;
}

bool is_possible(const KernelFrame& frame)
{
    const auto possible = [](const KernelFrame::Row& op) {
        return !op.name.empty() && op.name.size() <= static_cast<std::size_t>(kMostOpName) && is_amount(op.calls) &&
               is_amount(op.seconds) && is_amount(op.flops) && is_amount(op.bytes);
    };
    return is_amount(frame.seconds) && is_amount(frame.outside_seconds) && is_amount(frame.peak_flops) &&
           is_amount(frame.peak_bytes_per_second) && frame.ops.size() <= static_cast<std::size_t>(kMostOps) &&
           std::all_of(frame.ops.begin(), frame.ops.end(), possible);
}

} // namespace

std::string pack_kernels(const KernelFrame& frame)
{
    if (frame.ops.empty() || !is_possible(frame)) return {};
    PackedWriter out;
    out.put(KernelsHead{.ops = static_cast<std::uint16_t>(frame.ops.size()),
                        .seconds = frame.seconds,
                        .outside_seconds = frame.outside_seconds,
                        .peak_flops = frame.peak_flops,
                        .peak_bytes_per_second = frame.peak_bytes_per_second});
    for (const KernelFrame::Row& op : frame.ops) {
        out.put(static_cast<std::uint8_t>(op.name.size()));
        for (const char letter : op.name) out.put(letter);
        for (const double amount : {op.calls, op.seconds, op.flops, op.bytes}) out.put(static_cast<float>(amount));
    }
    return out.take();
}

Result<KernelFrame> unpack_kernels(std::string_view bytes, std::int64_t step)
{
    PackedReader in(bytes);
    const auto head = in.get<KernelsHead>();
    if (head.ops == 0 || head.ops > kMostOps) return damaged_frame(step);
    KernelFrame frame;
    frame.step = step;
    frame.seconds = head.seconds;
    frame.outside_seconds = head.outside_seconds;
    frame.peak_flops = head.peak_flops;
    frame.peak_bytes_per_second = head.peak_bytes_per_second;
    for (std::size_t i = 0; i < head.ops; ++i) {
        KernelFrame::Row& op = frame.ops.emplace_back();
        for (std::size_t letters = in.get<std::uint8_t>(); letters > 0; --letters) op.name += in.get<char>();
        for (double* amount : {&op.calls, &op.seconds, &op.flops, &op.bytes}) *amount = in.get<float>();
    }
    if (!in.ended_well() || !is_possible(frame)) return damaged_frame(step);
    return frame;
}

} // namespace triptych
