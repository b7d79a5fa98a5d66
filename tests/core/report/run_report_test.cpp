// A report says what the files of a run say.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "core/report/report_parts.h"
#include "core/run/run_notes.h"
#include "core/run/run_store.h"
#include "core/session/run_setup.h"
#include "tests/support/reported_run.h"
#include "tests/support/run_folders.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

namespace triptych::test {
namespace {

class RunReportTest : public ReportedRunTest {};

std::vector<SeriesPoint> stored(const std::filesystem::path& run, MetricId metric)
{
    return RunReader::open(run / "metrics.sqlite").take().series(metric).take();
}

TEST_F(RunReportTest, HasTheRunInItsSummary)
{
    const RunReport report = report_of(folder());
    const ReportSummary& summary = report.summary;
    EXPECT_EQ(summary.name, "run");
    EXPECT_EQ(summary.state, RowState::Finished);
    EXPECT_EQ(summary.steps, kSteps);
    EXPECT_EQ(summary.planned_steps, kSteps);
    EXPECT_EQ(summary.tokens, 64.0 * kSteps);
    EXPECT_EQ(summary.precision, "f32");
    EXPECT_EQ(summary.threads, 1);
    EXPECT_GT(summary.parameters, summary.active_parameters);
    const auto losses = stored(folder(), Metric::MainLoss);
    ASSERT_TRUE(summary.main_loss);
    EXPECT_EQ(summary.main_loss->first.value, losses.front().value);
    EXPECT_EQ(summary.main_loss->last.value, losses.back().value);
    const auto least = std::min_element(losses.begin(), losses.end(),
                                        [](const SeriesPoint& a, const SeriesPoint& b) { return a.value < b.value; });
    EXPECT_EQ(summary.main_loss->least.value, least->value);
    EXPECT_EQ(summary.main_loss->least.step, least->step);
    ASSERT_TRUE(summary.val_loss);
    EXPECT_EQ(summary.val_loss->last.step, kSteps);
    EXPECT_EQ(summary.train_seconds, stored(folder(), Metric::TrainSeconds).back().value);
    EXPECT_FALSE(summary.ended.empty());
}

TEST_F(RunReportTest, HasEveryCurveThatWasRecorded)
{
    const RunReport report = report_of(folder());
    const auto metrics = RunReader::open(folder() / "metrics.sqlite").take().metrics().take();
    ASSERT_EQ(report.curves.size(), metrics.size());
    for (const MetricId metric : metrics) {
        const ReportCurve* curve = report.curve(metric);
        ASSERT_NE(curve, nullptr) << metric_name(metric);
        const auto samples = stored(folder(), metric);
        ASSERT_EQ(curve->points.size(), samples.size()) << metric_name(metric);
        for (std::size_t i = 0; i < samples.size(); ++i) EXPECT_EQ(curve->points[i].mean, samples[i].value);
    }
    EXPECT_EQ(report.curve({Metric::LayerMaxVio, 99}), nullptr);
}

TEST_F(RunReportTest, HasFewPointsWhereFewAreAskedFor)
{
    ReportOptions few;
    few.most_points = 3;
    const RunReport report = report_of(folder(), few);
    const ReportCurve* loss = report.curve(Metric::Loss);
    ASSERT_NE(loss, nullptr);
    EXPECT_EQ(loss->points.size(), 3U);
    EXPECT_EQ(loss->samples, kSteps);
}

TEST_F(RunReportTest, HasTheLoadsOfItsExpertsOverTheRun)
{
    ReportOptions options;
    options.load_maps = 4;
    const RunReport report = report_of(folder(), options);
    ASSERT_TRUE(report.loads);
    const ReportLoads& loads = *report.loads;
    ASSERT_EQ(loads.maps.size(), 4U);
    EXPECT_EQ(loads.maps.front().step, 1);
    EXPECT_EQ(loads.maps.back().step, kSteps);
    for (const LoadMap& map : loads.maps) {
        ASSERT_EQ(map.ratio.size(), loads.layers.size());
        for (const auto& layer : map.ratio) {
            ASSERT_EQ(static_cast<std::int64_t>(layer.size()), loads.experts);
            EXPECT_NEAR(std::accumulate(layer.begin(), layer.end(), 0.0F) / static_cast<float>(loads.experts), 1, 1e-3);
        }
    }
    EXPECT_EQ(lack_of(report, ReportPart::Loads), "");
}

TEST_F(RunReportTest, TellsHowEvenEachLayerIs)
{
    const RunReport report = report_of(folder());
    ASSERT_EQ(report.balance.size(), report.loads->layers.size());
    for (const BalanceRow& row : report.balance) {
        const auto samples = stored(folder(), {Metric::LayerMaxVio, row.layer});
        EXPECT_EQ(row.last_max_vio, samples.back().value);
        double sum = 0;
        double most = 0;
        for (const SeriesPoint& sample : samples) {
            sum += sample.value;
            most = std::max(most, sample.value);
        }
        EXPECT_NEAR(*row.recent_max_vio, sum / static_cast<double>(samples.size()), 1e-12);
        EXPECT_EQ(row.worst_max_vio->value, most);
        EXPECT_GE(row.hottest_ratio, 1);
        EXPECT_EQ(row.diversity, stored(folder(), {Metric::LayerDiversity, row.layer}).back().value);
    }
}

TEST_F(RunReportTest, TellsWhichExpertsADomainChooses)
{
    const RunReport report = report_of(folder());
    ASSERT_TRUE(report.specialisation) << lack_of(report, ReportPart::Specialisation);
    const ReportSpecialisation& found = *report.specialisation;
    EXPECT_EQ(found.domains, report.manifest.domains);
    ASSERT_EQ(found.share.size(), found.layers.size());
    for (std::size_t layer = 0; layer < found.share.size(); ++layer) {
        ASSERT_EQ(found.share[layer].size(), found.domains.size());
        EXPECT_GE(found.distance[layer], 0);
        EXPECT_LE(found.distance[layer], 1);
    }
    EXPECT_GT(*std::max_element(found.distance.begin(), found.distance.end()), 0);
}

TEST_F(RunReportTest, HasAFewHeadsThatTheRunRecorded)
{
    const RunReport report = report_of(folder());
    ASSERT_TRUE(report.attention);
    EXPECT_EQ(report.attention->source, AttentionSource::Recorded);
    EXPECT_EQ(report.attention->step, kSteps);
    EXPECT_FALSE(report.attention->examples.empty());
    const std::size_t tokens = report.attention->token_texts.size();
    const auto pool = static_cast<std::size_t>(report.attention->pool);
    const std::size_t side = (tokens + pool - 1) / pool;
    for (const AttentionExample& example : report.attention->examples) {
        ASSERT_EQ(example.weights.size(), side * side);
        EXPECT_EQ(example.habits.strongest(), example.habit);
        EXPECT_NEAR(example.weights.front(), 1, 0.01) << "the first token sees itself alone";
    }
}

TEST_F(RunReportTest, CountsTheDraftsOfTheLastValidation)
{
    const RunReport report = report_of(folder());
    ASSERT_TRUE(report.acceptance);
    EXPECT_EQ(report.acceptance->frame.step, kSteps);
    ASSERT_EQ(report.acceptance->rate.size(), 1U);
    EXPECT_NEAR(report.acceptance->rate[0], stored(folder(), {Metric::DepthAcceptance, 1}).back().value, 1e-12);
    EXPECT_NEAR(report.acceptance->tokens_per_step, stored(folder(), Metric::ValSpeedUp).back().value, 1e-12);
}

TEST(RunReportMachine, CountsTheFlopsOfATokenOfTheNewestSteps)
{
    ReportSources from;
    from.run.started.flops_per_token = 90; // as configured
    double flops = 90 * 10 * 5;
    for (std::int64_t step = 1; step <= 10; ++step) {
        from.run.series[Metric::Tokens].push_back({step, 10.0 * static_cast<double>(step)});
        if (step <= 5) continue; // an older version did not count
        flops += 10 * 60;        // with fewer experts for a token
        from.run.series[Metric::Flops].push_back({step, flops});
    }
    RunReport report;
    report.summary.tokens = 100;
    report.summary.train_seconds = 5;
    add_throughput(from, report);
    ASSERT_TRUE(report.throughput);
    EXPECT_DOUBLE_EQ(report.throughput->flops_per_token, 60);
    from.run.series.erase(Metric::Flops);
    add_throughput(from, report);
    EXPECT_DOUBLE_EQ(report.throughput->flops_per_token, 90) << "nothing was counted";
}

TEST_F(RunReportTest, MeasuresSpeedMemoryAndTime)
{
    const RunReport report = report_of(folder());
    ASSERT_TRUE(report.throughput);
    EXPECT_NEAR(report.throughput->tokens_per_second, 64.0 * kSteps / *report.summary.train_seconds, 1e-6);
    ASSERT_TRUE(report.throughput->peak_flops);
    const double rate = stored(folder(), Metric::TokensPerSecond).back().value;
    const double share = stored(folder(), Metric::Mfu).back().value;
    EXPECT_NEAR(rate * report.throughput->flops_per_token / *report.throughput->peak_flops, share, 1e-9 * share);
    double shares = 0;
    double best = 0;
    double seconds = 0;
    for (const SeriesPoint& point : stored(folder(), Metric::Mfu)) {
        shares += point.value / kSteps;
        best = std::max(best, point.value);
    }
    for (const SeriesPoint& point : stored(folder(), Metric::StepSeconds)) seconds += point.value;
    EXPECT_NEAR(*report.throughput->mfu, shares, 1e-12);
    EXPECT_EQ(report.throughput->best_mfu, best);
    EXPECT_NEAR(*report.throughput->flops_per_second / (report.throughput->flops_per_token * 64 * kSteps / seconds), 1,
                1e-9);
    ASSERT_TRUE(report.memory);
    EXPECT_EQ(std::accumulate(report.memory->regions.begin(), report.memory->regions.end(), std::int64_t{0}),
              report.memory->total);
    ASSERT_FALSE(report.memory->largest.empty());
    for (const PlanEntry& part : report.memory->largest) EXPECT_LE(part.bytes, report.memory->largest.front().bytes);
    ASSERT_TRUE(report.time);
    EXPECT_NEAR(report.time->seconds(TimeUse::Productive), *report.summary.train_seconds, 1e-9);
}

TEST_F(RunReportTest, PricesTheRunByBothLedgersAndExtrapolates)
{
    const RunReport report = report_of(folder());
    ASSERT_TRUE(report.money);
    const RunMoney& money = *report.money;
    EXPECT_DOUBLE_EQ(money.device_hours, *report.summary.train_seconds / 3600);
    EXPECT_EQ(money.headline.lens.ledger.lens, "rental");
    EXPECT_EQ(money.full.lens.ledger.lens, "full");
    EXPECT_NEAR(money.headline.usd_per_device_hour, 0.048, 1e-9) << "one thread";
    for (const RunLedger* ledger : {&money.headline, &money.full}) {
        const Ledger& sums = ledger->lens.ledger;
        EXPECT_LE(sums.low, sums.total);
        EXPECT_LE(sums.total, sums.high);
        EXPECT_EQ(sums.gpu_hours, money.device_hours);
        EXPECT_EQ(ledger->time.size(), kTimeUses);
        for (const CostInput& input : ledger->lens.preset.inputs) {
            EXPECT_FALSE(input.input.source.empty()) << input.key;
            EXPECT_FALSE(input.input.date.empty()) << input.key;
        }
    }
    ASSERT_EQ(money.extrapolations.size(), 2U);
    for (const PricedLens& lens : money.extrapolations)
        EXPECT_NE(lens.ledger.lens_title.find("Extrapolation"), std::string::npos);
    EXPECT_GT(money.kwh, 0);
}

TEST_F(RunReportTest, DatesWhatItCountedByTheRun)
{
    const RunReport report = report_of(folder());
    for (const CostInput& input : report.money->full.lens.preset.inputs)
        if (input.from == "run.device_hours") {
            EXPECT_EQ(input.input.date, report.summary.ended.substr(0, 10));
        }
}

TEST_F(RunReportTest, TakesAssumptionsOfAUserAndSaysSo)
{
    ReportOptions options;
    options.prices = {"rental_per_thread=1,0.5,2"};
    const RunReport report = report_of(folder(), options);
    EXPECT_NEAR(report.money->headline.usd_per_device_hour, 1, 1e-9);
    bool edited = false;
    for (const CostInput& input : report.money->headline.lens.preset.inputs)
        if (input.key == "rental_per_thread") edited = input.input.edited && input.input.high == 2;
    EXPECT_TRUE(edited);
    for (const char* wrong : {"rental_per_thread=-1", "no_such_input=1", "rental_per_thread"}) {
        options.prices = {wrong};
        const auto refused = read_run_report(folder(), options);
        ASSERT_FALSE(refused.ok()) << wrong;
        EXPECT_FALSE(refused.error().hint.empty());
    }
}

TEST_F(RunReportTest, NamesTheSettingsThatDiffer)
{
    const RunReport report = report_of(folder());
    const auto find = [&](const std::string& key) {
        const auto& rows = report.configuration.training;
        return *std::find_if(rows.begin(), rows.end(), [&](const ReportSetting& row) { return row.key == key; });
    };
    EXPECT_TRUE(find("learning_rate").differs);
    EXPECT_EQ(find("learning_rate").value, "0.002");
    EXPECT_EQ(find("learning_rate").usual, "0.001");
    EXPECT_FALSE(find("beta1").differs);
    EXPECT_EQ(find("threads").usual, "") << "what a machine would choose is not known";
    EXPECT_FALSE(report.configuration.of_preset);
}

/// The request that the command's words are.
RunRequest request_of(const std::vector<std::string>& words, const std::filesystem::path& run_folder)
{
    RunRequest request;
    request.data.clear();
    for (std::size_t i = 2; i < words.size(); ++i) {
        if (words[i] == "--model")
            request.model = words[++i];
        else if (words[i] == "--steps")
            request.max_steps = std::stoll(words[++i]);
        else if (words[i] == "--set")
            request.settings.push_back(words[++i]);
        else if (words[i] == "--run")
            ++i;
        else if (words[i] != "--data")
            request.data.push_back(words[i]);
    }
    request.run_folder = run_folder.string();
    return request;
}

TEST_F(RunReportTest, ItsCommandTrainsTheSameRunAgain)
{
    const ReportCommand command = report_of(folder()).command;
    ASSERT_GT(command.arguments.size(), 2U);
    EXPECT_EQ(command.arguments[0] + " " + command.arguments[1], "triptych train");
    EXPECT_TRUE(command.line.starts_with("triptych train --model ")) << command.line;
    RecordingObserver observer;
    ASSERT_TRUE(train(request_of(command.arguments, m_other / "again"), observer)) << command.line;
    const auto before = stored(folder(), Metric::Loss);
    const auto again = stored(m_other / "again", Metric::Loss);
    ASSERT_EQ(again.size(), before.size());
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(again[i].value, before[i].value);
}

TEST_F(RunReportTest, ItsCommandLeadsToAnyModelAndRouter)
{
    for (const std::vector<std::string>& settings : {std::vector<std::string>{},
                                                     {"router=softmax_aux"},
                                                     {"balance_loss_alpha=0.5"},
                                                     {"num_hidden_layers=3", "kv_lora_rank=32"},
                                                     {"rope_scaling.factor=2"},
                                                     {"router=softmax_aux", "seed=7"}}) {
        RunRequest request;
        request.settings = settings;
        request.settings.insert(request.settings.end(), {"threads=3", "precision=f32"});
        request.max_steps = 10;
        const auto setup = resolve_setup(request);
        ASSERT_TRUE(setup.ok()) << setup.error().what;
        Manifest manifest = made_up_manifest();
        manifest.model = setup->model;
        manifest.train = setup->train;
        manifest.schedule_steps = setup->schedule_steps;
        std::filesystem::remove_all(m_other / "made");
        make_run(m_other / "made", 10, manifest);
        const ReportCommand command = report_of(m_other / "made").command;
        const auto again = resolve_setup(request_of(command.arguments, {}));
        ASSERT_TRUE(again.ok()) << command.line;
        EXPECT_EQ(again->model, setup->model) << command.line;
        EXPECT_EQ(again->train, setup->train) << command.line;
        EXPECT_EQ(again->schedule_steps, setup->schedule_steps) << command.line;
    }
}

TEST_F(RunReportTest, ItsCommandKeepsThePlanOfARunThatEndedEarly)
{
    Manifest manifest = made_up_manifest();
    manifest.schedule_steps = 40;
    make_run(m_other / "early", 10, manifest);
    const std::string line = report_of(m_other / "early").command.line;
    EXPECT_NE(line.find("--steps 10"), std::string::npos) << line;
    EXPECT_NE(line.find("--set schedule_steps=40"), std::string::npos) << line;
}

TEST_F(RunReportTest, ItsCommandNamesWhatItCannotPromise)
{
    Manifest manifest = made_up_manifest();
    manifest.model_name = "it's gone/config.json";
    manifest.data = {{"my book.txt", "0123456789abcdef", 10, 1}};
    make_run(m_other / "gone", 10, manifest);
    const ReportCommand command = report_of(m_other / "gone").command;
    EXPECT_NE(command.line.find("'it'\\''s gone/config.json'"), std::string::npos) << command.line;
    EXPECT_NE(command.line.find("--minutes"), std::string::npos) << "its plan has no end";
    std::string all;
    for (const std::string& each : command.conditions) all += each + "\n";
    EXPECT_NE(all.find("my book.txt"), std::string::npos);
    EXPECT_NE(all.find("0123456789abcdef"), std::string::npos);
    EXPECT_NE(all.find("no settings lead to it"), std::string::npos);
}

TEST_F(RunReportTest, HasEventsCheckpointsAndNotes)
{
    const auto run = copied();
    ASSERT_TRUE(write_notes(run, {"Not bad.", {"first", "small"}}).ok());
    ReportOptions options;
    options.most_events = 2;
    const RunReport report = report_of(run, options);
    EXPECT_EQ(report.events.size(), 2U);
    EXPECT_GT(report.events_left_out, 0);
    const auto events = report_of(run).events;
    EXPECT_TRUE(std::none_of(events.begin(), events.end(), [](const StoredEvent& e) { return e.kind == "sample"; }));
    EXPECT_TRUE(std::any_of(events.begin(), events.end(), [](const StoredEvent& e) { return e.kind == "validation"; }));
    ASSERT_EQ(report.checkpoints.size(), 2U);
    EXPECT_EQ(report.checkpoints[0].step, 6);
    EXPECT_EQ(report.checkpoints[1].name, "step-000012");
    EXPECT_EQ(report.notes.tags, (std::vector<std::string>{"first", "small"}));
    EXPECT_EQ(lack_of(report, ReportPart::Notes), "");
    EXPECT_NE(lack_of(report_of(folder()), ReportPart::Notes), "");
}

TEST_F(RunReportTest, ComparesRunsByWhatDiffers)
{
    make_run(m_other / "a" / "run", 10, made_up_manifest(1e-3));
    make_run(m_other / "b" / "run", 10, made_up_manifest(3e-3));
    const auto set = read_report_set({m_other / "a" / "run", m_other / "b" / "run"}, "Two rates");
    ASSERT_TRUE(set.ok());
    EXPECT_EQ(set->title, "Two rates");
    EXPECT_EQ(set->runs[0].summary.name, "run");
    EXPECT_EQ(set->runs[1].summary.name, "run (2)");
    ASSERT_EQ(set->differences.size(), 1U);
    EXPECT_EQ(set->differences[0].key, "learning_rate");
    EXPECT_EQ(set->differences[0].values, (std::vector<std::string>{"0.001", "0.003"}));
    EXPECT_FALSE(read_report_set({}).ok());
}

TEST_F(RunReportTest, HoldsARunAgainstWhatIsKnown)
{
    const auto set = read_report_set({folder()});
    ASSERT_TRUE(set.ok());
    const auto total = [&](const std::string& preset) {
        for (const CostContextRow& row : set->context.rows)
            if (row.preset == preset) return row.total.usd();
        return 0.0;
    };
    EXPECT_EQ(total("deepseek-v3-paper"), 5'576'000);
    EXPECT_NEAR(total("semianalysis-fleet"), 2.57e9, 0.01e9);
    EXPECT_EQ(total("this-machine"), 0) << "it waits for a run";
    ASSERT_TRUE(set->context.waterfall);
    EXPECT_EQ(set->context.waterfall->ledger.lines.front().usd.usd(), 5'576'000);
    EXPECT_TRUE(std::is_sorted(set->context.rows.begin(), set->context.rows.end(),
                               [](const auto& a, const auto& b) { return a.total < b.total; }));
}

TEST_F(RunReportTest, TellsWhatIsBeingReadFromTheNumbersToThePrices)
{
    std::vector<ReportProgress> told;
    ReportOptions options;
    options.go_on = [&told](const ReportProgress& progress) {
        told.push_back(progress);
        return true;
    };
    ASSERT_TRUE(read_report_set({folder(), folder()}, {}, options).ok());
    ASSERT_FALSE(told.empty());
    std::set<ReportStage> stages;
    for (std::size_t i = 0; i < told.size(); ++i) {
        stages.insert(told[i].stage);
        EXPECT_LE(told[i].done, told[i].all);
        const ReportProgress& before = told[i > 0 ? i - 1 : 0];
        EXPECT_LE(std::pair(before.run, before.stage), std::pair(told[i].run, told[i].stage));
    }
    EXPECT_EQ(stages.size(), 5U);
    EXPECT_EQ(told.back().run, 1U);
    // Once for each metric: a long run is not one long wait.
    const auto numbers = static_cast<std::size_t>(
        std::count_if(told.begin(), told.end(), [](const auto& t) { return t.stage == ReportStage::Numbers; }));
    EXPECT_EQ(numbers, 2 * report_of(folder()).curves.size());
}

TEST_F(RunReportTest, EndsWhereverNobodyWaitsAnyMore)
{
    std::size_t asked = 0;
    std::size_t most = SIZE_MAX;
    ReportOptions options;
    options.go_on = [&](const ReportProgress&) { return ++asked <= most; };
    ASSERT_TRUE(read_run_report(folder(), options).ok());
    const std::size_t all = asked;
    ASSERT_GT(all, 20U);
    for (most = 0; most < all; ++most) {
        asked = 0;
        const auto ended = read_run_report(folder(), options);
        ASSERT_FALSE(ended.ok()) << most;
        EXPECT_NE(ended.error().what.find("was ended"), std::string::npos) << ended.error().what;
        EXPECT_EQ(asked, most + 1) << "who has gone is not asked again";
    }
}

TEST_F(RunReportTest, TakesTheMiddleOfTheStepsForTheirMedian)
{
    const RunReport report = report_of(folder());
    ASSERT_TRUE(report.throughput);
    for (const auto& [metric, median] :
         {std::pair{Metric::TokensPerSecond, report.throughput->median_tokens_per_second},
          std::pair{Metric::StepSeconds, report.throughput->median_step_seconds}}) {
        std::vector<double> values;
        for (const SeriesPoint& point : stored(folder(), metric)) values.push_back(point.value);
        ASSERT_EQ(values.size(), 12U) << "an even number: the middle lies between two";
        std::sort(values.begin(), values.end());
        EXPECT_EQ(median, (values[5] + values[6]) / 2);
    }
}

TEST_F(RunReportTest, SaysNothingOfWhereItsCheckpointsLay)
{
    int seen = 0;
    for (const StoredEvent& event : report_of(folder()).events) {
        if (event.kind != "checkpoint") continue;
        ++seen;
        EXPECT_EQ(event.message.find(s_run->path().string()), std::string::npos) << event.message;
        EXPECT_NE(event.message.find(": saved checkpoints/step-0000"), std::string::npos) << event.message;
    }
    EXPECT_EQ(seen, 2);
}

} // namespace
} // namespace triptych::test
