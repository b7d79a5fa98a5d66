// Turns the element type of an op into a template argument.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/bfloat16.h"
#include "kernels/base/dtype.h"
#include "kernels/base/error.h"

#include <string>
#include <type_traits>

namespace triptych::cpu {

/// Calls fn(float{}) for F32 and fn(double{}) for F64; `using T = decltype(zero)` names the type inside fn.
/// Throws UnsupportedError with the op's name for any other type.
template <class Op, class Fn>
void visit_float(DType dtype, Fn&& fn)
{
    switch (dtype) {
    case DType::F32: return fn(float{});
    case DType::F64: return fn(double{});
    default:
        throw UnsupportedError(std::string(Op::name) + ": element type " + std::string(name_of(dtype)) +
                               " is not supported on the CPU, use F32 or F64");
    }
}

/// The same, and fn(bfloat16{}) for BF16.
template <class Op, class Fn>
void visit_element(DType dtype, Fn&& fn)
{
    if (dtype == DType::BF16) return fn(bfloat16{});
    visit_float<Op>(dtype, fn);
}

/// Calls fn(T{}, Out{}) for the operands and the result of a product; operands of BF16 may leave F32.
template <class Op, class Fn>
void visit_product(DType operand, DType result, Fn&& fn)
{
    visit_element<Op>(operand, [&](auto zero) {
        if constexpr (std::is_same_v<decltype(zero), bfloat16>)
            if (result != DType::BF16) return fn(zero, float{});
        fn(zero, zero);
    });
}

} // namespace triptych::cpu
