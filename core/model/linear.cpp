// A projection: one forward product, two backward products.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/linear.h"

#include "kernels/ops/linear.h"

namespace triptych {

void Linear::declare(ParamRows& rows)
{
    m_weight = rows.add({.name = m_name,
                         .shape = {m_out, m_in},
                         .packing = m_packing,
                         .gradient_writes = GradientWrites::Once});
}

void Linear::forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> addend) const
{
    run(pass.stream, LinearForward{.x = x,
                                   .weight = pass.params.weight<2>(m_weight),
                                   .y = y,
                                   .packed = pass.params.packed_forward(m_weight, x.dtype()),
                                   .addend = addend});
}

void Linear::backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx, WriteMode dx_mode) const
{
    run(pass.stream, LinearBackwardWeight{.x = x,
                                          .dy = dy,
                                          .dweight = pass.params.gradient<2>(m_weight),
                                          .mode = pass.gradient_mode});
    run(pass.stream, LinearBackwardInput{.dy = dy,
                                         .weight = pass.params.weight<2>(m_weight),
                                         .dx = dx,
                                         .mode = dx_mode,
                                         .packed = pass.params.packed_backward(m_weight, dy.dtype())});
}

} // namespace triptych
