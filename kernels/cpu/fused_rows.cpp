// Rows of whole ops for each kind of vector; the best that the CPU has is picked at run time (Highway), and the
// rounding to bfloat16 of AVX512-BF16 where it has that.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/fused_rows.h"

#include <cmath>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/fused_rows.cpp"
// Differs too little from the next one.
#define HWY_DISABLED_TARGETS HWY_SSSE3
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "kernels/cpu/vectors-inl.h"
#include "kernels/cpu/exp-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

#include "kernels/cpu/fused_rows-inl.h"

VectorRows::Functions functions_of_target()
{
    return functions_for<AnyCpu>(VectorRows());
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_TARGET == HWY_AVX3
// Once more, with the instruction of AVX512-BF16.
HWY_BEFORE_NAMESPACE();
#pragma GCC push_options
#pragma GCC target("avx512bf16")
namespace triptych::cpu::HWY_NAMESPACE::rounding {
namespace {

#include "kernels/cpu/fused_rows-inl.h"

VectorRows::Functions functions()
{
    return functions_for<RoundingCpu>(VectorRows());
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE::rounding
#pragma GCC pop_options
HWY_AFTER_NAMESPACE();
#endif

#if HWY_ONCE
namespace triptych::cpu {

HWY_EXPORT(functions_of_target);

VectorRows::Functions vector_row_functions()
{
    if (has_bfloat16_products()) return N_AVX3::rounding::functions();
    return HWY_DYNAMIC_DISPATCH(functions_of_target)();
}

} // namespace triptych::cpu
#endif
