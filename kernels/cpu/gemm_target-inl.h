// What the engine of matrix products must know of a kind of vectors before it is compiled for it.
// SPDX-License-Identifier: GPL-3.0-or-later

// Included once for each target, after highway.h.

// Lanes of a vector of 32 bits.
#undef GEMM_LANES
#if HWY_TARGET == HWY_AVX3
#define GEMM_LANES 16
#elif HWY_TARGET == HWY_AVX2
#define GEMM_LANES 8
#elif HWY_TARGET == HWY_SCALAR
#define GEMM_LANES 1
#else
#define GEMM_LANES 4
#endif

#ifndef TRIPTYCH_CPU_GEMM_ONCE
#define TRIPTYCH_CPU_GEMM_ONCE
#define GEMM_UNROLL _Pragma("GCC unroll 16")
#if defined(__GNUC__)
#define GEMM_OPAQUE(number) asm volatile("" : "+r"(number))
#else
#define GEMM_OPAQUE(number) (void)(number)
#endif
namespace triptych::cpu {
namespace {

/// C as what is added to; a C of bfloat16 cannot be.
inline const float* addend_of(const float* c)
{
    return c;
}
inline const float* addend_of(const bfloat16*)
{
    return nullptr;
}

} // namespace
} // namespace triptych::cpu
#endif
