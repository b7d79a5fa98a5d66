// A projection without bias, as every matrix of the model is: y = x W^T, W stored [out, in].
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/pass.h"
#include "kernels/base/write_mode.h"

#include <string>

namespace triptych {

class Linear {
public:
    Linear(std::string name, std::int64_t in, std::int64_t out) : m_name(std::move(name)), m_in(in), m_out(out) {}

    void declare(ParamRows& rows);
    /// x [N, in], y [N, out]; both may be column slices.
    void forward(Pass& pass, ConstView<2> x, View<2> y) const;
    /// dweight accumulates, dx is overwritten unless told to accumulate.
    void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx, WriteMode dx_mode = WriteMode::Overwrite) const;

    std::int64_t in() const { return m_in; }
    std::int64_t out() const { return m_out; }
    ParamId id() const { return m_weight; }

private:
    std::string m_name;
    std::int64_t m_in;
    std::int64_t m_out;
    ParamId m_weight;
};

} // namespace triptych
