// The CUDA backend's devices, memory and streams, through the base layer. Skipped where there is no GPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rms_norm.h"
#include "kernels/ops/router.h"
#include "tests/support/op_test.h"

#include <cstring>

namespace triptych::test {
namespace {

constexpr Device kCuda{DeviceKind::Cuda, 0};

/// OpTestBase skips without a device, or fails where one is required.
class CudaDevice : public OpTestBase {};
INSTANTIATE_TEST_SUITE_P(, CudaDevice, testing::Values(Backend{DeviceKind::Cuda, DType::F32}),
                         testing::PrintToStringParamName());

template <class Error, class Fn>
void expect_error(Fn&& fn, const std::string& text)
{
    try {
        fn();
        FAIL() << "nothing was thrown, expected an error with \"" << text << "\"";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
    }
}

TEST_P(CudaDevice, IsListedBehindTheCpu)
{
    const auto devices = list_devices();
    ASSERT_GE(devices.size(), 2U);
    EXPECT_EQ(devices[0].device.kind, DeviceKind::Cpu);
    EXPECT_EQ(devices[1].device.kind, DeviceKind::Cuda);
    EXPECT_FALSE(devices[1].name.empty());
    EXPECT_EQ(devices[1].capability, "9.0");
    EXPECT_GT(devices[1].memory_bytes, std::int64_t{64} << 20);
}

TEST_P(CudaDevice, MemoryIsAlignedAndKeepsWhatIsCopied)
{
    for (const std::size_t bytes : {1UL, 63UL, 4097UL}) {
        const DeviceBuffer buffer(kCuda, bytes);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0U);
        const std::string text(bytes, 'x');
        copy_from_host(kCuda, buffer.data(), text.data(), bytes);
        std::string back(bytes, ' ');
        copy_to_host(kCuda, back.data(), buffer.data(), bytes);
        EXPECT_EQ(back, text);
        fill_zero(kCuda, buffer.data(), bytes);
        copy_to_host(kCuda, back.data(), buffer.data(), bytes);
        EXPECT_EQ(back, std::string(bytes, '\0'));
    }
}

TEST_P(CudaDevice, SaysHowMuchMemoryItDoesNotHave)
{
    constexpr std::size_t kTooMuch = std::size_t{1} << 50;
    expect_error<DeviceError>([] { DeviceBuffer(kCuda, kTooMuch); },
                              "no memory for " + std::to_string(kTooMuch) + " bytes on cuda:0");
    EXPECT_NO_THROW(DeviceBuffer(kCuda, 64)) << "the next allocation must not suffer from it";
}

TEST_P(CudaDevice, ThatIsNotThereIsRefusedByItsNumber)
{
    constexpr Device kMissing{DeviceKind::Cuda, 99};
    expect_error<DeviceError>([&] { Stream stream(kMissing); }, "cuda:99: choosing the device");
    expect_error<DeviceError>([&] { DeviceBuffer(kMissing, 64); }, "cuda:99");
    EXPECT_NO_THROW(Stream{kCuda});
}

TEST_P(CudaDevice, ScratchGrowsAndIsUsedAgain)
{
    void* small = stream().scratch(100);
    EXPECT_EQ(stream().scratch(50), small);
    void* large = stream().scratch(1 << 20);
    fill_zero(kCuda, large, 1 << 20);
    EXPECT_EQ(stream().scratch(1 << 20), large);
}

TEST_P(CudaDevice, RefusesOtherElementTypesByTheNameOfTheOp)
{
    const Tensor<2> x(stream(), DType::F64, {2, 4}, Values(8, 1), {});
    const Tensor<1> v(stream(), DType::F64, {4}, Values(4, 1), {});
    const Tensor<1> rstd(stream(), DType::F64, {2}, Values(2, 1), {});
    expect_error<UnsupportedError>([&] { run(stream(), RmsNormForward{.x = x, .gain = v, .y = x, .rstd = rstd}); },
                                   "rms_norm_forward: element type F64 is not supported on CUDA, use F32");
}

TEST_P(CudaDevice, RefusesMoreExpertsThanFitIntoSharedMemory)
{
    constexpr std::int64_t kExperts = 60000;
    const auto logits = filled<2>({1, kExperts}, 0);
    const auto experts = ints<2>({1, 1}, {0});
    const auto weights = filled<2>({1, 1}, 99);
    expect_error<UnsupportedError>(
        [&] {
            run(stream(), RouterForward{.logits = logits, .scores = logits, .experts = experts, .weights = weights});
        },
        "router_forward: the experts of a token take 240004 bytes of shared memory, a GPU has 232448");
    EXPECT_EQ(weights.values(), Values(1, 99));
}

} // namespace
} // namespace triptych::test
