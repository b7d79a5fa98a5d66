// A report as one JSON document.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_files.h"
#include "core/report/report_json_parts.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json();
}

Json point_json(const SeriesPoint& point)
{
    return {{"step", point.step}, {"value", point.value}};
}

Json loss_json(const std::optional<LossSummary>& loss)
{
    if (!loss) return {};
    return {{"first", point_json(loss->first)}, {"last", point_json(loss->last)}, {"least", point_json(loss->least)}};
}

std::string_view name_of_state(RowState state)
{
    switch (state) {
    case RowState::Training: return "training";
    case RowState::Finished: return "finished";
    case RowState::Stopped: return "stopped";
    case RowState::Failed: return "failed";
    case RowState::Interrupted: return "interrupted";
    case RowState::Unknown: return "unknown";
    case RowState::Unreadable: return "unreadable";
    }
    return "unknown";
}

Json summary_json(const ReportSummary& s)
{
    return {{"name", s.name},
            {"model", s.model},
            {"parameters", s.parameters},
            {"active_parameters", s.active_parameters},
            {"mtp_parameters", s.mtp_parameters},
            {"state", name_of_state(s.state)},
            {"state_reason", s.state_reason},
            {"state_hint", s.state_hint},
            {"steps", s.steps},
            {"planned_steps", s.planned_steps},
            {"tokens", or_null(s.tokens)},
            {"train_seconds", or_null(s.train_seconds)},
            {"loss", loss_json(s.loss)},
            {"main_loss", loss_json(s.main_loss)},
            {"val_loss", loss_json(s.val_loss)},
            {"val_bits_per_byte", s.val_bits_per_byte ? point_json(*s.val_bits_per_byte) : Json()},
            {"headline_usd", or_null(s.headline_usd)},
            {"tco_usd", or_null(s.tco_usd)},
            {"device", s.device},
            {"precision", s.precision},
            {"threads", s.threads},
            {"tokens_per_step", s.tokens_per_step},
            {"created", s.created},
            {"ended", s.ended}};
}

Json provenance_json(const Manifest& m)
{
    Json data = Json::array();
    for (const ManifestData& d : m.data)
        data.push_back({{"spec", d.spec}, {"hash", d.hash}, {"bytes", d.bytes}, {"documents", d.documents}});
    Json origin;
    if (m.forked_from)
        origin = {{"run", m.forked_from->run}, {"step", m.forked_from->step}, {"changed", m.forked_from->changed}};
    return {{"data", std::move(data)},
            {"domains", m.domains},
            {"seed", m.train.seed},
            {"host", m.host},
            {"version", m.version},
            {"git_revision", m.git_revision},
            {"forked_from", std::move(origin)}};
}

Json settings_json(const std::vector<ReportSetting>& settings)
{
    Json json = Json::array();
    for (const ReportSetting& s : settings)
        json.push_back({{"key", s.key},
                        {"value", s.value},
                        {"unit", s.unit},
                        {"usual", s.usual.empty() ? Json() : Json(s.usual)},
                        {"differs", s.differs}});
    return json;
}

Json events_json(const std::vector<StoredEvent>& events)
{
    Json json = Json::array();
    for (const StoredEvent& e : events)
        json.push_back({{"step", e.step}, {"time", e.time}, {"kind", e.kind}, {"message", e.message}});
    return json;
}

Json checkpoints_json(const std::vector<ReportCheckpoint>& checkpoints)
{
    Json json = Json::array();
    for (const ReportCheckpoint& c : checkpoints) json.push_back({{"step", c.step}, {"name", c.name}});
    return json;
}

Json lacks_json(const std::vector<ReportLack>& lacks)
{
    Json json = Json::array();
    for (const ReportLack& lack : lacks) json.push_back({{"part", name_of(lack.part)}, {"why", lack.why}});
    return json;
}

Json run_json(const RunReport& run)
{
    Json json = {{"summary", summary_json(run.summary)}, {"provenance", provenance_json(run.manifest)}};
    for (const auto& [key, text] : experiment_parts(run)) json[key] = Json::parse(text);
    for (const auto& [key, text] : machine_parts(run)) json[key] = Json::parse(text);
    json["configuration"] = {{"of_preset", run.configuration.of_preset},
                             {"training", settings_json(run.configuration.training)},
                             {"model", settings_json(run.configuration.model)}};
    json["events"] = events_json(run.events);
    json["events_left_out"] = run.events_left_out;
    json["sample"] = run.sample ? Json({{"step", run.sample->step}, {"text", run.sample->text}}) : Json();
    json["checkpoints"] = checkpoints_json(run.checkpoints);
    json["notes"] = {{"text", run.notes.text}, {"tags", run.notes.tags}};
    json["command"] = {
        {"line", run.command.line}, {"arguments", run.command.arguments}, {"conditions", run.command.conditions}};
    json["troubles"] = run.troubles;
    json["lacks"] = lacks_json(run.lacks);
    return json;
}

bool is_flat(const Json& json)
{
    return std::none_of(json.begin(), json.end(), [](const Json& each) { return each.is_structured(); });
}

/// A line for every member but those of flat lists and objects: what differs between two documents is easy to see, and
/// a list of a thousand numbers stays one line.
void write(const Json& json, const std::string& indent, std::string& text)
{
    constexpr auto kReplace = Json::error_handler_t::replace;
    if (!json.is_structured() || json.empty() || is_flat(json)) {
        text += json.dump(-1, ' ', false, kReplace);
        return;
    }
    const std::string deeper = indent + " ";
    text += json.is_array() ? "[" : "{";
    bool first = true;
    for (const auto& [key, value] : json.items()) {
        text += first ? "\n" : ",\n";
        first = false;
        text += deeper;
        if (json.is_object()) text += Json(key).dump(-1, ' ', false, kReplace) + ": ";
        write(value, deeper, text);
    }
    text += "\n" + indent + (json.is_array() ? "]" : "}");
}

} // namespace

std::string report_json(const ReportSet& set)
{
    Json json = {
        {"schema", kReportSchema}, {"kind", "triptych-report"}, {"title", set.title}, {"exported", set.exported}};
    Json differences = Json::array();
    for (const SettingDifference& row : set.differences)
        differences.push_back({{"key", row.key}, {"values", row.values}});
    json["runs"] = Json::array();
    for (const RunReport& run : set.runs) json["runs"].push_back(run_json(run));
    json["differences"] = std::move(differences);
    json["context"] = Json::parse(context_json(set.context));
    std::string text;
    write(json, "", text);
    return text + "\n";
}

} // namespace triptych
