// Rows of whole ops, compiled once per kind of vector.
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target by fused_rows.cpp. `Isa` tells how results are rounded.

constexpr std::int64_t kLanes = hn::MaxLanes(Floats());

/// What bodies of loops load and store: a whole vector, or what is left at the end of a row.
template <class Isa>
struct Whole {
    template <class T>
    HWY_INLINE Vector load_from(const T* p) const
    {
        return load(p);
    }
    template <class T>
    HWY_INLINE void store_to(Vector v, T* p) const
    {
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
