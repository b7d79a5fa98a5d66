// Which element types a model computes in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"

#include <string_view>

namespace triptych {

/// wide: master weights, gradients of weights, residual stream, router, norms' statistics, logits, losses. narrow: what matrix
/// products and attention read, and the activations between them. Sums always run in the wide type.
struct Precision {
    DType wide = DType::F32;
    DType narrow = DType::F32;

    Precision() = default;
    /// One type for everything.
    Precision(DType dtype) : wide(dtype), narrow(dtype) {}
    Precision(DType wide_type, DType narrow_type) : wide(wide_type), narrow(narrow_type) {}

    bool is_mixed() const { return wide != narrow; }
    bool operator==(const Precision&) const = default;
};

/// Of the names that --precision knows: "f64", "bf16" (F32 with operands of BF16); all else is F32.
inline Precision precision_of(std::string_view name)
{
    if (name == "f64") return DType::F64;
    if (name == "bf16") return {DType::F32, DType::BF16};
    return DType::F32;
}

} // namespace triptych
