// Exponentials and the sigmoid of a vector. For sources that are compiled once per vector width (Highway); to be
// included after vectors-inl.h.
// SPDX-License-Identifier: GPL-3.0-or-later

#if defined(TRIPTYCH_CPU_EXP_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef TRIPTYCH_CPU_EXP_INL_H
#undef TRIPTYCH_CPU_EXP_INL_H
#else
#define TRIPTYCH_CPU_EXP_INL_H
#endif

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

// T is the type of the results that are wanted: float has polynomials with a relative error of 1.6e-7, bfloat16, which
// has 2e-3 of its own, of 1e-4.

/// Adding 1.5 * 2^23 leaves the nearest whole number in the low bits, here with the bias of an exponent.
constexpr float kShifter = 12582912.0F + 127.0F;
constexpr float kLog2e = 1.44269504F;

// x within a bound; NaN stays NaN.
#if HWY_TARGET == HWY_SCALAR
HWY_INLINE Vector at_least(float bound, Vector x)
{
    return hn::IfThenElse(hn::Lt(x, hn::Set(Floats(), bound)), hn::Set(Floats(), bound), x);
}
HWY_INLINE Vector at_most(float bound, Vector x)
{
    return hn::IfThenElse(hn::Lt(hn::Set(Floats(), bound), x), hn::Set(Floats(), bound), x);
}
#else
HWY_INLINE Vector at_least(float bound, Vector x)
{
    return hn::Max(hn::Set(Floats(), bound), x); // in this order NaN passes
}
HWY_INLINE Vector at_most(float bound, Vector x)
{
    return hn::Min(hn::Set(Floats(), bound), x);
}
#endif

/// 2^n * 2^f; shifted is n + kShifter, n in [-127, 128], f in [-1/2, 1/2].
template <class T>
HWY_INLINE Vector exp2_of_parts(Vector shifted, Vector f)
{
    const Floats d;
    const auto power = hn::BitCast(d, hn::ShiftLeft<23>(hn::BitCast(Words(), shifted)));
    Vector p;
    if constexpr (sizeof(T) == sizeof(float)) {
        p = hn::MulAdd(f, hn::Set(d, 0.0013264727F), hn::Set(d, 0.009671513F));
        p = hn::MulAdd(f, p, hn::Set(d, 0.055507336F));
        p = hn::MulAdd(f, p, hn::Set(d, 0.24022242F));
        p = hn::MulAdd(f, p, hn::Set(d, 0.693147F));
    } else {
        p = hn::MulAdd(f, hn::Set(d, 0.05500893F), hn::Set(d, 0.24221095F));
        p = hn::MulAdd(f, p, hn::Set(d, 0.6932829F));
    }
    return hn::Mul(power, hn::MulAdd(f, p, hn::Set(d, 1.0F)));
}

/// 2^t for t below 128, 0 below 2^-126; NaN stays NaN.
template <class T>
HWY_INLINE Vector exp2_of(Vector t)
{
    const Floats d;
    const auto clamped = at_least(-127.0F, t);
    const auto shifted = hn::Add(clamped, hn::Set(d, kShifter));
    return exp2_of_parts<T>(shifted, hn::Sub(clamped, hn::Sub(shifted, hn::Set(d, kShifter))));
}

/// e^x for any x: 0 below 2^-126, infinity from 2^127.5 on; NaN stays NaN.
template <class T>
HWY_INLINE Vector exp_of(Vector x)
{
    const Floats d;
    const auto clamped = at_least(-88.02969F, at_most(88.72284F, x)); // [-127, 128] log(2)
    const auto shifted = hn::MulAdd(clamped, hn::Set(d, kLog2e), hn::Set(d, kShifter));
    const auto n = hn::Sub(shifted, hn::Set(d, kShifter));
    Vector f;
    if constexpr (sizeof(T) == sizeof(float)) { // by log(2) in two parts; n times the first is exact
        f = hn::NegMulAdd(n, hn::Set(d, 0.69314575F), clamped);
        f = hn::Mul(hn::NegMulAdd(n, hn::Set(d, 1.42860677e-6F), f), hn::Set(d, kLog2e));
    } else {
        f = hn::MulSub(clamped, hn::Set(d, kLog2e), n);
    }
    return exp2_of_parts<T>(shifted, f);
}

/// 1 / (1 + e^-x): 0 and 1 at the infinities; NaN stays NaN.
template <class T>
HWY_INLINE Vector sigmoid_of(Vector x)
{
    const auto one = hn::Set(Floats(), 1.0F);
    return hn::Div(one, hn::Add(one, exp_of<T>(hn::Neg(x))));
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
