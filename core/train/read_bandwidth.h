// How fast this machine reads memory: the limit of decoding, whose every token reads all active weights.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/memory.h"

namespace triptych {

/// Holds a buffer far larger than the caches, so that it can be read again between other measurements.
class ReadBandwidth {
public:
    /// threads: at least 1. Throws DeviceError when there is no memory for the buffer (256 MiB).
    explicit ReadBandwidth(int threads);

    /// Bytes per second, each thread reading a part of its own; the best of several passes in about 40 ms.
    double measure() const;

private:
    int m_threads;
    DeviceBuffer m_buffer;
};

} // namespace triptych
