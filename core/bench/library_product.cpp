// The product of the library, by its matmul primitive.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/library_product.h"

#include <oneapi/dnnl/dnnl.hpp>

#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <unordered_map>

namespace triptych {

namespace {

constexpr std::int64_t kRows = 2048;
constexpr std::int64_t kWidth = 512;

/// The library takes as many threads as OpenMP offers to the caller.
class Threads {
public:
    explicit Threads(int threads) : m_before(omp_get_max_threads()) { omp_set_num_threads(threads); }
    ~Threads() { omp_set_num_threads(m_before); }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

private:
    int m_before;
};

} // namespace

struct LibraryProduct::Parts {
    explicit Parts(dnnl::memory::data_type type)
        : engine(dnnl::engine::kind::cpu, 0), stream(engine),
          description(dnnl::matmul::desc({{kRows, kWidth}, type, dnnl::memory::format_tag::ab},
                                         {{kWidth, kWidth}, type, dnnl::memory::format_tag::any},
                                         {{kRows, kWidth}, dnnl::memory::data_type::f32, dnnl::memory::format_tag::ab}),
                      attributes(), engine),
          product(description)
    {
        const auto zeros = [&](const dnnl::memory::desc& d) {
            dnnl::memory memory(d, engine);
            std::memset(memory.get_data_handle(), 0, d.get_size());
            return memory;
        };
        arguments = {{DNNL_ARG_SRC, zeros(description.src_desc())},
                     {DNNL_ARG_WEIGHTS, zeros(description.weights_desc())},
                     {DNNL_ARG_DST, zeros(description.dst_desc())},
                     {DNNL_ARG_SCRATCHPAD, zeros(description.scratchpad_desc())}};
    }

    /// With the library's own scratch memory a primitive is not safe between threads.
    static dnnl::primitive_attr attributes()
    {
        dnnl::primitive_attr result;
        result.set_scratchpad_mode(dnnl::scratchpad_mode::user);
        return result;
    }

    dnnl::engine engine;
    dnnl::stream stream;
    dnnl::matmul::primitive_desc description;
    dnnl::matmul product;
    std::unordered_map<int, dnnl::memory> arguments;
};

LibraryProduct::LibraryProduct(DType operands, int threads) : m_threads(threads)
{
    const Threads limit(threads);
    try {
        m_parts = std::make_unique<Parts>(operands == DType::BF16 ? dnnl::memory::data_type::bf16
                                                                  : dnnl::memory::data_type::f32);
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
    const Threads limit(m_threads);
    const auto run = [&] {
        m_parts->product.execute(m_parts->stream, m_parts->arguments);
        m_parts->stream.wait();
    };
    run(); // the first one touches the pages
    const auto start = Clock::now();
    double best = 0;
    for (int runs = 0; runs < kLeastRuns || Clock::now() - start < std::chrono::milliseconds(30); ++runs) {
        const auto before = Clock::now();
        run();
        const double seconds = std::chrono::duration<double>(Clock::now() - before).count();
        best = std::max(best, 2.0 * kRows * kWidth * kWidth / seconds);
    }
    return best;
}

} // namespace triptych
