// The engine of matrix products, compiled for each kind of vector; the best that the CPU has is picked at run time
// (Highway), and dot products of bfloat16 pairs where it has them (AVX512-BF16) and they are fast.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/dot_rate.h"
#include "kernels/cpu/gemm_part.h"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/gemm_kernels.cpp"
// Differs too little from the next one.
#define HWY_DISABLED_TARGETS HWY_SSSE3
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "kernels/cpu/vectors-inl.h"
#include "kernels/cpu/gemm_target-inl.h"
// clang-format on

// Sums in registers, vectors of a panel. 32 registers hold 24 sums, 16 registers 12.
#undef GEMM_VECTORS
#if HWY_TARGET == HWY_AVX3
#define GEMM_VECTORS 4
#else
#define GEMM_VECTORS 2
#endif

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

constexpr int kSums = GEMM_VECTORS == 4 ? 24 : 12;
constexpr std::int64_t kPanel = GEMM_VECTORS * GEMM_LANES;

// clang-format off
#define GEMM_ROUND to_halves
#include "kernels/cpu/gemm_pack-inl.h"
#undef GEMM_ROUND
#include "kernels/cpu/gemm_engine-inl.h"
#include "kernels/cpu/gemm_words-inl.h"
// clang-format on

void multiply_float(const Gemm<float>& g, const Part& part)
{
    multiply_part<FloatWords>(g, part);
}
void multiply_wide(const Gemm<bfloat16, float>& g, const Part& part)
{
    multiply_part<FloatWords>(g, part);
}
void multiply_wide_rounded(const Gemm<bfloat16, bfloat16>& g, const Part& part)
{
    multiply_part<FloatWords>(g, part);
}

void pack_rounded_rows(const float* weight, std::int64_t outputs, std::int64_t inputs, std::int64_t first,
                       std::int64_t count, void* forward, void* backward)
{
    pack_rows_of<bfloat16>(weight, outputs, inputs, first, count, static_cast<std::uint32_t*>(forward),
                           static_cast<std::uint32_t*>(backward));
}
void pack_wide_rows(const float* weight, std::int64_t outputs, std::int64_t inputs, std::int64_t first,
                    std::int64_t count, void* forward, void* backward)
{
    pack_rows_of<float>(weight, outputs, inputs, first, count, static_cast<std::uint32_t*>(forward),
                        static_cast<std::uint32_t*>(backward));
}

void pack_float_words(Transpose transpose, const float* b, std::int64_t ldb, std::int64_t n, std::int64_t k,
                      void* packed)
{
    pack_unchanged(transpose, b, ldb, n, k, packed);
}
void pack_pair_words(Transpose transpose, const bfloat16* b, std::int64_t ldb, std::int64_t n, std::int64_t k,
                     void* packed)
{
    pack_unchanged(transpose, b, ldb, n, k, packed);
}

InPlace in_place_of(const Gemm<float>& g)
{
    return in_place(g);
}

std::int64_t panel_columns()
{
    return kPanel;
}
std::int64_t rounded_columns(std::int64_t columns)
{
    return rounded(columns);
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_TARGET == HWY_AVX3
// The same loops once more, with the dot products that this generation of AVX-512 adds.
HWY_BEFORE_NAMESPACE();
#pragma GCC push_options
#pragma GCC target("avx512bf16")
namespace triptych::cpu::HWY_NAMESPACE::dots {
namespace {

/// Nearest, ties to even, in one instruction.
HWY_INLINE hn::Vec<Halves> to_dot_halves(Vector v)
{
    return hn::Vec<Halves>{reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(v.raw))};
}

// clang-format off
#define GEMM_ROUND to_dot_halves
#include "kernels/cpu/gemm_pack-inl.h"
#undef GEMM_ROUND
#include "kernels/cpu/gemm_engine-inl.h"
// clang-format on

#include "kernels/cpu/gemm_words-inl.h"

/// Words are pairs of bfloat16.
struct DotWords {
    template <class In>
    using Element = In;
    static HWY_INLINE Vector multiply_add(Vector a, Vector b, Vector sum)
    {
        return Vector{_mm512_dpbf16_ps(sum.raw, reinterpret_cast<__m512bh>(a.raw), reinterpret_cast<__m512bh>(b.raw))};
    }
    static HWY_INLINE void store_vector(Vector v, float* out) { store(v, out); }
    static HWY_INLINE void store_vector(Vector v, bfloat16* out)
    {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(v.raw)));
    }
};

/// Bfloat16 as floats, for CPUs whose dot products are the slower ones.
struct WideWords : FloatWords {
    using FloatWords::store_vector;
    static HWY_INLINE void store_vector(Vector v, bfloat16* out) { DotWords::store_vector(v, out); }
};

/// By whichever of both this CPU does faster.
void multiply_faster(const Gemm<bfloat16, float>& g, const Part& part)
{
    dots_are_fast() ? multiply_part<DotWords>(g, part) : multiply_part<WideWords>(g, part);
}
void multiply_faster(const Gemm<bfloat16, bfloat16>& g, const Part& part)
{
    dots_are_fast() ? multiply_part<DotWords>(g, part) : multiply_part<WideWords>(g, part);
}
void pack_dot_rows(const float* weight, std::int64_t outputs, std::int64_t inputs, std::int64_t first,
                   std::int64_t count, void* forward, void* backward)
{
    pack_rows_of<bfloat16>(weight, outputs, inputs, first, count, static_cast<std::uint32_t*>(forward),
                           static_cast<std::uint32_t*>(backward));
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE::dots
#pragma GCC pop_options
HWY_AFTER_NAMESPACE();
#endif

#if HWY_ONCE
namespace triptych::cpu {

HWY_EXPORT(multiply_float);
HWY_EXPORT(multiply_wide);
HWY_EXPORT(multiply_wide_rounded);
HWY_EXPORT(pack_rounded_rows);
HWY_EXPORT(pack_wide_rows);
HWY_EXPORT(pack_float_words);
HWY_EXPORT(pack_pair_words);
HWY_EXPORT(in_place_of);
HWY_EXPORT(panel_columns);
HWY_EXPORT(rounded_columns);

void multiply(const Gemm<float>& product, const Part& part)
{
    HWY_DYNAMIC_DISPATCH(multiply_float)(product, part);
}
void multiply(const Gemm<bfloat16, float>& product, const Part& part)
{
    if (has_bfloat16_products()) return N_AVX3::dots::multiply_faster(product, part);
    HWY_DYNAMIC_DISPATCH(multiply_wide)(product, part);
}
void multiply(const Gemm<bfloat16, bfloat16>& product, const Part& part)
{
    if (has_bfloat16_products()) return N_AVX3::dots::multiply_faster(product, part);
    HWY_DYNAMIC_DISPATCH(multiply_wide_rounded)(product, part);
}

InPlace read_in_place(const Gemm<float>& product)
{
    return HWY_DYNAMIC_DISPATCH(in_place_of)(product);
}

std::int64_t packed_columns()
{
    return HWY_DYNAMIC_DISPATCH(panel_columns)();
}
template <class T>
std::int64_t packed_bytes(std::int64_t n, std::int64_t k)
{
    constexpr auto kPerWord = static_cast<std::int64_t>(sizeof(std::uint32_t) / sizeof(T));
    const std::int64_t words = (k + kPerWord - 1) / kPerWord;
    return HWY_DYNAMIC_DISPATCH(rounded_columns)(n) * words * static_cast<std::int64_t>(sizeof(std::uint32_t));
}
template std::int64_t packed_bytes<float>(std::int64_t, std::int64_t);
template std::int64_t packed_bytes<bfloat16>(std::int64_t, std::int64_t);

void pack_rows(DType type, const float* weight, std::int64_t outputs, std::int64_t inputs, std::int64_t first,
               std::int64_t count, void* forward, void* backward)
{
    if (type == DType::F32)
        return HWY_DYNAMIC_DISPATCH(pack_wide_rows)(weight, outputs, inputs, first, count, forward, backward);
    if (has_bfloat16_products())
        return N_AVX3::dots::pack_dot_rows(weight, outputs, inputs, first, count, forward, backward);
    HWY_DYNAMIC_DISPATCH(pack_rounded_rows)(weight, outputs, inputs, first, count, forward, backward);
}
void pack_words(Transpose transpose, const float* b, std::int64_t ldb, std::int64_t n, std::int64_t k, void* packed)
{
    HWY_DYNAMIC_DISPATCH(pack_float_words)(transpose, b, ldb, n, k, packed);
}
void pack_words(Transpose transpose, const bfloat16* b, std::int64_t ldb, std::int64_t n, std::int64_t k, void* packed)
{
    HWY_DYNAMIC_DISPATCH(pack_pair_words)(transpose, b, ldb, n, k, packed);
}

} // namespace triptych::cpu

namespace triptych {

bool has_bfloat16_products()
{
    return __builtin_cpu_supports("avx512bf16") && cpu::packed_columns() == cpu::N_AVX3::kPanel;
}

} // namespace triptych
#endif
