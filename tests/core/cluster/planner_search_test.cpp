// The search with all that it went through, its early end, and limits that a person sets.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/all_to_all.h"
#include "tests/core/cluster/request.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych::test {
namespace {

TEST(PlannerSearch, FindsWhatThePlannerFindsAndKeepsAllOthers)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    const PlanSearch search = search_layouts(request);
    const auto plan = plan_cluster(request);
    ASSERT_TRUE(search.best.ok() && plan.ok());
    EXPECT_EQ(search.best->usd, plan->usd);
    EXPECT_EQ(search.left_out, 0);
    const auto fits = std::count_if(search.plans.begin(), search.plans.end(), [](const auto& p) { return p.fits(); });
    EXPECT_GT(fits, 0);
    EXPECT_LT(fits, static_cast<std::ptrdiff_t>(search.plans.size())) << "those that do not fit are there, too";
    for (const ClusterPlan& p : search.plans) {
        if (p.fits()) {
            EXPECT_GE(p.gpu_hours * 1.01, plan->gpu_hours);
        }
    }
}

TEST(PlannerSearch, EndsEarlyWhenAskedTo)
{
    std::stop_source stop;
    stop.request_stop();
    const PlanSearch search = search_layouts(request_for("deepseek-v3", "h800", 2048), stop.get_token());
    ASSERT_FALSE(search.best.ok());
    EXPECT_EQ(search.best.error().what, "the search was stopped");
    EXPECT_TRUE(search.plans.empty());
}

TEST(PlannerSearch, RefusesWhatThePlannerRefuses)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 0);
    const PlanSearch search = search_layouts(request);
    ASSERT_FALSE(search.best.ok());
    EXPECT_EQ(search.best.error().what, plan_cluster(request).error().what);
}

TEST(PlannerSearch, AMemoryLimitLeavesLayoutsOut)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    const auto free = plan_cluster(request);
    ASSERT_TRUE(free.ok());
    request.memory_limit = free->memory.total() * 0.9;
    const auto tight = plan_cluster(request);
    ASSERT_TRUE(tight.ok()) << tight.error().what;
    EXPECT_LE(tight->memory.total(), *request.memory_limit);
    EXPECT_EQ(tight->memory_capacity, *request.memory_limit);
    EXPECT_GE(tight->gpu_hours * 1.01, free->gpu_hours);
    for (const double bytes : {0.0, -1.0, 81e9, std::numeric_limits<double>::quiet_NaN()}) {
        request.memory_limit = bytes;
        const auto fault = find_fault(request);
        ASSERT_TRUE(fault.has_value());
        EXPECT_EQ(fault->field, PlanField::Memory);
        EXPECT_NE(fault->error.what.find("but a GPU has 80.0 GB"), std::string::npos) << fault->error.what;
    }
}

TEST(PlannerSearch, AFaultNamesTheFieldItLiesIn)
{
    const auto field = [](auto change) {
        PlanRequest request = request_for("deepseek-v3", "h800", 2048);
        change(request);
        const auto fault = find_fault(request);
        return fault ? fault->field : PlanField{};
    };
    EXPECT_EQ(field([](auto&) {}), PlanField{});
    EXPECT_EQ(field([](auto& r) { r.gpus = 1'000'000'000; }), PlanField::Gpus);
    EXPECT_EQ(field([](auto& r) { r.pp = 62; }), PlanField::Pp);
    EXPECT_EQ(field([](auto& r) { r.ep = 96; }), PlanField::Ep);
    EXPECT_EQ(field([](auto& r) { r.dp = 100; }), PlanField::Dp);
    EXPECT_EQ(field([](auto& r) { r.micro_batch = 0; }), PlanField::MicroBatch);
    EXPECT_EQ(field([](auto& r) { r.tokens = -1; }), PlanField::Tokens);
    EXPECT_EQ(field([](auto& r) { r.sequence_length = 0; }), PlanField::SequenceLength);
    EXPECT_EQ(field([](auto& r) { r.batch = 0; }), PlanField::Batch);
    EXPECT_EQ(field([](auto& r) { r.deadline_days = -3; }), PlanField::Deadline);
    EXPECT_EQ(field([](auto& r) { r.usd_per_gpu_hour = -0.5; }), PlanField::Price);
}

TEST(PlannerSearch, ThePlanSaysWhatItsBubbleIsMadeOf)
{
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    const ClusterPlan plan = evaluated(request, kPublishedLayout);
    EXPECT_DOUBLE_EQ(bubble_seconds(plan.layout.schedule, plan.layout.pp, plan.others), plan.bubble_seconds);
}

TEST(ExchangeTraffic, TheLimitTakesBytesFromTheNetworkAndSetsTheTime)
{
    const PlanRequest r = request_for("deepseek-v3", "h800", 2048);
    const ExpertGroup group = expert_group(64, r.gpu.domain);
    const ExchangeTraffic limited = exchange_traffic(r.model, r.gpu, group, r.format);
    const ExchangeTraffic free = exchange_traffic(without_node_limit(r.model), r.gpu, group, r.format);
    // 8 experts in 8 nodes at random hit 8 (1 - (7/8)^8) of them, with the limit 4; 7/8 of them are other nodes.
    const double row = 7168 * (1.03125 + 2);
    EXPECT_NEAR(free.network_bytes, row * 8 * (1 - std::pow(7.0 / 8, 8)) * 7 / 8, 1);
    EXPECT_LE(limited.network_bytes, row * 4 * 7 / 8);
    EXPECT_GT(free.network_bytes, 1.3 * limited.network_bytes);
    EXPECT_NEAR(std::max(limited.nvlink_seconds, limited.network_seconds) * 1000,
                expert_exchange_seconds(r.model, r.gpu, group, r.format, 1000), 1e-12);
    EXPECT_EQ(exchange_traffic(r.model, r.gpu, expert_group(1, 8), r.format).nvlink_bytes, 0);
}

} // namespace
} // namespace triptych::test
