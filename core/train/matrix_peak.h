// How fast this machine multiplies matrices: the denominator of MFU on a CPU, measured, not looked up.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"
#include "kernels/base/stream.h"

namespace triptych {

/// FLOP/s of products of 2048 x 512 x 512 through the stream, the best of several in about 30 ms. operands: F32, or BF16 with
/// sums in F32.
double measure_matrix_peak(Stream& stream, DType operands);

} // namespace triptych
