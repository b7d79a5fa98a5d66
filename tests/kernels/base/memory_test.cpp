// Memory and devices: alignment, ownership, copies, and what is said when there is none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/error.h"
#include "kernels/base/memory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace triptych {
namespace {

constexpr Device kCpu{DeviceKind::Cpu, 0};
constexpr Device kCuda{DeviceKind::Cuda, 0};

TEST(DeviceBuffer, IsAlignedToACacheLineAtAnySize)
{
    for (const std::size_t bytes : {1UL, 63UL, 64UL, 65UL, 4096UL, 5UL << 20}) {
        const DeviceBuffer buffer(kCpu, bytes);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0U) << bytes;
        EXPECT_EQ(buffer.bytes(), bytes);
        std::fill_n(static_cast<char*>(buffer.data()), bytes, 'x');
    }
}

TEST(DeviceBuffer, OfNoBytesIsNull)
{
    const DeviceBuffer buffer(kCpu, 0);
    EXPECT_EQ(buffer.data(), nullptr);
    EXPECT_EQ(buffer.bytes(), 0U);
}

TEST(DeviceBuffer, HandsItsMemoryOnWhenMoved)
{
    DeviceBuffer first(kCpu, 100);
    void* const data = first.data();
    DeviceBuffer second(std::move(first));
    EXPECT_EQ(second.data(), data);
    DeviceBuffer third;
    third = std::move(second);
    EXPECT_EQ(third.data(), data);
    EXPECT_EQ(third.bytes(), 100U);
}

TEST(DeviceBuffer, ThrowsWithTheSizeAndAdviceWhenThereIsNoMemory)
{
    for (const std::size_t bytes :
         {std::numeric_limits<std::size_t>::max(), std::numeric_limits<std::size_t>::max() / 4}) {
        try {
            const DeviceBuffer buffer(kCpu, bytes);
            FAIL() << bytes << " bytes were granted";
        } catch (const DeviceError& error) {
            const std::string text = error.what();
            EXPECT_NE(text.find(std::to_string(bytes)), std::string::npos) << text;
            EXPECT_NE(text.find("cpu"), std::string::npos) << text;
            EXPECT_NE(text.find("smaller"), std::string::npos) << text;
        }
    }
}

TEST(Copies, ReachTheDeviceAndComeBack)
{
    const DeviceBuffer buffer(kCpu, 5);
    copy_from_host(kCpu, buffer.data(), "abcd", 5);
    std::vector<char> back(5, 'x');
    copy_to_host(kCpu, back.data(), buffer.data(), 5);
    EXPECT_STREQ(back.data(), "abcd");
    fill_zero(kCpu, buffer.data(), 3);
    copy_to_host(kCpu, back.data(), buffer.data(), 5);
    EXPECT_EQ(std::string(back.data(), 5), std::string("\0\0\0d\0", 5));
}

TEST(Copies, OfNothingTouchNothing)
{
    copy_from_host(kCpu, nullptr, nullptr, 0);
    copy_to_host(kCpu, nullptr, nullptr, 0);
    fill_zero(kCpu, nullptr, 0);
    copy_from_host(kCuda, nullptr, nullptr, 0);
}

TEST(Devices, BeginWithTheCpu)
{
    const auto devices = list_devices();
    ASSERT_FALSE(devices.empty());
    EXPECT_EQ(devices[0].device, kCpu);
    EXPECT_FALSE(devices[0].name.empty());
    EXPECT_FALSE(devices[0].capability.empty());
    EXPECT_GT(devices[0].memory_bytes, std::int64_t{64} << 20);
}

TEST(Devices, HaveNamesForMessages)
{
    EXPECT_EQ(to_string(kCpu), "cpu");
    EXPECT_EQ(to_string(Device{DeviceKind::Cuda, 3}), "cuda:3");
}

#if !TRIPTYCH_WITH_CUDA
TEST(Devices, WithoutTheCudaBackendAreRefusedWithAdvice)
{
    char byte = 0;
    EXPECT_THROW(DeviceBuffer(kCuda, 1), UnsupportedError);
    EXPECT_THROW(copy_from_host(kCuda, &byte, &byte, 1), UnsupportedError);
    EXPECT_THROW(copy_to_host(kCuda, &byte, &byte, 1), UnsupportedError);
    EXPECT_THROW(fill_zero(kCuda, &byte, 1), UnsupportedError);
}
#endif

} // namespace
} // namespace triptych
