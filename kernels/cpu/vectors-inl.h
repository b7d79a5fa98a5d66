// Loads and stores of the row kernels and products: part of a vector, and bfloat16 as floats. For sources that are
// compiled once per vector width (Highway); to be included after highway.h.
// SPDX-License-Identifier: GPL-3.0-or-later

#if defined(TRIPTYCH_CPU_VECTORS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef TRIPTYCH_CPU_VECTORS_INL_H
#undef TRIPTYCH_CPU_VECTORS_INL_H
#else
#define TRIPTYCH_CPU_VECTORS_INL_H
#endif

#include "kernels/base/bfloat16.h"

#include <hwy/highway.h>

#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using Floats = hn::ScalableTag<float>;
using Words = hn::RebindToUnsigned<Floats>;
using Halves = hn::Rebind<std::uint16_t, Floats>;
using Vector = hn::Vec<Floats>;
using WordVector = hn::Vec<Words>;

/// 16 bits of each lane, as the lower half of a word.
HWY_INLINE WordVector load_halves(const bfloat16* p)
{
    return hn::PromoteTo(Words(), hn::LoadU(Halves(), reinterpret_cast<const std::uint16_t*>(p)));
}

HWY_INLINE Vector load(const float* p)
{
    return hn::LoadU(Floats(), p);
}
HWY_INLINE Vector load(const bfloat16* p)
{
    return hn::BitCast(Floats(), hn::ShiftLeft<16>(load_halves(p)));
}

/// The nearest bfloat16, ties to even, in the upper half of each word; the lower half is not cleared.
HWY_INLINE WordVector round_to_upper_half(Vector v)
{
    const Words d;
    const auto u = hn::BitCast(d, v);
    const auto odd = hn::And(hn::ShiftRight<16>(u), hn::Set(d, 1));
    const auto rounded = hn::Add(u, hn::Add(odd, hn::Set(d, 0x7FFF)));
    const auto quiet = hn::Or(u, hn::Set(d, 0x400000));
    const auto nan = hn::MaskFromVec(hn::BitCast(d, hn::VecFromMask(Floats(), hn::IsNaN(v))));
    return hn::IfThenElse(nan, quiet, rounded);
}

HWY_INLINE hn::Vec<Halves> to_halves(Vector v)
{
    const hn::RebindToSigned<Floats> integers;
    return hn::DemoteTo(Halves(), hn::BitCast(integers, hn::ShiftRight<16>(round_to_upper_half(v))));
}

HWY_INLINE void store(Vector v, float* p)
{
    hn::StoreU(v, Floats(), p);
}
HWY_INLINE void store(Vector v, bfloat16* p)
{
    hn::StoreU(to_halves(v), Halves(), reinterpret_cast<std::uint16_t*>(p));
}

#if HWY_MEM_OPS_MIGHT_FAULT // without real masked loads, by way of a buffer

/// The last count < Lanes values; the other lanes hold `fill`.
HWY_INLINE Vector load_tail(const float* p, std::size_t count, float fill = 0.0F)
{
    const Floats d;
    HWY_ALIGN float buffer[hn::MaxLanes(d)];
    hn::Store(hn::Set(d, fill), d, buffer);
    std::memcpy(buffer, p, count * sizeof(float));
    return hn::Load(d, buffer);
}

HWY_INLINE void store_tail(Vector v, float* p, std::size_t count)
{
    const Floats d;
    HWY_ALIGN float buffer[hn::MaxLanes(d)];
    hn::Store(v, d, buffer);
    std::memcpy(p, buffer, count * sizeof(float));
}

#else

HWY_INLINE Vector load_tail(const float* p, std::size_t count, float fill = 0.0F)
{
    const Floats d;
    const auto mask = hn::FirstN(d, count);
    return hn::IfThenElse(mask, hn::MaskedLoad(mask, d, p), hn::Set(d, fill));
}

HWY_INLINE void store_tail(Vector v, float* p, std::size_t count)
{
    const Floats d;
    hn::BlendedStore(v, hn::FirstN(d, count), d, p);
}

#endif

HWY_INLINE Vector load_tail(const bfloat16* p, std::size_t count, float fill = 0.0F)
{
    const Floats d;
    HWY_ALIGN std::uint16_t buffer[hn::MaxLanes(d)] = {};
    std::memcpy(buffer, p, count * sizeof(bfloat16));
    const auto wide = hn::PromoteTo(Words(), hn::Load(Halves(), buffer));
    const auto values = hn::BitCast(d, hn::ShiftLeft<16>(wide));
    return fill == 0.0F ? values : hn::IfThenElse(hn::FirstN(d, count), values, hn::Set(d, fill));
}

HWY_INLINE void store_tail(Vector v, bfloat16* p, std::size_t count)
{
    HWY_ALIGN std::uint16_t buffer[hn::MaxLanes(Floats())];
    hn::Store(to_halves(v), Halves(), buffer);
    std::memcpy(p, buffer, count * sizeof(bfloat16));
}

/// How row templates store whole vectors: as every CPU of the target can.
struct AnyCpu {
    template <class T>
    static HWY_INLINE void store_vector(Vector v, T* to)
    {
        store(v, to);
    }
};

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_TARGET == HWY_AVX3
// For what is compiled once more, for CPUs that have AVX512-BF16.
HWY_BEFORE_NAMESPACE();
#pragma GCC push_options
#pragma GCC target("avx512bf16")
namespace triptych::cpu::HWY_NAMESPACE::rounding {
namespace {

/// Rounds by the instruction.
struct RoundingCpu {
    static HWY_INLINE void store_vector(Vector v, float* to) { store(v, to); }
    static HWY_INLINE void store_vector(Vector v, bfloat16* to)
    {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(v.raw)));
    }
};

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE::rounding
#pragma GCC pop_options
HWY_AFTER_NAMESPACE();
#endif

#endif
