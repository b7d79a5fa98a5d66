// run(stream, op): checks an op, tells the observer, launches it on the stream's backend. The only way to run an op.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/error.h"
#include "kernels/base/stream.h"

#include <string>

namespace triptych {

/// An op is a struct of named arguments with
///   static constexpr const char* name;  static constexpr Backends backends;
///   void check() const (throws ShapeError);  double flops() const;  double bytes() const;
/// and a free function launch(Cpu, Stream&, const Op&), and launch(Cuda, ...) where backends says so.
/// The call of launch is unqualified so that overloads declared after this header are found by their tag.
template <class Op> void run(Stream& stream, const Op& op)
{
    op.check();
    OpObserver* observer = stream.observer();
    const OpCost cost = observer ? OpCost{Op::name, op.flops(), op.bytes()} : OpCost{};
    if (observer) observer->before(cost);
    if (stream.device().kind == DeviceKind::Cpu) {
        launch(Cpu{}, stream, op);
    } else {
        if constexpr (Op::backends == Backends::CpuAndCuda) {
#if TRIPTYCH_WITH_CUDA
            launch(Cuda{}, stream, op);
#else
            throw UnsupportedError(std::string(Op::name) + ": this build has no CUDA backend");
#endif
        } else {
            throw UnsupportedError(std::string(Op::name) + ": not written for CUDA yet, run on the CPU");
        }
    }
    if (observer) observer->after(cost);
}

} // namespace triptych
