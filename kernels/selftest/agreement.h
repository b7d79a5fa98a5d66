// Does a device compute what the reference computes? Every op against F64 on the CPU, on the same values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/selftest/op_case.h"

#include <span>
#include <string>
#include <vector>

namespace triptych::selftest {

/// How far a correct kernel of this element type may be from the truth, relative to the largest true value (at least
/// 1).
double tolerance_of(DType dtype);

struct Agreement {
    std::string op;
    Device device;
    DType dtype = DType::F32;
    double error =
        0; ///< largest over all outputs and sizes, relative as above; infinite for not-a-number and wrong indices
    double tolerance = 0;
    std::string failure; ///< what the op threw instead of computing; else empty
    bool ok() const { return failure.empty() && error <= tolerance; }
};

/// Runs every case that has a backend for the stream's device (and, for BF16, takes that type) at several sizes:
/// nothing, one token, fewer than a vector, more than a tile. Never throws for what an op does.
std::vector<Agreement> check_ops(Stream& stream, DType dtype, std::span<const OpCase> cases);

} // namespace triptych::selftest
