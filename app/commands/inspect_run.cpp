// A run's summary: where it stands, on what, from what, for how much.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/inspection.h"
#include "app/console/json_line.h"
#include "app/console/numbers.h"
#include "core/config/config_json.h"
#include "core/config/parameter_count.h"
#include "core/run/manifest.h"
#include "core/run/run_record.h"
#include "core/run/session_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace triptych {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// The last numbers of a run; not-a-number where nothing was recorded.
struct RunNumbers {
    std::int64_t steps = 0;
    double tokens = 0;
    double loss = kUnknown;
    double main_loss = kUnknown;
    double validation_loss = kUnknown;
    std::int64_t validation_step = 0;
    double bits_per_byte = kUnknown;
    double best_validation_loss = kUnknown;
    std::int64_t best_validation_step = 0;
    double train_seconds = 0;
    double headline_usd = 0;
    double tco_usd = 0;
    std::vector<StoredEvent> health;
};

struct RunSummary {
    fs::path folder;
    Manifest manifest;
    std::optional<SessionRecord> session; ///< nothing where an older version trained it
    RunNumbers numbers;
    std::vector<std::string> checkpoints; ///< names, oldest first
};

double last_value(const RunRecord& reader, Metric metric, double otherwise)
{
    const auto series = reader.series(metric);
    return series && !series->empty() ? series->back().value : otherwise;
}

void read_validation(const RunRecord& reader, RunNumbers& numbers)
{
    const auto series = reader.series(Metric::ValLoss);
    if (!series || series->empty()) return;
    numbers.validation_loss = series->back().value;
    numbers.validation_step = series->back().step;
    numbers.bits_per_byte = last_value(reader, Metric::ValBitsPerByte, kUnknown);
    for (const SeriesPoint& point : *series)
        if (!(point.value >= numbers.best_validation_loss)) {
            numbers.best_validation_loss = point.value;
            numbers.best_validation_step = point.step;
        }
}

Result<RunNumbers> read_numbers(const fs::path& folder)
{
    const auto reader = RunRecord::open(folder);
    if (!reader) return reader.error();
    RunNumbers numbers;
    const auto losses = reader->series(Metric::Loss);
    if (!losses) return losses.error();
    if (!losses->empty()) {
        numbers.steps = losses->back().step;
        numbers.loss = losses->back().value;
    }
    numbers.main_loss = last_value(*reader, Metric::MainLoss, kUnknown);
    numbers.tokens = last_value(*reader, Metric::Tokens, 0);
    numbers.train_seconds = last_value(*reader, Metric::TrainSeconds, 0);
    numbers.headline_usd = last_value(*reader, Metric::HeadlineUsd, 0);
    numbers.tco_usd = last_value(*reader, Metric::TcoUsd, 0);
    read_validation(*reader, numbers);
    const auto events = reader->events();
    if (!events) return events.error();
    for (const StoredEvent& e : *events)
        if (e.kind.starts_with("health.")) numbers.health.push_back(e);
    return numbers;
}

std::vector<std::string> checkpoints_of(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder / "checkpoints", ignored))
        if (entry.path().filename().string().starts_with("step-")) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

Json json_of(const RunSummary& run)
{
    const RunNumbers& n = run.numbers;
    const ParameterCount count = count_parameters(run.manifest.model);
    Json data = Json::array();
    for (const ManifestData& d : run.manifest.data)
        data.push_back({{"spec", d.spec}, {"hash", d.hash}, {"bytes", d.bytes}, {"documents", d.documents}});
    Json checkpoints = Json::array();
    for (const std::string& name : run.checkpoints) checkpoints.push_back((run.folder / "checkpoints" / name).string());
    return {{"run", run.folder.string()},
            {"model", run.manifest.model_name},
            {"parameters", count.total},
            {"active_parameters", count.active},
            {"mtp_parameters", count.mtp},
            {"device", run.manifest.device},
            {"created", run.manifest.created},
            {"host", run.manifest.host},
            {"version", run.manifest.version},
            {"git_revision", run.manifest.git_revision},
            {"state", run.session ? Json(name_of(run.session->state)) : Json()},
            {"state_reason", run.session ? Json(run.session->reason) : Json()},
            {"data", std::move(data)},
            {"settings", Json::parse(train_config_json(run.manifest.train))},
            {"schedule_steps", run.manifest.schedule_steps},
            {"steps", n.steps},
            {"tokens", static_cast<std::int64_t>(n.tokens)},
            {"loss", n.loss},
            {"main_loss", n.main_loss},
            {"validation_loss", n.validation_loss},
            {"bits_per_byte", n.bits_per_byte},
            {"best_validation_loss", n.best_validation_loss},
            {"train_seconds", n.train_seconds},
            {"headline_usd", n.headline_usd},
            {"tco_usd", n.tco_usd},
            {"health_notes", n.health.size()},
            {"checkpoints", std::move(checkpoints)}};
}

std::string settings_text(const TrainConfig& config)
{
    const TrainConfig defaults;
    std::string text;
    for (const auto& field : train_config_fields())
        if (get(field, config) != get(field, defaults))
            text += fmt::format("{}{}={}", text.empty() ? "" : ", ", field.key, to_string(get(field, config)));
    return text.empty() ? "all defaults" : text;
}

std::string size_text(const ManifestData& data)
{
    return data.bytes == 0
               ? "endless"
               : fmt::format("{} bytes in {} files", count_text(static_cast<double>(data.bytes)), data.documents);
}

/// "failed (2025-03-01T12:00:00Z): training stopped: ... What to do."
std::string state_text(const SessionRecord& session)
{
    if (session.state == RunState::Running) return "being trained by " + printable(session.holder());
    std::string text(name_of(session.state));
    if (!session.ended.empty()) text += " (" + printable(session.ended) + ")";
    if (!session.reason.empty()) text += ": " + printable(session.reason);
    if (!session.hint.empty()) text += ". " + printable(session.hint);
    return text;
}

void print_progress(const RunSummary& run)
{
    const RunNumbers& n = run.numbers;
    const auto planned = run.manifest.schedule_steps;
    print(fmt::format("steps        {}{}, {} tokens in {}", n.steps, planned > 0 ? fmt::format(" of {}", planned) : "",
                      count_text(n.tokens), duration_text(n.train_seconds)));
    print(n.train_seconds > 0 ? fmt::format(", {} tokens/s\n", count_text(n.tokens / n.train_seconds)) : "\n");
    if (n.steps > 0)
        print(fmt::format("loss         {:.4f}, of the main model {:.4f} nats per token\n", n.loss, n.main_loss));
    if (!std::isnan(n.validation_loss))
        print(fmt::format(
            "validation   {:.4f} nats per token, {:.4f} bits per byte at step {}; best {:.4f} at step {}\n",
            n.validation_loss, n.bits_per_byte, n.validation_step, n.best_validation_loss, n.best_validation_step));
    print(fmt::format("money        {} to rent, {} at full cost\n", usd_text(n.headline_usd), usd_text(n.tco_usd)));
    if (!n.health.empty())
        print(fmt::format("notes        {}, the last at step {}: {}\n", n.health.size(), n.health.back().step,
                          printable(n.health.back().message)));
}

void print_text(const RunSummary& run)
{
    const Manifest& m = run.manifest;
    const ParameterCount count = count_parameters(m.model);
    print(fmt::format("run          {}\n", run.folder.string()));
    print(fmt::format("model        {}, {} parameters, {} active for a token\n", printable(m.model_name),
                      parameters_text(count.total), parameters_text(count.active)));
    for (const ManifestData& d : m.data)
        print(fmt::format("data         {}, {}, hash {}\n", printable(d.spec), size_text(d), d.hash));
    print(fmt::format("began        {} on {} ({}), triptych {}{}\n", m.created, printable(m.host), m.device, m.version,
                      m.git_revision.empty() ? "" : " (" + m.git_revision + ")"));
    if (run.session) print(fmt::format("state        {}\n", state_text(*run.session)));
    print_progress(run);
    print(fmt::format("settings     {}\n", settings_text(m.train)));
    print(run.checkpoints.empty() ? std::string("checkpoints  none\n")
                                  : fmt::format("checkpoints  {}, the last is {}\n", run.checkpoints.size(),
                                                (run.folder / "checkpoints" / run.checkpoints.back()).string()));
}

} // namespace

ExitCode show_run(const fs::path& folder, Format format)
{
    auto manifest = read_manifest(folder);
    if (!manifest) return report(manifest.error());
    auto numbers = read_numbers(folder);
    if (!numbers) return report(numbers.error());
    const RunSummary run{folder, manifest.take(), read_session(folder), numbers.take(), checkpoints_of(folder)};
    if (format == Format::Json)
        print_json(json_of(run));
    else
        print_text(run);
    return ExitCode::Done;
}

} // namespace triptych
