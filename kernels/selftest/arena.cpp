// Filling tensors and reading them back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/selftest/arena.h"

#include "kernels/base/bfloat16.h"
#include "kernels/base/rng.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <type_traits>

namespace triptych::selftest {

namespace {

/// FNV-1a.
std::uint64_t hash_of(std::string_view text)
{
    std::uint64_t h = 0xcbf29ce484222325;
    for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return h;
}

/// What a double is converted to on its way to T: bfloat16 comes from and goes to float only.
template <class T>
using Through = std::conditional_t<std::is_same_v<T, bfloat16>, float, T>;

template <class T>
std::vector<std::byte> bytes_of(const std::vector<double>& values)
{
    std::vector<std::byte> bytes(values.size() * sizeof(T));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const T value = static_cast<T>(static_cast<Through<T>>(values[i]));
        std::memcpy(bytes.data() + i * sizeof(T), &value, sizeof(T));
    }
    return bytes;
}

template <class T>
std::vector<double> values_of(const std::vector<std::byte>& bytes)
{
    std::vector<double> values(bytes.size() / sizeof(T));
    for (std::size_t i = 0; i < values.size(); ++i) {
        T value{};
        std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
        values[i] = static_cast<double>(static_cast<Through<T>>(value));
    }
    return values;
}

[[noreturn]] void refuse_type(DType dtype)
{
    throw std::invalid_argument("the selftest has no cases in " + std::string(name_of(dtype)));
}

std::vector<std::byte> encode(DType dtype, const std::vector<double>& values)
{
    switch (dtype) {
    case DType::F64: return bytes_of<double>(values);
    case DType::F32: return bytes_of<float>(values);
    case DType::BF16: return bytes_of<bfloat16>(values);
    case DType::I32: return bytes_of<std::int32_t>(values);
    default: refuse_type(dtype);
    }
}

std::vector<double> decode(DType dtype, const std::vector<std::byte>& bytes)
{
    switch (dtype) {
    case DType::F64: return values_of<double>(bytes);
    case DType::F32: return values_of<float>(bytes);
    case DType::BF16: return values_of<bfloat16>(bytes);
    case DType::I32: return values_of<std::int32_t>(bytes);
    default: refuse_type(dtype);
    }
}

} // namespace

Arena::Arena(Device device, DType dtype, std::string_view op, DType grid)
    : m_device(device), m_dtype(dtype), m_grid(grid), m_seed(hash_of(op))
{}

void* Arena::store(DType dtype, const std::vector<double>& values, Role role)
{
    const std::vector<std::byte> bytes = encode(dtype, values);
    m_buffers.emplace_back(m_device, bytes.size());
    copy_from_host(m_device, m_buffers.back().data(), bytes.data(), bytes.size());
    if (role == Role::Output)
        m_written.push_back({m_buffers.size() - 1, dtype, static_cast<std::int64_t>(values.size())});
    return m_buffers.back().data();
}

std::vector<double> Arena::uniform(std::int64_t count, double low, double high)
{
    const Philox random(m_seed, m_draws++);
    std::vector<double> values;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto value = static_cast<float>(low + (high - low) * random.uniform(static_cast<std::uint64_t>(i)));
        values.push_back(static_cast<double>(m_grid == DType::BF16 ? static_cast<float>(bfloat16(value)) : value));
    }
    return values;
}

std::vector<double> Arena::uniform_indices(std::int64_t count, std::int64_t low, std::int64_t high)
{
    const Philox random(m_seed, m_draws++);
    std::vector<double> values;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto drawn = random.below(static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(high - low));
        values.push_back(static_cast<double>(low + static_cast<std::int64_t>(drawn)));
    }
    return values;
}

View<2> Arena::choices(std::int64_t rows, std::int64_t top_k, std::int64_t bound)
{
    // Neighbours from a random expert on, so that no two of a token are the same.
    const std::vector<double> first = uniform_indices(rows, 0, bound);
    std::vector<double> values;
    for (const double start : first)
        for (std::int64_t k = 0; k < top_k; ++k)
            values.push_back(static_cast<double>((static_cast<std::int64_t>(start) + k) % bound));
    return place<2>(DType::I32, {rows, top_k}, values, Role::Input);
}

View<1> Arena::permutation(std::int64_t count)
{
    const Philox random(m_seed, m_draws++);
    std::vector<double> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 0.0);
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i, i)]);
    return place<1>(DType::I32, {count}, values, Role::Input);
}

View<1> Arena::offsets(std::int64_t groups, std::int64_t rows)
{
    std::vector<double> cuts = uniform_indices(groups - 1, 0, rows + 1);
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t i = 1; i < cuts.size(); i += 3) cuts[i] = cuts[i - 1]; // nothing in between
    cuts.insert(cuts.begin(), 0.0);
    cuts.push_back(static_cast<double>(rows));
    return place<1>(DType::I32, {groups + 1}, cuts, Role::Input);
}

View<1> Arena::bytes(std::int64_t count)
{
    m_buffers.emplace_back(m_device, static_cast<std::size_t>(count));
    return View<1>(m_buffers.back().data(), DType::U8, {count});
}

std::vector<Output> Arena::outputs(Stream& stream) const
{
    stream.synchronize();
    std::vector<Output> outputs;
    for (const Written& written : m_written) {
        std::vector<std::byte> bytes(static_cast<std::size_t>(written.count) * size_of(written.dtype));
        copy_to_host(m_device, bytes.data(), m_buffers[written.buffer].data(), bytes.size());
        outputs.push_back({decode(written.dtype, bytes), written.dtype == DType::I32});
    }
    return outputs;
}

} // namespace triptych::selftest
