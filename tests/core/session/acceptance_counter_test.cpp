// The drafts of a validation, counted: as judge_drafts counts those of a text, and on logits made by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/session/acceptance_counter.h"
#include "core/session/draft_acceptance.h"
#include "core/session/probe_reader.h"
#include "core/train/trainer.h"
#include "tests/support/small_run.h"
#include "tests/support/token_source.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace triptych::test {
namespace {

using Count = AcceptanceFrame::Count;
constexpr std::int64_t kVocab = 20;

/// The one row of a table that chooses a token.
void choose(std::vector<float>& logits, std::int32_t token)
{
    logits.insert(logits.end(), static_cast<std::size_t>(kVocab), 0.0F);
    logits[logits.size() - static_cast<std::size_t>(kVocab) + static_cast<std::size_t>(token)] = 1;
}

/// Tells the counter of a batch whose models choose these tokens [depth][N], in tiles of three rows.
void tell(AcceptanceCounter& counter, const TokenBatch& batch, const std::vector<std::vector<std::int32_t>>& chosen)
{
    counter.begin(batch);
    for (std::size_t depth = 0; depth < chosen.size(); ++depth) {
        const auto rows = static_cast<std::int64_t>(chosen[depth].size());
        for (std::int64_t first = 0; first < rows; first += 3) {
            const std::int64_t count = std::min<std::int64_t>(3, rows - first);
            std::vector<float> logits;
            std::vector<float> losses;
            for (std::int64_t r = 0; r < count; ++r) {
                choose(logits, chosen[depth][static_cast<std::size_t>(first + r)]);
                losses.push_back(static_cast<float>(first + r + 1)); // row 0 costs 1 nat, row 1 costs 2
            }
            counter.take_logits(static_cast<std::int64_t>(depth), first,
                                ConstView<2>(logits.data(), DType::F32, {count, kVocab}));
            counter.take_losses(static_cast<std::int64_t>(depth), first,
                                ConstView<1>(losses.data(), DType::F32, {count}));
        }
    }
    counter.end();
}

TokenBatch batch_of(std::int64_t sequences, std::int64_t length, std::int64_t depth)
{
    std::vector<std::int32_t> tokens(static_cast<std::size_t>(sequences * (length + 1 + depth)));
    std::iota(tokens.begin(), tokens.end(), 0);
    return make_batch(tokens, sequences, length, depth);
}

std::map<std::string, double> by_name(const std::vector<Sample>& samples)
{
    std::map<std::string, double> found;
    for (const Sample& sample : samples) found[metric_name(sample.metric)] = sample.value;
    return found;
}

void expect_count(const Count& count, std::int64_t drafts, std::int64_t accepted, const std::string& where)
{
    EXPECT_EQ(count.drafts, drafts) << where;
    EXPECT_EQ(count.accepted, accepted) << where;
}

/// Trained and validated on one sequence: the bytes of a text, and as many more as the MTP modules read beyond it.
class OneText : public CountingSource {
public:
    OneText(const std::vector<std::int32_t>& tokens, std::int64_t length, std::int64_t depth)
        : CountingSource(264, 1, length, depth), m_batch(make_batch(tokens, 1, length, depth))
    {}
    void read_training_batch(std::int64_t, std::int64_t, BatchBuffer& into) const override { into.batch = m_batch; }
    std::int64_t validation_batches() const override { return 1; }
    TokenBatch validation_batch(std::int64_t) const override { return m_batch; }

private:
    TokenBatch m_batch;
};

TEST(AcceptanceCounter, CountsOnATextThatIsOneSequenceWhatJudgeDraftsCounts)
{
    constexpr std::int64_t kLength = 40;
    constexpr std::int64_t kDepth = 2;
    const ByteTokenizer tokenizer;
    const std::string text = "The old house stands by the river. 12 + 30 = 42";
    auto tokens = tokenizer.encode(text);
    tokens.resize(kLength + 1 + kDepth);
    const OneText source(tokens, kLength, kDepth);
    ModelConfig model = small_run_model();
    model.num_nextn_predict_layers = kDepth;
    TrainConfig config;
    config.batch_size = 1;
    config.sequence_length = kLength;
    config.threads = 1;
    config.learning_rate = 0.01;
    Trainer trainer(model, config, *find_router("sigmoid_noaux").value(), DType::F32, source, 0);
    trainer.initialize();
    for (int i = 0; i < 30; ++i) trainer.step();

    AcceptanceCounter counter(kDepth, {});
    trainer.evaluate(&counter);
    const auto counted = counter.frame(30);
    ASSERT_TRUE(counted);
    const auto probe =
        read_probe({trainer.model(), std::as_const(trainer).params(), trainer.workspace(), trainer.stream(), kLength},
                   tokenizer, text.substr(0, kLength), 30);
    ASSERT_EQ(probe->tokens.size(), static_cast<std::size_t>(kLength));
    const DraftAcceptance judged = judge_drafts(*probe);
    for (std::size_t depth = 1; depth <= kDepth; ++depth) {
        const DepthAcceptance& expected = judged.depths[depth - 1];
        Count all;
        for (const Count& count : counted->by_position[depth - 1]) {
            all.drafts += count.drafts;
            all.accepted += count.accepted;
        }
        expect_count(all, expected.drafts, expected.accepted, "depth " + std::to_string(depth));
        expect_count(counted->reached[depth - 1], expected.reached, expected.reached_accepted, "reached");
        EXPECT_EQ(acceptance_rate(*counted, depth), expected.rate());
    }
    EXPECT_GT(judged.depths[0].accepted, 0) << "a text on which nothing is accepted compares nothing";
    EXPECT_LT(judged.depths[0].accepted, judged.depths[0].drafts);
    EXPECT_EQ(tokens_per_step(*counted), judged.tokens_per_step());
}

TEST(AcceptanceCounter, ADraftIsHeldAgainstTheMainModelOneTokenOnInItsOwnSequence)
{
    AcceptanceCounter counter(1, {"x"});
    TokenBatch batch = batch_of(2, 4, 1);
    batch.domains.assign(8, 0);
    // Drafts of the first sequence: right, wrong, right, none; of the second all wrong, though the first would agree.
    tell(counter, batch, {{10, 11, 12, 13, 14, 15, 16, 17}, {11, 9, 13, 14, 11, 12, 13, 9}});
    const auto frame = counter.frame(7);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->step, 7);
    // A sequence of four has every eighth of the 32 parts.
    expect_count(frame->by_position[0][0], 2, 1, "first position of both sequences");
    expect_count(frame->by_position[0][8], 2, 0, "second");
    expect_count(frame->by_position[0][16], 2, 1, "third");
    expect_count(frame->by_position[0][24], 0, 0, "the last drafts what is not there to be held against");
    EXPECT_DOUBLE_EQ(acceptance_rate(*frame, 1), 2.0 / 6);
    EXPECT_TRUE(std::isnan(acceptance_rate(*frame, 2)));
}

TEST(AcceptanceCounter, CountsDomainsByTheDocumentOfThePositionAndAddsUpOverBatches)
{
    AcceptanceCounter counter(1, {"prose", "sums", "code"});
    TokenBatch batch = batch_of(1, 5, 1);
    batch.domains = {0, 0, 1, 1, 1};
    batch.targets[1][1] = -1; // what it would draft is another document's
    batch.targets[0][1] = -1;
    for (int i = 0; i < 2; ++i) tell(counter, batch, {{10, 11, 12, 13, 14}, {11, 12, 13, 9, 9}});
    const auto frame = counter.frame(1);
    expect_count(frame->by_domain[0][0], 2, 2, "prose");
    expect_count(frame->by_domain[0][1], 4, 2, "sums");
    expect_count(frame->by_domain[0][2], 0, 0, "code");
    EXPECT_EQ(frame->domains, (std::vector<std::string>{"prose", "sums", "code"}));
    const auto samples = by_name(counter.samples(1));
    EXPECT_EQ(samples.at("domain.0.acceptance"), 1);
    EXPECT_EQ(samples.at("domain.1.acceptance"), 0.5);
    EXPECT_EQ(samples.count("domain.2.acceptance"), 0U) << "of a domain without a token nothing is known";
    EXPECT_EQ(samples.at("domain.0.val_loss"), 1) << "row 0 alone has a target";
    EXPECT_EQ(samples.at("domain.1.val_loss"), 4) << "rows 2 to 4";
    EXPECT_EQ(samples.count("domain.2.val_loss"), 0U);
    EXPECT_DOUBLE_EQ(samples.at("mtp.1.acceptance"), 4.0 / 6);
    EXPECT_DOUBLE_EQ(samples.at("val_speed_up"), 1 + 4.0 / 6);
}

TEST(AcceptanceCounter, ADeeperDraftIsReachedWhereTheShallowerWasAccepted)
{
    AcceptanceCounter counter(2, {});
    // Depth 1 right at 0, 1, 3; depth 2 at 0 and 2, of which 2 is never reached.
    tell(counter, batch_of(1, 5, 2), {{10, 11, 12, 13, 14}, {11, 12, 9, 14, 9}, {12, 9, 14, 9, 9}});
    const auto frame = counter.frame(1);
    expect_count(frame->reached[0], 4, 3, "depth 1");
    expect_count(frame->reached[1], 2, 1, "depth 2");
    EXPECT_DOUBLE_EQ(tokens_per_step(*frame), 1 + 0.75 + 0.75 * 0.5);
    EXPECT_DOUBLE_EQ(by_name(counter.samples(1)).at("mtp.2.acceptance"), 2.0 / 3);
}

TEST(AcceptanceCounter, WithoutDraftsThereIsNoFrameAndNoShare)
{
    AcceptanceCounter plain(0, {"prose"});
    TokenBatch batch = batch_of(1, 3, 0);
    batch.domains.assign(3, 0);
    tell(plain, batch, {{1, 2, 3}});
    EXPECT_EQ(plain.frame(1), nullptr);
    EXPECT_EQ(by_name(plain.samples(1)), (std::map<std::string, double>{{"domain.0.val_loss", 2}}));
    AcceptanceCounter one_token(1, {});
    tell(one_token, batch_of(2, 1, 1), {{1, 2}, {3, 4}});
    EXPECT_EQ(one_token.frame(1), nullptr) << "a text of one token drafts nothing that could be judged";
    EXPECT_TRUE(one_token.samples(1).empty());
}

TEST(AcceptanceCounter, TheLikeliestTokenIsTheFirstOfEqualsAndNeverWhatIsNoNumber)
{
    constexpr float kInf = std::numeric_limits<float>::infinity();
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> rows;
    const auto row = [&](std::initializer_list<std::pair<std::size_t, float>> values, float rest) {
        const std::size_t begin = rows.size();
        rows.insert(rows.end(), 37, rest); // no multiple of anything
        for (const auto& [at, value] : values) rows[begin + at] = value;
    };
    row({{36, 2}}, 1);
    row({{5, 3}, {21, 3}, {35, 3}}, -1);
    row({{0, kNan}, {17, -5}}, -9);
    row({{0, kNan}, {3, kNan}}, -kInf);
    row({{30, kInf}}, kNan);
    std::vector<std::int32_t> best(5, -1);
    likeliest_tokens(ConstView<2>(rows.data(), DType::F32, {5, 37}), best);
    EXPECT_EQ(best, (std::vector<std::int32_t>{36, 5, 17, 0, 30}));
    const std::vector<double> wide(rows.begin(), rows.end());
    likeliest_tokens(ConstView<2>(wide.data(), DType::F64, {5, 37}), best);
    EXPECT_EQ(best, (std::vector<std::int32_t>{36, 5, 17, 0, 30}));
}

/// Keeps the frames, too.
struct AcceptanceObserver : RecordingObserver {
    void on_acceptance(std::shared_ptr<const AcceptanceFrame> frame) override { frames.push_back(std::move(frame)); }
    std::vector<std::shared_ptr<const AcceptanceFrame>> frames;
};

TEST(AcceptanceCounter, ARunTellsOnceAValidationAndRecordsTheSharesOfEachDomain)
{
    const SmallRun small;
    RunRequest request = small.request();
    request.max_steps = 8;
    AcceptanceObserver observer;
    ASSERT_TRUE(train(request, observer));
    ASSERT_EQ(observer.frames.size(), 2U);
    EXPECT_EQ(observer.frames[0]->step, 4);
    EXPECT_EQ(observer.frames[1]->step, 8);
    const AcceptanceFrame& frame = *observer.frames[1];
    ASSERT_EQ(frame.by_domain.size(), 1U);
    EXPECT_EQ(frame.domains, observer.of<event::RunStarted>().at(0).domains);
    std::int64_t drafts = 0;
    for (const Count& count : frame.by_domain[0]) drafts += count.drafts;
    EXPECT_GT(drafts, 0);
    EXPECT_LE(drafts, 2 * 31) << "each of two sequences of 32 tokens drafts at all positions but the last";
    std::map<std::string, double> last;
    double loss = 0;
    for (const Sample& sample : observer.all)
        if (sample.step == 8) last[metric_name(sample.metric)] = sample.value;
    EXPECT_EQ(last.at("mtp.1.acceptance"), acceptance_rate(frame, 1));
    EXPECT_EQ(last.at("val_speed_up"), tokens_per_step(frame));
    EXPECT_DOUBLE_EQ(last.at("mtp.1.val_loss"), last.at("val_mtp_loss")) << "of one module";
    for (std::size_t d = 0; d < frame.domains.size(); ++d)
        if (last.count("domain." + std::to_string(d) + ".val_loss")) loss += 1;
    EXPECT_GT(loss, 0) << "some domain was validated";
}

} // namespace
} // namespace triptych::test
