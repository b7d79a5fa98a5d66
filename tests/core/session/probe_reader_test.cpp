// The probe frame holds what the model makes of a text: checked against passes made by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/session/probe_reader.h"
#include "core/train/trainer.h"
#include "core/util/utf8.h"
#include "tests/support/hard_texts.h"
#include "tests/support/small_run.h"
#include "tests/support/token_source.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace triptych::test {
namespace {

class ProbeReader : public testing::Test {
protected:
    ProbeReader()
        : m_source(264, 2, 40, 2),
          m_trainer(model(), config(), *find_router("sigmoid_noaux").value(), DType::F32, m_source, 0)
    {
        m_trainer.initialize();
        for (int i = 0; i < 3; ++i) m_trainer.step();
    }

    static ModelConfig model()
    {
        ModelConfig c = small_run_model();
        c.num_nextn_predict_layers = 2;
        c.initializer_range = 0.2;
        return c;
    }
    static TrainConfig config()
    {
        TrainConfig c;
        c.batch_size = 2;
        c.sequence_length = 40;
        c.threads = 1;
        return c;
    }
    /// Main logits at each position of the tokens, by a pass of the model itself.
    std::vector<std::vector<float>> logits(const std::vector<std::int32_t>& tokens)
    {
        std::vector<std::vector<float>> rows;
        const TokenBatch batch{.batch = 1,
                               .length = static_cast<std::int64_t>(tokens.size()),
                               .inputs = {tokens},
                               .targets = {},
                               .domains = {}};
        Pass pass{.stream = m_trainer.stream(), .workspace = m_trainer.workspace(), .params = m_trainer.params()};
        RoutingStats stats;
        pass.stats = &stats;
        m_trainer.model().evaluate(pass, batch, [&](std::int64_t depth, std::int64_t, ConstView<2> tile) {
            for (std::int64_t r = 0; depth == 0 && r < tile.size(0); ++r)
                rows.emplace_back(tile.as<float>() + r * tile.size(1), tile.as<float>() + (r + 1) * tile.size(1));
        });
        return rows;
    }
    std::shared_ptr<const ProbeFrame> probe(const std::string& text, const LensRequest& lens = {})
    {
        return probe_of(m_trainer, text, lens);
    }
    std::shared_ptr<const ProbeFrame> probe_of(Trainer& trainer, const std::string& text, const LensRequest& lens) const
    {
        return read_probe(
            {trainer.model(), trainer.params(), trainer.workspace(), trainer.stream(), longest_probe(trainer.config())},
            m_tokenizer, text, trainer.progress().step, lens);
    }
    /// The same tokens with the same probabilities, as far as the first list goes.
    static void expect_same_guesses(const std::vector<Guess>& few, const std::vector<Guess>& many,
                                    const std::string& where)
    {
        ASSERT_LE(few.size(), many.size()) << where;
        for (std::size_t i = 0; i < few.size(); ++i) {
            EXPECT_EQ(few[i].token, many[i].token) << where;
            EXPECT_EQ(few[i].text, many[i].text) << where;
            EXPECT_NEAR(few[i].probability, many[i].probability, 1e-5) << where;
        }
    }
    static double log_sum(const std::vector<float>& row)
    {
        double sum = 0;
        for (const float x : row) sum += std::exp(static_cast<double>(x));
        return std::log(sum);
    }

    CountingSource m_source;
    Trainer m_trainer;
    ByteTokenizer m_tokenizer;
};

TEST_F(ProbeReader, GuessesAreTheLikeliestTokensOfAPassWithTheirProbabilities)
{
    const auto frame = probe("The old house");
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->step, 3);
    EXPECT_EQ(frame->tokens, m_tokenizer.encode("The old house"));
    const auto rows = logits(frame->tokens);
    double loss = 0;
    for (std::size_t t = 0; t < frame->tokens.size(); ++t) {
        const auto& row = rows[t];
        ASSERT_EQ(frame->next[t].size(), 5U);
        const auto best = static_cast<std::int32_t>(std::max_element(row.begin(), row.end()) - row.begin());
        EXPECT_EQ(frame->next[t][0].token, best);
        float before = 1;
        for (const Guess& guess : frame->next[t]) {
            const double logit = static_cast<double>(row[static_cast<std::size_t>(guess.token)]);
            EXPECT_NEAR(guess.probability, std::exp(logit - log_sum(row)), 1e-5);
            EXPECT_LE(guess.probability, before);
            EXPECT_EQ(guess.text, m_tokenizer.token_text(guess.token));
            before = guess.probability;
        }
        if (t + 1 < frame->tokens.size())
            loss += log_sum(row) - static_cast<double>(row[static_cast<std::size_t>(frame->tokens[t + 1])]);
    }
    EXPECT_NEAR(frame->loss, loss / static_cast<double>(frame->tokens.size() - 1), 1e-4);
}

TEST_F(ProbeReader, AttentionIsCausalAndEachRowSumsToOneInEveryLayerAndHead)
{
    const auto frame = probe("12 + 30 = 42");
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->layers, 4) << "two main layers and two MTP blocks";
    const auto t = static_cast<std::int64_t>(frame->tokens.size());
    for (std::int64_t layer = 0; layer < frame->layers; ++layer)
        for (std::int64_t head = 0; head < frame->heads; ++head)
            for (std::int64_t q = 0; q < t; ++q) {
                double sum = 0;
                for (std::int64_t k = 0; k < t; ++k) {
                    const float w = frame->attention[attention_index(*frame, layer, head, q, k)];
                    if (k > q) {
                        EXPECT_EQ(w, 0) << "a look into the future";
                    }
                    sum += w;
                }
                EXPECT_NEAR(sum, 1, 1e-4);
            }
    for (const float norm : frame->latent_norm) EXPECT_GT(norm, 0);
}

TEST_F(ProbeReader, RoutesNameTheExpertsOfEveryTokenAndDenseLayersHaveNone)
{
    const auto frame = probe("abc");
    ASSERT_TRUE(frame);
    EXPECT_TRUE(frame->routes[0].empty());
    for (std::size_t layer = 1; layer < 4; ++layer) {
        ASSERT_EQ(frame->routes[layer].size(), 3U);
        for (std::size_t t = 0; t < 3; ++t) {
            const auto& experts = frame->routes[layer][t];
            EXPECT_EQ(std::set<std::int32_t>(experts.begin(), experts.end()).size(), 3U) << "three different ones";
            double weights = 0;
            for (const float w : frame->route_weights[layer][t]) weights += static_cast<double>(w);
            EXPECT_NEAR(weights, model().routed_scaling_factor, 1e-5);
        }
    }
}

TEST_F(ProbeReader, MtpGuessesEndWhereTheModuleWouldReadBeyondTheText)
{
    const auto frame = probe("abcdef");
    ASSERT_TRUE(frame);
    ASSERT_EQ(frame->after_next.size(), 2U);
    for (std::size_t k = 1; k <= 2; ++k)
        for (std::size_t t = 0; t < 6; ++t)
            EXPECT_EQ(frame->after_next[k - 1][t].empty(), t + k >= 6) << k << ", " << t;
}

TEST_F(ProbeReader, TheTextOfLaterPositionsChangesNothingBefore)
{
    const auto a = probe("The old house stands");
    const auto b = probe("The old house falls!");
    // Not to the bit: in F32 a product rounds by how many tokens its expert got.
    for (std::size_t t = 0; t < 14; ++t) EXPECT_NEAR(a->next[t][0].probability, b->next[t][0].probability, 1e-5);
    EXPECT_GT(std::abs(a->next[14][0].probability - b->next[14][0].probability), 1e-5) << "from there on they differ";
}

TEST_F(ProbeReader, LongTextsAreCutAndEmptyOnesShowNothing)
{
    EXPECT_EQ(probe(""), nullptr);
    EXPECT_EQ(probe(std::string(500, 'a'))->tokens.size(), 40U) << "as long as a sequence";
    EXPECT_EQ(probe("\xFF\xFE\x01")->tokens.size(), 3U) << "any bytes are text";
}

TEST_F(ProbeReader, TheLensOfTheLastLayerSaysWhatTheHeadSaysAndThatOfAnMtpBlockWhatItDrafts)
{
    const std::string text = "The old house";
    const auto frame = probe(text, {.reading = LensReading::Read});
    const auto plain = probe(text);
    ASSERT_EQ(frame->lens.size(), 4U);
    bool changes = false;
    for (std::size_t t = 0; t < frame->tokens.size(); ++t) {
        const std::string where = "token " + std::to_string(t);
        ASSERT_EQ(frame->lens[0][t].size(), 3U);
        expect_same_guesses(frame->lens[1][t], frame->next[t], where);
        ASSERT_EQ(frame->lens[2][t].empty(), t + 1 >= frame->tokens.size()) << "it would have read beyond the text";
        ASSERT_EQ(frame->lens[3][t].empty(), t + 2 >= frame->tokens.size());
        expect_same_guesses(frame->lens[2][t], frame->after_next[0][t], where + ", MTP 1");
        expect_same_guesses(frame->lens[3][t], frame->after_next[1][t], where + ", MTP 2");
        expect_same_guesses(frame->next[t], plain->next[t], where + ", without a lens");
        changes = changes || std::abs(frame->lens[0][t][0].probability - frame->lens[1][t][0].probability) > 1e-4F;
    }
    EXPECT_TRUE(changes) << "the last layer adds nothing";
    EXPECT_EQ(frame->attention, plain->attention);
    EXPECT_EQ(frame->loss, plain->loss);
    EXPECT_TRUE(plain->lens.empty());
}

TEST_F(ProbeReader, OfALargeVocabularyTheLensReadsTheTokenInFocusAlone)
{
    ModelConfig large = model();
    large.vocab_size = kMostLensTokens + 1;
    const CountingSource source(264, 2, 40, 2);
    Trainer trainer(large, config(), *find_router("sigmoid_noaux").value(), DType::F32, source, 0);
    trainer.initialize();
    const auto frame = probe_of(trainer, "house", {.reading = LensReading::Read, .focus = 2});
    ASSERT_EQ(frame->lens.size(), 4U);
    for (const auto& layer : frame->lens) {
        ASSERT_EQ(layer.size(), 5U);
        for (std::size_t t = 0; t < 5; ++t) EXPECT_EQ(layer[t].size(), t == 2 ? 3U : 0U) << "token " << t;
    }
    expect_same_guesses(frame->lens[1][2], frame->next[2], "the last layer");
    for (const std::int64_t nowhere : {-1, 5})
        EXPECT_TRUE(probe_of(trainer, "house", {.reading = LensReading::Read, .focus = nowhere})->lens.empty());
}

TEST_F(ProbeReader, ALensLeavesTheTrainingAsItIs)
{
    CountingSource source(264, 2, 40, 2);
    Trainer other(model(), config(), *find_router("sigmoid_noaux").value(), DType::F32, source, 0);
    other.initialize();
    for (int i = 0; i < 3; ++i) other.step();
    probe("A probe between two steps", {.reading = LensReading::Read});
    EXPECT_EQ(m_trainer.step().loss, other.step().loss);
}

TEST_F(ProbeReader, LeavesTheTrainingAsItIs)
{
    CountingSource source(264, 2, 40, 2);
    Trainer other(model(), config(), *find_router("sigmoid_noaux").value(), DType::F32, source, 0);
    other.initialize();
    for (int i = 0; i < 3; ++i) other.step();
    probe("A probe between two steps");
    EXPECT_EQ(m_trainer.step().loss, other.step().loss);
}

TEST_F(ProbeReader, ReadsWhateverBytesSomebodyPasted)
{
    for (const HardText& text : hard_texts()) {
        SCOPED_TRACE(text.name);
        const auto frame = probe(text.bytes, {LensReading::Read, -1});
        ASSERT_EQ(frame == nullptr, text.bytes.empty());
        if (!frame) continue;
        const std::size_t length = std::min<std::size_t>(text.bytes.size(), 40);
        ASSERT_EQ(frame->tokens.size(), length) << "no more than the trainer has room for";
        ASSERT_EQ(frame->token_texts.size(), length);
        for (const std::string& shown : frame->token_texts) EXPECT_EQ(to_valid_utf8(shown), shown);
        ASSERT_EQ(frame->next.size(), length);
        for (const float weight : frame->attention) EXPECT_TRUE(std::isfinite(weight));
        EXPECT_NEAR(frame->attention[attention_index(*frame, 0, 0, 0, 0)], 1, 1e-6)
            << "the first token sees itself alone";
    }
}

} // namespace
} // namespace triptych::test
