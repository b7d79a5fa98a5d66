// Matrix products of the CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/gemm.h"

#include "kernels/base/error.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"

#include <oneapi/dnnl/dnnl.h>

#include <algorithm>
#include <string>

namespace triptych::cpu {
namespace {

template <class T>
void scale_rows(const Gemm<T>& g)
{
    for (std::int64_t i = 0; i < g.m; ++i) {
        T* row = g.c + i * g.ldc;
        if (g.beta == T{0})
            std::fill_n(row, g.n, T{0});
        else if (g.beta != T{1})
            scale(g.beta, row, row, g.n);
    }
}

/// oneDNN takes as many threads as OpenMP offers to the caller, so the count is set around the call.
void sgemm(const Gemm<float>& g, int threads)
{
    if (g.m == 0 || g.n == 0) return;
    if (g.k == 0) return scale_rows(g);
    const ThreadCount count(threads);
    const char ta = g.transpose_a == Transpose::Yes ? 'T' : 'N';
    const char tb = g.transpose_b == Transpose::Yes ? 'T' : 'N';
    const dnnl_status_t status = dnnl_sgemm(ta, tb, g.m, g.n, g.k, g.alpha, g.a, g.lda, g.b, g.ldb, g.beta, g.c, g.ldc);
    if (status == dnnl_success) return;
    throw DeviceError("oneDNN refused a matrix product of " + std::to_string(g.m) + " x " + std::to_string(g.n) +
                      " x " + std::to_string(g.k) + " (status " + std::to_string(static_cast<int>(status)) + ")");
}

/// One row of C. Rows are independent, and each adds in the same order whoever computes it.
void dgemm_row(const Gemm<double>& g, std::int64_t i)
{
    double* c = g.c + i * g.ldc;
    const bool ta = g.transpose_a == Transpose::Yes;
    if (g.transpose_b == Transpose::Yes && !ta) {
        for (std::int64_t j = 0; j < g.n; ++j) {
            const double value = g.alpha * dot(g.a + i * g.lda, g.b + j * g.ldb, g.k);
            c[j] = g.beta == 0 ? value : g.beta * c[j] + value;
        }
        return;
    }
    if (g.beta == 0)
        std::fill_n(c, g.n, 0.0);
    else if (g.beta != 1)
        scale(g.beta, c, c, g.n);
    for (std::int64_t l = 0; l < g.k; ++l) {
        const double factor = g.alpha * (ta ? g.a[l * g.lda + i] : g.a[i * g.lda + l]);
        if (g.transpose_b == Transpose::No) {
            axpy(factor, g.b + l * g.ldb, c, g.n);
        } else {
            for (std::int64_t j = 0; j < g.n; ++j) c[j] += factor * g.b[j * g.ldb + l];
        }
    }
}

} // namespace

void gemm(const Stream& stream, const Gemm<float>& product)
{
    sgemm(product, stream.threads());
}
void gemm_on_this_thread(const Gemm<float>& product)
{
    sgemm(product, 1);
}

void gemm(const Stream& stream, const Gemm<double>& product)
{
    parallel_for(stream, product.m, [&](std::int64_t i) { dgemm_row(product, i); });
}
void gemm_on_this_thread(const Gemm<double>& product)
{
    for (std::int64_t i = 0; i < product.m; ++i) dgemm_row(product, i);
}

} // namespace triptych::cpu
