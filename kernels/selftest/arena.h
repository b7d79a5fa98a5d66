// The tensors of one call of an op: random or valid values in, what the op wrote out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/memory.h"
#include "kernels/base/stream.h"
#include "kernels/base/view.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace triptych::selftest {

/// What a call left in one of its outputs, row-major. Indices must agree exactly, numbers nearly.
struct Output {
    std::vector<double> values;
    bool exact = false;
};

/// Owns the tensors of one call on the stream's device. The values depend on the op's name and the order of the
/// requests alone, and every one of them is a number that the type `grid` (F32 or BF16) holds, so that all devices and
/// element types start from the same.
class Arena {
public:
    Arena(Device device, DType dtype, std::string_view op, DType grid = DType::F32);
    /// Of the call.
    DType dtype() const { return m_dtype; }

    /// Uniform in [low, high).
    template <int Rank>
    View<Rank> real(std::array<std::int64_t, Rank> shape, double low = -1, double high = 1)
    {
        return place<Rank>(m_dtype, shape, uniform(product(shape), low, high), Role::Input);
    }
    /// The same in the wide type, for what stays F32 where the rest is BF16.
    template <int Rank>
    View<Rank> wide(std::array<std::int64_t, Rank> shape, double low = -1, double high = 1)
    {
        return place<Rank>(wide_of(m_dtype), shape, uniform(product(shape), low, high), Role::Input);
    }
    template <int Rank>
    View<Rank> out_wide(std::array<std::int64_t, Rank> shape, double low = -1, double high = 1)
    {
        return place<Rank>(wide_of(m_dtype), shape, uniform(product(shape), low, high), Role::Output);
    }
    /// Written by the op: compared. Holds random numbers before, so that it may also be read or added to.
    template <int Rank>
    View<Rank> out(std::array<std::int64_t, Rank> shape, double low = -1, double high = 1)
    {
        return place<Rank>(m_dtype, shape, uniform(product(shape), low, high), Role::Output);
    }
    /// F32 always, for what is always F32.
    template <int Rank>
    View<Rank> f32(std::array<std::int64_t, Rank> shape)
    {
        return place<Rank>(DType::F32, shape, uniform(product(shape), -1, 1), Role::Input);
    }
    /// What the case says.
    template <int Rank>
    View<Rank> given(DType dtype, std::array<std::int64_t, Rank> shape, const std::vector<double>& values)
    {
        return place<Rank>(dtype, shape, values, Role::Input);
    }
    /// Memory that only the device understands.
    View<1> bytes(std::int64_t count);
    /// Indices that the op writes.
    template <int Rank>
    View<Rank> out_indices(std::array<std::int64_t, Rank> shape)
    {
        return place<Rank>(DType::I32, shape, uniform_indices(product(shape), 0, 1), Role::Output);
    }
    /// The one F64 result of a sum.
    View<1> out_sum() { return place<1>(DType::F64, {1}, {0.0}, Role::Output); }

    /// Indices in [low, high).
    template <int Rank>
    View<Rank> indices(std::array<std::int64_t, Rank> shape, std::int64_t high, std::int64_t low = 0)
    {
        return place<Rank>(DType::I32, shape, uniform_indices(product(shape), low, high), Role::Input);
    }
    /// [N, K] experts below `bound`, no two of a row equal.
    View<2> choices(std::int64_t rows, std::int64_t top_k, std::int64_t bound);
    /// 0 .. count-1 in random order.
    View<1> permutation(std::int64_t count);
    /// [groups + 1] rising from 0 to rows; about one group in four is empty.
    View<1> offsets(std::int64_t groups, std::int64_t rows);

    /// After the op has run: its outputs in the order they were asked for. Waits for the stream.
    std::vector<Output> outputs(Stream& stream) const;

private:
    enum class Role : std::uint8_t { Input = 1, Output };
    struct Written {
        std::size_t buffer;
        DType dtype;
        std::int64_t count;
    };

    template <std::size_t Rank>
    static std::int64_t product(const std::array<std::int64_t, Rank>& shape)
    {
        std::int64_t n = 1;
        for (const auto s : shape) n *= s;
        return n;
    }
    template <int Rank>
    View<Rank> place(DType dtype, std::array<std::int64_t, Rank> shape, const std::vector<double>& values, Role role)
    {
        return View<Rank>(store(dtype, values, role), dtype, shape);
    }
    void* store(DType dtype, const std::vector<double>& values, Role role);
    std::vector<double> uniform(std::int64_t count, double low, double high);
    std::vector<double> uniform_indices(std::int64_t count, std::int64_t low, std::int64_t high);

    Device m_device;
    DType m_dtype;
    DType m_grid;
    std::uint64_t m_seed;
    std::uint64_t m_draws = 0;
    std::vector<DeviceBuffer> m_buffers;
    std::vector<Written> m_written;
};

} // namespace triptych::selftest
