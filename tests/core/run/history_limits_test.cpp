// The rule of how often a run keeps a frame, and how many.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/history_limits.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TEST(HistoryLimits, SmallFramesAreKeptAsOftenAsTheirKindMayBe)
{
    EXPECT_EQ(history_limits(HistoryKind::Loads, 400).first_stride, 1);
    EXPECT_EQ(history_limits(HistoryKind::Detail, 400).first_stride, 8);
    EXPECT_EQ(history_limits(HistoryKind::Probe, 400).first_stride, 10);
    EXPECT_EQ(history_limits(HistoryKind::Kernels, 400).first_stride, 10);
    EXPECT_EQ(history_limits(HistoryKind::Words, 400).first_stride, 64);
    EXPECT_EQ(history_limits(HistoryKind::Loads, 400).most_frames, 1024U);
    EXPECT_EQ(history_limits(HistoryKind::Detail, 400).most_frames, 64U);
    EXPECT_EQ(history_limits(HistoryKind::Probe, 400).most_frames, 256U);
    EXPECT_EQ(history_limits(HistoryKind::Kernels, 400).most_frames, 128U);
    EXPECT_EQ(history_limits(HistoryKind::Words, 400).most_frames, 64U);
}

TEST(HistoryLimits, HoldTheBytesOfAThousandStepsAndOfARunWhateverTheFrames)
{
    for (const HistoryKind kind : kHistoryKinds) {
        const double most = kind == HistoryKind::Probe ? 64e6 : 32e6;
        for (double bytes = 40; bytes < 1e9; bytes *= 1.37) {
            const HistoryLimits limits = history_limits(kind, static_cast<std::size_t>(bytes));
            const auto per_stride = [&](std::int64_t stride) { return bytes * 1000 / static_cast<double>(stride); };
            EXPECT_LE(per_stride(limits.first_stride), 8e6 * 1.01) << bytes;
            const HistoryLimits smallest = history_limits(kind, 1);
            const bool at_first = limits.first_stride == smallest.first_stride;
            EXPECT_TRUE(at_first || per_stride(limits.first_stride / 2) > 7.9e6) << "more often would do: " << bytes;
            const auto frames = static_cast<double>(limits.most_frames);
            EXPECT_TRUE(frames * bytes <= most * 1.01 || limits.most_frames == 2) << bytes;
            EXPECT_TRUE(frames * 2 * bytes > most * 0.99 || limits.most_frames == smallest.most_frames) << bytes;
        }
    }
}

} // namespace
} // namespace triptych::test
