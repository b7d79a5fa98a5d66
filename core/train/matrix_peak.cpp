// A short probe of the matrix rate.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/matrix_peak.h"

#include "kernels/ops/linear.h"

#include <algorithm>
#include <chrono>

namespace triptych {

double measure_matrix_peak(Stream& stream)
{
    constexpr std::int64_t kRows = 1024;
    constexpr std::int64_t kWidth = 512;
    constexpr int kLeastRuns = 5;
    const auto bytes = [](std::int64_t elements) { return static_cast<std::size_t>(elements) * sizeof(float); };
    const DeviceBuffer x(Device{}, bytes(kRows * kWidth));
    const DeviceBuffer w(Device{}, bytes(kWidth * kWidth));
    const DeviceBuffer y(Device{}, bytes(kRows * kWidth));
    fill_zero(Device{}, x.data(), x.bytes());
    fill_zero(Device{}, w.data(), w.bytes());
    const LinearForward product{.x = ConstView<2>(x.data(), DType::F32, {kRows, kWidth}),
                                .weight = ConstView<2>(w.data(), DType::F32, {kWidth, kWidth}),
                                .y = View<2>(y.data(), DType::F32, {kRows, kWidth})};
    using Clock = std::chrono::steady_clock;
    run(stream, product); // the first one compiles the kernel and touches the pages
    const auto start = Clock::now();
    double best = 0;
    for (int runs = 0; runs < kLeastRuns || Clock::now() - start < std::chrono::milliseconds(30); ++runs) {
        const auto before = Clock::now();
        run(stream, product);
        best = std::max(best, product.flops() / std::chrono::duration<double>(Clock::now() - before).count());
    }
    return best;
}

} // namespace triptych
