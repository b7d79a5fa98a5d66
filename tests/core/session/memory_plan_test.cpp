// The plan that is shown, against what a training holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/memory_plan.h"

#include "core/train/trainer.h"
#include "tests/support/training_run_fixture.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>
#include <set>

namespace triptych::test {
namespace {

using Region = PlanEntry::Region;

std::int64_t sum(const std::array<std::int64_t, PlanEntry::kRegions>& bytes)
{
    return std::accumulate(bytes.begin(), bytes.end(), std::int64_t{0});
}

class MemoryPlanTest : public TrainingRunTest {
protected:
    RunSetup setup(std::vector<std::string> settings) const
    {
        RunRequest r = request(1);
        r.settings.insert(r.settings.end(), settings.begin(), settings.end());
        auto resolved = resolve_setup(r);
        EXPECT_TRUE(resolved);
        return resolved.take();
    }
};

TEST_F(MemoryPlanTest, IsWhatATrainingHolds)
{
    for (const char* precision : {"precision=f32", "precision=bf16"}) {
        for (const char* recompute : {"recompute=none", "recompute=norms", "recompute=layers"}) {
            SCOPED_TRACE(std::string(precision) + " " + recompute);
            RecordingObserver observer;
            RunRequest r = request(1);
            r.settings.insert(r.settings.end(), {precision, recompute});
            const auto run = TrainingRun::open(r, observer);
            ASSERT_TRUE(run) << run.error().what;
            const auto told = observer.of<event::MemoryPlanned>();
            ASSERT_EQ(told.size(), 1U);
            const std::int64_t planned = sum(region_bytes(*told.front().rows));
            // Every buffer ends with a gap of less than a cache line.
            EXPECT_LE(planned, told.front().held_bytes);
            EXPECT_LT(told.front().held_bytes - planned, 64 * (PlanEntry::kRegions + 4));
        }
    }
}

TEST_F(MemoryPlanTest, HasARegionForWhatIsComputedAgain)
{
    const auto bytes = [this](const char* recompute) { return region_bytes(memory_plan(setup({recompute})).value()); };
    const auto of = [](const auto& sizes, Region region) { return sizes[static_cast<std::size_t>(region) - 1]; };
    const auto none = bytes("recompute=none");
    const auto layers = bytes("recompute=layers");
    EXPECT_EQ(of(none, Region::Layer), 0);
    EXPECT_GT(of(layers, Region::Layer), 0);
    EXPECT_LT(of(layers, Region::Kept), of(none, Region::Kept));
    EXPECT_NEAR(static_cast<double>(of(none, Region::Moments)), 2.0 * static_cast<double>(of(none, Region::Gradients)),
                64); // the gap between the two
    EXPECT_GT(of(none, Region::Weights), of(none, Region::Gradients)) << "biases of experts are weights without one";
}

TEST_F(MemoryPlanTest, NamesEveryPartOnceAndKeepsThemApart)
{
    const auto plan = memory_plan(setup({})).value();
    std::set<std::pair<std::string, std::pair<Region, std::int64_t>>> seen;
    std::map<Region, std::int64_t> end;
    for (const PlanEntry& entry : plan) {
        EXPECT_FALSE(entry.name.empty());
        EXPECT_GT(entry.bytes, 0) << entry.name;
        EXPECT_TRUE(seen.insert({entry.name, {entry.region, entry.offset}}).second) << entry.name;
        if (entry.region != Region::Kept && entry.region != Region::Gradients) continue;
        EXPECT_GE(entry.offset, end[entry.region]) << entry.name << " lies on what is kept before it";
        end[entry.region] = entry.offset + entry.bytes;
    }
}

} // namespace
} // namespace triptych::test
