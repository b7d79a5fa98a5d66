// All parameters of a model in one flat buffer per role (weights, gradients, moments), with one row per parameter.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/memory.h"
#include "kernels/base/stream.h"
#include "kernels/base/view.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

enum class Init : std::uint8_t { Normal = 1, Ones, Zeros };
enum class Decay : std::uint8_t { No = 1, Yes };
/// Buffers are saved with the weights but have no gradient and are left alone by the optimizer (the expert bias).
enum class ParamRole : std::uint8_t { Trained = 1, Buffer };

/// Whether products read the row, by way of a packed copy where training keeps one. Such a row is a matrix [out, in],
/// or one for each expert [E, out, in].
enum class Packing : std::uint8_t { No = 1, Yes };
/// Whether single rows of a matrix are looked up too, which happens in the wide type: a table that the head shares.
enum class Lookup : std::uint8_t { No = 1, Yes };
/// How a pass writes the row's gradient: once, as a matrix that one product reads is, or by adding to it several times.
enum class GradientWrites : std::uint8_t { Once = 1, Many };

/// One tensor of a checkpoint: a slice of a row, the slices of a row lying one after another in memory.
struct ParamPart {
    std::string name; ///< as in a deepseek_v3 checkpoint, "model.layers.1.mlp.experts.3.up_proj.weight"
    std::vector<std::int64_t> shape;
};

struct ParamRow {
    std::string name;
    std::vector<std::int64_t> shape;
    Init init = Init::Normal;
    Decay decay = Decay::Yes;
    ParamRole role = ParamRole::Trained;
    Packing packing = Packing::No;
    GradientWrites gradient_writes = GradientWrites::Many;
    Lookup lookup = Lookup::No;
    std::vector<ParamPart> parts = {}; ///< empty: the row itself is the checkpoint's tensor
    std::int64_t offset = 0; ///< in elements, within the buffers of its role; of a narrow row within those of its type

    std::int64_t count() const;
    /// Whether a store for inference with weights of BF16 holds it so.
    bool may_be_narrow() const { return packing == Packing::Yes && lookup == Lookup::No; }
};

/// Index of a row.
struct ParamId {
    std::size_t index = SIZE_MAX;
    bool operator==(const ParamId&) const = default;
};

/// The rows as blocks declare them, in the order of the forward pass.
class ParamRows {
public:
    /// Throws std::invalid_argument when a name is declared twice or parts do not add up to the row.
    ParamId add(ParamRow row);
    const std::vector<ParamRow>& rows() const { return m_rows; }
    /// Elements of a role's buffer, alignment gaps included.
    std::int64_t elements(ParamRole role) const;
    /// Parameters without gaps; trained ones only.
    std::int64_t parameters() const;
    /// Lays the rows that may be narrow out in a buffer of their own, apart from the others.
    void set_narrow_apart();
    /// Elements of that buffer.
    std::int64_t narrow_elements() const { return m_narrow; }

private:
    std::vector<ParamRow> m_rows;
    std::int64_t m_trained = 0;
    std::int64_t m_buffers = 0;
    std::int64_t m_narrow = 0;
};

enum class StoreFor : std::uint8_t { Inference = 1, Training };

/// Owns the memory of the rows. F32 or F64. Gaps between rows are zero in every buffer and stay so. A store for
/// training with products of BF16 (`operands`) also holds packed copies of its matrices, with those of F32 of all but
/// experts'; one for inference with products of BF16 holds the matrices themselves in BF16, and nothing of them in the
/// wide type.
class ParamStore {
public:
    ParamStore(Device device, DType dtype, ParamRows rows, StoreFor purpose);
    ParamStore(Device device, DType dtype, DType operands, ParamRows rows, StoreFor purpose);

    const std::vector<ParamRow>& rows() const { return m_rows.rows(); }
    Device device() const { return m_device; }
    DType dtype() const { return m_dtype; }
    /// Of a row: BF16 for the matrices of a narrow store for inference, else that of the store.
    DType dtype_of(const ParamRow& row) const { return is_narrow(row) ? DType::BF16 : m_dtype; }
    StoreFor purpose() const { return m_purpose; }
    std::size_t bytes() const;
    /// What a store of these rows, for training, takes beside the rows themselves.
    static std::size_t squares_bytes_of(const ParamRows& rows);
    static std::size_t packed_bytes_of(const ParamRows& rows, DType operands, StoreFor purpose);

    /// Draws every row from (seed, name of the checkpoint tensor, element): the same weights whatever the threads, the
    /// dtype or the order of rows. Zeroes gradients and moments. init_std: standard deviation of Normal rows.
    void initialize(std::uint64_t seed, double init_std);
    void zero_gradients();
    /// Of the rows that a pass adds to; the others are overwritten by a pass whose gradient mode is Overwrite.
    void zero_added_gradients();
    /// Brings the packed copies up to date with the weights, from which time on products read them; without any it does
    /// nothing. The optimizer keeps them so.
    void pack(Stream& stream);
    bool is_packed() const { return m_is_packed; }
    /// Where weights change by other hands: their copies are not read until they are packed again.
    void set_unpacked() { m_is_packed = false; }
    /// What an update of row i writes beside the weight: empty views for a row without packed copies.
    struct PackedCopies {
        std::array<std::int64_t, 3> matrices = {}; ///< [E, out, in]
        View<1> forward;
        View<1> backward;
        DType operands = DType::F32;
    };
    PackedCopies packed_copies(std::size_t row) const;
    /// Packed copies of a row for operands of this type, which products read instead of weight(); empty views where
    /// there are none.
    ConstView<1> packed_forward(ParamId id, DType operand) const
    {
        return has_packed_for(operand) ? packed(m_packed_rows[id.index].forward) : ConstView<1>();
    }
    ConstView<1> packed_backward(ParamId id, DType operand) const
    {
        return has_packed_for(operand) ? packed(m_packed_rows[id.index].backward) : ConstView<1>();
    }

    template <int Rank>
    View<Rank> weight(ParamId id) const
    {
        const ParamRow& row = m_rows.rows()[id.index];
        return at<Rank>(id, weight_pointer(row), dtype_of(row));
    }
    template <int Rank>
    View<Rank> gradient(ParamId id) const
    {
        const std::int64_t offset = m_rows.rows()[id.index].offset * static_cast<std::int64_t>(size_of(m_dtype));
        return at<Rank>(id, static_cast<char*>(m_gradients.data()) + offset, m_dtype);
    }

    /// Sum of squares of the gradient of each expert's matrix, as the product that writes it leaves it: F64 [E]. Empty for
    /// rows that no single product of experts writes.
    View<1> gradient_squares(ParamId id) const { return gradient_squares(id.index); }
    View<1> gradient_squares(std::size_t row) const;

    /// Whole buffers of trained rows: [elements]. Moments and gradients exist for training only.
    View<1> weights() const { return flat(m_weights, ParamRole::Trained); }
    View<1> gradients() const { return flat(m_gradients, ParamRole::Trained); }
    View<1> first_moments() const { return flat(m_first_moments, ParamRole::Trained); }
    View<1> second_moments() const { return flat(m_second_moments, ParamRole::Trained); }
    View<1> buffers() const { return flat(m_buffers, ParamRole::Buffer); }

    /// Where a row starts in its buffer, as a pointer.
    void* weight_pointer(const ParamRow& row) const;

private:
    /// How many sums of squares the products that write the gradient of a row leave.
    static std::int64_t squares_of(const ParamRow& row)
    {
        return row.shape.size() == 3 && row.gradient_writes == GradientWrites::Once ? row.shape[0] : 0;
    }
    bool holds_narrow() const { return m_operands == DType::BF16 && m_purpose == StoreFor::Inference; }
    bool is_narrow(const ParamRow& row) const { return holds_narrow() && row.may_be_narrow(); }
    const DeviceBuffer& base(ParamRole role) const { return role == ParamRole::Trained ? m_weights : m_buffers; }
    View<1> flat(const DeviceBuffer& buffer, ParamRole role) const;
    template <int Rank>
    View<Rank> at(ParamId id, void* start, DType dtype) const
    {
        const ParamRow& row = m_rows.rows()[id.index];
        require(row.shape.size() == Rank, row.name.c_str(), "asked for with another rank than declared");
        std::array<std::int64_t, Rank> shape{};
        for (std::size_t i = 0; i < Rank; ++i) shape[i] = row.shape[i];
        return View<Rank>(start, dtype, shape);
    }

    struct Bytes {
        std::int64_t offset = 0;
        std::int64_t count = 0;
    };
    struct PackedRow {
        Bytes forward;
        Bytes backward;
    };
    ConstView<1> packed(const Bytes& bytes) const
    {
        if (bytes.count == 0) return {};
        return ConstView<1>(static_cast<const char*>(m_packed.data()) + bytes.offset, DType::U8, {bytes.count});
    }
    bool has_packed_for(DType operand) const { return m_is_packed && operand == m_operands && !m_packed_rows.empty(); }
    static std::vector<PackedRow> packed_rows(const ParamRows& rows, DType operands);
    static std::size_t end_of(const std::vector<PackedRow>& rows);

    Device m_device;
    DType m_dtype;
    DType m_operands;
    StoreFor m_purpose;
    ParamRows m_rows;
    bool m_is_packed = false;
    DeviceBuffer m_weights;
    DeviceBuffer m_narrow_weights;
    DeviceBuffer m_gradients;
    DeviceBuffer m_first_moments;
    DeviceBuffer m_second_moments;
    DeviceBuffer m_buffers;
    std::vector<PackedRow> m_packed_rows; ///< by row; empty without packed copies
    DeviceBuffer m_packed;
    std::vector<std::int64_t> m_square_rows; ///< by row, where its squares begin
    DeviceBuffer m_squares;                  ///< F64
};

} // namespace triptych
