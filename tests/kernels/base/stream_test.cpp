// Streams: thread counts, scratch memory that grows once, and run()'s order of check and launch.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/run.h"
#include "kernels/base/stream.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>

namespace triptych {
namespace {

TEST(Stream, TakesTheThreadsItIsGivenOrAllThereAre)
{
    EXPECT_EQ(Stream({}, 3).threads(), 3);
    EXPECT_GE(Stream().threads(), 1);
    EXPECT_EQ(Stream().device().kind, DeviceKind::Cpu);
    EXPECT_EQ(Stream().native(), nullptr);
}

TEST(Stream, RefusesANegativeNumberOfThreads)
{
    EXPECT_THROW(Stream({}, -1), std::invalid_argument);
}

TEST(Stream, ScratchGrowsAndIsReused)
{
    Stream stream({}, 1);
    void* small = stream.scratch(100);
    ASSERT_NE(small, nullptr);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(small) % 64, 0U);
    EXPECT_EQ(stream.scratch(50), small);
    void* large = stream.scratch(1 << 20);
    std::memset(large, 1, 1 << 20);
    EXPECT_EQ(stream.scratch(100), large);
    EXPECT_EQ(stream.scratch(1 << 20), large);
}

#if !TRIPTYCH_WITH_CUDA
TEST(Stream, OnCudaIsRefusedWithoutTheBackend)
{
    EXPECT_THROW(Stream(Device{DeviceKind::Cuda, 0}), UnsupportedError);
}
#endif

/// Notes what run() does with it.
struct Probe {
    static constexpr const char* name = "probe";
    static constexpr Backends backends = Backends::CpuOnly;
    std::string* log = nullptr;
    bool valid = true;
    void check() const
    {
        *log += "check ";
        require(valid, name, "is not valid");
    }
    double flops() const { return 3; }
    double bytes() const { return 4; }
};
void launch(Cpu, Stream&, const Probe& op)
{
    *op.log += "launch ";
}

class Watch : public OpObserver {
public:
    explicit Watch(std::string& log) : m_log(&log) {}
    void before(const OpCost& cost) override { *m_log += std::string("before ") + cost.name + " "; }
    void after(const OpCost& cost) override { *m_log += cost.flops == 3 && cost.bytes == 4 ? "after " : "wrong cost "; }

private:
    std::string* m_log;
};

TEST(Run, ChecksThenTellsTheObserverThenLaunches)
{
    Stream stream({}, 1);
    std::string log;
    Watch watch(log);
    run(stream, Probe{.log = &log});
    EXPECT_EQ(log, "check launch ");
    log.clear();
    stream.set_observer(&watch);
    run(stream, Probe{.log = &log});
    EXPECT_EQ(log, "check before probe launch after ");
    log.clear();
    EXPECT_THROW(run(stream, Probe{.log = &log, .valid = false}), ShapeError);
    EXPECT_EQ(log, "check ");
}

} // namespace
} // namespace triptych
