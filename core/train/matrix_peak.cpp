// A short probe of the matrix rate.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/matrix_peak.h"

#include "kernels/ops/linear.h"
#include "kernels/ops/pack_weights.h"

#include <algorithm>
#include <chrono>

namespace triptych {

double measure_matrix_peak(Stream& stream, DType operands)
{
    constexpr std::int64_t kRows = 2048;
    constexpr std::int64_t kWidth = 512;
    constexpr int kLeastRuns = 5;
    const DType dtype = operands == DType::BF16 ? DType::BF16 : DType::F32;
    const auto zeros = [](DType type, std::int64_t elements) {
        DeviceBuffer buffer(Device{}, static_cast<std::size_t>(elements) * size_of(type));
        fill_zero(Device{}, buffer.data(), buffer.bytes());
        return buffer;
    };
    const DeviceBuffer x = zeros(dtype, kRows * kWidth);
    const DeviceBuffer w = zeros(DType::F32, kWidth * kWidth);
    const DeviceBuffer y = zeros(DType::F32, kRows * kWidth);
    const DeviceBuffer packed = zeros(DType::U8, packed_bytes_forward(kWidth, kWidth, dtype));
    const LinearForward product{
        .x = ConstView<2>(x.data(), dtype, {kRows, kWidth}),
        .weight = ConstView<2>(w.data(), DType::F32, {kWidth, kWidth}),
        .y = View<2>(y.data(), DType::F32, {kRows, kWidth}),
        .packed = ConstView<1>(packed.data(), DType::U8, {static_cast<std::int64_t>(packed.bytes())})};
    using Clock = std::chrono::steady_clock;
    run(stream, product); // the first one touches the pages
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
