// A run that has everything a report can say, and one that has nothing, both made up.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"

#include <QString>

#include <cmath>
#include <string>

namespace triptych::test {

inline ReportCurve made_curve(MetricId metric, double from, double to, int points = 40, std::int64_t samples = 10)
{
    ReportCurve curve;
    curve.metric = metric;
    curve.name = metric_name(metric);
    curve.unit = "1";
    curve.samples = points * samples;
    for (int i = 0; i < points; ++i) {
        CurvePoint point;
        point.first_step = 1 + i * samples;
        point.last_step = (i + 1) * samples;
        point.samples = samples;
        point.mean = from + (to - from) * i / std::max(1, points - 1);
        point.low = point.mean * 0.95;
        point.high = point.mean * 1.05;
        curve.points.push_back(point);
    }
    return curve;
}

inline PricedLens made_lens(const std::string& title, double usd)
{
    PricedLens lens;
    lens.preset.title = "This machine";
    CostInput tariff;
    tariff.title = "Electricity price";
    tariff.input = {0.0771, "USD/kWh",           0.067, 0.12, "US industrial electricity 2024",
                    "2024", PriceBasis::Assumed, false};
    CostInput hours;
    hours.title = "Hours of the machine";
    hours.input = {0.5, "machine-hours", 0.5, 0.5, "measured by the run", "2026-11-26", PriceBasis::Measured, true};
    lens.preset.inputs = {tariff, hours};
    Ledger& ledger = lens.ledger;
    ledger.title = "This machine";
    ledger.lens_title = title;
    ledger.scope = "what is counted in " + title;
    for (const auto& [name, share] : {std::pair{"hardware", 0.7}, {"electricity", 0.3}}) {
        LedgerLine line;
        line.key = name;
        line.title = name;
        line.usd = Money::clamped(usd * share);
        line.low = Money::clamped(usd * share * 0.8);
        line.high = Money::clamped(usd * share * 1.4);
        line.source = "https://example.org/prices?a=1&b=2";
        line.date = "2024-05";
        ledger.lines.push_back(line);
    }
    ledger.total = Money::clamped(usd);
    ledger.low = Money::clamped(usd * 0.8);
    ledger.high = Money::clamped(usd * 1.4);
    lens.tornado = {{"tariff", "Electricity price", Money::clamped(usd * 0.9), Money::clamped(usd * 1.2)}};
    return lens;
}

inline RunReport full_run(const std::string& name = "demo")
{
    RunReport run;
    ReportSummary& s = run.summary;
    s.name = name;
    s.model = "tiny";
    s.parameters = 1'342'208;
    s.active_parameters = 612'352;
    s.state = RowState::Finished;
    s.steps = 400;
    s.planned_steps = 400;
    s.tokens = 819'200;
    s.train_seconds = 1800;
    s.loss = LossSummary{{1, 7.5}, {400, 2.1}, {398, 2.0}};
    s.main_loss = LossSummary{{1, 5.6}, {400, 1.532}, {399, 1.5}};
    s.val_loss = LossSummary{{100, 3.2}, {400, 1.621}, {400, 1.621}};
    s.val_bits_per_byte = SeriesPoint{400, 2.338};
    s.device = "cpu, 2 threads, bf16";
    s.tokens_per_step = 2048;
    s.created = "2026-11-26T19:51:05Z";
    s.ended = "2026-11-26T20:21:05Z";
    run.manifest.model.vocab_size = 264;
    run.manifest.model.n_routed_experts = 8;
    run.manifest.train.sequence_length = 256;
    run.manifest.train.seed = 7;
    run.manifest.version = "0.1.0";
    run.manifest.git_revision = "eade2c9";
    run.manifest.device = s.device;
    run.manifest.created = s.created;
    run.manifest.data = {{"builtin:mixed", "e33a91fc7f441134", 0, 0}};
    for (const auto& [metric, from, to] : {std::tuple{Metric::MainLoss, 5.6, 1.5},
                                           {Metric::MtpLoss, 6.0, 2.1},
                                           {Metric::ValLoss, 3.2, 1.6},
                                           {Metric::TokensPerSecond, 440.0, 460.0},
                                           {Metric::LearningRate, 0.0001, 0.001},
                                           {Metric::GradNorm, 3.0, 0.4},
                                           {Metric::Mfu, 0.4, 0.5},
                                           {Metric::MaxVio, 1.5, 0.1}})
        run.curves.push_back(made_curve(metric, from, to));
    run.loads = ReportLoads{8, {1, 2, 3}, 3, {}};
    for (const std::int64_t step : {10, 200, 400})
        run.loads->maps.push_back(
            {step, {{1, 2, 0.5F, 1, 1, 1, 0.25F, 1}, {1, 1, 1, 1, 1, 1, 1, 1}, {0, 8, 1, 1, 1, 1, 1, 1}}, {1, 0, 7}});
    for (std::int64_t layer = 1; layer <= 3; ++layer)
        run.balance.push_back({layer, 0.1, 0.12, SeriesPoint{12, 2.5}, 0.98, 0, 1, 2.25F, 5});
    run.specialisation = ReportSpecialisation{400, {"english", "code"}, {1, 2}, {}, {0.1, 0.4}};
    run.specialisation->share.assign(
        2, {{0.5F, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0, 0}, {0, 0.1F, 0.1F, 0.1F, 0.1F, 0.1F, 0.25F, 0.25F}});
    run.attention = ReportAttention{};
    run.attention->step = 400;
    run.attention->token_texts = {"The", " cat", " sat", "."};
    run.attention->loss = 1.9;
    AttentionExample head{2, 1, Habit::Previous, {0.2, 0.6, 0.1, 0.1}, std::vector<float>(16, 0)};
    for (std::size_t i = 0; i < 4; ++i) head.weights[i * 4 + (i > 0 ? i - 1 : 0)] = 1;
    run.attention->examples = {head, head};
    AcceptanceFrame frame;
    frame.step = 400;
    frame.domains = {"english", "code"};
    frame.by_position.assign(1, std::vector<AcceptanceFrame::Count>(AcceptanceFrame::kPositions, {100, 62}));
    frame.by_domain = {{{1600, 900}, {1600, 1084}}};
    run.acceptance = ReportAcceptance{frame, {0.62}, 1.62};
    run.throughput = ReportThroughput{455.1, 460.0, 4.45, 0.47, 0.51, 8.2e6, 3.7e9, 7.9e9};
    run.memory = ReportMemory{};
    run.memory->regions = {5'368'832, 5'368'832, 10'737'664, 0, 0, 40'000'000, 0, 1'000'000};
    run.memory->total = 62'475'328;
    run.time = TimeAccount{};
    run.time->set(TimeUse::Productive, 1800);
    run.time->set(TimeUse::Evaluation, 90);
    RunMoney money;
    money.device_hours = 0.5;
    money.tokens = 819'200;
    money.headline.lens = made_lens("Rented", 0.048);
    money.full.lens = made_lens("Full cost", 0.1234);
    money.headline.usd_per_device_hour = 0.096;
    money.full.usd_per_device_hour = 0.2468;
    money.headline.per_mtoken_overall = Money::clamped(0.0586);
    money.kwh = 0.01;
    money.extrapolations = {made_lens("By FLOPs", 12e9)};
    run.money = money;
    run.configuration.training = {{"learning_rate", "0.001", "", "Peak of the schedule.", "0.00022", true}};
    run.configuration.model = {{"hidden_size", "128", "", "Width.", "128", false}};
    run.events = {{100, "2026-11-26T19:56:05Z", "checkpoint", "step-000100"}};
    run.sample = event::SampleText{400, "The cat sat <on> the \"mat\" & slept.", 7};
    run.checkpoints = {{400, "step-000400"}};
    run.notes = {"A first try.", {"demo"}};
    run.command = {
        {"triptych", "train"}, "triptych train --model tiny --data builtin:mixed --run again", {"Two threads."}};
    return run;
}

/// Every part missing, and said so.
inline RunReport bare_run()
{
    RunReport run;
    run.summary.name = "bare";
    run.summary.model = "tiny";
    run.manifest.model.n_routed_experts = 8;
    for (int part = 1; part <= static_cast<int>(ReportPart::Notes); ++part)
        run.lacks.push_back({static_cast<ReportPart>(part), "not recorded"});
    return run;
}

inline ReportSet made_set(std::vector<RunReport> runs)
{
    ReportSet set;
    set.exported = "2026-11-27T10:00:00Z";
    set.runs = std::move(runs);
    CostContextRow row;
    row.title = "DeepSeek-V3, the report's own count";
    row.lens_title = "Hours times a rental price";
    row.scope = "the final run alone";
    row.gpu_hours = 2'788'000;
    row.total = row.low = row.high = Money::clamped(5'576'000);
    row.source = "arXiv:2412.19437, table 1";
    row.date = "2024-12";
    set.context.rows = {row};
    return set;
}

} // namespace triptych::test
