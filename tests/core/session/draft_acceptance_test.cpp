// Which drafts the main model would accept, on frames made by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/draft_acceptance.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych {
namespace {

using enum DraftState;

/// The best guess at each position; -1: none.
std::vector<std::vector<Guess>> guesses(const std::vector<std::int32_t>& tokens)
{
    std::vector<std::vector<Guess>> result;
    for (const std::int32_t token : tokens)
        result.push_back(token < 0 ? std::vector<Guess>{} : std::vector<Guess>{{token, 0.9F, "x"}, {77, 0.1F, "y"}});
    return result;
}

ProbeFrame frame_of(const std::vector<std::int32_t>& next, const std::vector<std::vector<std::int32_t>>& drafts)
{
    ProbeFrame frame;
    frame.tokens.assign(next.size(), 1);
    frame.next = guesses(next);
    for (const auto& depth : drafts) frame.after_next.push_back(guesses(depth));
    return frame;
}

TEST(DraftAcceptance, ADraftIsHeldAgainstWhatTheMainModelChoosesWhenItGetsThere)
{
    // The draft at position 0 is for the token after position 1, where the main model says 11.
    const auto result = judge_drafts(frame_of({10, 11, 12, 13}, {{11, 99, 13, -1}}));
    EXPECT_EQ(result.states.at(0), (std::vector{Accepted, Rejected, Accepted, None}));
    EXPECT_EQ(result.depths.at(0).drafts, 3);
    EXPECT_EQ(result.depths.at(0).accepted, 2);
    EXPECT_DOUBLE_EQ(result.depths.at(0).rate(), 2.0 / 3);
    EXPECT_DOUBLE_EQ(result.tokens_per_step(), 1 + 2.0 / 3);
}

TEST(DraftAcceptance, ADeeperDraftCountsOnlyWhereTheShallowerWasAccepted)
{
    // Depth 1 is right at 0, 1, 3; depth 2 at 0 and 2, of which 2 is never reached.
    const auto result = judge_drafts(frame_of({10, 11, 12, 13, 14}, {{11, 12, 99, 14, -1}, {12, 99, 14, -1, -1}}));
    EXPECT_EQ(result.states.at(1), (std::vector{Accepted, Rejected, Accepted, None, None}));
    const DepthAcceptance& second = result.depths.at(1);
    EXPECT_DOUBLE_EQ(second.rate(), 2.0 / 3);
    EXPECT_EQ(second.reached, 2);
    EXPECT_DOUBLE_EQ(second.reached_rate(), 0.5);
    EXPECT_DOUBLE_EQ(result.tokens_per_step(), 1 + 0.75 + 0.75 * 0.5);
}

TEST(DraftAcceptance, NothingAcceptedIsNoSpeedUpAndEverythingIsOneTokenADepth)
{
    EXPECT_DOUBLE_EQ(judge_drafts(frame_of({10, 11, 12}, {{0, 0, -1}, {0, -1, -1}})).tokens_per_step(), 1);
    EXPECT_DOUBLE_EQ(judge_drafts(frame_of({10, 11, 12}, {{11, 12, -1}, {12, -1, -1}})).tokens_per_step(), 3);
}

TEST(DraftAcceptance, WithoutDraftsThereIsNoRate)
{
    const auto none = judge_drafts(frame_of({10, 11}, {}));
    EXPECT_TRUE(none.depths.empty());
    EXPECT_DOUBLE_EQ(none.tokens_per_step(), 1);
    const auto one_token = judge_drafts(frame_of({10}, {{-1}}));
    EXPECT_EQ(one_token.states.at(0), std::vector{None});
    EXPECT_TRUE(std::isnan(one_token.depths.at(0).rate()));
    EXPECT_DOUBLE_EQ(one_token.tokens_per_step(), 1);
}

TEST(DraftAcceptance, ListsThatEndEarlyAreNoDrafts)
{
    ProbeFrame frame = frame_of({10, 11, 12}, {{11, 12, -1}});
    frame.after_next[0].resize(1);
    frame.next.resize(2);
    const auto result = judge_drafts(frame);
    EXPECT_EQ(result.states.at(0), (std::vector{Accepted, None, None}));
    EXPECT_TRUE(judge_drafts(ProbeFrame{}).states.empty());
}

} // namespace
} // namespace triptych
