// A folder for TensorBoard: one event file a run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "core/formats/tensorboard_events.h"
#include "core/run/export_output.h"
#include "core/run/metric_export.h"
#include "core/util/io_error.h"

#include <cstdio>
#include <map>
#include <utility>

namespace triptych {

namespace {

namespace fs = std::filesystem;

/// A text of the page, which reads Markdown: nothing of it breaks a line of the table.
std::string cell(const std::string& text)
{
    std::string safe;
    for (const char c : text) safe += c == '`' || c == '|' || static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return "`" + safe + "`";
}

/// What the run was started from, as run.json has it.
std::string configuration_text(const Manifest& manifest)
{
    std::string text = "| | |\n|---|---|\n";
    const auto row = [&](const char* title, const std::string& value) {
        if (!value.empty()) text += std::string("| ") + title + " | " + cell(value) + " |\n";
    };
    row("model", manifest.model_name);
    for (const ManifestData& data : manifest.data) row("data", data.spec + " (" + data.hash + ")");
    row("began", manifest.created);
    row("host", manifest.host);
    row("device", manifest.device);
    row("Triptych", manifest.version);
    row("revision", manifest.git_revision);
    text += "\nSettings\n\n```\n" + train_config_json(manifest.train) + "\n```\n";
    return text + "\nModel\n\n```\n" + model_config_json(manifest.model) + "\n```\n";
}

/// "Cross entropy of the next token. Unit: nats/token."
std::string description(MetricId metric)
{
    const MetricInfo& info = metric_info(metric.metric);
    std::string text = std::string(info.doc) + " Recorded as `" + metric_name(metric) + "`";
    if (info.unit != "1") text += ", in " + std::string(info.unit);
    return text + ".";
}

/// Tags and descriptions of a run's metrics; a description is asked for once.
class Tags {
public:
    explicit Tags(const ExportedRun& run)
    {
        const std::vector<std::string> none;
        for (const MetricId metric : run.scan.metrics())
            m_known[metric] = {tensorboard_tag(metric, run.manifest ? run.manifest->domains : none),
                               description(metric), false};
    }

    EventScalar scalar(const Sample& sample)
    {
        Known& known = m_known.at(sample.metric);
        const bool first = !std::exchange(known.told, true);
        return {known.tag, sample.value, first ? std::string_view(known.description) : std::string_view()};
    }

private:
    struct Known {
        std::string tag;
        std::string description;
        bool told = false;
    };
    std::map<MetricId, Known> m_known;
};

/// The same name for the same run, so that an export finds an earlier one.
std::string file_name(const ExportedRun& run)
{
    char text[64] = {};
    std::snprintf(text, sizeof text, "events.out.tfevents.%010.0f.triptych", run.began);
    return text;
}

Status write_run(ExportedRun& run, ExportOutput& output, ExportCount& count)
{
    Tags tags(run);
    Status written = output.write(event_file_head(run.began));
    if (written && run.manifest)
        written = output.write(text_event(run.began, "run/configuration", configuration_text(*run.manifest)));
    if (!written) return written;
    std::vector<EventScalar> scalars;
    return for_each_step(run, [&](const ExportStep& step) {
        scalars.clear();
        for (const Sample& sample : step.samples) scalars.push_back(tags.scalar(sample));
        ++count.steps;
        count.samples += static_cast<std::int64_t>(scalars.size());
        return output.write(scalar_event(step.time, step.step, scalars));
    });
}

} // namespace

Result<ExportCount> export_tensorboard(std::vector<ExportedRun>& runs, const fs::path& folder, IfExported if_exported)
{
    if (Status names = check_names(runs); !names) return names.error();
    ExportCount count;
    for (ExportedRun& run : runs) {
        std::error_code error;
        fs::create_directories(folder / run.name, error);
        if (error) return io_error("create folder", (folder / run.name).string(), error.value());
        auto output = ExportOutput::create(folder / run.name / file_name(run), if_exported);
        if (!output) return output.error();
        if (Status written = write_run(run, *output, count); !written) return written.error();
        if (Status committed = output->commit(); !committed) return committed.error();
    }
    return count;
}

} // namespace triptych
