// Comparing what runs were started from.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_difference.h"

#include "core/config/model_config_fields.h"

#include <algorithm>
#include <functional>

namespace triptych {

namespace {

using Runs = std::vector<std::shared_ptr<const Manifest>>;

class Differences {
public:
    explicit Differences(const Runs& runs) : m_runs(runs) {}

    void add(const std::string& key, const std::function<std::string(const Manifest&)>& value)
    {
        SettingDifference row{key, {}};
        for (const auto& run : m_runs) row.values.push_back(value(*run));
        const bool same = std::all_of(row.values.begin(), row.values.end(),
                                      [&](const std::string& each) { return each == row.values.front(); });
        if (!same) m_found.push_back(std::move(row));
    }

    std::vector<SettingDifference> take() { return std::move(m_found); }

private:
    const Runs& m_runs;
    std::vector<SettingDifference> m_found;
};

/// What was read, by what it said: the same text at another place is no difference.
std::string data_of(const Manifest& run)
{
    std::string text;
    for (const ManifestData& data : run.data) text += (text.empty() ? "" : " ") + data.spec;
    return text;
}

std::string hashes_of(const Manifest& run)
{
    std::string text;
    for (const ManifestData& data : run.data) text += (text.empty() ? "" : " ") + data.hash;
    return text;
}

} // namespace

std::vector<SettingDifference> differences(const Runs& runs)
{
    Differences found(runs);
    if (runs.size() < 2) return {};
    for (const auto& field : train_config_fields())
        found.add(field.key, [&](const Manifest& run) { return to_string(get(field, run.train)); });
    found.add("schedule_steps (planned)", [](const Manifest& run) { return std::to_string(run.schedule_steps); });
    for (const auto& field : model_config_fields())
        found.add(field.key, [&](const Manifest& run) { return to_string(get(field, run.model)); });
    found.add("rope_scaling", [](const Manifest& run) { return run.model.rope_scaling ? "yarn" : "none"; });
    for (const auto& field : yarn_config_fields())
        found.add(std::string("rope_scaling.") + field.key, [&](const Manifest& run) {
            return run.model.rope_scaling ? to_string(get(field, *run.model.rope_scaling)) : std::string();
        });
    const bool same_data = std::all_of(runs.begin(), runs.end(),
                                       [&](const auto& run) { return hashes_of(*run) == hashes_of(*runs.front()); });
    if (!same_data) {
        found.add("data", data_of);
        found.add("hash of data", hashes_of);
    }
    found.add("device", [](const Manifest& run) { return run.device; });
    found.add("version", [](const Manifest& run) { return run.version; });
    return found.take();
}

} // namespace triptych
