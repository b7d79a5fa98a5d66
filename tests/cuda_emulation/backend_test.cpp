// Errors of the CUDA backend that a real GPU does not survive, or that need another GPU: what the caller then hears.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/launch.h"
#include "kernels/ops/permute.h"
#include "kernels/ops/router.h"
#include "tests/cuda_emulation/findings.h"

#include <cstdlib>

namespace cuda_emulation::test {
namespace {

using namespace triptych;

constexpr Device kCuda{DeviceKind::Cuda, 0};

TEST(CudaBackend, ListsNoGpuWithoutADriver)
{
    const KeepsOptions keeps;
    options().gpu = Gpu::NoDriver;
    EXPECT_EQ(list_devices().size(), 1U);
    EXPECT_EQ(cudaGetLastError(), cudaSuccess) << "the failed question must leave no error behind";
}
TEST(CudaBackend, ListsNoGpuThatCannotRunOurCode)
{
    const KeepsOptions keeps;
    options().gpu = Gpu::Ampere;
    EXPECT_EQ(list_devices().size(), 1U);
    options().gpu = Gpu::Hopper;
    EXPECT_EQ(list_devices().size(), 2U);
}

/// TRIPTYCH_SYNC_KERNELS for one test.
class Environment {
public:
    explicit Environment(const char* value) { setenv("TRIPTYCH_SYNC_KERNELS", value, 1); }
    ~Environment() { unsetenv("TRIPTYCH_SYNC_KERNELS"); }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
};

template <class Fn>
std::string device_error(Fn&& fn)
{
    try {
        fn();
    } catch (const DeviceError& error) {
        return error.what();
    }
    return "no DeviceError";
}
void expect_text(const std::string& text, const std::string& part)
{
    EXPECT_NE(text.find(part), std::string::npos) << "\"" << part << "\" is not in: " << text;
}

/// A buffer of integers on the device.
class Integers {
public:
    explicit Integers(const std::vector<std::int32_t>& values) : m_buffer(kCuda, values.size() * sizeof(values[0]))
    {
        copy_from_host(kCuda, m_buffer.data(), values.data(), m_buffer.bytes());
    }
    View<1> row(std::int64_t n) const { return {m_buffer.data(), DType::I32, {n}}; }
    View<2> matrix(std::int64_t n, std::int64_t k) const { return {m_buffer.data(), DType::I32, {n, k}}; }

private:
    DeviceBuffer m_buffer;
};

class BadIndex : public testing::Test {
protected:
    /// Sorts choices of which one names an expert that is not there.
    void plan(std::int32_t expert)
    {
        const Integers experts({0, 1, expert, 3});
        run(m_stream, PlanDispatch{.experts = experts.matrix(2, 2),
                                   .counts = m_out.row(4),
                                   .offsets = m_out_offsets.row(5),
                                   .order = m_order.row(4),
                                   .position = m_position.row(4)});
    }

    Integers m_out{{9, 9, 9, 9}};
    Integers m_out_offsets{{9, 9, 9, 9, 9}};
    Integers m_order{{9, 9, 9, 9}};
    Integers m_position{{9, 9, 9, 9}};
    Stream m_stream{kCuda};
};

TEST_F(BadIndex, StopsTheKernelAndIsAnErrorWhenTheStreamIsWaitedFor)
{
    plan(2);
    EXPECT_NO_THROW(m_stream.synchronize());
    for (const std::int32_t expert : {4, -1}) {
        expect_text(device_error([&] {
                        plan(expert);
                        m_stream.synchronize();
                    }),
                    "cudaErrorLaunchFailure");
        expect_finding("__trap()", "plan_dispatch_count_chunk_per_warp_kernel");
    }
}
TEST_F(BadIndex, IsPutDownToItsOpWhenKernelsAreWaitedFor)
{
    const Environment environment("1");
    expect_text(device_error([&] { plan(4); }), "cuda:0: [plan_dispatch] failed on the device: ");
    expect_finding("__trap()", "warp.h");
}
TEST_F(BadIndex, InARowOpStopsTheKernelToo)
{
    const DeviceBuffer memory(kCuda, 8 * sizeof(float));
    fill_zero(kCuda, memory.data(), memory.bytes());
    const View<2> rows(memory.data(), DType::F32, {4, 2});
    const View<2> two(memory.data(), DType::F32, {2, 2});
    const Integers bad({0, 1, 2, 4});
    const auto expect_stopped = [&](auto op) {
        expect_text(device_error([&] {
                        run(m_stream, op);
                        m_stream.synchronize();
                    }),
                    "cudaErrorLaunchFailure");
        expect_finding("__trap()", op.name);
    };
    expect_stopped(PermuteForward{.x = two, .order = bad.row(4), .y = rows});
    expect_stopped(CombineForward{.x = rows, .weights = two, .position = bad.row(4), .y = two});
    expect_stopped(
        CombineBackward{.dy = two, .x = rows, .weights = two, .position = bad.row(4), .dx = rows, .dweights = two});
    expect_stopped(RouterBackward{.scores = two,
                                  .experts = Integers({0, 2}).matrix(2, 1),
                                  .dweights = View<2>(memory.data(), DType::F32, {2, 1}),
                                  .dlogits = two});
}

__global__ void nothing_kernel() {}
TEST(CudaBackend, NamesTheOpWhoseLaunchIsRefused)
{
    const Stream stream(kCuda);
    expect_text(device_error([&] {
                    cuda::launch(stream, "some_op", nothing_kernel, {dim3(0), dim3(32)});
                }),
                "cuda:0: [some_op] could not be launched: ");
    EXPECT_NO_THROW(cuda::launch(stream, "some_op", nothing_kernel, {dim3(1), dim3(32)}));
}

__global__ void stopped_kernel()
{
    __trap();
}
TEST(CudaBackend, TellsOfAnEarlierFailureWithTheWayToFindIt)
{
    Stream stream(kCuda);
    const DeviceBuffer buffer(kCuda, 8);
    char bytes[8];
    EXPECT_NO_THROW(cuda::launch(stream, "some_op", stopped_kernel, {dim3(1), dim3(1)})) << "nobody waits for it yet";
    const std::string expected = "cuda:0: what was queued earlier failed: a kernel was stopped "
                                 "(cudaErrorLaunchFailure). Set TRIPTYCH_SYNC_KERNELS=1 to learn which op it was";
    EXPECT_EQ(device_error([&] { stream.synchronize(); }), expected);
    EXPECT_EQ(device_error([&] { copy_to_host(kCuda, bytes, buffer.data(), 8); }), expected);
    EXPECT_EQ(device_error([&] { copy_from_host(kCuda, buffer.data(), bytes, 8); }), expected);
    EXPECT_EQ(device_error([&] { fill_zero(kCuda, buffer.data(), 8); }), expected);
    EXPECT_EQ(take_reports().size(), 1U);
}

} // namespace
} // namespace cuda_emulation::test
