// The rows of attention, compiled once per kind of vector.
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target by attention_rows.cpp. `Isa` tells how results are
// rounded.

constexpr std::int64_t kLanes = hn::MaxLanes(Floats());

/// Lanes [0, count).
HWY_INLINE hn::Mask<Floats> lanes_below(std::int64_t count)
{
    return hn::FirstN(Floats(), static_cast<std::size_t>(count));
}

/// The largest of x[0, n), n > 0, read in whole vectors. A NaN may be passed over: its exponential shows it.
HWY_INLINE float largest_of(const float* x, std::int64_t n)
{
    const Floats d;
    const auto lowest = hn::Set(d, -std::numeric_limits<float>::infinity());
    auto m0 = lowest, m1 = lowest;
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= n; i += 2 * kLanes) {
        m0 = hn::Max(load(x + i), m0);
        m1 = hn::Max(load(x + i + kLanes), m1);
    }
    for (; i < n; i += kLanes)
        m0 = hn::Max(hn::IfThenElse(lanes_below(std::min(kLanes, n - i)), load(x + i), lowest), m0);
    return hn::GetLane(hn::MaxOfLanes(d, hn::Max(m0, m1)));
}

/// y[i] = 2^(factor * x[i] - shift) for i < n, in whole vectors: zeros follow. Returns the sum of y before it is
/// rounded.
template <class Isa, class T>
HWY_INLINE float exp2_row(float factor, const float* x, float shift, T* y, std::int64_t n)
{
    const Floats d;
    const auto f = hn::Set(d, factor);
    const auto s = hn::Set(d, shift);
    auto total = hn::Zero(d), more = hn::Zero(d);
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= n; i += 2 * kLanes) {
        const auto e0 = exp2_of<T>(hn::MulSub(f, load(x + i), s));
        const auto e1 = exp2_of<T>(hn::MulSub(f, load(x + i + kLanes), s));
        Isa::store_vector(e0, y + i);
        Isa::store_vector(e1, y + i + kLanes);
        total = hn::Add(total, e0);
        more = hn::Add(more, e1);
    }
    for (; i < n; i += kLanes) {
        const auto part = lanes_below(std::min(kLanes, n - i));
        const auto e = hn::IfThenElseZero(part, exp2_of<T>(hn::MulSub(f, load(x + i), s)));
        Isa::store_vector(e, y + i);
        total = hn::Add(total, e);
    }
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(total, more)));
}

/// y = factor * x
template <class Isa, class T>
HWY_INLINE void scale_values(float factor, const float* x, T* y, std::int64_t n)
{
    const auto f = hn::Set(Floats(), factor);
    std::int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) Isa::store_vector(hn::Mul(f, load(x + i)), y + i);
    for (; i < n; ++i) y[i] = T(factor * x[i]);
}

/// The first loop is free of exponentials, the second of what one row hands to the next, so that rows overlap.
template <class Isa, class T>
HWY_INLINE void softmax_of_tile(SoftmaxTile<T> tile)
{
    const float factor = tile.scale * kLog2e;
    const auto seen_by = [&tile](std::int64_t i) { return std::clamp<std::int64_t>(tile.visible + i, 0, tile.width); };
    for (std::int64_t i = 0; i < tile.rows; ++i) {
        if (seen_by(i) == 0) continue;
        const float before = tile.largest[i];
        const float largest = std::max(before, largest_of(tile.scores + i * tile.stride, seen_by(i)));
        if (largest == before) continue;
        tile.largest[i] = largest;
        if (tile.value == 0) continue;
        const float shrink = hn::GetLane(exp2_of<float>(hn::Set(Floats(), factor * (before - largest))));
        float* sums = tile.sums + i * tile.value;
        scale_values<AnyCpu>(shrink, sums, sums, tile.value);
        tile.total[i] *= shrink;
    }
    for (std::int64_t i = 0; i < tile.rows; ++i) {
        const std::int64_t seen = seen_by(i);
        T* weights = tile.weights + i * tile.stride;
        if (seen > 0)
            tile.total[i] +=
                exp2_row<Isa>(factor, tile.scores + i * tile.stride, factor * tile.largest[i], weights, seen);
        for (std::int64_t j = (seen + kLanes - 1) / kLanes * kLanes; j < tile.width; j += kLanes)
            Isa::store_vector(hn::Zero(Floats()), weights + j);
    }
}

/// p and ds of one vector of queries from `at` on; where there is a mask, 0 outside it.
template <class Isa, class T, class... Mask>
HWY_INLINE void gradient_vector(const GradientTile<T>& tile, std::int64_t row, std::int64_t at, Mask... mask)
{
    const std::int64_t i = row * tile.stride + at;
    const auto exponent = hn::MulSub(hn::Set(Floats(), tile.scale), load(tile.scores + i), load(tile.lse + at));
    auto p = exp2_of<T>(at_most(128.0F, exponent)); // infinity where lse does not fit the scores
    auto ds = hn::Mul(hn::Mul(hn::Set(Floats(), tile.ds_scale), p), hn::Sub(load(tile.dp + i), load(tile.delta + at)));
    ((p = hn::IfThenElseZero(mask, p), ds = hn::IfThenElseZero(mask, ds)), ...);
    Isa::store_vector(p, tile.p + i);
    Isa::store_vector(ds, tile.ds + i);
}

template <class Isa, class T>
HWY_INLINE void gradients_of_tile(GradientTile<T> tile)
{
    for (std::int64_t j = 0; j < tile.rows; ++j) {
        const std::int64_t first = std::clamp<std::int64_t>(tile.first + j, 0, tile.queries);
        std::int64_t at = 0;
        for (; at + kLanes <= first; at += kLanes) {
            Isa::store_vector(hn::Zero(Floats()), tile.p + j * tile.stride + at);
            Isa::store_vector(hn::Zero(Floats()), tile.ds + j * tile.stride + at);
        }
        for (; at < tile.width; at += kLanes) {
            const std::int64_t count = std::max<std::int64_t>(0, tile.queries - at);
            if (at >= first && count >= kLanes)
                gradient_vector<Isa>(tile, j, at);
            else
                gradient_vector<Isa>(tile, j, at,
                                     hn::AndNot(lanes_below(std::max<std::int64_t>(0, first - at)),
                                                lanes_below(std::min(kLanes, count))));
        }
    }
}

template <class Isa, class T>
HWY_INLINE void scale_of_rows(const ScaledRows<T>& r)
{
    constexpr std::int64_t kAhead = 16; // rows of y are far apart
    for (std::int64_t i = 0; i < r.rows; ++i) {
        const auto* later = reinterpret_cast<const char*>(r.y + std::min(i + kAhead, r.rows - 1) * r.y_stride);
        const auto bytes = r.n * static_cast<std::int64_t>(sizeof(T));
        for (std::int64_t at = 0; at < bytes; at += 64) __builtin_prefetch(later + at, 1);
        scale_values<Isa>(r.divisors ? r.factor / r.divisors[i] : r.factor, r.x + i * r.x_stride, r.y + i * r.y_stride,
                          r.n);
    }
}
