// Long texts are read as short ones are, in pieces, until somebody wants something else.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/run/checkpoint.h"
#include "core/session/long_attention.h"
#include "core/session/long_reading.h"
#include "core/session/probe_reader.h"
#include "tests/support/small_run.h"

#include <chrono>
#include <cmath>
#include <thread>

namespace triptych::test {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kPositions = 600;

std::string text_of(std::size_t tokens)
{
    std::string text;
    for (std::size_t i = 0; text.size() < tokens; ++i) text += "The old house " + std::to_string(i * i) + " stands. ";
    return text.substr(0, tokens);
}

/// Of two steps with a checkpoint after each, of a model with room for so many tokens.
std::unique_ptr<SmallRun> run_with_room(std::int64_t positions)
{
    ModelConfig config = small_run_model();
    config.max_position_embeddings = positions;
    config.initializer_range = 0.4; // heads that prefer some tokens by far, without a long training
    return trained_run(2, config, 1);
}

class LongAttentionTest : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_run = run_with_room(kPositions);
        ASSERT_NE(s_run, nullptr);
    }
    static void TearDownTestSuite() { s_run.reset(); }

    static std::string run() { return (*s_run / "run").string(); }
    static std::unique_ptr<LoadedModel> open_model()
    {
        return LoadedModel::open(*find_checkpoint(run()), DType::F32, 1).take();
    }
    /// The state of a request once it is done or has failed.
    std::shared_ptr<const LongAttention> result(std::uint64_t ticket)
    {
        for (const auto until = std::chrono::steady_clock::now() + 60s; std::chrono::steady_clock::now() < until;) {
            const auto state = m_reader.progress().get();
            if (state && state->ticket == ticket && state->state >= LongAttention::State::Done) return state;
            std::this_thread::sleep_for(1ms);
        }
        ADD_FAILURE() << "nothing came";
        return std::make_shared<LongAttention>();
    }
    std::shared_ptr<const LongAttention> read(const std::string& text, std::int64_t layer = 0, std::int64_t head = 0)
    {
        return result(m_reader.read({.folder = run(), .text = text, .layer = layer, .head = head}));
    }

    static std::unique_ptr<SmallRun> s_run;
    LongAttentionReader m_reader;
};

std::unique_ptr<SmallRun> LongAttentionTest::s_run;

TEST_F(LongAttentionTest, ALongTextBeginsWithTheAttentionOfItsBeginningReadAsAProbe)
{
    const std::string text = text_of(570);
    const auto model = open_model();
    Planner planner(PlanFor::Inference);
    model->model().plan(planner, {.batch = 1, .length = 90});
    const Workspace workspace(model->stream().device(), planner);
    const ByteTokenizer tokenizer;
    const auto frame =
        read_probe({model->model(), model->params(), workspace, model->stream(), 90}, tokenizer, text.substr(0, 90), 2);
    for (const auto& [layer, head] : {std::pair{0, 1}, {1, 0}}) {
        const auto state = read(text, layer, head);
        ASSERT_EQ(state->state, LongAttention::State::Done) << state->error->what;
        ASSERT_EQ(state->tiles->tokens(), 570);
        for (std::int64_t query = 0; query < 90; ++query)
            for (std::int64_t key = 0; key <= query; ++key)
                EXPECT_NEAR(std::sqrt(state->tiles->weight(query, key)),
                            std::sqrt(frame->attention[attention_index(*frame, layer, head, query, key)]), 3e-3);
    }
}

TEST_F(LongAttentionTest, PiecesChangeNothingAndNobodyLooksAhead)
{
    const auto model = open_model();
    const std::vector<std::int32_t> tokens = ByteTokenizer().encode(text_of(300));
    std::vector<std::int32_t> other = tokens;
    for (std::size_t i = 280; i < other.size(); ++i) other[i] = ByteTokenizer::token_of('#');
    AttentionTiles whole(300);
    AttentionTiles pieces(300);
    AttentionTiles changed(300);
    const auto go_on = [](std::int64_t) { return true; };
    read_long_text(*model, tokens, 256, {.layer = 1, .head = 1, .tiles = &whole}, go_on);
    read_long_text(*model, tokens, 70, {.layer = 1, .head = 1, .tiles = &pieces}, go_on);
    read_long_text(*model, other, 256, {.layer = 1, .head = 1, .tiles = &changed}, go_on);
    for (std::int64_t query = 0; query < 300; ++query) {
        double sum = 0;
        for (std::int64_t key = 0; key < 300; ++key) {
            const double weight = whole.weight(query, key);
            ASSERT_EQ(std::isnan(weight), key > query);
            if (key > query) continue;
            EXPECT_NEAR(std::sqrt(pieces.weight(query, key)), std::sqrt(weight), 5e-3);
            EXPECT_TRUE(query >= 280 || changed.weight(query, key) == weight) << query;
            sum += weight;
        }
        EXPECT_NEAR(sum, 1, 0.06) << query;
    }
    EXPECT_NE(changed.tile(0, 1, 1), whole.tile(0, 1, 1));
}

TEST_F(LongAttentionTest, ThumbnailsOfAllHeadsAreTheWeightsPooled)
{
    const auto state = read(text_of(400), 1, 1);
    ASSERT_NE(state->pictures, nullptr);
    EXPECT_EQ(state->pictures->layers(), 2) << "MTP blocks read no prompts";
    EXPECT_EQ(state->pictures->heads(), 2);
    const HeadThumbnail picture = state->pictures->thumbnail(1, 1);
    ASSERT_EQ(picture.side, 58); // 7 tokens a cell
    for (std::int64_t row = 0; row < 58; ++row)
        for (std::int64_t column = 0; column < 58; ++column) {
            int largest = 0;
            for (std::int64_t query = 7 * row; query < std::min<std::int64_t>(7 * row + 7, 400); ++query)
                for (std::int64_t key = 7 * column; key < 7 * column + 7 && key <= query; ++key)
                    largest =
                        std::max<int>(largest, attention_code(static_cast<float>(state->tiles->weight(query, key))));
            ASSERT_EQ(picture.codes[static_cast<std::size_t>(row * 58 + column)], largest) << row << ' ' << column;
        }
    const HeadHabits habits = state->pictures->habits(0, 0);
    EXPECT_GT(habits.spread, 0.1);
    EXPECT_GT(habits.self + habits.previous + habits.first, 0);
}

TEST_F(LongAttentionTest, FourThousandTokensAreReadToTheEndAndWhatIsLongerIsCut)
{
    const std::unique_ptr<SmallRun> roomy = run_with_room(8192);
    ASSERT_NE(roomy, nullptr);
    const std::string folder = (*roomy / "run").string();
    const auto state = result(m_reader.read({.folder = folder, .text = text_of(5000), .layer = 1, .head = 1}));
    ASSERT_EQ(state->state, LongAttention::State::Done) << state->error->what;
    EXPECT_EQ(state->text->tokens.size(), 4096U);
    EXPECT_EQ(state->text->whole_tokens, 5000);
    ASSERT_TRUE(state->tiles->complete());
    for (const std::int64_t query : {0, 1023, 4095}) {
        double sum = 0;
        for (std::int64_t key = 0; key <= query; ++key) sum += state->tiles->weight(query, key);
        EXPECT_NEAR(sum, 1, 0.08) << query << ", by codes of 8 bits";
        EXPECT_TRUE(std::isnan(state->tiles->weight(query, query + 1)));
    }
    // The coarsest map keeps the largest weight of each of its cells.
    int fine = 0;
    for (std::int64_t query = 4080; query < 4096; ++query)
        for (std::int64_t key = 0; key < 16; ++key)
            fine = std::max<int>(fine, attention_code(static_cast<float>(state->tiles->weight(query, key))));
    EXPECT_EQ(state->tiles->tile(4, 0, 0)[255 * 256], fine);
    const auto other = result(m_reader.read({.folder = folder, .text = text_of(5000), .layer = 0, .head = 0}));
    EXPECT_EQ(other->pictures, state->pictures) << "another head reads no text anew";
    EXPECT_TRUE(other->tiles->complete());
}

TEST_F(LongAttentionTest, AnotherHeadKeepsTextAndPictures)
{
    const auto first = read(text_of(300), 0, 0);
    const auto second = read(text_of(300), 1, 1);
    EXPECT_EQ(second->text, first->text);
    EXPECT_EQ(second->pictures, first->pictures);
    EXPECT_EQ(second->layer, 1);
    EXPECT_NE(second->tiles->tile(0, 0, 0), first->tiles->tile(0, 0, 0));
    const auto beyond = read(text_of(300), 99, 99);
    EXPECT_EQ(beyond->layer, 1) << "clamped";
    EXPECT_EQ(beyond->head, 1);
    EXPECT_NE(read(text_of(200))->text, first->text);
}

TEST_F(LongAttentionTest, ATextThatIsTooLongIsCutAndSaysSo)
{
    const auto state = read(text_of(700));
    ASSERT_EQ(state->state, LongAttention::State::Done);
    EXPECT_EQ(state->text->tokens.size(), 600U);
    EXPECT_EQ(state->text->token_texts.size(), 600U);
    EXPECT_EQ(state->text->whole_tokens, 700);
    EXPECT_EQ(state->text->most_tokens, 600);
    EXPECT_EQ(state->read, 600);
    EXPECT_EQ(read("a")->text->whole_tokens, 1);
}

TEST_F(LongAttentionTest, AReadingEndsWithThePieceInWhichItIsNotWantedAnyMore)
{
    const auto model = open_model();
    const std::vector<std::int32_t> tokens = ByteTokenizer().encode(text_of(600));
    AttentionTiles tiles(600);
    std::vector<std::int64_t> told;
    read_long_text(*model, tokens, 100, {.tiles = &tiles}, [&](std::int64_t read) {
        told.push_back(read);
        return read < 300;
    });
    EXPECT_EQ(told, (std::vector<std::int64_t>{100, 200, 300}));
    EXPECT_EQ(tiles.rows_ready(0), 300);
}

TEST_F(LongAttentionTest, TheNewestRequestWinsAndCloseForgets)
{
    std::uint64_t last = 0;
    for (int head = 0; head < 20; ++head)
        last = m_reader.read({.folder = run(), .text = text_of(600), .layer = 1, .head = head % 2});
    EXPECT_EQ(result(last)->head, 1);
    m_reader.read({.folder = run(), .text = text_of(600)});
    m_reader.close();
    for (int i = 0; i < 20'000 && m_reader.progress().get(); ++i) std::this_thread::sleep_for(1ms);
    EXPECT_EQ(m_reader.progress().get(), nullptr);
    EXPECT_EQ(read(text_of(50))->state, LongAttention::State::Done) << "and can read again";
}

TEST_F(LongAttentionTest, SaysWhichCheckpointWasReadAndTakesAnEarlierOneForAnEarlierStep)
{
    EXPECT_EQ(read("The old house")->text->step, 2);
    const auto earlier = result(m_reader.read({.folder = run(), .text = "The old house", .until = 1}));
    ASSERT_NE(earlier->text, nullptr);
    EXPECT_EQ(earlier->text->step, 1);
    EXPECT_TRUE(earlier->text->checkpoint.ends_with("step-000001"));
    EXPECT_EQ(result(m_reader.read({.folder = run(), .text = "The old house", .until = 0}))->text->step, 2)
        << "none is as old";
}

TEST_F(LongAttentionTest, WhatCannotBeReadIsToldInWords)
{
    EXPECT_EQ(read("")->error->what, "the text is empty");
    const auto nowhere = result(m_reader.read({.folder = (*s_run / "nothing").string(), .text = "a"}));
    ASSERT_EQ(nowhere->state, LongAttention::State::Failed);
    EXPECT_FALSE(nowhere->error->hint.empty());
    EXPECT_EQ(read("The old house")->state, LongAttention::State::Done) << "and it goes on";
}

TEST_F(LongAttentionTest, RefusesWhatTheMemoryHasNoRoomFor)
{
    LongAttentionReader small(1'000'000);
    small.read({.folder = run(), .text = text_of(600)});
    for (int i = 0; i < 20'000; ++i) {
        const auto state = small.progress().get();
        if (state && state->state == LongAttention::State::Failed) {
            EXPECT_NE(state->error->what.find("to read 600 tokens"), std::string::npos) << state->error->what;
            return;
        }
        std::this_thread::sleep_for(1ms);
    }
    ADD_FAILURE() << "nothing was refused";
}

} // namespace
} // namespace triptych::test
