// Rows of whole ops, compiled once per kind of vector.
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target by fused_rows.cpp. `Isa` tells how results are rounded.

constexpr std::int64_t kLanes = hn::MaxLanes(Floats());

/// How far ahead memory is asked for: rows of norms and SwiGLU lie one after the other, in as many streams as an op has
/// operands, and what the CPU guesses ends with each page. Others (rotation, sums of rows) take as long with it.
constexpr std::int64_t kAheadBytes = 2048;

/// What bodies of loops load and store: a whole vector, or what is left at the end of a row.
template <class Isa>
struct Whole {
    template <class T>
    HWY_INLINE Vector load_from(const T* p) const
    {
        __builtin_prefetch(reinterpret_cast<const char*>(p) + kAheadBytes);
        return load(p);
    }
    template <class T>
    HWY_INLINE void store_to(Vector v, T* p) const
    {
        __builtin_prefetch(reinterpret_cast<const char*>(p) + kAheadBytes, 1);
        Isa::store_vector(v, p);
    }
};
struct Rest {
    std::size_t count;
    template <class T>
    HWY_INLINE Vector load_from(const T* p) const
    {
        return load_tail(p, count);
    }
    template <class T>
    HWY_INLINE void store_to(Vector v, T* p) const
    {
        store_tail(v, p, count);
    }
};

/// body(i, io) for the vectors of a row
template <class Isa, class Body>
HWY_INLINE void for_vectors(std::int64_t n, const Body& body)
{
    std::int64_t i = 0;
    for (; i + 2 * kLanes <= n; i += 2 * kLanes) {
        body(i, Whole<Isa>());
        body(i + kLanes, Whole<Isa>());
    }
    for (; i + kLanes <= n; i += kLanes) body(i, Whole<Isa>());
    if (i < n) body(i, Rest{static_cast<std::size_t>(n - i)});
}

/// Sum of terms: body(i, io, sum) is the sum with the terms of a vector, which must be 0 where the inputs are. Four
/// running sums keep the adders busy and the rounding error small.
template <class Isa, class Body>
HWY_INLINE float sum_over_vectors(std::int64_t n, const Body& body)
{
    const Floats d;
    auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
    std::int64_t i = 0;
    for (; i + 4 * kLanes <= n; i += 4 * kLanes) {
        s0 = body(i, Whole<Isa>(), s0);
        s1 = body(i + kLanes, Whole<Isa>(), s1);
        s2 = body(i + 2 * kLanes, Whole<Isa>(), s2);
        s3 = body(i + 3 * kLanes, Whole<Isa>(), s3);
    }
    for (; i + kLanes <= n; i += kLanes) s0 = body(i, Whole<Isa>(), s0);
    if (i < n) s1 = body(i, Rest{static_cast<std::size_t>(n - i)}, s1);
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
}

template <class T>
struct Silu {
    const SiluRow<T>& row;
    Vector factor;
    template <class Io>
    HWY_INLINE void operator()(std::int64_t i, Io io) const
    {
        const auto gate = io.load_from(row.gate + i);
        const auto silu = hn::Mul(gate, sigmoid_of<T>(gate));
        io.store_to(hn::Mul(factor, hn::Mul(silu, io.load_from(row.up + i))), row.y + i);
    }
};
template <class Isa, class T>
HWY_INLINE void compute(const SiluRow<T>& row)
{
    for_vectors<Isa>(row.n, Silu<T>{row, hn::Set(Floats(), row.factor)});
}

template <class T>
struct SiluGradient {
    const SiluGradientRow<T>& row;
    Vector factor;
    template <class Io>
    HWY_INLINE Vector operator()(std::int64_t i, Io io, Vector sum) const
    {
        const auto gate = io.load_from(row.gate + i);
        const auto up = io.load_from(row.up + i);
        const auto dy = io.load_from(row.dy + i);
        const auto s = sigmoid_of<T>(gate);
        const auto silu = hn::Mul(gate, s);
        const auto scaled = hn::Mul(factor, dy);
        io.store_to(hn::Mul(scaled, silu), row.dup + i);
        const auto slope = hn::MulAdd(silu, hn::Sub(hn::Set(Floats(), 1.0F), s), s);
        io.store_to(hn::Mul(hn::Mul(scaled, up), slope), row.dgate + i);
        return hn::MulAdd(hn::Mul(dy, silu), up, sum);
    }
};
template <class Isa, class T>
HWY_INLINE void compute(const SiluGradientRow<T>& row)
{
    const float dfactor = sum_over_vectors<Isa>(row.n, SiluGradient<T>{row, hn::Set(Floats(), row.factor)});
    if (row.dfactor) *row.dfactor = dfactor;
}

template <class X>
struct SumOfSquares {
    const X* x;
    template <class Io>
    HWY_INLINE Vector operator()(std::int64_t i, Io io, Vector sum) const
    {
        const auto v = io.load_from(x + i);
        return hn::MulAdd(v, v, sum);
    }
};
template <class X, class Y>
struct Normalised {
    const RmsNormRow<X, Y>& row;
    Vector rstd;
    template <class Io>
    HWY_INLINE void operator()(std::int64_t i, Io io) const
    {
        const auto scaled = hn::Mul(rstd, io.load_from(row.x + i));
        io.store_to(hn::Mul(scaled, io.load_from(row.gain + i)), row.y + i);
    }
};
template <class Isa, class X, class Y>
HWY_INLINE void compute(const RmsNormRow<X, Y>& row)
{
    const float squares = sum_over_vectors<Isa>(row.n, SumOfSquares<X>{row.x});
    const float rstd = 1.0F / std::sqrt(squares / static_cast<float>(row.n) + row.eps);
    *row.rstd = rstd;
    for_vectors<Isa>(row.n, Normalised<X, Y>{row, hn::Set(Floats(), rstd)});
}

template <class X, class D>
struct GradientAlongRow {
    const RmsNormGradientRow<X, D>& row;
    template <class Io>
    HWY_INLINE Vector operator()(std::int64_t i, Io io, Vector sum) const
    {
        const auto scaled = hn::Mul(io.load_from(row.dy + i), io.load_from(row.gain + i));
        return hn::MulAdd(scaled, io.load_from(row.x + i), sum);
    }
};
/// dx = rstd dy gain + along x
template <class X, class D>
struct RmsNormGradient {
    const RmsNormGradientRow<X, D>& row;
    Vector rstd;
    Vector along;
    template <class Io>
    HWY_INLINE void operator()(std::int64_t i, Io io) const
    {
        const auto x = io.load_from(row.x + i);
        const auto scaled = hn::Mul(rstd, io.load_from(row.dy + i));
        io.store_to(hn::MulAdd(scaled, x, io.load_from(row.dgain + i)), row.dgain + i);
        auto dx = hn::MulAdd(scaled, io.load_from(row.gain + i), hn::Mul(along, x));
        if (row.addend) dx = hn::Add(io.load_from(row.addend + i), dx);
        io.store_to(dx, row.dx + i);
        if (row.rounded) io.store_to(dx, row.rounded + i);
    }
};
template <class Isa, class X, class D>
HWY_INLINE void compute(const RmsNormGradientRow<X, D>& row)
{
    const float sum = sum_over_vectors<Isa>(row.n, GradientAlongRow<X, D>{row});
    const float mean = row.rstd * sum / static_cast<float>(row.n); // mean_i(dy gain xhat)
    const auto along = hn::Set(Floats(), -row.rstd * row.rstd * mean);
    for_vectors<Isa>(row.n, RmsNormGradient<X, D>{row, hn::Set(Floats(), row.rstd), along});
}

/// Vectors of sums that stay in registers while the rows go by.
template <class T, int Vectors, class Io>
HWY_INLINE void sum_columns(const SumOfRows<T>& rows, std::int64_t i, Io io)
{
    Vector sums[Vectors];
    for (int j = 0; j < Vectors; ++j)
        sums[j] = rows.mode == WriteMode::Overwrite ? hn::Zero(Floats()) : io.load_from(rows.y + i + j * kLanes);
    for (std::int64_t k = 0; k < rows.count; ++k) {
        const T* row = rows.rows + rows.which[k] * rows.n + i;
        for (int j = 0; j < Vectors; ++j) sums[j] = hn::Add(sums[j], io.load_from(row + j * kLanes));
    }
    for (int j = 0; j < Vectors; ++j) io.store_to(sums[j], rows.y + i + j * kLanes);
}
template <class Isa, class T>
HWY_INLINE void compute(const SumOfRows<T>& rows)
{
    std::int64_t i = 0;
    for (; i + 4 * kLanes <= rows.n; i += 4 * kLanes) sum_columns<T, 4>(rows, i, Whole<Isa>());
    for (; i + kLanes <= rows.n; i += kLanes) sum_columns<T, 1>(rows, i, Whole<Isa>());
    if (i < rows.n) sum_columns<T, 1>(rows, i, Rest{static_cast<std::size_t>(rows.n - i)});
}

#if HWY_TARGET == HWY_SCALAR // vectors of one lane hold no pair
template <class Isa, class T>
HWY_INLINE void compute(const TurnedHeads<T>& turned)
{
    for (std::int64_t h = 0; h < turned.heads; ++h) {
        T* x = turned.x + h * turned.head_stride;
        for (std::int64_t i = 0; i + 1 < turned.n; i += 2) {
            const float a = static_cast<float>(x[i]);
            const float b = static_cast<float>(x[i + 1]);
            const float cosine = turned.cos_sin[i];
            const float sine = turned.direction * turned.cos_sin[i + 1];
            x[i] = T(a * cosine - b * sine);
            x[i + 1] = T(a * sine + b * cosine);
        }
    }
}
#else
template <class T>
struct TurnedPairs {
    T* x;
    const float* cos_sin;
    Vector sign;
    template <class Io>
    HWY_INLINE void operator()(std::int64_t i, Io io) const
    {
        const auto angles = io.load_from(cos_sin + i);
        const auto v = io.load_from(x + i);
        // from the lanes a b of v: b * -sine, a * sine
        const auto turned = hn::Mul(hn::Mul(hn::Reverse2(Floats(), v), hn::DupOdd(angles)), sign);
        io.store_to(hn::MulAdd(v, hn::DupEven(angles), turned), x + i);
    }
};
template <class Isa, class T>
HWY_INLINE void compute(const TurnedHeads<T>& turned)
{
    const Floats d;
    const auto sign = hn::OddEven(hn::Set(d, turned.direction), hn::Set(d, -turned.direction));
    for (std::int64_t h = 0; h < turned.heads; ++h)
        for_vectors<Isa>(turned.n, TurnedPairs<T>{turned.x + h * turned.head_stride, turned.cos_sin, sign});
}
#endif

template <class Isa, class Row>
void compute_row(const Row& row)
{
    compute<Isa>(row);
}
template <class Isa, class... Row>
typename RowKinds<Row...>::Functions functions_for(RowKinds<Row...>)
{
    return {&compute_row<Isa, Row>...};
}
