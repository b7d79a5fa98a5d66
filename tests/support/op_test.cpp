// Tensors, random values and comparisons of the kernel tests.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/op_test.h"

#include "kernels/base/rng.h"
#include "kernels/selftest/agreement.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ostream>

namespace triptych::test {
namespace {

constexpr std::int64_t kGuard = 16;     ///< elements of pattern behind every tensor
constexpr std::uint8_t kPattern = 0xFF; ///< as a float or double: a quiet NaN; as I32: -1

void put(DType dtype, std::byte* at, double value)
{
    switch (dtype) {
    case DType::F64: std::memcpy(at, &value, sizeof value); return;
    case DType::F32: {
        const auto v = static_cast<float>(value);
        std::memcpy(at, &v, sizeof v);
        return;
    }
    case DType::I32: {
        const auto v = static_cast<std::int32_t>(value);
        std::memcpy(at, &v, sizeof v);
        return;
    }
    default: FAIL() << "the tests do not write " << name_of(dtype);
    }
}

double get(DType dtype, const std::byte* at)
{
    switch (dtype) {
    case DType::F64: {
        double v = 0;
        std::memcpy(&v, at, sizeof v);
        return v;
    }
    case DType::F32: {
        float v = 0;
        std::memcpy(&v, at, sizeof v);
        return static_cast<double>(v);
    }
    case DType::I32: {
        std::int32_t v = 0;
        std::memcpy(&v, at, sizeof v);
        return v;
    }
    default: ADD_FAILURE() << "the tests do not read " << name_of(dtype); return 0;
    }
}

std::uint64_t hash(const std::string& text)
{
    std::uint64_t h = 0xcbf29ce484222325; // FNV-1a
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return h;
}

/// "RmsNorm.ForwardMatchesTheFormula": without the backend, so that every backend sees the same values.
std::string test_name()
{
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    const std::string name = info->name();
    return std::string(info->test_suite_name()) + "." + name.substr(0, name.find('/'));
}

bool is_present(DeviceKind kind)
{
    const auto devices = list_devices();
    return std::any_of(devices.begin(), devices.end(), [&](const auto& d) { return d.device.kind == kind; });
}

} // namespace

void PrintTo(const Backend& backend, std::ostream* out)
{
    *out << (backend.device == DeviceKind::Cpu ? "Cpu" : "Cuda") << name_of(backend.dtype);
}

std::vector<Backend> backends_for(Backends implemented)
{
    std::vector<Backend> backends = {{DeviceKind::Cpu, DType::F64}, {DeviceKind::Cpu, DType::F32}};
#if TRIPTYCH_WITH_CUDA
    if (implemented == Backends::CpuAndCuda) backends.push_back({DeviceKind::Cuda, DType::F32});
#else
    (void)implemented;
#endif
    return backends;
}

Tolerance tolerance_of(DType dtype)
{
    return {selftest::tolerance_of(dtype), dtype == DType::F64 ? 1e-8 : 2e-5};
}

TensorStorage::TensorStorage(Device device, DType dtype, std::int64_t rows, std::int64_t columns, const Values& values,
                             Layout layout)
    : m_dtype(dtype), m_rows(rows), m_columns(columns), m_layout(layout)
{
    EXPECT_EQ(static_cast<std::int64_t>(values.size()), rows * columns) << "the test gives a wrong number of values";
    const std::size_t size = size_of(dtype);
    std::vector<std::byte> host(static_cast<std::size_t>(elements()) * size, std::byte{kPattern});
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c)
            put(dtype, host.data() + static_cast<std::size_t>(layout.offset + r * row_stride() + c) * size,
                values.at(static_cast<std::size_t>(r * columns + c)));
    m_buffer = DeviceBuffer(device, host.size());
    copy_from_host(device, m_buffer.data(), host.data(), host.size());
}

void* TensorStorage::data() const
{
    return static_cast<std::byte*>(m_buffer.data()) + static_cast<std::size_t>(m_layout.offset) * size_of(m_dtype);
}

std::int64_t TensorStorage::elements() const
{
    return m_layout.offset + m_rows * row_stride() + kGuard;
}

bool TensorStorage::is_inside(std::int64_t element) const
{
    const std::int64_t e = element - m_layout.offset;
    return e >= 0 && row_stride() > 0 && e / row_stride() < m_rows && e % row_stride() < m_columns;
}

Values TensorStorage::values(Stream& stream) const
{
    stream.synchronize();
    const std::size_t size = size_of(m_dtype);
    std::vector<std::byte> host(m_buffer.bytes());
    copy_to_host(m_buffer.device(), host.data(), m_buffer.data(), host.size());
    Values values;
    for (std::int64_t e = 0; e < elements(); ++e) {
        const std::byte* at = host.data() + static_cast<std::size_t>(e) * size;
        if (is_inside(e)) {
            values.push_back(get(m_dtype, at));
        } else if (std::any_of(at, at + size, [](std::byte b) { return b != std::byte{kPattern}; })) {
            ADD_FAILURE() << "the kernel wrote " << e - m_layout.offset << " elements from the start of a tensor of "
                          << m_rows << " rows of " << m_columns << " in steps of " << row_stride();
            break;
        }
    }
    return values;
}

Values gradient(const std::function<double(const Values&)>& loss, Values at)
{
    constexpr double kStep = 1e-3; // error about step^4 + 1e-16 / step
    Values result;
    for (double& x : at) {
        const double before = x;
        const auto loss_at = [&](double steps) {
            x = before + steps * kStep;
            return loss(at);
        };
        const double near = loss_at(1) - loss_at(-1);
        const double far = loss_at(2) - loss_at(-2);
        x = before;
        result.push_back((8 * near - far) / (12 * kStep));
    }
    return result;
}

double dot(const Values& a, const Values& b)
{
    EXPECT_EQ(a.size(), b.size());
    double total = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) total += a[i] * b[i];
    return total;
}

Values plus(double base, Values values)
{
    for (double& v : values) v += base;
    return values;
}

void expect_close(const Values& actual, const Values& expected, double tolerance, const char* what)
{
    ASSERT_EQ(actual.size(), expected.size()) << what;
    double largest = 1;
    for (const double e : expected) largest = std::max(largest, std::abs(e));
    for (std::size_t i = 0; i < actual.size(); ++i)
        ASSERT_TRUE(std::abs(actual[i] - expected[i]) <= tolerance * largest)
            << what << "[" << i << "] is " << actual[i] << ", expected " << expected[i] << ", off by "
            << std::abs(actual[i] - expected[i]) << ", allowed " << tolerance * largest;
}

OpTestBase::OpTestBase() : m_oracle(Device{DeviceKind::Cpu, 0}, 1) {}

void OpTestBase::SetUp()
{
    if (is_present(GetParam().device)) return;
    const char* required = std::getenv("TRIPTYCH_REQUIRE_CUDA");
    if (required && std::string(required) == "1") FAIL() << "TRIPTYCH_REQUIRE_CUDA=1 and no CUDA device is there";
    GTEST_SKIP() << "no CUDA device is there";
}

Stream& OpTestBase::stream()
{
    if (!m_stream) m_stream = std::make_unique<Stream>(Device{GetParam().device, 0}, 2);
    return *m_stream;
}

Values OpTestBase::random(std::int64_t count, double low, double high)
{
    const Philox philox(hash(test_name()), m_draws++);
    Values values;
    for (std::int64_t i = 0; i < count; ++i) {
        values.push_back(rounded(low + (high - low) * philox.uniform(static_cast<std::uint64_t>(i))));
    }
    return values;
}

} // namespace triptych::test
