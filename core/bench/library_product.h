// oneDNN's matrix product as a yardstick: what a well-kept library reaches on the same machine in the same minutes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"

#include <memory>

namespace triptych {

/// One product of 2048 x 512 x 512 with packed weights, made once.
class LibraryProduct {
public:
    /// operands: F32, or BF16 with results in F32. threads: from 1.
    LibraryProduct(DType operands, int threads);
    ~LibraryProduct();
    LibraryProduct(const LibraryProduct&) = delete;
    LibraryProduct& operator=(const LibraryProduct&) = delete;

    /// FLOP/s, the best of several in about 30 ms; 0 where the library has no such product for this CPU.
    double measure();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
    int m_threads;
};

} // namespace triptych
