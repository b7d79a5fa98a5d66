// Turns the element type of an op into a template argument.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"
#include "kernels/base/error.h"

#include <string>

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

} // namespace triptych::cpu
