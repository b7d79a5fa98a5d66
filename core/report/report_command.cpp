// The command that trains a run again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config_fields.h"
#include "core/config/preset.h"
#include "core/report/report_parts.h"
#include "core/routing/router_catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// A word for a POSIX shell.
std::string quoted(const std::string& word)
{
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_./:=,@+").find(c) != std::string_view::npos;
    };
    if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

template <class Config>
void add_differences(const std::vector<Field<Config>>& fields, const Config& wanted, const Config& given,
                     const std::string& prefix, std::vector<std::string>& settings)
{
    for (const auto& field : fields)
        if (get(field, wanted) != get(field, given))
            settings.push_back(prefix + field.key + "=" + to_string(get(field, wanted)));
}

void add_rope_differences(const ModelConfig& wanted, const ModelConfig& given, std::vector<std::string>& settings)
{
    if (wanted.rope_scaling == given.rope_scaling) return;
    if (!wanted.rope_scaling) return settings.emplace_back("rope_scaling=null"), void();
    // One that is given turns the stretching on; those that it does not name stand at their defaults.
    const YarnConfig before = given.rope_scaling.value_or(YarnConfig{});
    const std::size_t count = settings.size();
    add_differences(yarn_config_fields(), *wanted.rope_scaling, before, "rope_scaling.", settings);
    if (settings.size() == count && !given.rope_scaling)
        settings.push_back("rope_scaling.factor=" + to_string(FieldValue(wanted.rope_scaling->factor)));
}

/// Settings that lead from a model as it is to what the run was trained with; nothing where none would.
std::optional<std::vector<std::string>> settings_for(const ReportSources& from)
{
    const RunSetup& wanted = from.setup;
    RunRequest request;
    request.model = wanted.request.model;
    request.data = wanted.request.data;
    auto model = load_model_config(request.model);
    if (!model) return std::nullopt;
    const auto implied = router_of(*model);
    if (!implied) return std::nullopt;
    std::vector<std::string>& settings = request.settings;
    // First: it chooses others, which later ones mend.
    if ((*implied)->id != wanted.router->id) settings.push_back("router=" + wanted.train.router);
    TrainConfig given; // threads and precision are never those of this machine
    given.router = wanted.train.router;
    given.balance_loss_alpha = wanted.router->balance_loss_alpha;
    given.bias_update_speed = wanted.router->bias_update_speed;
    model->scoring_func = wanted.router->scoring_func;
    model->topk_method = wanted.router->topk_method;
    add_differences(train_config_fields(), wanted.train, given, "", settings);
    add_differences(model_config_fields(), wanted.model, *model, "", settings);
    add_rope_differences(wanted.model, *model, settings);
    const auto again = resolve_setup(request);
    if (!again || again->model != wanted.model || again->train != wanted.train) return std::nullopt;
    return settings;
}

/// Relative paths are those of the folder that the run was started in.
bool is_relative_file(const std::string& spec)
{
    return !spec.starts_with("builtin:") && !spec.starts_with("/");
}

void add_data_conditions(const RunReport& report, std::vector<std::string>& conditions)
{
    for (const ManifestData& data : report.manifest.data)
        if (!data.spec.starts_with("builtin:"))
            conditions.push_back(fmt::format("The data {} are as they were, with hash {}.", data.spec, data.hash));
    const bool relative = std::any_of(report.manifest.data.begin(), report.manifest.data.end(),
                                      [](const ManifestData& data) { return is_relative_file(data.spec); });
    if (relative) conditions.emplace_back("It is given in the folder that the run was started in.");
}

/// How long: by steps, planned over what the run was planned over.
void add_limits(const RunReport& report, std::vector<std::string>& words, std::vector<std::string>& conditions)
{
    const std::int64_t steps = std::max<std::int64_t>(report.summary.steps, 1);
    const std::int64_t planned = report.manifest.schedule_steps;
    if (planned > 0 || report.manifest.forked_from) {
        words.insert(words.end(), {"--steps", std::to_string(steps)});
        if (planned > 0 && planned != steps && report.manifest.train.schedule_steps == 0)
            words.insert(words.end(), {"--set", fmt::format("schedule_steps={}", planned)});
        return;
    }
    const double minutes = report.summary.train_seconds.value_or(60) / 60;
    words.insert(words.end(), {"--minutes", fmt::format("{}", std::max(1.0, std::ceil(minutes)))});
    conditions.push_back(fmt::format(
        "The run had no planned end: stop it at step {} by Ctrl-C, and give it more minutes on a slower machine.",
        steps));
}

/// What people did while it trained.
void add_hands(const RunReport& report, const RecordedRun& run, std::vector<std::string>& conditions)
{
    const auto is_hand = [](const StoredEvent& event) {
        return event.kind == "setting" || event.kind == "routing" || event.kind == "schedule";
    };
    if (std::any_of(run.events.begin(), run.events.end(), is_hand))
        conditions.emplace_back(
            "Settings were changed while it trained (see the events); the command does not repeat that.");
    conditions.push_back(fmt::format(
        "The program is version {}{}, with {} thread{} in {}.",
        report.manifest.version.empty() ? "unknown" : report.manifest.version,
        report.manifest.git_revision.empty() ? std::string() : " (" + report.manifest.git_revision + ")",
        report.manifest.train.threads, report.manifest.train.threads == 1 ? "" : "s", report.manifest.train.precision));
}

} // namespace

void add_command(const ReportSources& from, RunReport& report)
{
    std::vector<std::string> words = {"triptych", "train"};
    std::vector<std::string>& conditions = report.command.conditions;
    const auto add_settings = [&words](const std::vector<std::string>& settings) {
        for (const std::string& setting : settings) words.insert(words.end(), {"--set", setting});
    };
    if (const auto& origin = report.manifest.forked_from) {
        words.insert(words.end(), {"--fork", fmt::format("{}@{}", origin->run, origin->step)});
        add_settings(origin->changed);
        conditions.push_back(
            fmt::format("The run {} is there with its checkpoint of step {}.", origin->run, origin->step));
    } else {
        words.insert(words.end(), {"--model", from.setup.request.model, "--data"});
        words.insert(words.end(), from.setup.request.data.begin(), from.setup.request.data.end());
        if (const auto settings = settings_for(from))
            add_settings(*settings);
        else
            conditions.push_back(fmt::format("The model {} is the one whose configuration this report shows; as it is "
                                             "now, no settings lead to it.",
                                             from.setup.request.model));
    }
    words.insert(words.end(), {"--run", "runs/" + report.summary.name + "-again"});
    add_limits(report, words, conditions);
    add_data_conditions(report, conditions);
    add_hands(report, from.run, conditions);
    for (const std::string& word : words)
        report.command.line += (report.command.line.empty() ? "" : " ") + quoted(word);
    report.command.arguments = std::move(words);
}

} // namespace triptych
