// A projection without bias, as every matrix of the model is: y = x W^T, W stored [out, in].
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/pass.h"
#include "kernels/base/write_mode.h"

#include <string>

namespace triptych {

class Linear {
public:
    /// packing: No for a projection that stays in the wide type (the router's).
    Linear(std::string name, std::int64_t in, std::int64_t out, Packing packing = Packing::Yes)
        : m_name(std::move(name)), m_in(in), m_out(out), m_packing(packing)
    {
    }

    void declare(ParamRows& rows);
    /// y = x W^T, plus the addend [N, out] (wide) where one is given. x [N, in], y [N, out]; all may be column slices.
    void forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> addend = {}) const;
    /// dweight accumulates unless pass.gradient_mode says otherwise, dx is overwritten unless told to accumulate.
    void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx, WriteMode dx_mode = WriteMode::Overwrite) const;

    std::int64_t in() const { return m_in; }
    std::int64_t out() const { return m_out; }
    ParamId id() const { return m_weight; }

private:
    std::string m_name;
    std::int64_t m_in;
    std::int64_t m_out;
    Packing m_packing;
    ParamId m_weight;
};

} // namespace triptych
