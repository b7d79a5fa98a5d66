// Numbers of runs as CSV and for TensorBoard: whole runs, damaged ones, and places that are taken.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/metric_export.h"
#include "tests/support/run_folders.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

/// Two steps and a validation, with a number that was none.
void make_small_run(const fs::path& folder)
{
    fs::create_directories(folder);
    Manifest manifest = made_up_manifest();
    manifest.domains = {"prose", "code"};
    ASSERT_TRUE(write_manifest(folder, manifest).ok());
    const auto store = RunStore::open(folder / "metrics.sqlite", 0);
    ASSERT_TRUE(store.ok());
    (*store)->record(StoredEvent{0, "2025-03-01T12:00:00Z", "start", ""});
    (*store)->record(
        std::vector<Sample>{{Metric::MainLoss, 1, 0.1}, {Metric::Tokens, 1, 64}, {Metric::TrainSeconds, 1, 1.5}});
    (*store)->record(std::vector<Sample>{{Metric::MainLoss, 2, std::numeric_limits<double>::quiet_NaN()},
                                         {Metric::Tokens, 2, 128},
                                         {Metric::TrainSeconds, 2, 3},
                                         {MetricId(Metric::DomainValLoss, 1), 2, 1e-7}});
}

std::vector<ExportedRun> opened(const std::vector<fs::path>& folders)
{
    std::vector<ExportedRun> runs;
    for (const fs::path& folder : folders) {
        auto run = open_for_export(folder);
        EXPECT_TRUE(run.ok()) << (run ? "" : run.error().what);
        if (run) runs.push_back(run.take());
    }
    return runs;
}

std::string csv(const std::vector<fs::path>& folders, CsvShape shape)
{
    const TempFolder out;
    auto runs = opened(folders);
    const auto done = export_csv(runs, shape, out / "table.csv", IfExported::Refuse);
    EXPECT_TRUE(done.ok()) << (done ? "" : done.error().what);
    return slurp(out / "table.csv");
}

TEST(MetricExport, ALongTableHasARowASample)
{
    const TempFolder temp;
    make_small_run(temp / "first, try");
    EXPECT_EQ(csv({temp / "first, try"}, CsvShape::Long),
              "run,metric,unit,step,tokens,seconds,value,time\n"
              "\"first, try\",main_loss,nats/token,1,64,1.5,0.1,2025-03-01T12:00:01.500Z\n"
              "\"first, try\",tokens,tokens,1,64,1.5,64,2025-03-01T12:00:01.500Z\n"
              "\"first, try\",train_seconds,s,1,64,1.5,1.5,2025-03-01T12:00:01.500Z\n"
              "\"first, try\",main_loss,nats/token,2,128,3,nan,2025-03-01T12:00:03.000Z\n"
              "\"first, try\",tokens,tokens,2,128,3,128,2025-03-01T12:00:03.000Z\n"
              "\"first, try\",train_seconds,s,2,128,3,3,2025-03-01T12:00:03.000Z\n"
              "\"first, try\",domain.1.val_loss,nats/token,2,128,3,1e-07,2025-03-01T12:00:03.000Z\n");
}

TEST(MetricExport, AWideTableHasARowAStepAndTheColumnsOfAllRuns)
{
    const TempFolder temp;
    make_small_run(temp / "a");
    make_run(temp / "b", 1);
    EXPECT_EQ(csv({temp / "a", temp / "b"}, CsvShape::Wide),
              "run,step,time,main_loss,tokens,headline_usd,train_seconds,domain.1.val_loss\n"
              "a,1,2025-03-01T12:00:01.500Z,0.1,64,,1.5,\n"
              "a,2,2025-03-01T12:00:03.000Z,nan,128,,3,1e-07\n"
              "b,1,2025-03-01T12:00:00.000Z,10,64,0.001,,\n");
}

TEST(MetricExport, NumbersReadBackAsTheyWere)
{
    const TempFolder temp;
    const std::vector<double> values = {1.0 / 3, 1e300 / 7, 5e-324, -2.5e-9, 123456789.123456789};
    {
        fs::create_directories(temp / "run");
        const auto store = RunStore::open(temp / "run/metrics.sqlite", 0);
        ASSERT_TRUE(store.ok());
        for (std::size_t i = 0; i < values.size(); ++i)
            (*store)->record({{Metric::Loss, static_cast<std::int64_t>(i + 1), values[i]}});
    }
    std::istringstream lines(csv({temp / "run"}, CsvShape::Wide));
    std::string line;
    std::getline(lines, line);
    for (const double value : values) {
        ASSERT_TRUE(std::getline(lines, line));
        EXPECT_EQ(std::strtod(line.c_str() + line.rfind(',') + 1, nullptr), value) << line;
    }
}

TEST(MetricExport, GoesOverManyWindowsAndGaps)
{
    const TempFolder temp;
    const std::vector<std::int64_t> steps = {1, 4096, 4097, 9000, 40'000'000'000};
    {
        fs::create_directories(temp / "run");
        const auto store = RunStore::open(temp / "run/metrics.sqlite", 0);
        ASSERT_TRUE(store.ok());
        for (const std::int64_t step : steps) (*store)->record({{Metric::Loss, step, 1}});
    }
    auto runs = opened({temp / "run"});
    std::vector<std::int64_t> seen;
    ASSERT_TRUE(for_each_step(runs[0], [&](const ExportStep& step) {
                    seen.push_back(step.step);
                    return Status();
                }).ok());
    EXPECT_EQ(seen, steps);
}

TEST(MetricExport, TensorboardTagsAreGroupedAndUnique)
{
    std::set<std::string> tags;
    for (const MetricInfo& info : metric_catalog())
        for (const int index : {0, 1}) {
            if (info.scope == MetricScope::Run && index > 0) continue;
            const std::string tag = tensorboard_tag({info.metric, index}, {"prose", "code"});
            EXPECT_EQ(std::count(tag.begin(), tag.end(), '/'), 1) << tag;
            EXPECT_NE(tag.back(), '/') << info.name;
            EXPECT_TRUE(tags.insert(tag).second) << tag;
        }
    EXPECT_EQ(tensorboard_tag(Metric::MainLoss, {}), "loss/main");
    EXPECT_EQ(tensorboard_tag({Metric::LayerMaxVio, 3}, {}), "layer_max_vio/3");
    EXPECT_EQ(tensorboard_tag({Metric::DomainValLoss, 1}, {"prose", "code"}), "domain_validation_loss/code");
    // Labels that would make another group, or one of two, and domains without one.
    EXPECT_EQ(tensorboard_tag({Metric::DomainValLoss, 1}, {"a", "b/c"}), "domain_validation_loss/1");
    EXPECT_EQ(tensorboard_tag({Metric::DomainValLoss, 1}, {"a", "a"}), "domain_validation_loss/1");
    EXPECT_EQ(tensorboard_tag({Metric::DomainValLoss, 1}, {"a"}), "domain_validation_loss/1");
}

TEST(MetricExport, TensorboardHasAFolderForEachRun)
{
    const TempFolder temp;
    make_small_run(temp / "a");
    make_run(temp / "b", 3);
    auto runs = opened({temp / "a", temp / "b"});
    const auto done = export_tensorboard(runs, temp / "board", IfExported::Refuse);
    ASSERT_TRUE(done.ok()) << done.error().what;
    EXPECT_EQ(done->steps, 2 + 3);
    EXPECT_EQ(done->samples, 7 + 9);
    const std::string a = slurp(temp / "board/a/events.out.tfevents.1740830400.triptych");
    for (const char* words :
         {"brain.Event:2", "run/configuration", "\"sequence_length\"", "loss/main", "domain_validation_loss/code",
          "Cross entropy of the next token. Recorded as `main_loss`"})
        EXPECT_NE(a.find(words), std::string::npos) << words;
    EXPECT_EQ(a.find("Recorded as `main_loss`"), a.rfind("Recorded as `main_loss`")) << "told once";
    EXPECT_TRUE(fs::exists(temp / "board/b/events.out.tfevents.1740830400.triptych"));
}

TEST(MetricExport, ReplacesOnlyWhatItWasToldTo)
{
    const TempFolder temp;
    make_small_run(temp / "a");
    temp.write("mine.csv", "novel");
    fs::create_directories(temp / "folder");
    auto runs = opened({temp / "a"});
    auto refused = export_csv(runs, CsvShape::Long, temp / "mine.csv", IfExported::Refuse);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().what.find("it already exists"), std::string::npos);
    EXPECT_EQ(slurp(temp / "mine.csv"), "novel");
    for (const auto mode : {IfExported::Refuse, IfExported::Replace})
        EXPECT_FALSE(export_csv(runs, CsvShape::Long, temp / "folder", mode).ok());
    ASSERT_TRUE(export_csv(runs, CsvShape::Long, temp / "mine.csv", IfExported::Replace).ok());
    EXPECT_EQ(slurp(temp / "mine.csv").substr(0, 4), "run,");
    auto twice = opened({temp / "a", temp / "a"});
    EXPECT_NE(export_csv(twice, CsvShape::Long, temp / "two.csv", IfExported::Refuse).error().what.find("are called a"),
              std::string::npos);
    EXPECT_FALSE(fs::exists(temp / "two.csv"));
}

TEST(MetricExport, WhatTheDatabaseLostIsReadFromTheCurves)
{
    const TempFolder temp;
    make_run(temp / "run", 300);
    const std::string whole = csv({temp / "run"}, CsvShape::Long);
    fs::remove(temp / "run/metrics.sqlite");
    fs::remove(temp / "run/run.json");
    auto runs = opened({temp / "run"});
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs[0].scan.troubles().size(), 1U);
    EXPECT_EQ(runs[0].troubles.size(), 1U);
    // All but the times, which were those of the files that are gone.
    const auto without_time = [](const std::string& text) {
        std::string rest;
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);) rest += line.substr(0, line.rfind(',')) + "\n";
        return rest;
    };
    EXPECT_EQ(without_time(csv({temp / "run"}, CsvShape::Long)), without_time(whole));
}

TEST(MetricExport, ADamagedDatabaseGivesWhatIsLeft)
{
    const TempFolder temp;
    make_run(temp / "run", 3000);
    const std::string good = slurp(temp / "run/metrics.sqlite");
    std::string bad = good;
    for (std::size_t page = 5; (page + 1) * 4096 <= bad.size(); page += 3) bad.replace(page * 4096, 4096, 4096, '\x5A');
    temp.write("run/metrics.sqlite", bad);
    fs::rename(temp / "run/curves", temp / "curves");
    auto runs = opened({temp / "run"});
    ASSERT_EQ(runs.size(), 1U);
    std::int64_t last = 0;
    std::int64_t samples = 0;
    ASSERT_TRUE(for_each_step(runs[0], [&](const ExportStep& step) {
                    EXPECT_GT(step.step, last);
                    last = step.step;
                    samples += static_cast<std::int64_t>(step.samples.size());
                    return Status();
                }).ok());
    EXPECT_FALSE(runs[0].scan.troubles().empty());
    EXPECT_LT(samples, 9000);
    // With its curves nothing is lost.
    fs::rename(temp / "curves", temp / "run/curves");
    runs = opened({temp / "run"});
    samples = 0;
    ASSERT_TRUE(for_each_step(runs[0], [&](const ExportStep& step) {
                    samples += static_cast<std::int64_t>(step.samples.size());
                    return Status();
                }).ok());
    EXPECT_EQ(samples, 9000);
}

TEST(MetricExport, SaysWhatIsNoRun)
{
    const TempFolder temp;
    EXPECT_NE(open_for_export(temp / "none").error().what.find("there is no folder"), std::string::npos);
    EXPECT_NE(open_for_export(temp.path()).error().what.find("there is no run database"), std::string::npos);
    make_run(temp / "empty", 0);
    EXPECT_NE(open_for_export(temp / "empty").error().what.find("no numbers are recorded"), std::string::npos);
}

} // namespace
} // namespace triptych::test
