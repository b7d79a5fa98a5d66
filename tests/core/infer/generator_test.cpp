// Generation with the cache is what a full pass over the whole text would choose, token by token, in both forms of
// attention.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/generator.h"
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace triptych::test {
namespace {

constexpr AttentionForm kForms[] = {AttentionForm::Absorbed, AttentionForm::Materialized};

/// A model with random weights and a generator, each with a plan of its own over the same parameters.
class Writer {
public:
    explicit Writer(const NamedConfig& named, std::int64_t capacity, DType dtype = DType::F64, int threads = 1)
        : m_whole(named.config, named.router, dtype, {.batch = 1, .length = capacity}, PlanFor::Inference, threads),
          m_model(named.config, *find_router(named.router).value(), dtype, capacity)
    {
        m_model.declare();
        m_generator = std::make_unique<Generator>(m_model, m_whole.params, m_whole.stream, capacity);
    }
    Generator& generator() { return *m_generator; }

    /// Greedy decoding without a cache: a pass over everything for each token.
    std::vector<std::int32_t> by_full_passes(const std::vector<std::int32_t>& prompt, std::int64_t count)
    {
        std::vector<std::int32_t> text = prompt;
        std::vector<std::int32_t> fresh;
        while (static_cast<std::int64_t>(fresh.size()) < count) {
            const std::int32_t token = argmax_after(text);
            if (token == m_whole.model.config().eos_token_id) break;
            fresh.push_back(token);
            text.push_back(token);
        }
        return fresh;
    }
    std::int32_t argmax_after(const std::vector<std::int32_t>& text)
    {
        const TokenBatch batch{.batch = 1,
                               .length = static_cast<std::int64_t>(text.size()),
                               .inputs = {text},
                               .targets = {},
                               .domains = {}};
        std::int32_t best = -1;
        Pass pass = m_whole.pass(Phase::Evaluate);
        m_whole.model.evaluate(pass, batch, [&](std::int64_t, std::int64_t first, ConstView<2> tile) {
            if (first + tile.size(0) != batch.length) return;
            const auto* row = tile.as<double>() + (tile.size(0) - 1) * tile.size(1);
            best = static_cast<std::int32_t>(std::max_element(row, row + tile.size(1)) - row);
        });
        return best;
    }

private:
    ModelFixture m_whole;
    Model m_model;
    std::unique_ptr<Generator> m_generator;
};

GenerationSettings greedy(std::int64_t count, AttentionForm form = AttentionForm::Absorbed)
{
    return {.sampling = {.temperature = 0}, .max_new_tokens = count, .form = form};
}

class Generation : public testing::TestWithParam<NamedConfig> {};

TEST_P(Generation, GreedyTokensAreTheArgmaxOfFullPassesInBothForms)
{
    Writer writer(GetParam(), 40);
    for (const std::uint64_t seed : {1, 2, 3}) {
        const auto prompt = random_tokens(5, GetParam().config.vocab_size, seed);
        const auto expected = writer.by_full_passes(prompt, 30);
        for (const AttentionForm form : kForms)
            EXPECT_EQ(writer.generator().generate(prompt, greedy(30, form)).tokens, expected) << "prompt " << seed;
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, Generation, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

/// The plain configuration whose end token never comes, so that only what is asked for ends a generation.
NamedConfig endless(std::int64_t positions = 64)
{
    NamedConfig named = tiny_configs().front();
    named.config.max_position_embeddings = positions;
    named.config.eos_token_id = -1;
    return named;
}

TEST(Generator, TakesAPromptOfSeveralChunks)
{
    Writer writer(endless(700), 700);
    for (const std::int64_t length : {255, 256, 257, 512, 600}) {
        const auto prompt = random_tokens(length, 29, 4);
        const auto expected = writer.by_full_passes(prompt, 3);
        for (const AttentionForm form : kForms)
            EXPECT_EQ(writer.generator().generate(prompt, greedy(3, form)).tokens, expected) << length;
    }
}

TEST(Generator, TheEndTokenStopsItAndIsNotHandedOut)
{
    NamedConfig named = endless();
    const auto prompt = random_tokens(4, 29, 6);
    const auto all = Writer(named, 40).generator().generate(prompt, greedy(20)).tokens;
    ASSERT_EQ(all.size(), 20U);
    for (const std::size_t place : {std::size_t{0}, std::size_t{7}, std::size_t{19}}) {
        named.config.eos_token_id = all[place];
        const auto first = std::find(all.begin(), all.end(), all[place]);
        std::vector<std::int32_t> heard;
        const auto result = Writer(named, 40).generator().generate(prompt, greedy(20), [&](std::int32_t token) {
            heard.push_back(token);
            return true;
        });
        EXPECT_EQ(result.tokens, std::vector<std::int32_t>(all.begin(), first));
        EXPECT_EQ(heard, result.tokens);
    }
}

TEST(Generator, StopsWhenTheListenerSaysSo)
{
    Writer writer(endless(), 40);
    int heard = 0;
    const auto result =
        writer.generator().generate(random_tokens(4, 29, 6), greedy(20), [&](std::int32_t) { return ++heard < 3; });
    EXPECT_EQ(result.tokens.size(), 3U);
    EXPECT_EQ(result.forward_passes, 2) << "nothing is computed for a token that nobody wants";
}

TEST(Generator, FillsItsCapacityAndNoMore)
{
    Writer writer(endless(), 20);
    EXPECT_EQ(writer.generator().capacity(), 20);
    for (const AttentionForm form : kForms) {
        // The last token needs no place: nothing follows it.
        EXPECT_EQ(writer.generator().generate(random_tokens(15, 29, 1), greedy(100, form)).tokens.size(), 6U);
        EXPECT_EQ(writer.generator().generate(random_tokens(19, 29, 1), greedy(100, form)).tokens.size(), 2U);
    }
    EXPECT_THROW(writer.generator().generate(random_tokens(20, 29, 1), greedy(1)), ShapeError);
    EXPECT_THROW(writer.generator().generate({}, greedy(1)), ShapeError);
    EXPECT_TRUE(writer.generator().generate(random_tokens(3, 29, 1), greedy(0)).tokens.empty());
}

TEST(Generator, EachGenerationStartsAfresh)
{
    Writer writer(endless(), 40);
    const auto prompt = random_tokens(4, 29, 6);
    const auto first = writer.generator().generate(prompt, greedy(10)).tokens;
    writer.generator().generate(random_tokens(9, 29, 8), greedy(20));
    EXPECT_EQ(writer.generator().generate(prompt, greedy(10)).tokens, first);
}

TEST(Generator, TheSameSeedWritesTheSameAndAnotherOneSomethingElse)
{
    for (const DType dtype : {DType::F64, DType::F32}) {
        Writer writer(endless(), 40, dtype, 2);
        const auto prompt = random_tokens(4, 29, 6);
        const auto write = [&](std::uint64_t seed) {
            return writer.generator()
                .generate(prompt, {.sampling = {.temperature = 1.5, .seed = seed}, .max_new_tokens = 30})
                .tokens;
        };
        EXPECT_EQ(write(3), write(3));
        EXPECT_NE(write(3), write(4));
        EXPECT_NE(write(3), writer.generator().generate(prompt, greedy(30)).tokens);
    }
}

TEST(Generator, AProbeSeesTheRouteOfEachTokenAsItIsMade)
{
    Writer writer(endless(), 40);
    class Counter : public Probe {
    public:
        bool wants(const Tap& tap) const override { return tap.point == TapPoint::RouterExperts; }
        void take(const Tap&, ConstView<2> view) override { rows.push_back(view.size(0)); }
        std::vector<std::int64_t> rows;
    } counter;
    writer.generator().generate(random_tokens(5, 29, 6), greedy(4), nullptr, &counter);
    EXPECT_EQ(counter.rows, (std::vector<std::int64_t>{5, 1, 1, 1, 1}))
        << "one MoE layer: the prompt, then token by token";
}

} // namespace
} // namespace triptych::test
