// Normal numbers by vectors, compiled once per vector width; the widest that the CPU has is picked at run time
// (Highway).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/normal.h"

#include <cmath>
#include <iterator>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/normal.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// The definition; what all else here must agree with.
float draw_one(const Philox& random, std::uint64_t index, double scale)
{
    return static_cast<float>(scale * random.normal(index));
}

#if HWY_TARGET != HWY_SCALAR

using Doubles = hn::ScalableTag<double>;
using Longs = hn::RebindToUnsigned<Doubles>;
using Words = hn::Repartition<std::uint32_t, Longs>;
using Floats = hn::Rebind<float, Doubles>;
using Vector = hn::Vec<Doubles>;
using LongVector = hn::Vec<Longs>;

/// Farther from the exact value than both ways of computing it are, for a scale of 1. Over all words the logarithm
/// below was seen to be off by 4.5e-16 of itself and the cosine by 6.7e-16; with deviations up to 6.7 that makes 1e-14
/// at most.
constexpr double kDoubt = 0x1p-40;

/// Product of the lower halves of each lane with a constant.
HWY_INLINE LongVector times(LongVector x, std::uint32_t factor)
{
    return hn::MulEven(hn::BitCast(Words(), x), hn::Set(Words(), factor));
}

/// Philox::block for one counter a lane: its first two words, with anything above them.
HWY_INLINE void first_words(const Philox& random, LongVector counters, LongVector& word0, LongVector& word1)
{
    const Longs d;
    LongVector c0 = counters;
    LongVector c1 = hn::ShiftRight<32>(counters);
    LongVector c2 = hn::Set(d, random.stream());
    LongVector c3 = hn::ShiftRight<32>(c2);
    Philox::Keys keys = random.keys();
    for (int round = 0; round < Philox::kRounds; ++round) {
        const LongVector p0 = times(c0, Philox::kFactor0);
        const LongVector p1 = times(c2, Philox::kFactor1);
        c0 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p1), c1), hn::Set(d, keys.k0));
        c1 = p1;
        c2 = hn::Xor(hn::Xor(hn::ShiftRight<32>(p0), c3), hn::Set(d, keys.k1));
        c3 = p0;
        keys.advance();
    }
    word0 = c0;
    word1 = c1;
}

/// A whole number below 2^52 as a double.
HWY_INLINE Vector to_double(LongVector x)
{
    const Doubles d;
    const auto magic = hn::Set(d, 0x1p52);
    return hn::Sub(hn::BitCast(d, hn::Or(x, hn::BitCast(Longs(), magic))), magic);
}

/// log(u) for u in [2^-32, 1]: u = 2^k m with m near 1, and twice the area tangent of (m - 1) / (m + 1).
HWY_INLINE Vector log_of(Vector u)
{
    const Doubles d;
    const Longs l;
    constexpr std::uint64_t kRootOfHalf = 0x3FE6A09E667F3BCD; // its bits; m is not below it
    constexpr std::uint64_t kBias = 64;                       // keeps exponents positive
    const LongVector bits = hn::BitCast(l, u);
    const LongVector shifted = hn::Add(bits, hn::Set(l, (kBias << 52) - kRootOfHalf));
    const LongVector exponent = hn::ShiftRight<52>(shifted);
    const Vector k = hn::Sub(to_double(exponent), hn::Set(d, static_cast<double>(kBias)));
    const LongVector power = hn::ShiftLeft<52>(exponent);
    const Vector m = hn::BitCast(d, hn::Sub(hn::Add(bits, hn::Set(l, kBias << 52)), power));
    const auto one = hn::Set(d, 1.0);
    const Vector s = hn::Div(hn::Sub(m, one), hn::Add(m, one));
    const Vector z = hn::Mul(s, s);
    Vector p = hn::Set(d, 1.0 / 19);
    for (int n = 17; n > 0; n -= 2) p = hn::MulAdd(p, z, hn::Set(d, 1.0 / n));
    return hn::MulAdd(k, hn::Set(d, 0.6931471805599453), hn::Mul(hn::Add(s, s), p));
}

/// Of the sine, the highest power first: x (1 - x^2/3! + x^4/5! - ...).
constexpr double kSine[] = {1 / 51090942171709440000.0,
                            -1 / 121645100408832000.0,
                            1 / 355687428096000.0,
                            -1 / 1307674368000.0,
                            1 / 6227020800.0,
                            -1 / 39916800.0,
                            1 / 362880.0,
                            -1 / 5040.0,
                            1 / 120.0,
                            -1 / 6.0,
                            1.0};

/// cos(2 pi w / 2^32) of the lower halves w, as the sine of a quarter turn times y = 1 - |v| / 2^30 in [-1, 1], where v
/// is w as a signed number.
HWY_INLINE Vector cosine_of_turn(LongVector word)
{
    const Doubles d;
    const Longs l;
    const LongVector w = hn::And(word, hn::Set(l, 0xFFFFFFFF));
    const LongVector folded = hn::Min(w, hn::Sub(hn::Set(l, std::uint64_t{1} << 32), w));
    const Vector y = hn::MulAdd(to_double(folded), hn::Set(d, -0x1p-30), hn::Set(d, 1.0));
    const Vector x = hn::Mul(y, hn::Set(d, 1.5707963267948966));
    const Vector z = hn::Mul(x, x);
    Vector p = hn::Set(d, kSine[0]);
    for (std::size_t i = 1; i < std::size(kSine); ++i) p = hn::MulAdd(p, z, hn::Set(d, kSine[i]));
    return hn::Mul(x, p);
}

/// A whole vector of numbers. Where the doubt about the exact value leaves two floats to choose from, the definition
/// decides; this happens once in ten thousand times.
HWY_INLINE void draw_vector(const Philox& random, std::uint64_t first, double scale, float* values)
{
    const Doubles d;
    const Longs l;
    LongVector word0;
    LongVector word1;
    first_words(random, hn::Add(hn::Iota(l, 0), hn::Set(l, first)), word0, word1);
    const Vector whole = to_double(hn::And(word0, hn::Set(l, 0xFFFFFFFF)));
    const Vector u = hn::Mul(hn::Add(whole, hn::Set(d, 1.0)), hn::Set(d, 0x1p-32));
    const Vector radius = hn::Sqrt(hn::Mul(hn::Set(d, -2.0), log_of(u)));
    const Vector x = hn::Mul(hn::Mul(radius, cosine_of_turn(word1)), hn::Set(d, scale));
    const Vector doubt = hn::Set(d, std::abs(scale) * kDoubt);
    const auto low = hn::DemoteTo(Floats(), hn::Sub(x, doubt));
    const auto high = hn::DemoteTo(Floats(), hn::Add(x, doubt));
    hn::StoreU(low, Floats(), values);
    if (hn::AllTrue(Floats(), hn::Eq(low, high))) return;
    HWY_ALIGN float other[hn::MaxLanes(Floats())];
    hn::Store(high, Floats(), other);
    for (std::size_t i = 0; i < hn::Lanes(d); ++i)
        if (!(values[i] == other[i])) values[i] = draw_one(random, first + i, scale);
}

#endif

void draw_range(const Philox& random, std::uint64_t first, double scale, float* values, std::int64_t count)
{
    std::int64_t i = 0;
#if HWY_TARGET != HWY_SCALAR
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(Doubles()));
    for (; i + lanes <= count; i += lanes)
        draw_vector(random, first + static_cast<std::uint64_t>(i), scale, values + i);
#endif
    for (; i < count; ++i) values[i] = draw_one(random, first + static_cast<std::uint64_t>(i), scale);
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace triptych {
namespace cpu {
namespace {
HWY_EXPORT(draw_range);

void draw(const Philox& random, std::uint64_t first, double scale, float* values, std::int64_t count)
{
    HWY_DYNAMIC_DISPATCH(draw_range)(random, first, scale, values, count);
}
} // namespace
} // namespace cpu

void draw_normal(const Philox& random, std::uint64_t first, double scale, float* values, std::int64_t count)
{
    cpu::draw(random, first, scale, values, count);
}

} // namespace triptych
#endif
