// What kernels see of a tensor: pointer, element type, shape. Row-major; owns nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"
#include "kernels/base/error.h"

#include <array>
#include <cassert>
#include <cstdint>
#include <string>
#include <type_traits>

namespace triptych {

/// Rank is part of the type, so [N, C] in a comment is View<2>. The innermost dimensions are contiguous; rows (steps of
/// dimension 0) lie row_stride elements apart, which is shape[1]*...*shape[Rank-1] unless the view is a column slice.
/// Ops accept column slices only where their comment says so.
template <int Rank, bool Const> class BasicView {
    static_assert(Rank >= 1);

public:
    using Pointer = std::conditional_t<Const, const void*, void*>;
    using Shape = std::array<std::int64_t, Rank>;

    BasicView() = default;
    BasicView(Pointer pointer, DType dtype, Shape shape) : BasicView(pointer, dtype, shape, row_elements(shape)) {}
    BasicView(Pointer pointer, DType dtype, Shape shape, std::int64_t row_stride)
        : m_pointer(pointer), m_dtype(dtype), m_shape(shape), m_row_stride(row_stride)
    {
    }
    /// A view that may be written is also one that may be read.
    template <bool Other>
        requires(Const && !Other)
    BasicView(const BasicView<Rank, Other>& other)
        : BasicView(other.raw(), other.dtype(), other.shape(), other.row_stride())
    {
    }

    Pointer raw() const { return m_pointer; }
    DType dtype() const { return m_dtype; }
    const Shape& shape() const { return m_shape; }
    std::int64_t size(int dimension) const { return m_shape[static_cast<std::size_t>(dimension)]; }
    std::int64_t row_stride() const { return m_row_stride; }
    bool is_contiguous() const { return m_shape[0] <= 1 || m_row_stride == row_elements(m_shape); }
    /// False for a default-made view, which stands for "not given".
    explicit operator bool() const { return m_pointer != nullptr; }

    std::int64_t count() const
    {
        std::int64_t n = 1;
        for (auto s : m_shape) n *= s;
        return n;
    }
    std::size_t bytes() const { return static_cast<std::size_t>(count()) * size_of(m_dtype); }

    template <class T> auto* as() const
    {
        assert(kDTypeOf<std::remove_const_t<T>> == m_dtype);
        return static_cast<std::conditional_t<Const, const T*, T*>>(m_pointer);
    }

    /// Rows [first, first + rows).
    BasicView rows(std::int64_t first, std::int64_t rows) const
    {
        assert(first >= 0 && first + rows <= m_shape[0]);
        Shape shape = m_shape;
        shape[0] = rows;
        return BasicView(offset(first * m_row_stride), m_dtype, shape, m_row_stride);
    }
    /// Columns [first, first + columns) of a matrix; the result keeps the row stride of the whole.
    BasicView columns(std::int64_t first, std::int64_t columns) const
        requires(Rank == 2)
    {
        assert(first >= 0 && first + columns <= m_shape[1]);
        return BasicView(offset(first), m_dtype, {m_shape[0], columns}, m_row_stride);
    }
    /// The same elements under another shape; the view must be contiguous.
    template <int NewRank> BasicView<NewRank, Const> reshape(std::array<std::int64_t, NewRank> shape) const
    {
        assert(is_contiguous());
        BasicView<NewRank, Const> result(m_pointer, m_dtype, shape);
        assert(result.count() == count());
        return result;
    }

private:
    static std::int64_t row_elements(const Shape& shape)
    {
        std::int64_t n = 1;
        for (int i = 1; i < Rank; ++i) n *= shape[static_cast<std::size_t>(i)];
        return n;
    }
    Pointer offset(std::int64_t elements) const
    {
        using Byte = std::conditional_t<Const, const char, char>;
        return static_cast<Byte*>(m_pointer) + elements * static_cast<std::int64_t>(size_of(m_dtype));
    }

    Pointer m_pointer = nullptr;
    DType m_dtype = DType::F32;
    Shape m_shape{};
    std::int64_t m_row_stride = 0;
};

template <int Rank> using View = BasicView<Rank, false>;
template <int Rank> using ConstView = BasicView<Rank, true>;

/// "[4, 37]", for messages.
template <int Rank, bool Const> std::string to_string(const BasicView<Rank, Const>& view)
{
    std::string text = "[";
    for (int i = 0; i < Rank; ++i) text += (i ? ", " : "") + std::to_string(view.size(i));
    return text + "]";
}

/// Throws ShapeError unless the view has this shape and element type, naming op and field:
/// "[rms_norm_forward] gain is F32 [768], expected F32 [512]".
template <int Rank, bool Const>
void require_shape(const char* op, const char* field, const BasicView<Rank, Const>& view, DType dtype,
                   typename BasicView<Rank, Const>::Shape shape)
{
    if (view.dtype() == dtype && view.shape() == shape && (view.raw() || view.count() == 0)) return;
    const ConstView<Rank> expected(nullptr, dtype, shape);
    throw ShapeError(std::string("[") + op + "] " + field + " is " + (view.raw() ? "" : "null ") +
                     std::string(name_of(view.dtype())) + " " + to_string(view) + ", expected " +
                     std::string(name_of(dtype)) + " " + to_string(expected));
}

/// Throws ShapeError when the view is a column slice of something wider.
template <int Rank, bool Const>
void require_contiguous(const char* op, const char* field, const BasicView<Rank, Const>& view)
{
    if (view.is_contiguous()) return;
    refuse(op, std::string(field) + " must be contiguous, its rows lie " + std::to_string(view.row_stride()) +
                   " elements apart");
}

/// Both of the above: what most fields of most ops need.
template <int Rank, bool Const>
void require_dense(const char* op, const char* field, const BasicView<Rank, Const>& view, DType dtype,
                   typename BasicView<Rank, Const>::Shape shape)
{
    require_shape(op, field, view, dtype, shape);
    require_contiguous(op, field, view);
}

} // namespace triptych
