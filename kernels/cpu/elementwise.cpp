// Sums, copies and scaling on the CPU. Whole matrices are cut into equal pieces, column slices into rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/elementwise.h"

#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr std::int64_t kPiece = 16384; ///< values that are worth a thread

/// How a matrix is walked: `pieces` runs of neighbouring values.
struct Walk {
    std::int64_t pieces;
    std::int64_t length; ///< of each piece but the last
    std::int64_t total;
    bool by_rows;

    std::int64_t size(std::int64_t piece) const { return by_rows ? length : std::min(length, total - piece * length); }
    std::int64_t offset(std::int64_t piece, std::int64_t row_stride) const
    {
        return piece * (by_rows ? row_stride : length);
    }
    std::int64_t grain() const { return std::max<std::int64_t>(1, kPiece / std::max<std::int64_t>(1, length)); }
};

Walk walk(const View<2>& view, bool contiguous)
{
    if (contiguous) return {(view.count() + kPiece - 1) / kPiece, kPiece, view.count(), false};
    return {view.size(0), view.size(1), view.count(), true};
}

template <class T>
void add(Stream& stream, const Add& op)
{
    const Walk w = walk(op.y, true);
    cpu::parallel_for(stream, w.pieces, [&](std::int64_t i) {
        const std::int64_t at = i * kPiece;
        cpu::add(op.a.as<T>() + at, op.b.as<T>() + at, op.y.as<T>() + at, w.size(i));
    });
}

template <class T>
void copy(Stream& stream, const Copy& op)
{
    const Walk w = walk(op.y, op.x.is_contiguous() && op.y.is_contiguous());
    cpu::parallel_for(
        stream, w.pieces,
        [&](std::int64_t i) {
            const T* x = op.x.as<T>() + w.offset(i, op.x.row_stride());
            T* y = op.y.as<T>() + w.offset(i, op.y.row_stride());
            if (op.mode == WriteMode::Accumulate)
                cpu::add(y, x, y, w.size(i));
            else
                std::copy_n(x, w.size(i), y);
        },
        w.grain());
}

template <class T>
void scale(Stream& stream, const Scale& op)
{
    const Walk w = walk(op.y, op.y.is_contiguous());
    cpu::parallel_for(
        stream, w.pieces,
        [&](std::int64_t i) {
            T* y = op.y.as<T>() + w.offset(i, op.y.row_stride());
            cpu::scale(static_cast<T>(op.factor), y, y, w.size(i));
        },
        w.grain());
}

} // namespace

void launch(Cpu, Stream& stream, const Add& op)
{
    cpu::visit_float<Add>(op.y.dtype(), [&](auto zero) { add<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const Copy& op)
{
    cpu::visit_float<Copy>(op.y.dtype(), [&](auto zero) { copy<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const Scale& op)
{
    cpu::visit_float<Scale>(op.y.dtype(), [&](auto zero) { scale<decltype(zero)>(stream, op); });
}

} // namespace triptych
