// Checks and costs of the experts' matrix products.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/grouped_linear.h"

#include "kernels/ops/product_checks.h"

namespace triptych {
namespace {

/// Sorted rows of a view that may be the tokens' instead.
template <bool Const>
std::int64_t sorted_rows(const char* op, const char* field, const char* order_field, const BasicView<2, Const>& view,
                         const ConstView<1>& order)
{
    require_dense(op, field, view, view.dtype(), view.shape());
    if (!order) return view.size(0);
    require_dense(op, order_field, order, DType::I32, order.shape());
    const std::int64_t rows = order.size(0);
    const std::int64_t tokens = view.size(0);
    if (tokens == 0 ? rows != 0 : rows % tokens != 0)
        refuse(op, std::string(order_field) + " has " + std::to_string(rows) + " rows, expected a multiple of the " +
                       std::to_string(tokens) + " tokens of " + field);
    return rows;
}

/// What follows on the rows of a result: it must read these.
template <bool Const, class Then>
void require_then(const char* op, const BasicView<2, Const>& result, const ConstView<2>& read, const Then& then)
{
    if (!read) return;
    if (read.raw() != result.raw() || read.shape() != result.shape() || read.dtype() != result.dtype())
        refuse(op, std::string("then reads other rows, expected the result of ") + op);
    then.check();
}

/// Of the matrices of experts that have rows: at most one for each row.
double expert_bytes(const ConstView<3>& weight, const ConstView<1>& packed, std::int64_t rows)
{
    const std::int64_t experts = weight.size(0);
    const auto bytes = static_cast<double>(read_bytes(weight, packed));
    return rows < experts ? bytes * static_cast<double>(rows) / static_cast<double>(experts) : bytes;
}

} // namespace

void GroupedLinearForward::check() const
{
    const auto [e, o, i] = weight.shape();
    const std::int64_t m = sorted_rows(name, "x", "order", x, order);
    require_dense(name, "x", x, x.dtype(), {x.size(0), x.size(1)});
    require_dense(name, "offsets", offsets, DType::I32, {e + 1});
    require_dense(name, "weight", weight, forward_weight_type(x.dtype(), weight.dtype()), {e, o, x.size(1)});
    require_dense(name, "y", y, result_type(x.dtype(), y.dtype()), {m, o});
    require_packed(name, packed, x.dtype(), weight.dtype(), e * packed_bytes_forward(o, i, x.dtype()));
    require_then(name, y, then.gate_up, then);
}
double GroupedLinearForward::flops() const
{
    return product_flops(y.size(0), x.size(1), weight.size(1));
}
double GroupedLinearForward::bytes() const
{
    return static_cast<double>(x.bytes() + offsets.bytes() + order.bytes() + y.bytes()) +
           expert_bytes(weight, packed, y.size(0)) +
           (then.gate_up ? then.bytes() - static_cast<double>(then.gate_up.bytes()) : 0);
}

void GroupedLinearBackwardInput::check() const
{
    const auto [e, o, i] = weight.shape();
    const std::int64_t m = sorted_rows(name, "dy", "order", dy, order);
    require_dense(name, "offsets", offsets, DType::I32, {e + 1});
    require_dense(name, "weight", weight, weight_type(dy.dtype(), weight.dtype()), {e, dy.size(1), i});
    require_dense(name, "dx", dx, result_type(dy.dtype(), dx.dtype()), {m, i});
    require_packed(name, packed, dy.dtype(), weight.dtype(), e * packed_bytes_backward(o, i, dy.dtype()));
    require_then(name, dx, then.dy, then);
}
double GroupedLinearBackwardInput::flops() const
{
    return product_flops(dx.size(0), weight.size(2), dy.size(1));
}
double GroupedLinearBackwardInput::bytes() const
{
    return static_cast<double>(dy.bytes() + offsets.bytes() + order.bytes() + dx.bytes()) +
           expert_bytes(weight, packed, dx.size(0)) +
           (then.dy ? then.bytes() - static_cast<double>(then.dy.bytes()) : 0);
}

void GroupedLinearBackwardWeight::check() const
{
    const std::int64_t e = dweight.size(0);
    const std::int64_t m = sorted_rows(name, "x", "x_order", x, x_order);
    const std::int64_t dy_rows = sorted_rows(name, "dy", "dy_order", dy, dy_order);
    require_dense(name, "dy", dy, x.dtype(), {dy_order ? dy.size(0) : m, dy.size(1)});
    if (dy_rows != m)
        refuse(name,
               "dy_order has " + std::to_string(dy_rows) + " rows, expected " + std::to_string(m) + ", those of x");
    require_dense(name, "offsets", offsets, DType::I32, {e + 1});
    require_dense(name, "dweight", dweight, wide_of(x.dtype()), {e, dy.size(1), x.size(1)});
    if (squares) require_dense(name, "squares", squares, DType::F64, {e});
}
double GroupedLinearBackwardWeight::flops() const
{
    return product_flops(x_order ? x_order.size(0) : x.size(0), x.size(1), dy.size(1));
}
double GroupedLinearBackwardWeight::bytes() const
{
    const std::size_t written = (mode == WriteMode::Accumulate ? 2 : 1) * dweight.bytes();
    return static_cast<double>(x.bytes() + dy.bytes() + offsets.bytes() + x_order.bytes() + dy_order.bytes() + written);
}

} // namespace triptych
