// The configuration of a run, and the command that trains it again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config_fields.h"
#include "core/config/preset.h"
#include "core/report/report_parts.h"

#include <algorithm>

namespace triptych {

namespace {

/// Left to the machine where nobody chooses them; a run has only what they came to.
bool is_chosen_by_machine(std::string_view key)
{
    return key == "threads" || key == "precision";
}

template <class Config>
ReportSetting setting(const Field<Config>& field, const Config& config, const Config* usual)
{
    ReportSetting row{field.key, to_string(get(field, config)), field.unit, field.doc, {}, false};
    if (!usual || is_chosen_by_machine(field.key)) return row;
    row.usual = to_string(get(field, *usual));
    row.differs = row.usual != row.value;
    return row;
}

void add_rope_scaling(const ModelConfig& model, const ModelConfig* usual, std::vector<ReportSetting>& rows)
{
    const auto word = [](const ModelConfig& config) -> std::string { return config.rope_scaling ? "yarn" : "none"; };
    ReportSetting kind{"rope_scaling", word(model), "", "How positions are stretched beyond those trained on.", {}, {}};
    if (usual) {
        kind.usual = word(*usual);
        kind.differs = kind.usual != kind.value;
    }
    rows.push_back(std::move(kind));
    if (!model.rope_scaling) return;
    const YarnConfig* yarn = usual && usual->rope_scaling ? &*usual->rope_scaling : nullptr;
    for (const auto& field : yarn_config_fields()) {
        rows.push_back(setting(field, *model.rope_scaling, yarn));
        rows.back().key = "rope_scaling." + rows.back().key;
    }
}

/// Nothing where the run's model is a file, or a preset of another version.
std::optional<ModelConfig> preset_of(const std::string& name)
{
    const auto presets = list_model_presets();
    if (std::find(presets.begin(), presets.end(), name) == presets.end()) return std::nullopt;
    auto model = load_model_config(name);
    if (!model) return std::nullopt;
    return model.take();
}

} // namespace

void add_configuration(const ReportSources& from, RunReport& report)
{
    ReportConfiguration& all = report.configuration;
    const TrainConfig defaults;
    for (const auto& field : train_config_fields())
        all.training.push_back(setting(field, report.manifest.train, &defaults));
    const auto preset = preset_of(from.setup.request.model);
    all.of_preset = preset.has_value();
    const ModelConfig* usual = preset ? &*preset : nullptr;
    for (const auto& field : model_config_fields()) all.model.push_back(setting(field, report.manifest.model, usual));
    add_rope_scaling(report.manifest.model, usual, all.model);
}

} // namespace triptych
