// The bounds of the history's files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/history_limits.h"

namespace triptych {

namespace {

constexpr double kFirstBytes = 8e6; // per 1,000 steps

/// What a file begins from where its frames are small.
struct Bounds {
    std::int64_t stride;
    std::size_t frames;
    double bytes;
};

Bounds bounds_of(HistoryKind kind)
{
    switch (kind) {
    case HistoryKind::Detail: return {8, 64, 32e6};
    case HistoryKind::Probe: return {10, 256, 64e6};
    case HistoryKind::Acceptance: return {1, 128, 32e6};
    case HistoryKind::Kernels: return {10, 128, 32e6};
    case HistoryKind::Words: return {64, 64, 32e6};
    case HistoryKind::Loads: break;
    }
    return {1, 1024, 32e6};
}

} // namespace

HistoryLimits history_limits(HistoryKind kind, std::size_t frame_bytes)
{
    const Bounds bounds = bounds_of(kind);
    const auto bytes = static_cast<double>(frame_bytes);
    HistoryLimits limits{bounds.stride, bounds.frames};
    while (bytes * 1000 / static_cast<double>(limits.first_stride) > kFirstBytes) limits.first_stride *= 2;
    while (limits.most_frames > 2 && bytes * static_cast<double>(limits.most_frames) > bounds.bytes)
        limits.most_frames /= 2;
    return limits;
}

} // namespace triptych
