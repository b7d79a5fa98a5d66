// JSON and CSV of reports: read back they are what the database has, and the same run gives the same bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_files.h"
#include "core/run/run_store.h"
#include "tests/support/reported_run.h"
#include "tests/support/run_folders.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class ReportFiles : public ReportedRunTest {
protected:
    ReportFiles() { ::setenv("SOURCE_DATE_EPOCH", "1735689600", 1); }
    ~ReportFiles() override { ::unsetenv("SOURCE_DATE_EPOCH"); }

    static ReportSet set_of(const std::vector<fs::path>& folders, const ReportOptions& options = {})
    {
        auto set = read_report_set(folders, "A title, \"quoted\"", options);
        EXPECT_TRUE(set.ok()) << (set.ok() ? "" : set.error().what);
        return set ? set.take() : ReportSet();
    }
    /// The lines of a table without its comments.
    static std::vector<std::string> lines_of(const std::string& csv)
    {
        std::vector<std::string> lines;
        std::istringstream in(csv);
        for (std::string line; std::getline(in, line);)
            if (!line.starts_with("#")) lines.push_back(line);
        return lines;
    }
    static std::vector<std::string> cells_of(const std::string& line)
    {
        std::vector<std::string> cells;
        std::istringstream in(line + ",");
        for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
        return cells;
    }
};

TEST_F(ReportFiles, TheTableIsWhatTheDatabaseHas)
{
    const auto lines = lines_of(report_csv(set_of({folder()})));
    ASSERT_EQ(lines.front(), "run,metric,unit,first_step,last_step,tokens,samples,gaps,mean,low,high");
    std::map<std::string, std::vector<SeriesPoint>> read;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto cells = cells_of(lines[i]);
        ASSERT_EQ(cells.size(), 11U) << lines[i];
        EXPECT_EQ(cells[0], "run");
        EXPECT_EQ(cells[3], cells[4]);
        EXPECT_EQ(std::stod(cells[5]), 64.0 * std::stod(cells[4])) << lines[i];
        EXPECT_EQ(cells[6], "1");
        EXPECT_EQ(cells[8], cells[9]);
        EXPECT_EQ(cells[8], cells[10]);
        read[cells[1]].push_back({std::stoll(cells[3]), std::strtod(cells[8].c_str(), nullptr)});
    }
    const auto reader = RunReader::open(folder() / "metrics.sqlite").take();
    const auto metrics = reader.metrics().take();
    EXPECT_EQ(read.size(), metrics.size());
    for (const MetricId metric : metrics) {
        const auto stored = reader.series(metric).take();
        const auto& points = read[metric_name(metric)];
        ASSERT_EQ(points.size(), stored.size()) << metric_name(metric);
        for (std::size_t i = 0; i < stored.size(); ++i) {
            EXPECT_EQ(points[i].step, stored[i].step);
            EXPECT_EQ(points[i].value, stored[i].value) << metric_name(metric);
        }
    }
}

TEST_F(ReportFiles, TheTableSaysWhereItComesFrom)
{
    const std::string csv = report_csv(set_of({folder()}));
    for (const char* part : {"# triptych report, schema 1", "# title: A title", "# exported 2025-01-01T00:00:00Z",
                             "data builtin:mixed, hash ", "seed 1", "USD", "triptych train --model "})
        EXPECT_NE(csv.find(part), std::string::npos) << part;
}

TEST_F(ReportFiles, TheTableHasEveryAssumptionSettingAndCondition)
{
    make_run(m_other / "other", 5);
    const ReportSet set = set_of({folder(), m_other / "other"});
    const std::string csv = report_csv(set);
    const auto said = [&csv](const std::string& line) {
        EXPECT_NE(csv.find("\n# run " + line), std::string::npos) << line;
    };
    for (const RunReport& run : set.runs) {
        const std::string name = run.summary.name + ": ";
        EXPECT_GE(run.money->full.lens.preset.inputs.size(), 10U);
        for (const CostInput& input : run.money->full.lens.preset.inputs) {
            said(name + "input " + input.key + " = ");
            EXPECT_NE(csv.find(input.input.source), std::string::npos) << input.key;
        }
        for (const ReportSetting& setting : run.configuration.training)
            said(name + "setting " + setting.key + "=" + setting.value);
        for (const ReportSetting& setting : run.configuration.model)
            said(name + "setting " + setting.key + "=" + setting.value);
        for (const std::string& condition : run.command.conditions) said(name + condition);
        said(name + run.command.line);
    }
    said("run: input tariff = 0.0771 USD/kWh (0.067 to 0.12), US industrial electricity 2024, as used by Epoch AI, "
         "2024, ");
}

TEST_F(ReportFiles, NamesWithCommasAreQuoted)
{
    make_run(m_other / "a, \"b\"", 3);
    const std::string csv = report_csv(set_of({m_other / "a, \"b\""}));
    EXPECT_NE(csv.find("\n\"a, \"\"b\"\"\",main_loss,nats/token,1,1,64,1,0,10,10,10\n"), std::string::npos) << csv;
}

TEST_F(ReportFiles, EveryNameThatWouldBreakALineIsQuoted)
{
    for (const std::string name : {"a,b", "a#b"}) {
        make_run(m_other / name, 3);
        const std::string csv = report_csv(set_of({m_other / name}));
        EXPECT_NE(csv.find("\n\"" + name + "\",main_loss,"), std::string::npos) << csv;
    }
}

TEST_F(ReportFiles, ThinnedPointsKeepTheirExtremesAndCountTokensToTheirEnd)
{
    ReportOptions few;
    few.most_points = 3;
    for (const std::string& line : lines_of(report_csv(set_of({folder()}, few)))) {
        const auto cells = cells_of(line);
        if (cells[1] != "val_loss" && cells[1] != "loss") continue;
        EXPECT_EQ(std::stod(cells[5]), 64.0 * std::stod(cells[4])) << line;
        EXPECT_EQ(cells[6], cells[1] == "loss" ? "4" : "1") << line;
    }
}

TEST_F(ReportFiles, TheDocumentIsWhatTheDatabaseHas)
{
    const Json document = Json::parse(report_json(set_of({folder()})));
    EXPECT_EQ(document["schema"], kReportSchema);
    EXPECT_EQ(document["title"], "A title, \"quoted\"");
    EXPECT_EQ(document["exported"], "2025-01-01T00:00:00Z");
    const Json& run = document["runs"][0];
    const auto reader = RunReader::open(folder() / "metrics.sqlite").take();
    const auto metrics = reader.metrics().take();
    ASSERT_EQ(run["curves"].size(), metrics.size());
    for (const Json& curve : run["curves"]) {
        const auto metric = metric_from_name(curve["metric"].get<std::string>());
        ASSERT_TRUE(metric);
        const auto stored = reader.series(*metric).take();
        ASSERT_EQ(curve["mean"].size(), stored.size());
        for (std::size_t i = 0; i < stored.size(); ++i) {
            EXPECT_EQ(curve["first_step"][i], stored[i].step);
            EXPECT_EQ(curve["mean"][i].get<double>(), stored[i].value);
        }
    }
}

TEST_F(ReportFiles, TheDocumentHasEveryPart)
{
    const ReportSet set = set_of({folder()});
    const Json document = Json::parse(report_json(set));
    const Json& run = document["runs"][0];
    for (const char* part :
         {"summary",    "provenance",  "curves", "loads",   "balance",  "specialisation", "attention",
          "acceptance", "throughput",  "memory", "time",    "money",    "configuration",  "events",
          "sample",     "checkpoints", "notes",  "command", "troubles", "lacks"}) {
        ASSERT_TRUE(run.contains(part)) << part;
        EXPECT_FALSE(run[part].is_null()) << part;
    }
    const RunReport& report = set.runs.front();
    EXPECT_EQ(run["provenance"]["data"][0]["hash"], report.manifest.data[0].hash);
    EXPECT_EQ(run["loads"]["maps"].size(), report.loads->maps.size());
    EXPECT_EQ(run["loads"]["maps"][0]["ratio"][0][0].get<float>(), report.loads->maps[0].ratio[0][0]);
    const auto& weights = report.attention->examples[0].weights;
    EXPECT_EQ(run["attention"]["examples"][0]["weights"][0][0].get<float>(), weights[0]);
    EXPECT_EQ(run["money"]["headline"]["total_usd"].get<double>(), report.money->headline.lens.ledger.total.usd());
    for (const Json& input : run["money"]["full"]["inputs"])
        for (const char* key : {"value", "unit", "low", "high", "source", "date", "basis", "edited"})
            EXPECT_TRUE(input.contains(key)) << key;
    for (const Json& lens : run["money"]["extrapolations"]) EXPECT_EQ(lens["extrapolation"], true);
    EXPECT_EQ(run["acceptance"]["depths"][0]["by_position"].size(), AcceptanceFrame::kPositions);
    EXPECT_EQ(run["time"]["seconds"].size(), kTimeUses);
    EXPECT_EQ(run["command"]["arguments"][1], "train");
    EXPECT_FALSE(document["context"]["rows"].empty());
}

TEST_F(ReportFiles, WhatIsNotThereIsNull)
{
    make_run(m_other / "bare", 3);
    const Json run = Json::parse(report_json(set_of({m_other / "bare"})))["runs"][0];
    for (const char* part : {"loads", "attention", "acceptance", "time"}) EXPECT_TRUE(run[part].is_null()) << part;
    EXPECT_TRUE(run["summary"]["val_loss"].is_null());
    EXPECT_FALSE(run["lacks"].empty());
}

TEST_F(ReportFiles, TheSameRunGivesTheSameBytesWheneverAndWhereverItIsRead)
{
    make_run(m_other / "other", 5);
    const ReportSet first = set_of({folder()});
    const std::string json = report_json(first);
    const std::string csv = report_csv(first);
    set_of({m_other / "other"});
    EXPECT_EQ(report_csv(first), csv) << "written again";
    const ReportSet second = set_of({copied()});
    EXPECT_EQ(report_csv(second), csv);
    EXPECT_EQ(report_json(second), json);
    EXPECT_EQ(json.find(m_other.path().string()), std::string::npos);
}

TEST_F(ReportFiles, TheTimeOfExportIsTheEnvironmentsWhereItSaysOne)
{
    EXPECT_EQ(export_time(), "2025-01-01T00:00:00Z");
    for (const char* nonsense : {"", "yesterday", "-1", "99999999999999999999", "999999999999999", "12 "}) {
        ::setenv("SOURCE_DATE_EPOCH", nonsense, 1);
        EXPECT_EQ(export_time().substr(0, 10), utc_now().substr(0, 10)) << nonsense;
    }
}

} // namespace
} // namespace triptych::test
