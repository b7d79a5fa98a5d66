// How words are multiplied by every kind of vectors.
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target, after vectors-inl.h.

/// Words are floats. Bfloat16 becomes floats where operands are brought into order.
struct FloatWords {
    template <class In>
    using Element = float;
    static HWY_INLINE Vector multiply_add(Vector a, Vector b, Vector sum) { return hn::MulAdd(a, b, sum); }
    template <class Out>
    static HWY_INLINE void store_vector(Vector v, Out* out)
    {
        store(v, out);
    }
};
