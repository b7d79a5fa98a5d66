// The rows of a parameter store as the tensors of a checkpoint: split into parts, under their Hugging Face names.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tensor/param_store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

/// Memory of somebody else, contiguous and row-major.
struct NamedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    DType dtype = DType::F32;
    void* data = nullptr;
};

/// Weights and buffers, in declaration order.
std::vector<NamedTensor> weight_tensors(const ParamStore& params);

/// The trained rows within another flat buffer of theirs (gradients, a moment), names prefixed.
std::vector<NamedTensor> trained_tensors(const ParamStore& params, View<1> buffer, const std::string& prefix);

} // namespace triptych
