// The smoothed picture of expert loads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/session/load_tracker.h"

#include <gtest/gtest.h>

#include <numeric>

namespace triptych {
namespace {

StepReport report(std::int64_t step, std::vector<std::int64_t> counts)
{
    StepReport r;
    r.step = step;
    r.loads = {{.layer = 2, .counts = std::move(counts), .bias = {0, 0, 0, 0}}};
    return r;
}

TEST(LoadTracker, ShowsTheFirstStepAsItIs)
{
    LoadTracker tracker(4, {});
    tracker.add(report(1, {8, 4, 4, 0}));
    const auto frame = tracker.frame();
    EXPECT_EQ(frame->step, 1);
    EXPECT_EQ(frame->ratio.at(0), (std::vector<float>{2, 1, 1, 0}));
    EXPECT_DOUBLE_EQ(frame->max_vio.at(0), 1.0);
    EXPECT_DOUBLE_EQ(frame->dead_fraction.at(0), 0.25);
    EXPECT_TRUE(frame->domain_share.empty());
}

TEST(LoadTracker, ForgetsSlowlyAndCallsDeadWhatHadNoTokenInTheWindow)
{
    LoadTracker tracker(4, {});
    for (std::int64_t step = 1; step <= 40; ++step) tracker.add(report(step, {4, 4, 4, 4}));
    tracker.add(report(41, {16, 0, 0, 0}));
    auto frame = tracker.frame();
    EXPECT_NEAR(frame->ratio[0][0], 1 + 3.0 / 20, 1e-6);
    EXPECT_DOUBLE_EQ(frame->dead_fraction[0], 0) << "one step without tokens is not death";
    for (std::int64_t step = 42; step <= 60; ++step) tracker.add(report(step, {16, 0, 0, 0}));
    EXPECT_DOUBLE_EQ(tracker.frame()->dead_fraction[0], 0.75);
}

TEST(LoadTracker, CallsNoExpertDeadThatIsOffAndCarriesTheControl)
{
    LoadTracker tracker(4, {});
    StepReport r = report(1, {6, 0, 2, 0});
    r.control.off[2] = {1};
    for (r.step = 1; r.step <= 30; ++r.step) tracker.add(r);
    const auto frame = tracker.frame();
    EXPECT_EQ(frame->control, r.control);
    EXPECT_DOUBLE_EQ(frame->dead_fraction[0], 0.25) << "expert 3 alone";
    EXPECT_NEAR(frame->max_vio[0], 6 / (8 / 3.0) - 1, 1e-12);
    EXPECT_NEAR(frame->ratio[0][2], 2 / (8 / 3.0), 1e-6);
}

TEST(LoadTracker, CountsWhichDomainChoseWhichExpert)
{
    LoadTracker tracker(4, {"english", "code"});
    const std::vector<std::int32_t> domains = {0, 0, 1, -1};
    const std::vector<std::int32_t> experts = {0, 1, 0, 2, 3, 2, 1, 1};
    tracker.set_domains(&domains);
    ASSERT_TRUE(tracker.wants({TapPoint::RouterExperts, 2}));
    tracker.take({TapPoint::RouterExperts, 2}, ConstView<2>(experts.data(), DType::I32, {4, 2}));
    tracker.add(report(1, {3, 3, 2, 1}));
    const auto frame = tracker.frame();
    EXPECT_EQ(frame->domain_share.at(0).at(0), (std::vector<float>{0.5F, 0.25F, 0.25F, 0}));
    EXPECT_EQ(frame->domain_share.at(0).at(1), (std::vector<float>{0, 0, 0.5F, 0.5F}));
}

/// Hands the tracker a pass of the layer, if it wants one.
void pass(LoadTracker& tracker, const std::vector<std::int32_t>& experts, std::int64_t k)
{
    const Tap tap{TapPoint::RouterExperts, 2};
    const auto tokens = static_cast<std::int64_t>(experts.size()) / k;
    if (tracker.wants(tap)) tracker.take(tap, ConstView<2>(experts.data(), DType::I32, {tokens, k}));
}

TEST(LoadTracker, WantsNoPassThatNobodyLooksAt)
{
    LoadTracker tracker(4, {});
    EXPECT_FALSE(tracker.wants({TapPoint::RouterExperts, 2}));
    EXPECT_FALSE(LoadTracker(4, {}, {.groups = 2}).wants({TapPoint::RouterScores, 2}));
    EXPECT_TRUE(LoadTracker(4, {}, {.groups = 2}).wants({TapPoint::RouterExperts, 2}));
    EXPECT_TRUE(LoadTracker(4, {}, {.micro_steps = 2}).wants({TapPoint::RouterExperts, 2}));
}

TEST(LoadTracker, CountsPairsInEveryEighthStepWhileSomebodyLooks)
{
    LoadTracker tracker(4, {});
    tracker.add(report(1, {2, 2, 2, 2}));
    tracker.count_pairs(Counting::Yes);
    std::vector<std::int64_t> counted;
    for (std::int64_t step = 2; step <= 20; ++step) {
        if (tracker.wants({TapPoint::RouterExperts, 2})) counted.push_back(step);
        pass(tracker, {0, 1, 0, 1, 2, 3, 2, 3}, 2);
        tracker.add(report(step, {2, 2, 2, 2}));
    }
    EXPECT_EQ(counted, (std::vector<std::int64_t>{9, 17}));
    const auto frame = tracker.frame();
    ASSERT_EQ(frame->lift.size(), 1U);
    EXPECT_GT(frame->lift[0].at(0), 2.5F) << "experts 0 and 1 always go together";
    EXPECT_EQ(frame->lift[0].at(1), 0.0F);
    ASSERT_EQ(frame->partners.at(0).size(), 4U);
    EXPECT_EQ(frame->partners[0][3].at(0).expert, 2);
    tracker.count_pairs(Counting::No);
    EXPECT_TRUE(tracker.frame()->lift.empty()) << "forgotten";
    EXPECT_TRUE(tracker.frame()->partners.empty());
}

TEST(LoadTracker, PairsFollowWhatIsChosenNow)
{
    LoadTracker tracker(4, {});
    tracker.count_pairs(Counting::Yes);
    for (std::int64_t step = 1; step <= 1000; ++step) {
        pass(tracker, step <= 200 ? std::vector<std::int32_t>{0, 1, 2, 3} : std::vector<std::int32_t>{0, 2, 1, 3}, 2);
        tracker.add(report(step, {1, 1, 1, 1}));
    }
    EXPECT_LT(tracker.frame()->lift.at(0).at(0), 0.1F) << "the old pair";
    EXPECT_GT(tracker.frame()->lift.at(0).at(1), 2.5F) << "the new one";
}

TEST(LoadTracker, CountsTheTokensOfAnExpertWhileSomebodyLooksAnMtpModulesByItsOwn)
{
    const ByteTokenizer tokenizer;
    LoadTracker tracker(4, {}, {.layers = 2, .vocabulary = 300});
    TokenBatch batch;
    for (const char* text : {"aaaaaaaa", "bbbbbbbb"}) {
        const auto tokens = tokenizer.encode(text);
        batch.inputs.emplace_back(tokens.begin(), tokens.end());
    }
    tracker.set_tokens(&batch, tokenizer);
    EXPECT_TRUE(tracker.frame()->words.empty()) << "nobody looks";
    tracker.count_words(Counting::Yes);
    const std::vector<std::int32_t> experts = {0, 0, 0, 0, 0, 0, 0, 3};
    for (int step = 1; step <= 9; ++step) { // counted in the first and the ninth
        for (const std::int64_t layer : {1, 2}) {
            const Tap tap{TapPoint::RouterExperts, layer};
            if (tracker.wants(tap)) tracker.take(tap, ConstView<2>(experts.data(), DType::I32, {8, 1}));
        }
        StepReport r = report(step, {7, 0, 0, 1});
        r.loads.push_back(r.loads[0]);
        r.loads[0].layer = 1;
        tracker.add(r);
    }
    const auto frame = tracker.frame();
    ASSERT_EQ(frame->words.size(), 2U);
    ASSERT_EQ(frame->words[0].at(0).size(), 1U);
    EXPECT_EQ(frame->words[0][0][0].text, "a");
    EXPECT_FLOAT_EQ(frame->words[0][0][0].share, 7 / 8.0F);
    EXPECT_TRUE(frame->words[0].at(3).empty()) << "an eighth is less than a quarter";
    EXPECT_EQ(frame->words[1][0][0].text, "b") << "layer 2 is that of the first MTP module";
    EXPECT_EQ(frame->word_share, (std::vector<double>{7 / 8.0, 7 / 8.0}));
    EXPECT_EQ(frame->words_step, 9);
    const auto without = tracker.frame(FrameWords::Left);
    EXPECT_TRUE(without->words.empty() && without->word_share.empty());
    EXPECT_EQ(without->words_step, 0);
    EXPECT_EQ(tracker.frame()->words[0][0].size(), 1U) << "they are counted all the same";
    tracker.count_words(Counting::No);
    EXPECT_TRUE(tracker.frame()->words.empty()) << "forgotten";
}

TEST(LoadTracker, GroupsHaveTheShareOfTokensThatChoseInThem)
{
    LoadTracker tracker(8, {}, {.groups = 4});
    // Two groups a token, two experts in each: groups 0 and 1, 0 and 3, 2 and 3, 0 and 1.
    pass(tracker, {0, 1, 2, 3, 6, 0, 7, 1, 4, 5, 6, 7, 3, 2, 1, 0}, 4);
    tracker.add(report(1, {3, 3, 2, 2, 1, 1, 2, 2}));
    const auto share = tracker.frame()->group_share.at(0);
    EXPECT_EQ(share, (std::vector<float>{0.75F, 0.5F, 0.25F, 0.5F}));
    EXPECT_FLOAT_EQ(std::accumulate(share.begin(), share.end(), 0.0F), 2) << "groups a token";
    pass(tracker, {4, 5, 6, 7}, 4);
    tracker.add(report(2, {0, 0, 0, 0, 1, 1, 1, 1}));
    EXPECT_NEAR(tracker.frame()->group_share.at(0).at(0), 3 * 0.95 / (4 * 0.95 + 1), 1e-6) << "fades over 20 steps";
    EXPECT_TRUE(LoadTracker(8, {}).frame()->group_share.empty());
}

TEST(LoadTracker, MicroBatchesHaveABalanceOfTheirOwn)
{
    LoadTracker tracker(4, {}, {.micro_steps = 2});
    pass(tracker, {0, 0, 0, 0}, 1); // MaxVio 3
    pass(tracker, {1, 2, 3, 3}, 1); // MaxVio 1
    tracker.add(report(1, {4, 1, 1, 2}));
    // Loads 4 0 0 0 and 0 1 1 2: each measure is the mean of theirs.
    const BalanceMeasures first = measure_balance(std::vector<std::int64_t>{4, 0, 0, 0});
    const BalanceMeasures second = measure_balance(std::vector<std::int64_t>{0, 1, 1, 2});
    ASSERT_EQ(tracker.frame()->micro_balance.size(), 1U);
    const BalanceMeasures mean = tracker.frame()->micro_balance[0];
    EXPECT_EQ(mean.max_violation, 2);
    EXPECT_EQ(mean.min_violation, 1);
    EXPECT_DOUBLE_EQ(mean.variation, (first.variation + second.variation) / 2);
    EXPECT_DOUBLE_EQ(mean.effective_share, (first.effective_share + second.effective_share) / 2);
    EXPECT_DOUBLE_EQ(mean.dead_fraction, 0.5) << "three of four, and one of four";
    EXPECT_EQ(tracker.frame()->max_vio, (std::vector<double>{1})) << "over both it is more even";
    pass(tracker, {0, 1, 2, 3}, 1);
    pass(tracker, {3, 2, 1, 0}, 1);
    tracker.add(report(2, {2, 2, 2, 2}));
    EXPECT_EQ(tracker.frame()->micro_balance, (std::vector<BalanceMeasures>{{.effective_share = 1}}))
        << "of the last step alone";
    EXPECT_TRUE(LoadTracker(4, {}).frame()->micro_balance.empty());
}

TEST(LoadTracker, MicroBatchesAreJudgedByTheExpertsThatWereOnInTheStep)
{
    LoadTracker tracker(4, {}, {.micro_steps = 2});
    EXPECT_TRUE(tracker.micro_balance().empty()) << "before the first step";
    pass(tracker, {0, 0, 1, 1}, 1);
    pass(tracker, {0, 0, 0, 1}, 1); // of the two that are on: MaxVio 1/2
    StepReport r = report(1, {5, 3, 0, 0});
    r.control.off[2] = {2, 3};
    tracker.add(r);
    ASSERT_EQ(tracker.micro_balance().size(), 1U);
    EXPECT_EQ(tracker.micro_balance()[0].max_violation, 0.25);
    EXPECT_EQ(tracker.micro_balance()[0].dead_fraction, 0);
    LoadTracker whole(4, {});
    whole.add(r);
    EXPECT_TRUE(whole.micro_balance().empty()) << "a step is one micro-batch";
}

} // namespace
} // namespace triptych
