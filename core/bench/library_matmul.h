// A matrix product of oneDNN for one shape, made once and run on given memory. For the .cpp files of this folder only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/step_products.h"
#include "kernels/base/dtype.h"
#include "kernels/base/memory.h"

#include <oneapi/dnnl/dnnl.hpp>

#include <vector>

namespace triptych {

/// The library takes as many threads as OpenMP offers to the caller: `threads`, as long as this lives.
class LibraryThreads {
public:
    explicit LibraryThreads(int threads);
    ~LibraryThreads();
    LibraryThreads(const LibraryThreads&) = delete;
    LibraryThreads& operator=(const LibraryThreads&) = delete;

private:
    int m_before;
};

/// Made and run under LibraryThreads of the same number: a primitive of two threads is wrong inside a parallel region,
/// and the library keeps both apart by that number alone. Results are F32.
class LibraryMatmul {
public:
    /// Operands of ones, `copies` sets of them, and scratch memory for `threads` that run it at once (with the
    /// library's own, results would be silently wrong). Throws dnnl::error where the library has no such product.
    LibraryMatmul(const dnnl::engine& engine, const StepProduct& product, DType operands, std::int64_t copies,
                  int threads);

    /// thread: whose scratch memory is taken, from 0.
    void run(const dnnl::stream& stream, std::int64_t copy, int thread) const;

    /// Largest relative error of the results that were written, since ones give k everywhere; 0 where it accumulates.
    double error() const;

private:
    struct Copy {
        dnnl::memory x, w, y;
    };
    std::size_t copy_bytes() const;
    void make_copies(const dnnl::engine& engine, std::int64_t copies);

    StepProduct m_product;
    dnnl::matmul::primitive_desc m_description;
    dnnl::matmul m_primitive;
    DeviceBuffer m_memory;
    std::vector<Copy> m_copies;
    std::vector<dnnl::memory> m_scratch;
};

} // namespace triptych
