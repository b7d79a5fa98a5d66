// The flat parameter buffers: offsets, initial values, views.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/param_store.h"

#include "kernels/base/bfloat16.h"
#include "kernels/base/normal.h"
#include "kernels/ops/pack_weights.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace triptych {

namespace {

constexpr std::int64_t kAlignment = 16; // elements; 64 bytes in f32, so that every row starts on a cache line

std::int64_t product(const std::vector<std::int64_t>& shape)
{
    std::int64_t n = 1;
    for (auto s : shape) n *= s;
    return n;
}

std::int64_t aligned(std::int64_t elements)
{
    return (elements + kAlignment - 1) / kAlignment * kAlignment;
}

/// FNV-1a: turns a tensor's name into the number of its random stream.
std::uint64_t hash_of(const std::string& name)
{
    std::uint64_t h = 0xcbf29ce484222325;
    for (unsigned char c : name) h = (h ^ c) * 0x100000001b3;
    return h;
}

constexpr std::int64_t kBlock = 4096; // numbers that are drawn at once

void draw(double* values, std::int64_t count, const Philox& random, std::int64_t first, double init_std)
{
    for (std::int64_t i = 0; i < count; ++i)
        values[i] = init_std * random.normal(static_cast<std::uint64_t>(first + i));
}
void draw(float* values, std::int64_t count, const Philox& random, std::int64_t first, double init_std)
{
    draw_normal(random, static_cast<std::uint64_t>(first), init_std, values, count);
}
/// By way of F32, as a checkpoint of that type would be read.
void draw(bfloat16* values, std::int64_t count, const Philox& random, std::int64_t first, double init_std)
{
    std::array<float, kBlock> wide;
    draw(wide.data(), count, random, first, init_std);
    std::transform(wide.begin(), wide.begin() + count, values, [](float value) { return bfloat16(value); });
}

template <class T>
void draw_tensor(T* values, std::int64_t count, const std::string& name, std::uint64_t seed, double init_std)
{
    const Philox random(seed, hash_of(name));
#pragma omp parallel for schedule(static) if (count > kBlock)
    for (std::int64_t first = 0; first < count; first += kBlock)
        draw(values + first, std::min(kBlock, count - first), random, first, init_std);
}

template <class T>
void fill_row(T* values, const ParamRow& row, std::uint64_t seed, double init_std)
{
    if (row.init != Init::Normal) {
        std::fill_n(values, row.count(), T(row.init == Init::Ones ? 1.0F : 0.0F));
    } else if (row.parts.empty()) {
        draw_tensor(values, row.count(), row.name, seed, init_std);
    } else {
        for (const ParamPart& part : row.parts) {
            draw_tensor(values, product(part.shape), part.name, seed, init_std);
            values += product(part.shape);
        }
    }
}

} // namespace

std::int64_t ParamRow::count() const
{
    return product(shape);
}

ParamId ParamRows::add(ParamRow row)
{
    for (const ParamRow& other : m_rows)
        if (other.name == row.name) throw std::invalid_argument("parameter declared twice: " + row.name);
    if (!row.parts.empty()) {
        std::int64_t sum = 0;
        for (const ParamPart& part : row.parts) sum += product(part.shape);
        if (sum != row.count()) throw std::invalid_argument("parts do not add up to " + row.name);
    }
    std::int64_t& end = row.role == ParamRole::Trained ? m_trained : m_buffers;
    row.offset = end;
    end += aligned(row.count());
    m_rows.push_back(std::move(row));
    return ParamId{m_rows.size() - 1};
}

std::int64_t ParamRows::elements(ParamRole role) const
{
    return role == ParamRole::Trained ? m_trained : m_buffers;
}

std::int64_t ParamRows::parameters() const
{
    std::int64_t n = 0;
    for (const ParamRow& row : m_rows)
        if (row.role == ParamRole::Trained) n += row.count();
    return n;
}

void ParamRows::set_narrow_apart()
{
    m_trained = m_buffers = m_narrow = 0;
    for (ParamRow& row : m_rows) {
        std::int64_t& end = row.may_be_narrow() ? m_narrow : row.role == ParamRole::Trained ? m_trained : m_buffers;
        row.offset = end;
        // A cache line holds twice as many narrow ones.
        end += row.may_be_narrow() ? 2 * aligned((row.count() + 1) / 2) : aligned(row.count());
    }
}

namespace {

bool needs_packing(DType operands, StoreFor purpose)
{
    return (operands == DType::F32 || operands == DType::BF16) && purpose == StoreFor::Training;
}

/// Experts' matrices are many for the rows that each of them multiplies: in F32, whose copies are as large as they are,
/// the update would pay for the copies what products gain by them.
bool has_copies(const ParamRow& row, DType operands)
{
    const bool is_experts = row.shape.size() == 3;
    return row.packing == Packing::Yes && (operands == DType::BF16 || !is_experts);
}

/// A row as experts' matrices [E, out, in].
std::array<std::int64_t, 3> matrices(const ParamRow& row)
{
    const auto& s = row.shape;
    if (s.size() == 3) return {s[0], s[1], s[2]};
    return {1, s[0], s[1]};
}

} // namespace

std::vector<ParamStore::PackedRow> ParamStore::packed_rows(const ParamRows& rows, DType operands)
{
    constexpr std::int64_t kLine = 64;
    std::vector<PackedRow> result;
    std::int64_t end = 0;
    const auto take = [&](std::int64_t bytes) {
        const Bytes taken{end, bytes};
        end += (bytes + kLine - 1) / kLine * kLine;
        return taken;
    };
    for (const ParamRow& row : rows.rows()) {
        PackedRow packed;
        if (has_copies(row, operands)) {
            const auto [experts, out, in] = matrices(row);
            packed.forward = take(experts * packed_bytes_forward(out, in, operands));
            packed.backward = take(experts * packed_bytes_backward(out, in, operands));
        }
        result.push_back(packed);
    }
    return result;
}

std::size_t ParamStore::end_of(const std::vector<PackedRow>& rows)
{
    std::int64_t end = 0;
    for (const PackedRow& row : rows) end = std::max(end, row.backward.offset + row.backward.count);
    return static_cast<std::size_t>(end);
}

ParamStore::ParamStore(Device device, DType dtype, ParamRows rows, StoreFor purpose)
    : ParamStore(device, dtype, dtype, std::move(rows), purpose)
{
}

ParamStore::ParamStore(Device device, DType dtype, DType operands, ParamRows rows, StoreFor purpose)
    : m_device(device), m_dtype(dtype), m_operands(operands), m_purpose(purpose), m_rows(std::move(rows))
{
    if (holds_narrow()) m_rows.set_narrow_apart();
    const auto bytes = [&](ParamRole role) {
        return static_cast<std::size_t>(m_rows.elements(role)) * size_of(m_dtype);
    };
    const auto allocate = [&](DeviceBuffer& buffer, ParamRole role) {
        buffer = DeviceBuffer(m_device, bytes(role));
        fill_zero(m_device, buffer.data(), buffer.bytes());
    };
    allocate(m_weights, ParamRole::Trained);
    allocate(m_buffers, ParamRole::Buffer);
    if (holds_narrow()) {
        m_narrow_weights =
            DeviceBuffer(m_device, static_cast<std::size_t>(m_rows.narrow_elements()) * size_of(DType::BF16));
        fill_zero(m_device, m_narrow_weights.data(), m_narrow_weights.bytes());
    }
    if (purpose == StoreFor::Inference) return;
    allocate(m_gradients, ParamRole::Trained);
    allocate(m_first_moments, ParamRole::Trained);
    allocate(m_second_moments, ParamRole::Trained);
    std::int64_t squares = 0;
    for (const ParamRow& row : m_rows.rows()) {
        m_square_rows.push_back(squares);
        squares += squares_of(row);
    }
    m_squares = DeviceBuffer(m_device, static_cast<std::size_t>(squares) * sizeof(double));
    fill_zero(m_device, m_squares.data(), m_squares.bytes());
    if (!needs_packing(operands, purpose)) return;
    m_packed_rows = packed_rows(m_rows, operands);
    m_packed = DeviceBuffer(m_device, end_of(m_packed_rows));
    fill_zero(m_device, m_packed.data(), m_packed.bytes());
}

std::size_t ParamStore::bytes() const
{
    return m_weights.bytes() + m_narrow_weights.bytes() + m_buffers.bytes() + m_gradients.bytes() + m_first_moments.bytes() +
           m_second_moments.bytes() + m_packed.bytes() + m_squares.bytes();
}

std::size_t ParamStore::squares_bytes_of(const ParamRows& rows)
{
    std::int64_t squares = 0;
    for (const ParamRow& row : rows.rows()) squares += squares_of(row);
    return static_cast<std::size_t>(squares) * sizeof(double);
}

std::size_t ParamStore::packed_bytes_of(const ParamRows& rows, DType operands, StoreFor purpose)
{
    return needs_packing(operands, purpose) ? end_of(packed_rows(rows, operands)) : 0;
}

ParamStore::PackedCopies ParamStore::packed_copies(std::size_t row) const
{
    if (m_packed_rows.empty() || m_packed_rows[row].forward.count == 0) return {};
    const auto bytes = [&](const Bytes& b) {
        return View<1>(static_cast<char*>(m_packed.data()) + b.offset, DType::U8, {b.count});
    };
    return {matrices(m_rows.rows()[row]), bytes(m_packed_rows[row].forward), bytes(m_packed_rows[row].backward),
            m_operands};
}

View<1> ParamStore::gradient_squares(std::size_t row) const
{
    const ParamRow& of = m_rows.rows()[row];
    if (m_square_rows.empty() || squares_of(of) == 0) return {};
    return View<1>(static_cast<double*>(m_squares.data()) + m_square_rows[row], DType::F64, {squares_of(of)});
}

void ParamStore::pack(Stream& stream)
{
    for (std::size_t i = 0; i < m_packed_rows.size(); ++i) {
        const PackedCopies copies = packed_copies(i);
        if (!copies.forward) continue;
        run(stream, PackWeights{.weight = ConstView<3>(weight_pointer(m_rows.rows()[i]), m_dtype, copies.matrices),
                                .forward = copies.forward,
                                .backward = copies.backward,
                                .operands = copies.operands});
    }
    m_is_packed = true;
}

void ParamStore::initialize(std::uint64_t seed, double init_std)
{
    require(m_device.kind == DeviceKind::Cpu, "initialize", "weights are drawn on the CPU and copied from there");
    for (const ParamRow& row : m_rows.rows()) {
        if (is_narrow(row))
            fill_row(static_cast<bfloat16*>(weight_pointer(row)), row, seed, init_std);
        else if (m_dtype == DType::F64)
            fill_row(static_cast<double*>(weight_pointer(row)), row, seed, init_std);
        else
            fill_row(static_cast<float*>(weight_pointer(row)), row, seed, init_std);
    }
    m_is_packed = false;
    if (m_purpose == StoreFor::Inference) return;
    zero_gradients();
    fill_zero(m_device, m_first_moments.data(), m_first_moments.bytes());
    fill_zero(m_device, m_second_moments.data(), m_second_moments.bytes());
}

void ParamStore::zero_gradients()
{
    fill_zero(m_device, m_gradients.data(), m_gradients.bytes());
}

void ParamStore::zero_added_gradients()
{
    for (const ParamRow& row : m_rows.rows()) {
        if (row.role != ParamRole::Trained || row.gradient_writes == GradientWrites::Once) continue;
        const auto size = static_cast<std::int64_t>(size_of(m_dtype));
        fill_zero(m_device, static_cast<char*>(m_gradients.data()) + row.offset * size,
                  static_cast<std::size_t>(row.count() * size));
    }
}

void* ParamStore::weight_pointer(const ParamRow& row) const
{
    const DeviceBuffer& buffer = is_narrow(row) ? m_narrow_weights : base(row.role);
    return static_cast<char*>(buffer.data()) + row.offset * static_cast<std::int64_t>(size_of(dtype_of(row)));
}

View<1> ParamStore::flat(const DeviceBuffer& buffer, ParamRole role) const
{
    return View<1>(buffer.data(), m_dtype, {m_rows.elements(role)});
}

} // namespace triptych
