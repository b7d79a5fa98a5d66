// Energy of GPUs by a library that stands in for NVML (tests/support/fake_nvml.cpp).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/energy_counter.h"
#include "core/cost/nvml_counter.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace triptych::test {
namespace {

class Nvml : public testing::Test {
protected:
    Nvml() : m_module(dlopen(TRIPTYCH_FAKE_NVML, RTLD_NOW | RTLD_LOCAL))
    {
        m_set = reinterpret_cast<Set>(dlsym(m_module, "fake_nvml_set"));
        m_open = reinterpret_cast<int (*)()>(dlsym(m_module, "fake_nvml_open"));
        set(1000, 100'000);
    }
    ~Nvml() override
    {
        ::unsetenv("FAKE_NVML_KINDS");
        ::unsetenv("FAKE_NVML_NO_DRIVER");
        dlclose(m_module);
    }

    static Result<NvmlCounter> counter(const char* kinds)
    {
        ::setenv("FAKE_NVML_KINDS", kinds, 1);
        return NvmlCounter::open(TRIPTYCH_FAKE_NVML);
    }
    void set(unsigned long long millijoules, unsigned milliwatts, int answer = 0) const
    {
        m_set(millijoules, milliwatts, answer);
    }
    int times_open() const { return m_open(); }

private:
    using Set = void (*)(unsigned long long, unsigned, int);
    void* m_module;
    Set m_set = nullptr;
    int (*m_open)() = nullptr;
};

TEST_F(Nvml, AddsTheEnergyOfAllGpus)
{
    auto gpus = counter("ee");
    ASSERT_TRUE(gpus.ok()) << gpus.error().what;
    EXPECT_EQ(gpus->source(), "2 GPUs");
    EXPECT_EQ(gpus->take_joules(1), 0);
    set(251'000, 100'000);
    EXPECT_DOUBLE_EQ(gpus->take_joules(1), 2 * 250.0);
    EXPECT_EQ(gpus->take_joules(1), 0);
}

TEST_F(Nvml, MakesEnergyOfPowerWhereAGpuCountsNone)
{
    auto gpus = counter("enp");
    ASSERT_TRUE(gpus.ok()) << gpus.error().what;
    EXPECT_EQ(gpus->source(), "2 GPUs, 1 of them by power");
    set(2000, 300'000);
    // One joule counted, and ten seconds at the mean of 100 W and 300 W.
    EXPECT_DOUBLE_EQ(gpus->take_joules(10), 1 + 2000);
    EXPECT_DOUBLE_EQ(gpus->take_joules(0), 0);
}

TEST_F(Nvml, ACountThatWentBackAddsNothingOnce)
{
    auto gpus = counter("e");
    ASSERT_TRUE(gpus.ok());
    set(400, 0);
    EXPECT_EQ(gpus->take_joules(1), 0);
    set(5400, 0);
    EXPECT_DOUBLE_EQ(gpus->take_joules(1), 5);
}

TEST_F(Nvml, AGpuThatIsLostAddsNothingAndMayComeBack)
{
    auto gpus = counter("ep");
    ASSERT_TRUE(gpus.ok());
    constexpr int kGpuIsLost = 15;
    set(9'000'000, 500'000, kGpuIsLost);
    EXPECT_EQ(gpus->take_joules(60), 0);
    set(10'000'000, 200'000);
    EXPECT_EQ(gpus->take_joules(60), 0) << "what it did meanwhile is not known to be ours";
    set(10'003'000, 200'000);
    EXPECT_DOUBLE_EQ(gpus->take_joules(2), 3 + 400);
}

TEST_F(Nvml, SaysWhatIsMissing)
{
    EXPECT_NE(NvmlCounter::open("libno-such-thing.so.1").error().what.find("no NVIDIA driver"), std::string::npos);
    EXPECT_NE(NvmlCounter::open("libm.so.6").error().what.find("functions are missing"), std::string::npos);
    EXPECT_NE(counter("nn").error().what.find("no GPU of this machine tells"), std::string::npos);
    EXPECT_NE(counter("").error().what.find("no GPU of this machine tells"), std::string::npos);
    ::setenv("FAKE_NVML_NO_DRIVER", "1", 1);
    EXPECT_NE(counter("e").error().what.find("finds no NVIDIA driver"), std::string::npos);
    EXPECT_NE(counter("e").error().hint.find("--set watts"), std::string::npos);
}

TEST_F(Nvml, IsAnEnergyCounterLikeThatOfTheProcessors)
{
    ::setenv("FAKE_NVML_KINDS", "e", 1);
    auto counter = EnergyCounter::open_gpus(TRIPTYCH_FAKE_NVML);
    ASSERT_TRUE(counter.ok()) << counter.error().what;
    EXPECT_EQ(counter->source(), "NVML, 1 GPU");
    set(43'000, 0);
    EXPECT_DOUBLE_EQ(counter->take_joules(), 42);
    EXPECT_FALSE(EnergyCounter::open_gpus("libno-such-thing.so.1").ok());
}

TEST_F(Nvml, IsShutDownWithTheCounter)
{
    const int before = times_open();
    {
        auto gpus = counter("e");
        ASSERT_TRUE(gpus.ok());
        const NvmlCounter moved = gpus.take();
        EXPECT_EQ(times_open(), before + 1);
    }
    EXPECT_EQ(times_open(), before);
}

} // namespace
} // namespace triptych::test
