// Everything that a report says about a run, as plain values: what a page, a table or a script is made of. What a run
// does not have is absent and named in `lacks`; nothing is made up.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_cost.h"
#include "core/report/report_curve.h"
#include "core/run/manifest.h"
#include "core/run/run_notes.h"
#include "core/run/time_account.h"
#include "core/session/event.h"
#include "core/session/frame.h"
#include "core/session/head_pictures.h"
#include "core/session/run_difference.h"
#include "core/session/run_row.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// First, last and smallest finite value of a loss.
struct LossSummary {
    SeriesPoint first;
    SeriesPoint last;
    SeriesPoint least;
};

struct ReportSummary {
    std::string name;  ///< of the run's folder
    std::string model; ///< preset or file
    std::int64_t parameters = 0;
    std::int64_t active_parameters = 0;
    std::int64_t mtp_parameters = 0;
    RowState state = RowState::Unknown;
    std::string state_reason; ///< why it ended; may be empty
    std::string state_hint;
    std::int64_t steps = 0;         ///< the newest
    std::int64_t planned_steps = 0; ///< 0: no end
    std::optional<double> tokens;
    std::optional<double> train_seconds;          ///< device time over all sessions
    std::optional<LossSummary> loss;              ///< what is minimised
    std::optional<LossSummary> main_loss;         ///< nats per token
    std::optional<LossSummary> val_loss;          ///< nats per token, on the validation split
    std::optional<SeriesPoint> val_bits_per_byte; ///< the last
    std::optional<double> headline_usd;           ///< as the run's own meters say; the ledgers are in `money`
    std::optional<double> tco_usd;
    std::string device;    ///< "cpu, 2 threads, bf16"
    std::string precision; ///< "bf16"
    std::int64_t threads = 0;
    std::int64_t tokens_per_step = 0;
    std::string created; ///< UTC, ISO 8601
    std::string ended;   ///< likewise; empty: not known, or it goes on
};

/// Loads of all MoE layers at a step.
struct LoadMap {
    std::int64_t step = 0;
    std::vector<std::vector<float>> ratio; ///< [layer][expert] load / mean load, smoothed over about 20 steps
    std::vector<double> max_vio;           ///< [layer] of that step
};
struct ReportLoads {
    std::int64_t experts = 0;         ///< E
    std::vector<std::int64_t> layers; ///< numbers as in tensor names; MTP blocks count on from the main ones
    std::int64_t main_layers = 0;     ///< layers from this number on are MTP blocks
    std::vector<LoadMap> maps;        ///< by rising step, a few over the whole run; the last is the newest
};

/// How evenly one layer's experts are used.
struct BalanceRow {
    std::int64_t layer = 0;
    std::optional<double> last_max_vio;       ///< of the newest step
    std::optional<double> recent_max_vio;     ///< mean of the last 100 steps
    std::optional<SeriesPoint> worst_max_vio; ///< largest of the run
    std::optional<double> diversity;          ///< exp(entropy of loads) / E, of the newest step
    std::int64_t dead = 0;                    ///< experts with less than 1 % of the mean load, smoothed
    std::int64_t hot = 0;                     ///< experts with more than twice the mean load, smoothed
    float hottest_ratio = 0;                  ///< largest load / mean load, smoothed
    std::int64_t hottest_expert = 0;
};

/// Which experts the texts of a domain choose, at the newest frame that has it.
struct ReportSpecialisation {
    std::int64_t step = 0;
    std::vector<std::string> domains;
    std::vector<std::int64_t> layers;
    std::vector<std::vector<std::vector<float>>> share; ///< [layer][domain][expert] of the domain's choices
    /// [layer] how far the domains are apart: mean over the domains of half the sum of |share - mean share|, 0..1.
    std::vector<double> distance;
};

/// What one head makes of the probe text.
struct AttentionExample {
    std::int64_t layer = 0;
    std::int64_t head = 0;
    Habit habit = Habit::Spread; ///< why it was chosen: the clearest of its kind
    HeadHabits habits;
    std::vector<float> weights; ///< [P, P] query (row) on key (column), P = ceil(T / pool)
};
enum class AttentionSource : std::uint8_t {
    Recorded = 1, ///< a frame that the run kept of its probe text
    Checkpoint,   ///< it kept none: the program's own probe text, read through the latest checkpoint
};
struct ReportAttention {
    AttentionSource source = AttentionSource::Recorded;
    std::int64_t step = 0;
    std::vector<std::string> token_texts; ///< [T] for display
    std::int64_t pool = 1;                ///< neighbours of which the largest weight is kept
    double loss = 0;                      ///< nats per token of the probe text
    std::vector<AttentionExample> examples;
};

struct ReportAcceptance {
    AcceptanceFrame frame;      ///< of the last validation that was kept
    std::vector<double> rate;   ///< [depth] accepted / drafts; NaN without
    double tokens_per_step = 1; ///< 1 + p1 + p1 p2 + ..., drafting not counted
};

struct ReportThroughput {
    double tokens_per_second = 0;                   ///< all tokens over all device time
    std::optional<double> median_tokens_per_second; ///< of the steps
    std::optional<double> median_step_seconds;
    std::optional<double> mfu;              ///< mean of the last 200 steps
    std::optional<double> best_mfu;         ///< of a point of the curve
    double flops_per_token = 0;             ///< of training in the last 200 steps, causal attention, MTP included
    std::optional<double> flops_per_second; ///< reached over the last 200 steps
    std::optional<double> peak_flops;       ///< FLOP/s that MFU is measured against, as it follows from both
};

struct ReportMemory {
    std::array<std::int64_t, PlanEntry::kRegions> regions{}; ///< bytes, by PlanEntry::Region less one
    std::int64_t total = 0;
    std::vector<PlanEntry> largest; ///< parts, the largest first, a dozen at most
};

struct ReportSetting {
    std::string key; ///< as in --set
    std::string value;
    std::string unit; ///< may be empty
    std::string doc;
    std::string usual;    ///< the default, of the model what its preset says; empty: there is none to compare with
    bool differs = false; ///< from `usual`
};

struct ReportConfiguration {
    std::vector<ReportSetting> training;
    std::vector<ReportSetting> model;
    bool of_preset = false; ///< `usual` of the model is its preset's; otherwise the model is a file's
};

struct ReportCheckpoint {
    std::int64_t step = 0;
    std::string name; ///< "step-000400"
};

/// How to train this run again.
struct ReportCommand {
    std::vector<std::string> arguments;  ///< with the program's name, as a shell would pass them on
    std::string line;                    ///< quoted for a POSIX shell
    std::vector<std::string> conditions; ///< English sentences: what must be there for it to give the same run
};

/// Where in a report something is missing.
enum class ReportPart : std::uint8_t {
    Curves = 1,
    Loads,
    Balance,
    Specialisation,
    Attention,
    Acceptance,
    Throughput,
    Memory,
    Time,
    Money,
    Context,
    Events,
    Checkpoints,
    Notes,
};
/// "curves", "loads", ...: as in the JSON document.
std::string_view name_of(ReportPart part);

struct ReportLack {
    ReportPart part = ReportPart::Curves;
    std::string why; ///< English: what is not there and why
};

struct RunReport {
    ReportSummary summary;
    Manifest manifest;               ///< data with hashes, seed, host, version, git revision, where it was forked from
    std::vector<ReportCurve> curves; ///< in the order of the catalog of metrics, those with samples
    std::optional<ReportLoads> loads;
    std::vector<BalanceRow> balance;
    std::optional<ReportSpecialisation> specialisation;
    std::optional<ReportAttention> attention;
    std::optional<ReportAcceptance> acceptance;
    std::optional<ReportThroughput> throughput;
    std::optional<ReportMemory> memory;
    std::optional<TimeAccount> time;
    std::optional<RunMoney> money;
    ReportConfiguration configuration;
    std::vector<StoredEvent> events;           ///< without texts that the model wrote, the newest few hundred
    std::int64_t events_left_out = 0;          ///< older ones
    std::optional<event::SampleText> sample;   ///< what the model wrote last
    std::vector<ReportCheckpoint> checkpoints; ///< by rising step
    RunNotes notes;
    ReportCommand command;
    std::vector<std::string> troubles; ///< what could not be read, and what to do about it
    std::vector<ReportLack> lacks;

    const ReportCurve* curve(MetricId metric) const; ///< null: it has none
};

/// One run, or several to be compared.
struct ReportSet {
    std::string title;    ///< as the user gave it; may be empty
    std::string exported; ///< UTC, ISO 8601: now, or SOURCE_DATE_EPOCH
    std::vector<RunReport> runs;
    std::vector<SettingDifference> differences; ///< in their configurations; [runs] values each
    CostContext context;
};

} // namespace triptych
