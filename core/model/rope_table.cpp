// Rotary tables and YaRN (Peng et al. 2023; DeepSeek-V3 report section 4.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/rope_table.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace triptych {

namespace {

/// Temperature of attention under YaRN.
double yarn_m(double factor, double mscale)
{
    return factor <= 1 ? 1.0 : 0.1 * mscale * std::log(factor) + 1.0;
}

/// The (fractional) pair index that turns this many times over the original context.
double pair_of_rotations(double rotations, double dim, double theta, double original)
{
    return dim * std::log(original / (rotations * 2 * std::numbers::pi)) / (2 * std::log(theta));
}

template <class T>
void fill(T* out, std::int64_t positions, const std::vector<double>& inverse_frequencies, double amplitude)
{
    for (std::int64_t p = 0; p < positions; ++p) {
        for (double f : inverse_frequencies) {
            const double angle = static_cast<double>(p) * f;
            *out++ = static_cast<T>(amplitude * std::cos(angle));
            *out++ = static_cast<T>(amplitude * std::sin(angle));
        }
    }
}

} // namespace

std::vector<double> rope_inverse_frequencies(const ModelConfig& config)
{
    const auto dim = static_cast<double>(config.qk_rope_head_dim);
    std::vector<double> result(static_cast<std::size_t>(config.qk_rope_head_dim / 2));
    for (std::size_t k = 0; k < result.size(); ++k)
        result[k] = std::pow(config.rope_theta, -2.0 * static_cast<double>(k) / dim);
    if (!config.rope_scaling) return result;

    const YarnConfig& yarn = *config.rope_scaling;
    const auto original = static_cast<double>(yarn.original_max_position_embeddings);
    const double low =
        std::max(std::floor(pair_of_rotations(yarn.beta_fast, dim, config.rope_theta, original)), 0.0);
    double high =
        std::min(std::ceil(pair_of_rotations(yarn.beta_slow, dim, config.rope_theta, original)), dim - 1);
    if (high == low) high += 0.001; // the ramp must not divide by zero
    for (std::size_t k = 0; k < result.size(); ++k) {
        const double ramp = std::clamp((static_cast<double>(k) - low) / (high - low), 0.0, 1.0);
        result[k] = result[k] / yarn.factor * ramp + result[k] * (1 - ramp);
    }
    return result;
}

double rope_amplitude(const ModelConfig& config)
{
    if (!config.rope_scaling) return 1.0;
    const YarnConfig& yarn = *config.rope_scaling;
    if (yarn.mscale != 0 && yarn.mscale_all_dim != 0)
        return yarn_m(yarn.factor, yarn.mscale) / yarn_m(yarn.factor, yarn.mscale_all_dim);
    return yarn_m(yarn.factor, 1.0);
}

double softmax_scale(const ModelConfig& config)
{
    const double scale = 1.0 / std::sqrt(static_cast<double>(config.qk_head_dim()));
    if (!config.rope_scaling || config.rope_scaling->mscale_all_dim == 0) return scale;
    const double m = yarn_m(config.rope_scaling->factor, config.rope_scaling->mscale_all_dim);
    return scale * m * m;
}

RopeTable::RopeTable(const ModelConfig& config, DType dtype, std::int64_t positions)
    : m_buffer(Device{}, static_cast<std::size_t>(positions * config.qk_rope_head_dim) * size_of(dtype)),
      m_view(m_buffer.data(), dtype, {positions, config.qk_rope_head_dim / 2, 2})
{
    const auto frequencies = rope_inverse_frequencies(config);
    if (dtype == DType::F64)
        fill(static_cast<double*>(m_buffer.data()), positions, frequencies, rope_amplitude(config));
    else
        fill(static_cast<float*>(m_buffer.data()), positions, frequencies, rope_amplitude(config));
}

} // namespace triptych
