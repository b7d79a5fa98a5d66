// Cosines and sines of rotary positions, YaRN included, and the softmax scale that belongs to them (V3 report 4.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "kernels/base/memory.h"
#include "kernels/base/view.h"

#include <vector>

namespace triptych {

/// Inverse frequencies of the rope_dim / 2 pairs, radians per position; interpolated by YaRN where the config has it.
std::vector<double> rope_inverse_frequencies(const ModelConfig& config);
/// Factor on cosines and sines: 1 without YaRN, m(mscale) / m(mscale_all_dim) with it, m(s) = 0.1 s ln(factor) + 1.
double rope_amplitude(const ModelConfig& config);
/// 1 / sqrt(qk_head_dim), times m(mscale_all_dim)^2 with YaRN. The same for the materialised and the absorbed form.
double softmax_scale(const ModelConfig& config);

/// cos_sin [P, R/2, 2] for positions 0..P-1, computed in f64.
class RopeTable {
public:
    RopeTable(const ModelConfig& config, DType dtype, std::int64_t positions);
    ConstView<3> cos_sin() const { return m_view; }
    std::int64_t positions() const { return m_view.size(0); }

private:
    DeviceBuffer m_buffer;
    ConstView<3> m_view;
};

} // namespace triptych
