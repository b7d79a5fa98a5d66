// The memory plan: what lives at the same time never overlaps, what does not shares, and the sum is what is allocated.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/workspace.h"
#include "kernels/base/rng.h"

#include <gtest/gtest.h>

#include <map>

namespace triptych {
namespace {

TEST(Planner, ScratchIsFreeAgainWhenItsScopeCloses)
{
    Planner planner(PlanFor::Training);
    const auto outer = planner.scratch<1>("outer", DType::F32, {16});
    Slot<1> first;
    Slot<1> inner;
    Slot<1> second;
    {
        const Planner::Scope scope(planner, "a");
        first = planner.scratch<1>("x", DType::F32, {16});
        const Planner::Scope nested(planner, "b");
        inner = planner.scratch<1>("y", DType::F32, {100});
    }
    {
        const Planner::Scope scope(planner, "c");
        second = planner.scratch<1>("x", DType::F32, {16});
    }
    EXPECT_EQ(outer.offset, 0U);
    EXPECT_EQ(first.offset, 64U) << "what lives around a scope is not touched by it";
    EXPECT_EQ(inner.offset, 128U);
    EXPECT_EQ(second.offset, first.offset) << "scopes one after another share";
    EXPECT_EQ(planner.scratch_bytes(), 128U + 448U) << "the highest stack there was, rows of 64 bytes";
    EXPECT_EQ(planner.kept_bytes(), 0U);
    std::vector<std::string> names;
    for (const PlanRow& row : planner.rows()) names.push_back(row.name);
    EXPECT_EQ(names, (std::vector<std::string>{"outer", "a.x", "a.b.y", "c.x"}));
}

TEST(Planner, KeptMemoryOutlivesScopesInTrainingAndIsScratchInInference)
{
    for (const PlanFor purpose : {PlanFor::Training, PlanFor::Inference}) {
        Planner planner(purpose);
        std::vector<std::size_t> offsets;
        for (const char* layer : {"0", "1", "2"}) {
            const Planner::Scope scope(planner, layer);
            offsets.push_back(planner.keep<2>("x", DType::F64, {4, 10}).offset);
        }
        if (purpose == PlanFor::Training) {
            EXPECT_EQ(offsets, (std::vector<std::size_t>{0, 320, 640}));
            EXPECT_EQ(planner.kept_bytes(), 960U);
        } else {
            EXPECT_EQ(offsets, (std::vector<std::size_t>{0, 0, 0}));
            EXPECT_EQ(planner.bytes(), 320U);
        }
    }
}

/// Opens and closes scopes at random, remembering which bytes are taken while a slot is alive.
class RandomPlan {
public:
    RandomPlan(std::uint64_t seed, PlanFor purpose) : m_random(seed, 1), m_planner(purpose) { fill(0); }

    Planner& planner() { return m_planner; }

private:
    std::uint64_t below(std::uint64_t bound) { return m_random.below(m_draws++, bound); }

    void fill(int depth)
    {
        std::vector<std::size_t> mine;
        const std::uint64_t actions = 2 + below(6);
        for (std::uint64_t i = 0; i < actions; ++i) {
            if (depth < 4 && below(3) == 0) {
                const Planner::Scope scope(m_planner, "s");
                fill(depth + 1);
                continue;
            }
            const auto elements = static_cast<std::int64_t>(below(50));
            const bool keep = below(2) == 0;
            const std::size_t before = m_planner.rows().size();
            if (keep)
                m_planner.keep<1>("k", DType::F32, {elements});
            else
                m_planner.scratch<1>("t", DType::F32, {elements});
            const PlanRow& row = m_planner.rows().at(before);
            EXPECT_EQ(row.offset % 64, 0U);
            check_free(row);
            if (row.lifetime == Lifetime::Scratch) {
                m_scratch[row.offset] = row.offset + row.bytes;
                mine.push_back(row.offset);
            }
        }
        for (const std::size_t offset : mine) m_scratch.erase(offset);
    }

    void check_free(const PlanRow& row)
    {
        const std::size_t end = row.offset + row.bytes;
        if (row.bytes == 0) return;
        if (row.lifetime == Lifetime::Kept) {
            EXPECT_GE(row.offset, m_kept_end);
            m_kept_end = end;
            EXPECT_LE(end, m_planner.kept_bytes());
            return;
        }
        for (const auto& [from, to] : m_scratch)
            EXPECT_TRUE(end <= from || row.offset >= to) << "two living slots overlap";
        EXPECT_LE(end, m_planner.scratch_bytes());
    }

    Philox m_random;
    std::uint64_t m_draws = 0;
    Planner m_planner;
    std::map<std::size_t, std::size_t> m_scratch; // alive: begin to end
    std::size_t m_kept_end = 0;
};

TEST(Planner, LivingSlotsNeverOverlapHoweverScopesNest)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed)
        for (const PlanFor purpose : {PlanFor::Training, PlanFor::Inference}) {
            RandomPlan plan(seed, purpose);
            const Workspace workspace(Device{}, plan.planner());
            EXPECT_EQ(workspace.bytes(), plan.planner().bytes());
            EXPECT_EQ(plan.planner().bytes(), plan.planner().kept_bytes() + plan.planner().scratch_bytes());
        }
}

TEST(Planner, ASizeBeyondAllMeasureStaysOneAndDoesNotWrapAround)
{
    Planner planner(PlanFor::Training);
    const std::int64_t huge = std::int64_t{1} << 40;
    planner.keep<3>("x", DType::F64, {huge, huge, huge});
    planner.keep<3>("y", DType::F64, {huge, huge, huge});
    planner.scratch<2>("z", DType::F64, {huge, huge});
    EXPECT_GE(planner.bytes(), std::size_t{1} << 60);
    EXPECT_THROW(Workspace(Device{}, planner), DeviceError);
}

TEST(Workspace, PutsScratchBehindWhatIsKeptAndRefusesALargerPass)
{
    Planner planner(PlanFor::Training);
    const auto kept = planner.keep<2>("kept", DType::F32, {4, 5});
    const auto scratch = planner.scratch<2>("scratch", DType::F32, {2, 3});
    const Workspace workspace(Device{}, planner);
    const View<2> a = workspace.at(kept);
    const View<2> b = workspace.at(scratch, 1);
    EXPECT_EQ(static_cast<char*>(b.raw()) - static_cast<char*>(a.raw()),
              static_cast<std::ptrdiff_t>(planner.kept_bytes()));
    EXPECT_EQ(b.shape(), (std::array<std::int64_t, 2>{1, 3})) << "a pass may be smaller than planned";
    EXPECT_THROW(workspace.at(scratch, 3), ShapeError);
}

} // namespace
} // namespace triptych
