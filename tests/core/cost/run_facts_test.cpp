// What is read of a recorded run to price it, and that its own prices give what it recorded.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "core/cost/run_facts.h"
#include "core/run/manifest.h"
#include "core/run/run_pulse.h"
#include "core/run/sqlite_handle.h"
#include "tests/support/far_copy.h"
#include "tests/support/training_run_fixture.h"

#include <cmath>
#include <set>

namespace triptych::test {
namespace {

PriceInput input_of(const CostPreset& preset, std::string_view key)
{
    for (const CostInput& input : preset.inputs)
        if (input.key == key) return input.input;
    ADD_FAILURE() << "there is no input " << key;
    return {};
}

class RunFactsTest : public TrainingRunTest {
protected:
    RunFactsTest()
    {
        RecordingObserver observer;
        train(request(6, "run"), observer);
    }
};

TEST_F(RunFactsTest, HistoryAtItsOwnPricesIsWhatTheRunRecorded)
{
    const auto history = read_cost_history(m_small / "run");
    ASSERT_TRUE(history.ok()) << history.error().what;
    const auto headline = series("run", Metric::HeadlineUsd);
    const auto tco = series("run", Metric::TcoUsd);
    const auto priced = reprice(*history, RunMeter(RunPrices::this_machine(2)));
    ASSERT_EQ(priced.size(), headline.size());
    for (std::size_t i = 0; i < priced.size(); ++i) {
        EXPECT_EQ(priced[i].step, headline[i].step);
        EXPECT_EQ(priced[i].headline.usd(), headline[i].value);
        EXPECT_EQ(priced[i].tco.usd(), tco[i].value);
    }
}

TEST_F(RunFactsTest, HistoryHasTokensAndLossOfTheSameSteps)
{
    const auto history = read_cost_history(m_small / "run", 2);
    ASSERT_TRUE(history.ok());
    ASSERT_EQ(history->size(), 4U);
    const auto losses = series("run", Metric::MainLoss);
    const auto tokens = series("run", Metric::Tokens);
    for (std::size_t i = 0; i < history->size(); ++i) {
        EXPECT_EQ((*history)[i].step, losses[i + 2].step);
        EXPECT_EQ((*history)[i].loss, losses[i + 2].value);
        EXPECT_EQ((*history)[i].tokens, tokens[i + 2].value);
    }
}

TEST_F(RunFactsTest, FactsAreThoseOfTheLastStep)
{
    const auto facts = read_run_facts(m_small / "run");
    ASSERT_TRUE(facts.ok()) << facts.error().what;
    EXPECT_EQ(facts->steps, 6);
    EXPECT_EQ(facts->threads, 2);
    EXPECT_EQ(facts->planned_steps, 20);
    EXPECT_EQ(facts->tokens, series("run", Metric::Tokens).back().value);
    EXPECT_EQ(facts->flops, series("run", Metric::Flops).back().value);
    EXPECT_EQ(facts->device_seconds, series("run", Metric::TrainSeconds).back().value);
    EXPECT_EQ(facts->last_steps.size(), 6U);
    ASSERT_TRUE(facts->time.has_value());
    EXPECT_NEAR(facts->time->seconds(TimeUse::Productive), facts->device_seconds, 1e-9);
}

TEST_F(RunFactsTest, FlopsThatEndBeforeTheTokensAreReckonedAnewAndSaySo)
{
    const auto counted = read_run_facts(m_small / "run");
    ASSERT_TRUE(counted.ok()) << counted.error().what;
    EXPECT_TRUE(counted->flops_counted);
    {
        const auto store = sqlite::Connection::open(m_small / "run" / "metrics.sqlite", sqlite::OpenMode::ReadWrite);
        ASSERT_TRUE(store.ok());
        const char* last =
            "DELETE FROM samples WHERE step = 6 AND metric = (SELECT id FROM metrics WHERE name = 'flops')";
        ASSERT_TRUE(store->execute(last).ok());
    }
    ASSERT_EQ(series("run", Metric::Flops).back().step, 5) << "as if an older version had made the last step";
    const auto facts = read_run_facts(m_small / "run");
    ASSERT_TRUE(facts.ok()) << facts.error().what;
    EXPECT_FALSE(facts->flops_counted);
    EXPECT_NEAR(facts->flops / counted->flops, 1, 1e-9) << "no expert was left out";
    const auto from = [](const RunFacts& of) {
        for (const CostFact& fact : facts_of(of))
            if (fact.from == "run.flop") return fact.source;
        return std::string();
    };
    EXPECT_NE(from(*facts), from(*counted));
    EXPECT_EQ(from(*facts), flops_source(false));
}

TEST_F(RunFactsTest, FillPresetsAndSayThatTheyWereMeasured)
{
    const auto facts = read_run_facts(m_small / "run");
    ASSERT_TRUE(facts.ok());
    auto preset = load_cost_preset("v3-extrapolation");
    ASSERT_TRUE(preset.ok());
    EXPECT_EQ(fill(*preset, facts_of(*facts)).value(), 4);
    EXPECT_EQ(input_of(*preset, "machine_hours").basis, PriceBasis::Measured);
    EXPECT_EQ(input_of(*preset, "rental").basis, PriceBasis::Published);
    const auto ledger = evaluate(*preset, "by_flops");
    ASSERT_TRUE(ledger.ok());
    double mfu = 0;
    for (const SeriesPoint& sample : series("run", Metric::Mfu)) mfu += sample.value / 6;
    EXPECT_NEAR(input_of(*preset, "run_mfu").value, mfu, 1e-12);
    // What the run cost for its FLOPs, times V3's.
    const double paid = facts->device_seconds / 3600 * 2 * 0.048;
    const double expected = paid / facts->flops * 6 * 37e9 * 14.8e12;
    EXPECT_NEAR(ledger->total.usd() / expected, 1, 1e-9);
}

TEST_F(RunFactsTest, AreDatedByTheRunAndNotByWhoReadsThem)
{
    const auto days = [&](const std::string& state, const std::string& ended) {
        m_small.write("run/session.json", R"({"format": 1, "state": ")" + state + R"(", "reason": "", "hint": "", )" +
                                              R"("process": 1, "host": "a", "began": "2024-05-06T23:00:00Z", )" +
                                              R"("ended": ")" + ended + "\"}");
        age_run(m_small / "run", 2 * kRunSilence); // else the process of another machine is believed to go on
        std::set<std::string> dates;
        for (const CostFact& fact : facts_of(read_run_facts(m_small / "run").value())) dates.insert(fact.date);
        return dates;
    };
    EXPECT_EQ(days("finished", "2024-05-07T01:00:00Z"), std::set<std::string>{"2024-05-07"});
    EXPECT_EQ(days("running", ""), std::set<std::string>{"2024-05-06"}) << "killed: nobody trains it";
    std::filesystem::remove(m_small / "run" / "session.json");
    const auto facts = read_run_facts(m_small / "run");
    ASSERT_TRUE(facts.ok());
    EXPECT_EQ(facts->day, read_manifest(m_small / "run")->created.substr(0, 10));
}

TEST_F(RunFactsTest, MeasuredPowerIsAFactAndADamagedAccountIsNone)
{
    auto facts = read_run_facts(m_small / "run");
    ASSERT_TRUE(facts.ok());
    facts->time->joules = 600;
    facts->time->joules_seconds = 10;
    auto preset = load_cost_preset("this-machine");
    ASSERT_TRUE(preset.ok());
    EXPECT_EQ(fill(*preset, facts_of(*facts)).value(), 4);
    EXPECT_EQ(input_of(*preset, "watts").value, 60);
    EXPECT_EQ(input_of(*preset, "goodput").value, facts->time->goodput());
    m_small.write("run/time.json", "{");
    const auto damaged = read_run_facts(m_small / "run");
    ASSERT_TRUE(damaged.ok()) << damaged.error().what;
    EXPECT_FALSE(damaged->time.has_value());
    EXPECT_FALSE(read_run_facts(m_small / "nothing").ok());
    EXPECT_FALSE(read_cost_history(m_small / "nothing").ok());
}

} // namespace
} // namespace triptych::test
