// Matrix products of the CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/gemm.h"

#include "kernels/base/memory.h"
#include "kernels/cpu/gemm_part.h"
#include "kernels/cpu/gemv.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"

#include <algorithm>
#include <bit>

namespace triptych::cpu {
namespace {

/// One row of C. Rows are independent, and each adds in the same order whoever computes it.
void dgemm_row(const Gemm<double>& g, std::int64_t i)
{
    double* c = g.c + i * g.ldc;
    const double* addend = g.addend ? g.addend + i * g.ld_addend : c;
    const auto a_row = [&](std::int64_t r) { return g.a + g.a_rows(r) * g.lda; };
    const auto b_row = [&](std::int64_t r) { return g.b + g.b_rows(r) * g.ldb; };
    const bool ta = g.transpose_a == Transpose::Yes;
    if (g.transpose_b == Transpose::Yes && !ta) {
        for (std::int64_t j = 0; j < g.n; ++j) {
            const double value = g.alpha * dot(a_row(i), b_row(j), g.k);
            c[j] = g.beta == 0 ? value : g.beta * addend[j] + value;
        }
        return;
    }
    if (g.beta == 0)
        std::fill_n(c, g.n, 0.0);
    else if (g.beta != 1 || addend != c)
        scale(g.beta, addend, c, g.n);
    for (std::int64_t l = 0; l < g.k; ++l) {
        const double factor = g.alpha * (ta ? a_row(l)[i] : a_row(i)[l]);
        if (g.transpose_b == Transpose::No) {
            axpy(factor, b_row(l), c, g.n);
        } else {
            for (std::int64_t j = 0; j < g.n; ++j) c[j] += factor * b_row(j)[l];
        }
    }
}

/// Parts of rows are whole tiles.
constexpr std::int64_t kRowUnit = 6;
/// Multiplies and adds that are worth a thread.
constexpr std::int64_t kGrain = std::int64_t{1} << 19;
/// Rows or columns of a part. Each part brings the other operand into order again unless it is packed or read in place,
/// so parts are long then; otherwise they are short, for a thread that is held up to have less left to do.
constexpr std::int64_t kPackedPart = 252;
constexpr std::int64_t kPart = 504;
/// The least of a part, for products that have no more: of ones that bring nothing into order, and of others.
constexpr std::int64_t kLeastPackedPart = 60;
constexpr std::int64_t kLeastPart = 126;

template <class In, class Out>
void on_this_thread(const Gemm<In, Out>& g)
{
    if (g.m > 0 && g.n > 0) multiply(g, {.end_row = g.m, .end_column = g.n});
}

/// Whether parts of rows bring nothing into order that they share: B.
bool shares_in_order(const Gemm<float>& g)
{
    return g.b_packed || read_in_place(g).b;
}
template <class Out>
bool shares_in_order(const Gemm<bfloat16, Out>& g)
{
    return g.b_packed;
}

/// Rows [row, end) of A as what is read soon: not more than the second cache has room for beside what is multiplied.
template <class In, class Out>
Strip rows_of_a(const Gemm<In, Out>& g, std::int64_t row, std::int64_t end)
{
    constexpr std::int64_t kMost = 512 << 10;
    constexpr auto kBytes = static_cast<std::int64_t>(sizeof(In));
    const std::int64_t rows = std::min(end, g.m) - row;
    if (g.transpose_a == Transpose::Yes || g.a_rows.order || rows <= 0 || rows * g.k * kBytes > kMost) return {};
    return {reinterpret_cast<const char*>(g.a + row * g.lda), g.lda * kBytes, g.k * kBytes, rows};
}

/// Weight gradients of so long a sum and so few results are cut along the sum: each operand is then read by one thread,
/// row after row. All threads together would read all of the smaller operand each, and parts of the rows of the other.
constexpr std::int64_t kLongSum = 2048;
constexpr std::int64_t kFewResults = std::int64_t{1} << 16;

/// Depends on nothing but the product, since it decides in which order sums run.
bool has_two_sums(const Gemm<float>& g)
{
    const InPlace in_place = read_in_place(g);
    return in_place.a && in_place.b && g.k >= kLongSum && g.m * g.n > 0 && g.m * g.n <= kFewResults;
}
template <class Out>
bool has_two_sums(const Gemm<bfloat16, Out>&)
{
    return false;
}

/// C from the first half of the sum, and what the second one adds to it.
void in_two_sums(const Stream& stream, const Gemm<float>& g)
{
    thread_local DeviceBuffer memory;
    constexpr std::size_t kBytes = kFewResults * sizeof(float);
    if (memory.bytes() < kBytes) memory = DeviceBuffer(Device{}, kBytes);
    Gemm<float> halves[] = {g, g};
    auto& [first, second] = halves;
    first.k = g.k / 2;
    second.k = g.k - first.k;
    second.a += first.k * g.lda;
    second.b += first.k * g.ldb;
    second.beta = 0;
    second.c = static_cast<float*>(memory.data());
    second.ldc = g.n;
    const std::int64_t parts = std::max(1, stream.threads() / 2); // of the rows
    const std::int64_t step = ((g.m + parts - 1) / parts + kRowUnit - 1) / kRowUnit * kRowUnit;
    parallel_for_dynamic(stream, 2 * parts, [&](std::int64_t i) {
        const std::int64_t row = std::min(i / 2 * step, g.m);
        if (row < g.m) multiply(halves[i % 2], {.row = row, .end_row = std::min(row + step, g.m), .end_column = g.n});
    });
    parallel_for(
        stream, g.m, [&](std::int64_t r) { axpy(1.0F, second.c + r * g.n, g.c + r * g.ldc, g.n); }, 32);
}
template <class Out>
void in_two_sums(const Stream&, const Gemm<bfloat16, Out>&)
{}

/// Cuts C along its longer side, and along rows where these are enough. The cut decides who computes what, not in which
/// order sums run.
template <class In, class Out>
void on_all_threads(const Stream& stream, const Gemm<In, Out>& g)
{
    if (has_two_sums(g)) return in_two_sums(stream, g);
    const bool b_in_order = shares_in_order(g);
    const bool rows = g.m >= g.n || (b_in_order && g.m >= stream.threads() * kLeastPackedPart);
    const bool in_order = rows ? b_in_order : g.b_packed != nullptr;
    const std::int64_t length = rows ? g.m : g.n;
    const std::int64_t most = std::min(length / (in_order ? kLeastPackedPart : kLeastPart), g.m * g.n * g.k / kGrain);
    const std::int64_t threads = std::min<std::int64_t>(stream.threads(), most);
    if (threads < 2) return on_this_thread(g);
    // A multiple of the threads, so that all have the same to do.
    const std::int64_t size = in_order ? kPackedPart : kPart;
    const std::int64_t parts = threads * std::max<std::int64_t>(1, (length + threads * size / 2) / (threads * size));
    const std::int64_t unit = rows ? kRowUnit : packed_columns();
    const std::int64_t step = ((length + parts - 1) / parts + unit - 1) / unit * unit;
    parallel_for_dynamic(stream, (length + step - 1) / step, [&](std::int64_t i) {
        Part part{.end_row = g.m, .end_column = g.n};
        Gemm<In, Out> product = g;
        if (rows) product.soon[0] = rows_of_a(g, (i + threads) * step, (i + threads + 1) * step);
        (rows ? part.row : part.column) = i * step;
        (rows ? part.end_row : part.end_column) = std::min(length, (i + 1) * step);
        multiply(product, part);
    });
}

/// Whether a product is one for gemv.h.
bool has_few_rows(const Gemm<float>& g)
{
    return g.m < kFewRows && g.transpose_a == Transpose::No && g.b && !g.b_rows.order;
}

Gemv<float> few_rows(const Gemm<float>& g)
{
    return {.transpose_b = g.transpose_b,
            .m = g.m,
            .n = g.n,
            .k = g.k,
            .alpha = g.alpha,
            .a = g.a,
            .lda = g.lda,
            .a_rows = g.a_rows,
            .b = g.b,
            .ldb = g.ldb,
            .beta = g.beta,
            .addend = g.addend,
            .ld_addend = g.ld_addend,
            .c = g.c,
            .ldc = g.ldc};
}

} // namespace

void* thread_scratch(std::size_t bytes)
{
    // More than most products ask for: which thread gets the largest part differs from step to step, and none should
    // take memory then. From here on the system is asked for large pages; what is not used stays with it.
    constexpr std::size_t kLeast = std::size_t{4} << 20;
    thread_local DeviceBuffer memory;
    if (bytes > memory.bytes()) {
        memory = DeviceBuffer();
        memory = DeviceBuffer(Device{}, std::max(kLeast, std::bit_ceil(bytes)));
    }
    return memory.data();
}

void gemm(const Stream& stream, const Gemm<float>& product)
{
    if (has_few_rows(product)) return gemv(stream, few_rows(product));
    on_all_threads(stream, product);
}
void gemm(const Stream& stream, const Gemm<bfloat16, float>& product)
{
    on_all_threads(stream, product);
}
void gemm(const Stream& stream, const Gemm<bfloat16, bfloat16>& product)
{
    on_all_threads(stream, product);
}
void gemm_on_this_thread(const Gemm<float>& product)
{
    if (has_few_rows(product)) return gemv_columns(few_rows(product), 0, product.n);
    on_this_thread(product);
}
void gemm_on_this_thread(const Gemm<bfloat16, float>& product)
{
    on_this_thread(product);
}
void gemm_on_this_thread(const Gemm<bfloat16, bfloat16>& product)
{
    on_this_thread(product);
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
