// Fits of published kernel timings, and times that follow from them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/kernel_rates.h"

#include <array>
#include <cmath>

namespace triptych {

namespace {

/// The GPU on which the products were timed: an H800, FP8.
constexpr double kMeasuredPeak = 1979e12;
constexpr double kMeasuredMultiprocessors = 132;
/// The one on which attention was: an H100, BF16.
constexpr double kAttentionPeak = 989.5e12;
/// Causal against unmasked forward at 4,096 tokens, by the same paper: 579 against 638 TFLOP/s. Backward was published
/// without a mask only; the mask is taken to cost it as much.
constexpr double kCausalShare = 579.0 / 638.0;
/// FlashMLA's README: 3,000 GB/s of an H800's 3,350 in a kernel that memory limits.
constexpr double kMemoryShare = 3000.0 / 3350.0;
constexpr double kTile = 128;

/// Which share of the multiprocessors' time tiles are worked on: the last wave is seldom full, nor the last tile.
double wave_share(double groups, double rows, double columns, double multiprocessors)
{
    const double tiles = groups * std::ceil(rows / kTile) * std::ceil(columns / kTile);
    const double waves = std::ceil(tiles / multiprocessors);
    return groups * (rows / kTile) * (columns / kTile) / (waves * multiprocessors);
}

struct Point {
    double x = 0;
    double share = 0;
};

/// 1/share = 1/limit + (half/limit)/x is a straight line in 1/x.
template <std::size_t N>
Saturation fitted(const std::array<Point, N>& points)
{
    double mean_x = 0, mean_y = 0;
    for (const Point& p : points) {
        mean_x += 1 / p.x / N;
        mean_y += 1 / p.share / N;
    }
    double xy = 0, xx = 0;
    for (const Point& p : points) {
        xy += (1 / p.x - mean_x) * (1 / p.share - mean_y);
        xx += (1 / p.x - mean_x) * (1 / p.x - mean_x);
    }
    const double slope = xy / xx;
    const double intercept = mean_y - slope * mean_x;
    return {.limit = 1 / intercept, .half = slope / intercept};
}

constexpr std::array kProducts = {
    MeasuredProduct{1, 4096, 2112, 7168, 1058}, MeasuredProduct{1, 4096, 24576, 1536, 990},
    MeasuredProduct{1, 4096, 32768, 512, 590},  MeasuredProduct{1, 4096, 7168, 16384, 1358},
    MeasuredProduct{1, 4096, 4096, 7168, 1304}, MeasuredProduct{1, 4096, 7168, 2048, 1025},
    MeasuredProduct{8, 4096, 4096, 7168, 1288}, MeasuredProduct{8, 4096, 7168, 2048, 1093},
};

constexpr std::array kAttention = {
    MeasuredAttention{512, 292, 316},  MeasuredAttention{1024, 423, 424}, MeasuredAttention{2048, 521, 501},
    MeasuredAttention{4096, 579, 542}, MeasuredAttention{8192, 602, 559}, MeasuredAttention{16384, 616, 561},
};

} // namespace

std::span<const MeasuredProduct> measured_products()
{
    return kProducts;
}

std::span<const MeasuredAttention> measured_attention()
{
    return kAttention;
}

Saturation product_saturation()
{
    std::array<Point, kProducts.size()> points;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const MeasuredProduct& p = kProducts[i];
        const double waves = wave_share(p.groups, p.rows, p.columns, kMeasuredMultiprocessors);
        points[i] = {.x = p.k, .share = p.tflops * 1e12 / kMeasuredPeak / waves};
    }
    return fitted(points);
}

Saturation attention_forward_saturation()
{
    std::array<Point, kAttention.size()> points;
    for (std::size_t i = 0; i < points.size(); ++i)
        points[i] = {kAttention[i].sequence_length, kAttention[i].forward_tflops * 1e12 / kAttentionPeak};
    return fitted(points);
}

Saturation attention_backward_saturation()
{
    std::array<Point, kAttention.size()> points;
    for (std::size_t i = 0; i < points.size(); ++i)
        points[i] = {kAttention[i].sequence_length,
                     kAttention[i].backward_tflops * 1e12 / kAttentionPeak * kCausalShare};
    return fitted(points);
}

KernelRates::KernelRates(const Gpu& gpu, double multiprocessors) : m_gpu(gpu), m_multiprocessors(multiprocessors) {}

double KernelRates::product_seconds(TrainFormat format, double groups, double rows, double columns, double k) const
{
    static const Saturation kSaturation = product_saturation();
    const double peak = (format == TrainFormat::Fp8 ? m_gpu.fp8_flops : m_gpu.bf16_flops) / m_gpu.multiprocessors;
    // Filling and draining a tile takes the same time at any rate: in steps along k it is as much shorter as the rate
    // is lower.
    const double slower = peak / (kMeasuredPeak / kMeasuredMultiprocessors);
    const Saturation saturation{kSaturation.limit, kSaturation.half * slower};
    const double rate =
        peak * m_multiprocessors * saturation.at(k) * wave_share(groups, rows, columns, m_multiprocessors);
    return 2 * groups * rows * columns * k / rate;
}

double KernelRates::attention_forward_seconds(double flops, double sequence_length) const
{
    static const Saturation kSaturation = attention_forward_saturation();
    return flops / (m_gpu.bf16_flops * m_multiprocessors / m_gpu.multiprocessors * kSaturation.at(sequence_length));
}

double KernelRates::attention_backward_seconds(double flops, double sequence_length) const
{
    static const Saturation kSaturation = attention_backward_saturation();
    return flops / (m_gpu.bf16_flops * m_multiprocessors / m_gpu.multiprocessors * kSaturation.at(sequence_length));
}

double KernelRates::memory_seconds(double bytes) const
{
    return bytes / (m_gpu.memory_bandwidth * kMemoryShare);
}

} // namespace triptych
