// A token's way through a frame: experts by weight, tokens by attention, what was said and what was expected.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/token_journey.h"
#include "tests/support/probe_frames.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

/// Layer 1 of each frame routes every token to experts 5, 2 and 7, of which 2 counts most.
std::shared_ptr<ProbeFrame> routed_frame(const std::string& text, const ProbeShape& shape = {})
{
    auto frame = probe_frame(text, shape);
    frame->routes[1].assign(frame->tokens.size(), {5, 2, 7});
    frame->route_weights[1].assign(frame->tokens.size(), {0.5F, 1.25F, 0.25F});
    return frame;
}

TEST(TokenJourney, ALayerTellsItsExpertsByWeightAndADenseOneHasNone)
{
    const auto frame = routed_frame("An old house");
    EXPECT_EQ(main_layers(*frame), 2) << "the third belongs to MTP";
    EXPECT_TRUE(journey_step(*frame, 0, 3, kAllHeads).routes.empty());
    const JourneyStep step = journey_step(*frame, 1, 3, kAllHeads);
    ASSERT_EQ(step.routes.size(), 3U);
    EXPECT_EQ(step.routes[0].expert, 2);
    EXPECT_EQ(step.routes[0].weight, 1.25F);
    EXPECT_EQ(step.routes[2].expert, 7);
}

TEST(TokenJourney, OneHeadOrAllByTheOneThatLooksMost)
{
    const auto frame = routed_frame("An old house");
    // Head h puts 0.6 on the token h places before, and evenly shares the rest.
    const JourneyStep one = journey_step(*frame, 0, 6, 2);
    ASSERT_EQ(one.looks.size(), 7U) << "as many as there are up to the token itself";
    EXPECT_EQ(one.looks[0].token, 4);
    EXPECT_FLOAT_EQ(one.looks[0].weight, 0.6F + 0.4F / 7);
    EXPECT_EQ(one.looks[0].head, 2);
    const JourneyStep all = journey_step(*frame, 0, 6, kAllHeads);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(all.looks[i].token, 6 - static_cast<std::int64_t>(i)) << "the nearer of equals first";
        EXPECT_EQ(all.looks[i].head, static_cast<std::int64_t>(i));
        EXPECT_FLOAT_EQ(all.looks[i].weight, 0.6F + 0.4F / 7);
    }
    EXPECT_FLOAT_EQ(all.looks[4].weight, 0.4F / 7);
    EXPECT_EQ(journey_step(*frame, 0, 11, 0).looks.size(), kMostLooks) << "no more than can be read";
}

TEST(TokenJourney, OfPooledAttentionNeighboursShareOneWeight)
{
    auto frame = probe_frame("abcde", {.layers = 1, .mtp_depth = 0, .heads = 1});
    frame->pool = 2;
    frame->attention = {1, 0, 0, 0.25F, 0.75F, 0, 0.5F, 0.2F, 0.3F};
    const JourneyStep step = journey_step(*frame, 0, 4, kAllHeads);
    ASSERT_EQ(step.looks.size(), 3U);
    EXPECT_EQ(step.looks[0].token, 0);
    EXPECT_EQ(step.looks[0].count, 2);
    EXPECT_EQ(step.looks[1].token, 4);
    EXPECT_EQ(step.looks[1].count, 1) << "the text ends";
    EXPECT_EQ(journey_step(*frame, 0, 2, kAllHeads).looks[0].weight, 0.75F);
}

TEST(TokenJourney, TheEndIsWhatTheHeadChoosesAndWhatMtpExpectedOfIt)
{
    const auto frame = routed_frame("An old house", {.mtp_depth = 2});
    // The draft at an even position is right, that at an odd one is "#".
    const JourneyEnd end = journey_end(*frame, 3);
    ASSERT_EQ(end.next.size(), 5U);
    EXPECT_EQ(end.next[0].text, "l");
    ASSERT_EQ(end.drafts.size(), 2U);
    EXPECT_EQ(end.drafts[0].depth, 1);
    EXPECT_EQ(end.drafts[0].guess.text, "l") << "of depth 1 at position 2";
    EXPECT_TRUE(end.drafts[0].same);
    EXPECT_EQ(end.drafts[1].guess.text, "#") << "of depth 2 at position 1";
    EXPECT_FALSE(end.drafts[1].same);
    EXPECT_EQ(journey_end(*frame, 1).drafts.size(), 1U) << "depth 2 would have had to draft before the text";
}

TEST(TokenJourney, ATextOfOneTokenLooksAtItselfAndNobodyExpectedAnything)
{
    const auto frame = probe_frame("x");
    const JourneyStep step = journey_step(*frame, 0, 0, kAllHeads);
    ASSERT_EQ(step.looks.size(), 1U);
    EXPECT_EQ(step.looks[0].token, 0);
    EXPECT_FLOAT_EQ(step.looks[0].weight, 1);
    EXPECT_TRUE(journey_end(*frame, 0).drafts.empty());
}

TEST(TokenJourney, WithoutMtpAndWithoutALensThereIsJustLess)
{
    auto frame = probe_frame("An old house", {.mtp_depth = 0});
    EXPECT_EQ(main_layers(*frame), 2);
    EXPECT_TRUE(journey_end(*frame, 4).drafts.empty());
    EXPECT_FALSE(has_lens(*frame, 4));
    EXPECT_TRUE(journey_step(*frame, 1, 4, 0).lens.empty());
    frame->lens.resize(2);
    frame->lens[1].resize(12);
    frame->lens[1][4] = {{7, 0.5F, "z"}};
    EXPECT_TRUE(has_lens(*frame, 4));
    EXPECT_FALSE(has_lens(*frame, 5));
    EXPECT_EQ(journey_step(*frame, 1, 4, 0).lens[0].text, "z");
}

} // namespace
} // namespace triptych::test
