// Shapes as the library describes them, and memory for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/library_matmul.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace triptych {

namespace {

using Tag = dnnl::memory::format_tag;

/// Neighbouring operands do not share a line of the cache, nor do the halves of a large page.
std::size_t rounded(std::size_t bytes)
{
    constexpr std::size_t kAlignment = 4096;
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

dnnl::matmul::primitive_desc describe(const dnnl::engine& engine, const StepProduct& p, DType operands)
{
    const auto type = operands == DType::BF16 ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32;
    const Tag right = p.right == StepProduct::Right::Packed       ? Tag::any
                      : p.right == StepProduct::Right::Transposed ? Tag::ba
                                                                  : Tag::ab;
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (p.mode == WriteMode::Accumulate) {
        dnnl::post_ops sum;
        sum.append_sum(1);
        attributes.set_post_ops(sum);
    }
    return {dnnl::matmul::desc({{p.m, p.k}, type, p.left == StepProduct::Left::Transposed ? Tag::ba : Tag::ab},
                               {{p.k, p.n}, type, right}, {{p.m, p.n}, dnnl::memory::data_type::f32, Tag::ab}),
            attributes, engine};
}

void fill_with_ones(const dnnl::memory& memory, std::size_t values)
{
    constexpr std::uint16_t kOne = 0x3f80; // in BF16
    if (memory.get_desc().data_type() == dnnl::memory::data_type::bf16)
        std::fill_n(static_cast<std::uint16_t*>(memory.get_data_handle()), values, kOne);
    else
        std::fill_n(static_cast<float*>(memory.get_data_handle()), values, 1.0F);
}

} // namespace

LibraryThreads::LibraryThreads(int threads) : m_before(omp_get_max_threads())
{
    omp_set_num_threads(threads);
}

LibraryThreads::~LibraryThreads()
{
    omp_set_num_threads(m_before);
}

LibraryMatmul::LibraryMatmul(const dnnl::engine& engine, const StepProduct& product, DType operands,
                             std::int64_t copies, int threads)
    : m_product(product), m_description(describe(engine, product, operands)), m_primitive(m_description)
{
    make_copies(engine, copies);
    for (int thread = 0; thread < threads; ++thread) m_scratch.emplace_back(m_description.scratchpad_desc(), engine);
}

std::size_t LibraryMatmul::copy_bytes() const
{
    return rounded(m_description.src_desc().get_size()) + rounded(m_description.weights_desc().get_size()) +
           rounded(m_description.dst_desc().get_size());
}

void LibraryMatmul::make_copies(const dnnl::engine& engine, std::int64_t copies)
{
    m_memory = DeviceBuffer({}, copy_bytes() * static_cast<std::size_t>(copies));
    auto* next = static_cast<std::byte*>(m_memory.data());
    const auto take = [&](const dnnl::memory::desc& desc) {
        std::byte* at = next;
        next += rounded(desc.get_size());
        return dnnl::memory(desc, engine, at);
    };
    const auto& p = m_product;
    const auto type = m_description.weights_desc().data_type();
    dnnl::memory plain({{p.k, p.n}, type, Tag::ab}, engine);
    fill_with_ones(plain, static_cast<std::size_t>(p.k * p.n));
    dnnl::stream stream(engine);
    for (std::int64_t i = 0; i < copies; ++i) {
        Copy copy{take(m_description.src_desc()), take(m_description.weights_desc()), take(m_description.dst_desc())};
        fill_with_ones(copy.x, static_cast<std::size_t>(p.m * p.k));
        dnnl::reorder(plain, copy.w).execute(stream, plain, copy.w);
        stream.wait();
        std::memset(copy.y.get_data_handle(), 0, m_description.dst_desc().get_size());
        m_copies.push_back(std::move(copy));
    }
}

void LibraryMatmul::run(const dnnl::stream& stream, std::int64_t copy, int thread) const
{
    // The C interface, since that of C++ takes memory for its list of arguments.
    const Copy& c = m_copies[static_cast<std::size_t>(copy)];
    const std::array<dnnl_exec_arg_t, 4> arguments = {
        {{DNNL_ARG_SRC, c.x.get()},
         {DNNL_ARG_WEIGHTS, c.w.get()},
         {DNNL_ARG_DST, c.y.get()},
         {DNNL_ARG_SCRATCHPAD, m_scratch[static_cast<std::size_t>(thread)].get()}}};
    dnnl::error::wrap_c_api(dnnl_primitive_execute(m_primitive.get(), stream.get(), arguments.size(), arguments.data()),
                            "could not run a matmul primitive");
}

double LibraryMatmul::error() const
{
    if (m_product.mode == WriteMode::Accumulate) return 0;
    const std::int64_t values = m_product.m * m_product.n;
    double worst = 0;
    for (const Copy& copy : m_copies) {
        const auto* y = static_cast<const float*>(copy.y.get_data_handle());
        if (std::all_of(y, y + values, [](float value) { return value == 0; })) continue; // nobody ran it
        for (std::int64_t i = 0; i < values; ++i)
            worst = std::max(worst, std::abs(static_cast<double>(y[i]) / static_cast<double>(m_product.k) - 1));
    }
    return worst;
}

} // namespace triptych
