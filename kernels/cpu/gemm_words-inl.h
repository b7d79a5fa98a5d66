// How words are multiplied by every kind of vectors.
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target, after vectors-inl.h.

/// Words are floats.
struct FloatWords {
    static HWY_INLINE Vector multiply_add(Vector a, Vector b, Vector sum) { return hn::MulAdd(a, b, sum); }
    template <class Out>
    static HWY_INLINE void store_vector(Vector v, Out* out)
    {
        store(v, out);
    }
};

/// Words are pairs of bfloat16, which are multiplied as floats.
struct PairWords {
    static HWY_INLINE Vector multiply_add(Vector a, Vector b, Vector sum)
    {
        const Floats d;
        const Words w;
        const auto lower = [d, w](Vector v) HWY_ATTR { return hn::BitCast(d, hn::ShiftLeft<16>(hn::BitCast(w, v))); };
        const auto upper = [d, w](Vector v)
                               HWY_ATTR { return hn::BitCast(d, hn::And(hn::BitCast(w, v), hn::Set(w, 0xFFFF0000))); };
        return hn::MulAdd(upper(a), upper(b), hn::MulAdd(lower(a), lower(b), sum));
    }
    template <class Out>
    static HWY_INLINE void store_vector(Vector v, Out* out)
    {
        store(v, out);
    }
};
