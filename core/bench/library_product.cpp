// The product of the library, by its matmul primitive.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/library_product.h"

#include "core/bench/library_matmul.h"

#include <algorithm>
#include <chrono>

namespace triptych {

namespace {

constexpr StepProduct kYardstick = {.m = 2048, .n = 512, .k = 512, .count = 1};

} // namespace

struct LibraryProduct::Parts {
    explicit Parts(DType operands)
        : engine(dnnl::engine::kind::cpu, 0), stream(engine), product(engine, kYardstick, operands, 1, 1)
    {}

    dnnl::engine engine;
    dnnl::stream stream;
    LibraryMatmul product;
};

LibraryProduct::LibraryProduct(DType operands, int threads) : m_threads(threads)
{
    const LibraryThreads limit(threads);
    try {
        m_parts = std::make_unique<Parts>(operands == DType::BF16 ? DType::BF16 : DType::F32);
    } catch (const dnnl::error&) {
        // bf16 without AVX-512: there is nothing to compare with
    }
}

LibraryProduct::~LibraryProduct() = default;

double LibraryProduct::measure()
{
    using Clock = std::chrono::steady_clock;
    constexpr int kLeastRuns = 5;
    if (!m_parts) return 0;
    const LibraryThreads limit(m_threads);
    const auto run = [&] { m_parts->product.run(m_parts->stream, 0, 0); };
    run(); // the first one touches the pages
    const auto start = Clock::now();
    double best = 0;
    for (int runs = 0; runs < kLeastRuns || Clock::now() - start < std::chrono::milliseconds(30); ++runs) {
        const auto before = Clock::now();
        run();
        const double seconds = std::chrono::duration<double>(Clock::now() - before).count();
        best = std::max(best, kYardstick.flops() / seconds);
    }
    return best;
}

} // namespace triptych
