// The products of a step, one part after the other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/product_floor.h"

#include "core/bench/library_matmul.h"
#include "core/bench/repetition.h"
#include "kernels/base/device.h"

#include <omp.h>

#include <algorithm>
#include <string>

namespace triptych {

namespace {

using Part = StepProduct::Part;

/// What one thread does on its own.
struct Task {
    const LibraryMatmul* product;
    std::int64_t copy; ///< of the operands; of attention, those of the thread
    double flops;
};

constexpr std::int64_t kCopyOfThread = -1;

} // namespace

struct ProductFloor::Parts {
    Parts(const std::vector<StepProduct>& all, DType narrow, DType wide, int threads_)
        : threads(threads_), engine(dnnl::engine::kind::cpu, 0)
    {
        for (int thread = 0; thread < threads; ++thread) streams.emplace_back(engine);
        for (const StepProduct& product : all) {
            const DType operands = product.operands == StepProduct::Operands::Wide ? wide : narrow;
            if (product.part == Part::Dense)
                add_dense(product, operands);
            else
                add_spread(product, operands);
        }
        for (std::vector<Task>* tasks : {&experts, &attention})
            std::stable_sort(tasks->begin(), tasks->end(),
                             [](const Task& a, const Task& b) { return a.flops > b.flops; });
    }

    void add_dense(const StepProduct& product, DType operands)
    {
        const LibraryThreads limit(threads);
        matmuls.push_back(std::make_unique<LibraryMatmul>(engine, product, operands, 1, 1));
        dense.push_back({matmuls.back().get(), product.count});
    }

    void add_spread(const StepProduct& product, DType operands)
    {
        const LibraryThreads limit(1);
        const bool is_expert = product.part == Part::Experts;
        const std::int64_t copies = is_expert ? product.copies : threads;
        matmuls.push_back(std::make_unique<LibraryMatmul>(engine, product, operands, copies, threads));
        for (std::int64_t i = 0; i < product.count; ++i)
            (is_expert ? experts : attention)
                .push_back({matmuls.back().get(), is_expert ? i % copies : kCopyOfThread, product.flops()});
    }

    void run_dense() const
    {
        const LibraryThreads limit(threads);
        for (const auto& [product, count] : dense)
            for (std::int64_t i = 0; i < count; ++i) product->run(streams.front(), 0, 0);
    }

    void run_spread(const std::vector<Task>& tasks) const
    {
        const auto count = static_cast<std::int64_t>(tasks.size());
#pragma omp parallel num_threads(threads)
        {
            omp_set_num_threads(1); // of this thread, within the region
            const int thread = omp_get_thread_num();
            const dnnl::stream& stream = streams[static_cast<std::size_t>(thread)];
#pragma omp for schedule(dynamic)
            for (std::int64_t i = 0; i < count; ++i) {
                const Task& task = tasks[static_cast<std::size_t>(i)];
                task.product->run(stream, task.copy == kCopyOfThread ? thread : task.copy, thread);
            }
        }
    }

    int threads;
    dnnl::engine engine;
    std::vector<dnnl::stream> streams; ///< one a thread
    std::vector<std::unique_ptr<LibraryMatmul>> matmuls;
    std::vector<std::pair<const LibraryMatmul*, std::int64_t>> dense; ///< and how often
    std::vector<Task> experts, attention;
};

ProductFloor::ProductFloor(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
ProductFloor::ProductFloor(ProductFloor&&) noexcept = default;
ProductFloor& ProductFloor::operator=(ProductFloor&&) noexcept = default;
ProductFloor::~ProductFloor() = default;

Status ProductFloor::is_possible(DType narrow)
{
    if (narrow == DType::F64)
        return Error{"oneDNN has no products of f64: there is no floor to measure", "Take --precision f32 or bf16."};
    if (narrow == DType::BF16 && !has_bfloat16_products())
        return Error{"this CPU has no products of bf16 (AVX512-BF16): there is no floor to measure",
                     "Take --precision f32, or leave --floor out."};
    return {};
}

Result<ProductFloor> ProductFloor::make(const ModelConfig& model, std::int64_t batch_size, std::int64_t sequence_length,
                                        DType narrow, DType wide, int threads)
{
    if (const Status possible = is_possible(narrow); !possible) return possible.error();
    try {
        const std::vector<StepProduct> products = products_of_step(model, batch_size, sequence_length);
        return ProductFloor(std::make_unique<Parts>(products, narrow, wide, threads));
    } catch (const dnnl::error& e) {
        return Error{std::string("oneDNN cannot multiply what this model needs: ") + e.what(), "Leave --floor out."};
    }
}

FloorTimes ProductFloor::measure()
{
    return {.dense = seconds_of([&] { m_parts->run_dense(); }),
            .experts = seconds_of([&] { m_parts->run_spread(m_parts->experts); }),
            .attention = seconds_of([&] { m_parts->run_spread(m_parts->attention); })};
}

double ProductFloor::error() const
{
    double worst = 0;
    for (const auto& matmul : m_parts->matmuls) worst = std::max(worst, matmul->error());
    return worst;
}

} // namespace triptych
