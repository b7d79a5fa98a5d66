// Streams and events of the emulation. Work runs when it is queued, so there is nothing to wait for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <driver_types.h>

namespace cuda_emulation {

/// Whether it is the null stream or one that was made and not destroyed.
bool is_stream(cudaStream_t stream);

} // namespace cuda_emulation
