// How fast this machine multiplies matrices: the denominator of MFU on a CPU, measured, not looked up.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/stream.h"

namespace triptych {

/// FLOP/s of f32 products of 1024 x 512 x 512 through the stream, the best of several in about 30 ms.
double measure_matrix_peak(Stream& stream);

} // namespace triptych
