// The smoothed picture of expert loads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/load_tracker.h"

#include <gtest/gtest.h>

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

} // namespace
} // namespace triptych
