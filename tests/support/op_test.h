// What every kernel test shares: backends as test parameters, tensors that notice writes beside them, random values,
// finite differences, and tolerances that belong to the element type.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/memory.h"
#include "kernels/base/run.h"
#include "kernels/base/view.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace triptych::test {

using Values = std::vector<double>;

/// The parameter of every op test.
struct Backend {
    DeviceKind device = DeviceKind::Cpu;
    DType dtype = DType::F64;
};
/// "CpuF64": the end of the test's name.
void PrintTo(const Backend& backend, std::ostream* out);

/// CpuF64, CpuF32 and, where all ops of the family have a CUDA backend and this build has it, CudaF32.
std::vector<Backend> backends_for(Backends implemented);

/// How far a correct kernel may be from the truth, relative to the largest expected value (at least 1).
struct Tolerance {
    double formula = 0;  ///< against a formula in double
    double gradient = 0; ///< against finite differences
};
Tolerance tolerance_of(DType dtype);

/// Where a tensor lies in its allocation: `offset` elements from a 64-byte boundary, `gap` elements between rows.
struct Layout {
    std::int64_t offset = 0;
    std::int64_t gap = 0;
};

/// Owns a tensor on a device. Elements around it and between its rows hold a pattern (NaN for floats): reading them
/// spoils results, writing them fails the test at the next values().
class TensorStorage {
public:
    TensorStorage(Device device, DType dtype, std::int64_t rows, std::int64_t columns, const Values& values,
                  Layout layout);
    void* data() const;
    std::int64_t row_stride() const { return m_columns + m_layout.gap; }
    Values values(Stream& stream) const;

private:
    std::int64_t elements() const;
    bool is_inside(std::int64_t element) const;

    DeviceBuffer m_buffer;
    DType m_dtype;
    std::int64_t m_rows;
    std::int64_t m_columns;
    Layout m_layout;
};

template <int Rank>
class Tensor {
public:
    using Shape = std::array<std::int64_t, Rank>;
    Tensor(Stream& stream, DType dtype, Shape shape, const Values& values, Layout layout)
        : m_stream(&stream), m_dtype(dtype), m_shape(shape),
          m_storage(stream.device(), dtype, Rank == 1 ? 1 : shape[0], columns(shape), values, layout)
    {}
    View<Rank> view() const
    {
        if constexpr (Rank == 1)
            return View<1>(m_storage.data(), m_dtype, m_shape);
        else
            return View<Rank>(m_storage.data(), m_dtype, m_shape, m_storage.row_stride());
    }
    operator View<Rank>() const { return view(); }
    operator ConstView<Rank>() const { return view(); }
    /// Waits for the stream, copies back, and fails the test when memory beside the tensor was written.
    Values values() const { return m_storage.values(*m_stream); }

private:
    static std::int64_t columns(const Shape& shape)
    {
        std::int64_t n = 1;
        for (int i = Rank == 1 ? 0 : 1; i < Rank; ++i) n *= shape[static_cast<std::size_t>(i)];
        return n;
    }
    Stream* m_stream;
    DType m_dtype;
    Shape m_shape;
    TensorStorage m_storage;
};

/// Central differences (four points) of loss at `at`, one per value: sixth digit to spare in f64 for values of order 1.
Values gradient(const std::function<double(const Values&)>& loss, Values at);

double dot(const Values& a, const Values& b);
/// base + each value: the expected content of an accumulated gradient.
Values plus(double base, Values values);

/// Fails, naming the first bad element, unless |actual - expected| <= tolerance * max(1, largest |expected|). NaN
/// fails.
void expect_close(const Values& actual, const Values& expected, double tolerance, const char* what);

/// Runs a copy of `good` after `spoil` changed it; fails unless a ShapeError comes that names `field`.
template <class Op, class Spoil>
void expect_rejected_on(Stream& stream, const Op& good, const std::string& field, Spoil&& spoil)
{
    Op bad = good;
    spoil(bad);
    try {
        run(stream, bad);
        ADD_FAILURE() << Op::name << " accepted a wrong " << field;
    } catch (const ShapeError& error) {
        const std::string text = error.what();
        EXPECT_EQ(text.rfind(std::string("[") + Op::name + "] ", 0), 0U) << text;
        EXPECT_NE(text.find(field), std::string::npos) << "the message does not name " << field << ": " << text;
    }
}

/// The part of the fixture that does not depend on the ops.
class OpTestBase : public testing::TestWithParam<Backend> {
protected:
    OpTestBase();
    /// Skips, or with TRIPTYCH_REQUIRE_CUDA=1 fails, when the device is not there.
    void SetUp() override;

    DType dtype() const { return GetParam().dtype; }
    Tolerance tolerance() const { return tolerance_of(dtype()); }
    /// The stream of the backend under test; two threads on the CPU.
    Stream& stream();
    /// The reference: f64 on the CPU.
    Stream& oracle() { return m_oracle; }

    /// The value that dtype() can hold next to `value`.
    double rounded(double value) const
    {
        return dtype() == DType::F64 ? value : static_cast<double>(static_cast<float>(value));
    }
    /// Uniform in [low, high), from the test's name and the number of earlier draws; representable in dtype().
    Values random(std::int64_t count, double low = -1, double high = 1);

    template <int Rank>
    Tensor<Rank> tensor(std::array<std::int64_t, Rank> shape, const Values& values, Layout layout = {})
    {
        return Tensor<Rank>(stream(), dtype(), shape, values, layout);
    }
    /// Every element holds `value`.
    template <int Rank>
    Tensor<Rank> filled(std::array<std::int64_t, Rank> shape, double value, Layout layout = {})
    {
        return tensor<Rank>(shape, Values(count(shape), value), layout);
    }
    template <int Rank>
    Tensor<Rank> ints(std::array<std::int64_t, Rank> shape, const Values& values, Layout layout = {})
    {
        return Tensor<Rank>(stream(), DType::I32, shape, values, layout);
    }
    /// The same on the reference, in f64.
    template <int Rank>
    Tensor<Rank> oracle_tensor(std::array<std::int64_t, Rank> shape, const Values& values)
    {
        return Tensor<Rank>(oracle(), DType::F64, shape, values, {});
    }
    template <int Rank>
    Tensor<Rank> oracle_filled(std::array<std::int64_t, Rank> shape, double value)
    {
        return oracle_tensor<Rank>(shape, Values(count(shape), value));
    }
    template <int Rank>
    Tensor<Rank> oracle_ints(std::array<std::int64_t, Rank> shape, const Values& values)
    {
        return Tensor<Rank>(oracle(), DType::I32, shape, values, {});
    }

    template <class Op, class Spoil>
    void expect_rejected(const Op& good, const std::string& field, Spoil&& spoil)
    {
        expect_rejected_on(stream(), good, field, spoil);
    }

    template <std::size_t Rank>
    static std::size_t count(const std::array<std::int64_t, Rank>& shape)
    {
        std::int64_t n = 1;
        for (auto s : shape) n *= s;
        return static_cast<std::size_t>(n);
    }

private:
    Stream m_oracle;
    std::unique_ptr<Stream> m_stream;
    std::uint64_t m_draws = 0;
};

/// Fixture of a family: class RmsNorm : public OpTest<RmsNormForward, RmsNormBackward> {};
template <class... Ops>
class OpTest : public OpTestBase {
public:
    static constexpr Backends kBackends =
        ((Ops::backends == Backends::CpuAndCuda) && ...) ? Backends::CpuAndCuda : Backends::CpuOnly;
};

} // namespace triptych::test

/// Runs every TEST_P of a fixture on each backend that its ops declare.
#define INSTANTIATE_FOR_ALL_BACKENDS(Fixture)                                                                          \
    INSTANTIATE_TEST_SUITE_P(, Fixture, testing::ValuesIn(triptych::test::backends_for(Fixture::kBackends)),           \
                             testing::PrintToStringParamName())
