// Once it is under way, decoding takes no memory: neither from operator new nor for kernels. A program of its own,
// since it replaces both for everything that is linked into it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/generator.h"
#include "core/infer/loaded_model.h"
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::int64_t> g_taken = 0;

void* take(std::size_t bytes)
{
    g_taken.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}

} // namespace

void* operator new(std::size_t bytes)
{
    return take(bytes);
}
void* operator new[](std::size_t bytes)
{
    return take(bytes);
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept
{
    std::free(memory);
}
/// What DeviceBuffer calls; found here before the C library's.
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t bytes)
{
    g_taken.fetch_add(1, std::memory_order_relaxed);
    void* memory = nullptr;
    return posix_memalign(&memory, alignment, bytes) == 0 ? memory : nullptr;
}

namespace triptych::test {
namespace {

/// Taken between one of the first tokens and the last.
std::int64_t taken_while_decoding(const ModelConfig& config, DType weights, const SamplingSettings& sampling,
                                  int threads)
{
    const auto loaded = LoadedModel::create(config, 5, threads, weights).take();
    Generator generator(loaded->model(), loaded->params(), loaded->stream(), 60);
    const auto prompt = random_tokens(12, config.vocab_size, 1);
    std::int64_t tokens = 0;
    std::int64_t before = 0;
    std::int64_t after = 0;
    generator.generate(prompt, {.sampling = sampling, .max_new_tokens = 40}, [&](std::int32_t) {
        if (++tokens == 4) before = g_taken;
        after = g_taken;
        return true;
    });
    EXPECT_EQ(tokens, 40);
    return after - before;
}

TEST(Allocation, TheCountSeesBothWays)
{
    const std::int64_t before = g_taken;
    const std::vector<int> vector(3);
    EXPECT_GT(g_taken, before);
    const std::int64_t between = g_taken;
    const DeviceBuffer buffer(Device{}, 100);
    EXPECT_GT(g_taken, between);
}

class AllocationTest : public testing::TestWithParam<NamedConfig> {};

TEST_P(AllocationTest, DecodingTakesNoneOnceItIsUnderWay)
{
    ModelConfig config = GetParam().config;
    config.eos_token_id = -1;
    for (const DType weights : {DType::F32, DType::BF16})
        for (const int threads : {1, 2}) {
            EXPECT_EQ(taken_while_decoding(config, weights, {.temperature = 0}, threads), 0);
            EXPECT_EQ(taken_while_decoding(config, weights, {.temperature = 0.8, .top_p = 0.9, .top_k = 9}, threads),
                      0);
        }
}

INSTANTIATE_TEST_SUITE_P(Configs, AllocationTest, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

/// Products wide enough for two threads.
TEST(Allocation, ParallelProductsTakeNoneEither)
{
    ModelConfig config = tiny_config();
    config.hidden_size = 320;
    config.intermediate_size = 400;
    config.eos_token_id = -1;
    EXPECT_EQ(taken_while_decoding(config, DType::F32, {.temperature = 0}, 2), 0);
}

} // namespace
} // namespace triptych::test
