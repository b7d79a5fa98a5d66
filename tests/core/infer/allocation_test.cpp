// Once it is under way, decoding takes no memory: neither from operator new nor for kernels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/generator.h"
#include "core/infer/loaded_model.h"
#include "tests/support/allocation_count.h"
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <vector>

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
        if (++tokens == 4) before = allocations_so_far();
        after = allocations_so_far();
        return true;
    });
    EXPECT_EQ(tokens, 40);
    return after - before;
}

/// What `taking` takes.
template <class Fn>
std::int64_t taken_by(Fn&& taking)
{
    const std::int64_t before = allocations_so_far();
    taking();
    return allocations_so_far() - before;
}

TEST(Allocation, TheCountSeesEveryWay)
{
    EXPECT_GT(taken_by([] { const std::vector<int> vector(3); }), 0);
    EXPECT_GT(taken_by([] { const DeviceBuffer buffer(Device{}, 100); }), 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    void* volatile memory = nullptr; // volatile, lest the compiler sees that nobody needs it
    EXPECT_GT(taken_by([&] { memory = std::malloc(100); }), 0);
    EXPECT_GT(taken_by([&] { memory = std::realloc(memory, 1000); }), 0);
    std::free(memory);
    EXPECT_GT(taken_by([&] { memory = std::calloc(3, 100); }), 0);
    std::free(memory);
#endif
    EXPECT_EQ(taken_by([] {}), 0);
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
