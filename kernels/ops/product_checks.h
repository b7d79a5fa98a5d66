// What the checks of all matrix products share: which element types go together.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/view.h"
#include "kernels/base/write_mode.h"
#include "kernels/ops/pack_weights.h"

namespace triptych {

/// The weight's own type where it may stand beside operands of this type, else the type to ask for.
inline DType weight_type(DType operand, DType weight)
{
    return operand == DType::BF16 && weight == DType::F32 ? weight : operand;
}

/// The same for products that nobody differentiates: a weight of BF16 may stand beside values of F32.
inline DType forward_weight_type(DType operand, DType weight)
{
    return operand == DType::F32 && weight == DType::BF16 ? weight : weight_type(operand, weight);
}

/// The result's own type where products of this type may leave it, else the type to ask for.
inline DType result_type(DType operand, DType result)
{
    return operand == DType::BF16 && result == DType::F32 ? result : operand;
}

/// Nothing is added to BF16: it would be rounded again and again.
inline void require_accumulates(const char* op, const char* field, const View<2>& view, WriteMode mode)
{
    if (mode == WriteMode::Accumulate && view.dtype() == DType::BF16)
        refuse(op, std::string(field) + " is BF16, which is not added to: expected F32, or Overwrite");
}

inline double product_flops(std::int64_t rows, std::int64_t inputs, std::int64_t outputs)
{
    return 2.0 * static_cast<double>(rows) * static_cast<double>(inputs) * static_cast<double>(outputs);
}

/// A packed copy is one of an F32 weight, for operands of F32 or BF16. bytes: of one for them.
inline void require_packed(const char* op, const ConstView<1>& packed, DType operand, DType weight, std::int64_t bytes)
{
    if (!packed) return;
    require(operand == DType::F32 || operand == DType::BF16, op,
            "packed is given, but the operands are neither F32 nor BF16");
    require(operand == DType::BF16 || weight == DType::F32, op,
            "packed is given for operands of F32, but the weight is not F32");
    require_dense(op, "packed", packed, DType::U8, {bytes});
}

template <int Rank>
std::size_t read_bytes(const ConstView<Rank>& weight, const ConstView<1>& packed)
{
    return packed ? packed.bytes() : weight.bytes();
}

} // namespace triptych
