// The playground as the window uses it: two lanes beside each other, what they tell, and what they refuse.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/formats/tokenizer_json.h"
#include "core/infer/loaded_model.h"
#include "core/infer/prompt.h"
#include "core/session/best_guesses.h"
#include "core/session/playground.h"
#include "core/util/utf8.h"
#include "tests/support/hard_texts.h"
#include "tests/support/small_run.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

namespace triptych::test {
namespace {

using namespace std::chrono_literals;

/// A run of a few steps with a checkpoint, and a playground.
class PlaygroundTest : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_run = trained_run(2);
        ASSERT_NE(s_run, nullptr);
    }
    static void TearDownTestSuite() { s_run.reset(); }

    static std::string run() { return (*s_run / "run").string(); }

    /// Waits until an event of this kind is there, and returns it. All that comes meanwhile is kept in events().
    template <class T>
    T wait_for(std::size_t number = 1)
    {
        for (const auto until = std::chrono::steady_clock::now() + 60s; std::chrono::steady_clock::now() < until;) {
            for (PlayEvent& event : m_playground.take_events()) m_events.push_back(std::move(event));
            if (const auto found = of<T>(); found.size() >= number) return found[number - 1];
            std::this_thread::sleep_for(1ms);
        }
        ADD_FAILURE() << "nothing came";
        return {};
    }
    template <class T>
    std::vector<T> of() const
    {
        std::vector<T> found;
        for (const PlayEvent& event : m_events)
            if (const T* e = std::get_if<T>(&event)) found.push_back(*e);
        return found;
    }
    std::vector<std::int32_t> chosen(PlayLane lane) const
    {
        std::vector<std::int32_t> tokens;
        for (const play::Chose& chose : of<play::Chose>())
            if (chose.lane == lane) tokens.push_back(chose.token.token);
        return tokens;
    }
    PlayModel load(PlayLane lane = PlayLane::A)
    {
        const std::size_t before = of<play::Loaded>().size();
        m_playground.post(play::Load{lane, run()});
        return wait_for<play::Loaded>(before + 1).model;
    }
    Error refusal(PlayCommand command)
    {
        const std::size_t before = of<play::Refused>().size();
        m_playground.post(std::move(command));
        return wait_for<play::Refused>(before + 1).error;
    }
    static PlayRequest request(std::int64_t count = 12, std::uint64_t seed = 1)
    {
        PlayRequest r;
        r.prompt = "The old house";
        r.settings.max_new_tokens = count;
        r.settings.sampling.seed = seed;
        return r;
    }
    /// What `triptych generate` writes with these.
    static std::vector<std::int32_t> generated(const PlayRequest& request)
    {
        const auto checkpoint = find_checkpoint(run());
        const auto model = LoadedModel::open(*checkpoint);
        const auto tokenizer = read_tokenizer(*checkpoint);
        const auto prompt = encode_prompt(request.prompt, **tokenizer, (*model)->config());
        Generator generator((*model)->model(), (*model)->params(), (*model)->stream(),
                            static_cast<std::int64_t>(prompt->size()) + request.settings.max_new_tokens);
        return generator.generate(*prompt, request.settings).tokens;
    }

    static std::unique_ptr<SmallRun> s_run;
    Playground m_playground;
    std::vector<PlayEvent> m_events;
};

std::unique_ptr<SmallRun> PlaygroundTest::s_run;

TEST_F(PlaygroundTest, WritesWhatGenerateWritesAndTellsOfEachToken)
{
    const PlayModel model = load();
    EXPECT_EQ(model.step, 2);
    EXPECT_TRUE(model.checkpoint.ends_with("step-000002")) << model.checkpoint;
    PlayRequest wanted = request();
    wanted.settings.sampling = {.temperature = 0.9, .top_p = 0.95, .top_k = 40, .seed = 7};
    m_playground.post(play::Generate{PlayLane::A, wanted});
    EXPECT_EQ(wait_for<play::Ended>().why, PlayEnd::Length);
    EXPECT_EQ(chosen(PlayLane::A), generated(wanted));

    const auto began = of<play::Began>();
    ASSERT_EQ(began.size(), 1U);
    EXPECT_EQ(began[0].prompt.size(), 13U);
    const auto chose = of<play::Chose>();
    ASSERT_EQ(chose.size(), 12U);
    for (const play::Chose& c : chose) {
        ASSERT_EQ(c.token.alternatives.size(), kGuesses);
        EXPECT_GT(c.token.probability, 0);
        EXPECT_LE(c.token.probability, c.token.alternatives[0].probability);
        for (const Guess& guess : c.token.alternatives)
            if (guess.token == c.token.token) {
                EXPECT_FLOAT_EQ(guess.probability, c.token.probability);
            }
    }
    EXPECT_FALSE(chose[0].token.draft) << "nobody could have read along before";
    EXPECT_TRUE(chose[1].token.draft);
    const auto progress = m_playground.progress(PlayLane::A).get();
    EXPECT_EQ(progress->tokens, 12);
    EXPECT_GT(progress->tokens_per_second(), 0);
    EXPECT_FALSE(progress->writing);
}

TEST_F(PlaygroundTest, EachTokenIsReadWithItsExpertsAndWhereItLooked)
{
    const PlayModel model = load();
    m_playground.post(play::Generate{PlayLane::A, request(5)});
    wait_for<play::Ended>();
    const auto reads = of<play::Read>();
    ASSERT_EQ(reads.size(), 18U) << "the prompt's 13 and 5 new ones";
    for (std::size_t i = 0; i < reads.size(); ++i) {
        EXPECT_EQ(reads[i].position, static_cast<std::int64_t>(i));
        const TokenReading& reading = reads[i].reading;
        EXPECT_EQ(reading.keys, static_cast<std::int64_t>(i) + 1);
        ASSERT_EQ(reading.layers, model.config.num_hidden_layers);
        ASSERT_EQ(static_cast<std::int64_t>(reading.routes.size()),
                  model.config.num_hidden_layers - model.config.first_k_dense_replace);
        for (const TokenRoute& route : reading.routes) {
            EXPECT_EQ(static_cast<std::int64_t>(route.experts.size()), model.config.num_experts_per_tok);
            EXPECT_TRUE(std::is_sorted(route.weights.rbegin(), route.weights.rend()));
        }
        double most = 0;
        for (std::int64_t key = 0; key < reading.keys; ++key) most = std::max(most, reading.weight(0, key));
        EXPECT_GE(most, 1.0 / static_cast<double>(reading.keys) - 0.5 / 255) << "weights of a head add up to 1";
    }
    EXPECT_DOUBLE_EQ(reads[0].reading.weight(0), 1) << "the first token has nothing but itself";
}

TEST_F(PlaygroundTest, DraftsAreWhatTheMtpModuleSaysInAPassOverTheWholeText)
{
    load();
    m_playground.post(play::Generate{PlayLane::A, request(8)});
    wait_for<play::Ended>();
    const auto model = LoadedModel::open(*find_checkpoint(run()));
    std::vector<std::int32_t> text;
    const auto began = of<play::Began>();
    for (const PlayToken& token : began[0].prompt) text.push_back(token.token);
    const std::size_t prompt = text.size();
    for (const std::int32_t token : chosen(PlayLane::A)) text.push_back(token);

    Planner plan(PlanFor::Inference);
    const auto length = static_cast<std::int64_t>(text.size()) - 1;
    (*model)->model().plan(plan, {.batch = 1, .length = length});
    const Workspace workspace(Device{}, plan);
    Pass pass{.stream = (*model)->stream(), .workspace = workspace, .params = (*model)->params()};
    const TokenBatch batch{.batch = 1,
                           .length = length,
                           .inputs = {{text.begin(), text.end() - 1}, {text.begin() + 1, text.end()}},
                           .targets = {},
                           .domains = {}};
    std::vector<std::int32_t> expected; // for the token after the next, by position
    (*model)->model().evaluate(pass, batch, [&](std::int64_t depth, std::int64_t, ConstView<2> logits) {
        for (std::int64_t r = 0; depth == 1 && r < logits.size(0); ++r) {
            const float* row = logits.as<float>() + r * logits.row_stride();
            expected.push_back(static_cast<std::int32_t>(std::max_element(row, row + logits.size(1)) - row));
        }
    });
    const auto chose = of<play::Chose>();
    for (std::size_t i = 1; i < chose.size(); ++i)
        EXPECT_EQ(chose[i].token.draft->token, expected[prompt + i - 2]) << "token " << i;
}

TEST_F(PlaygroundTest, TwoLanesWriteBesideEachOtherEachByItsOwnSeed)
{
    load(PlayLane::A);
    load(PlayLane::B);
    m_playground.post(play::Generate{PlayLane::A, request(20, 1)});
    m_playground.post(play::Generate{PlayLane::B, request(20, 2)});
    wait_for<play::Ended>(2);
    EXPECT_EQ(chosen(PlayLane::A), generated(request(20, 1)));
    EXPECT_EQ(chosen(PlayLane::B), generated(request(20, 2)));
    EXPECT_NE(chosen(PlayLane::A), chosen(PlayLane::B));
}

TEST_F(PlaygroundTest, StopEndsTheTextWithinAToken)
{
    load();
    m_playground.post(play::Generate{PlayLane::A, request(19)});
    m_playground.post(play::Stop{PlayLane::A}); // obeyed before a token is chosen, or after any
    EXPECT_EQ(wait_for<play::Ended>().why, PlayEnd::Stopped);
    const std::size_t written = chosen(PlayLane::A).size();
    EXPECT_LT(written, 19U);
    m_playground.post(play::List{run()});
    EXPECT_EQ(wait_for<play::Listed>().checkpoints.size(), 1U);
    EXPECT_EQ(chosen(PlayLane::A).size(), written) << "nothing comes after the end";
    m_playground.post(play::Generate{PlayLane::A, request(4)});
    EXPECT_EQ(wait_for<play::Ended>(2).why, PlayEnd::Length);
}

TEST_F(PlaygroundTest, ClosingWhileItWritesJoins)
{
    Playground closing;
    closing.post(play::Load{PlayLane::A, run()});
    closing.post(play::Generate{PlayLane::A, request(19)});
    while (closing.take_events().empty()) std::this_thread::sleep_for(1ms);
} // the destructor returns, or the test never ends

TEST_F(PlaygroundTest, WithoutACheckpointSaysHowToGetOne)
{
    EXPECT_EQ(refusal(play::Generate{PlayLane::A, request()}).what, "this lane has no model");
    const TempFolder empty;
    empty.write("run.json", "{}");
    const Error none = refusal(play::Load{PlayLane::A, empty.path().string()});
    EXPECT_TRUE(none.what.ends_with("has no checkpoint")) << none.what;
    const Error gone = refusal(play::Load{PlayLane::A, (empty / "step-000009").string()});
    EXPECT_TRUE(gone.what.ends_with("is not there any more")) << gone.what;
    EXPECT_FALSE(gone.hint.empty());
    EXPECT_TRUE(of<play::Refused>().back().loading);
}

/// A checkpoint of the run's own that a test may spoil.
class SpoiledCheckpoint {
public:
    explicit SpoiledCheckpoint(const std::string& run)
    {
        std::filesystem::copy(*find_checkpoint(run), m_folder / "copy", std::filesystem::copy_options::recursive);
    }
    std::string path() const { return (m_folder / "copy").string(); }
    void rewrite(const std::string& file, const std::string& contents) const
    {
        m_folder.rewrite("copy/" + file, contents);
    }

private:
    TempFolder m_folder;
};

TEST_F(PlaygroundTest, RefusesANewerVersionAndAnotherTokenizerInWords)
{
    const SpoiledCheckpoint newer(run());
    std::string state = slurp(newer.path() + "/triptych/train_state.json");
    state.replace(state.find("\"format\": 1"), 11, "\"format\": 9");
    newer.rewrite("triptych/train_state.json", state);
    EXPECT_TRUE(refusal(play::Load{PlayLane::A, newer.path()}).what.ends_with("newer version of Triptych"));

    const SpoiledCheckpoint other(run());
    other.rewrite("tokenizer.json", R"({"model": {"type": "Unigram", "vocab": []}})");
    const Error error = refusal(play::Load{PlayLane::B, other.path()});
    EXPECT_NE(error.what.find("tokenizer"), std::string::npos) << error.what;
    EXPECT_EQ(refusal(play::Generate{PlayLane::B, request()}).what, "this lane has no model") << "nothing half loaded";
}

TEST_F(PlaygroundTest, AModelWithoutRoomBesideTheRestIsRefusedBeforeItIsRead)
{
    Playground narrow(1 << 20);
    narrow.post(play::Load{PlayLane::A, run()});
    std::vector<PlayEvent> events;
    while (events.empty()) events = narrow.take_events();
    const auto* refused = std::get_if<play::Refused>(&events[0]);
    ASSERT_NE(refused, nullptr);
    EXPECT_NE(refused->error.what.find("this machine has 1.0 MB"), std::string::npos) << refused->error.what;
    EXPECT_NE(refused->error.hint.find("stop the training"), std::string::npos) << refused->error.hint;
}

TEST_F(PlaygroundTest, RefusesNonsenseSettingsInWordsAndGoesOn)
{
    load();
    const auto refused_with = [&](auto&& change) {
        PlayRequest wrong = request();
        change(wrong);
        return refusal(play::Generate{PlayLane::A, wrong}).what;
    };
    EXPECT_EQ(refused_with([](PlayRequest& r) { r.settings.sampling.temperature = -1; }),
              "temperature is -1, which is not between 0 and 100");
    EXPECT_EQ(refused_with([](PlayRequest& r) { r.settings.sampling.temperature = std::nan(""); }),
              "temperature is nan, which is not between 0 and 100");
    EXPECT_EQ(refused_with([](PlayRequest& r) { r.settings.sampling.top_p = 1.5; }),
              "top-p is 1.5, which is not between 0 and 1");
    EXPECT_EQ(refused_with([](PlayRequest& r) { r.settings.sampling.top_k = -3; }),
              "top-k is -3, which is not 0 or more");
    EXPECT_EQ(refused_with([](PlayRequest& r) { r.settings.max_new_tokens = 0; }),
              "the number of new tokens is 0, which is not 1 or more");
    EXPECT_EQ(refused_with([](PlayRequest& r) { r.prompt.clear(); }), "the prompt is empty");
    EXPECT_TRUE(
        refused_with([](PlayRequest& r) { r.prompt.assign(5000, 'x'); }).starts_with("the prompt has 5000 tokens"));
    EXPECT_TRUE(of<play::Chose>().empty());
    m_playground.post(play::Generate{PlayLane::A, request(2)});
    EXPECT_EQ(wait_for<play::Ended>().why, PlayEnd::Length);
}

TEST_F(PlaygroundTest, ATextThatFillsTheContextSaysSo)
{
    load();
    PlayRequest wanted = request(std::numeric_limits<std::int64_t>::max());
    wanted.settings.sampling.top_k = 1;
    m_playground.post(play::Generate{PlayLane::A, wanted});
    const PlayEnd why = wait_for<play::Ended>().why;
    EXPECT_TRUE(why == PlayEnd::Full || why == PlayEnd::EndToken);
    EXPECT_EQ(chosen(PlayLane::A), generated([&] {
                  PlayRequest same = wanted;
                  same.settings.max_new_tokens = of<play::Loaded>()[0].model.config.max_position_embeddings - 13;
                  return same;
              }()));
}

TEST_F(PlaygroundTest, GoesOnWithWhateverBytesSomebodyPastedOrSaysWhyNot)
{
    const PlayModel model = load();
    const ByteTokenizer tokenizer;
    std::size_t begun = 0;
    std::size_t refused = 0;
    for (const HardText& text : hard_texts()) {
        SCOPED_TRACE(text.name);
        PlayRequest r = request(2);
        r.prompt = text.bytes;
        const auto tokens = tokenizer.encode(text.bytes, SpecialTokens::Parsed);
        const auto length = static_cast<std::int64_t>(tokens.size());
        m_playground.post(play::Generate{PlayLane::A, r});
        if (length == 0 || length >= model.config.max_position_embeddings) {
            const Error error = wait_for<play::Refused>(++refused).error;
            EXPECT_NE(error.what.find(length == 0 ? "empty" : std::to_string(length) + " tokens"), std::string::npos)
                << error.what;
            EXPECT_FALSE(error.hint.empty());
            continue;
        }
        const play::Began began = wait_for<play::Began>(++begun);
        wait_for<play::Ended>(begun);
        ASSERT_EQ(began.prompt.size(), tokens.size());
        std::string pieces;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            EXPECT_EQ(began.prompt[i].token, tokens[i]);
            EXPECT_EQ(to_valid_utf8(began.prompt[i].text), began.prompt[i].text);
            pieces += began.prompt[i].piece;
        }
        EXPECT_EQ(to_valid_utf8(pieces), pieces) << "what is shown is UTF-8, whatever was given";
    }
    EXPECT_GT(begun, 10U);
    EXPECT_GT(refused, 1U) << "the empty one and those with more tokens than there are positions";
}

} // namespace
} // namespace triptych::test
