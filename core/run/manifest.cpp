// run.json, written and read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/manifest.h"

#include "core/config/config_json.h"
#include "core/util/atomic_file.h"
#include "core/util/json_text.h"
#include "core/util/utc_text.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>

namespace triptych {

namespace {

using Json = nlohmann::json;

constexpr int kFormat = 1;
constexpr std::size_t kLongest = std::size_t{1} << 24; // bytes; a manifest has a few thousand

std::string text(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// 0 for what is no whole number or too large for one.
std::int64_t integer(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return 0;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max()) return 0;
    return found->get<std::int64_t>();
}

Json data_json(const Manifest& manifest)
{
    Json data = Json::array();
    for (const ManifestData& d : manifest.data)
        data.push_back({{"spec", d.spec}, {"hash", d.hash}, {"bytes", d.bytes}, {"documents", d.documents}});
    return data;
}

void read_data(const Json& file, Manifest& manifest)
{
    for (const Json& d : file["data"])
        manifest.data.push_back({text(d, "spec"), text(d, "hash"), integer(d, "bytes"), integer(d, "documents")});
    for (const Json& domain : file.value("domains", Json::array()))
        if (domain.is_string()) manifest.domains.push_back(domain);
}

/// Nothing where there is none, or none that can be understood: a run is whole without it.
std::optional<ForkOrigin> read_origin(const Json& file)
{
    const auto found = file.find("forked_from");
    if (found == file.end() || !found->is_object()) return std::nullopt;
    ForkOrigin origin{text(*found, "run"), integer(*found, "step"), {}};
    for (const Json& setting : found->value("changed", Json::array()))
        if (setting.is_string()) origin.changed.push_back(setting);
    return origin;
}

/// What a run cannot be resumed without.
Status check_shape(const Json& file, const std::string& path)
{
    const char* hint = "The file is damaged: restore it from a copy of the run.";
    const auto missing = [&](const char* what) { return Error{path + ": there is no " + what, hint}; };
    for (const char* key : {"model", "train"})
        if (!file.contains(key) || !file[key].is_object()) return missing(key);
    if (!file.contains("data") || !file["data"].is_array() || file["data"].empty()) return missing("list named data");
    for (const Json& d : file["data"])
        if (!d.is_object() || text(d, "spec").empty()) return missing("spec in an entry of data");
    return {};
}

Status write_json(const std::filesystem::path& run_folder, const Json& file)
{
    return write_file_atomically(run_folder / "run.json",
                                 file.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

/// With the shape that every manifest has.
Result<Json> read_json(const std::filesystem::path& run_folder)
{
    const auto path = run_folder / "run.json";
    const auto contents = read_whole_file(path, kLongest);
    std::error_code why;
    if (!contents && (std::filesystem::exists(path, why) || why == std::errc::permission_denied))
        return contents.error(); // it may be one
    if (!contents)
        return Error{run_folder.string() + " is no run folder: " + contents.error().what,
                     "Give the folder that triptych train --run made; it holds run.json."};
    if (const Status json = check_json_object(*contents, path.string()); !json) return json.error();
    Json file = Json::parse(*contents);
    if (integer(file, "format") > kFormat)
        return Error{path.string() + " was written by a newer version of Triptych (" + text(file, "version") + ")",
                     "Open the run with that version or a later one."};
    if (const Status shape = check_shape(file, path.string()); !shape) return shape.error();
    return Result<Json>(std::move(file));
}

} // namespace

std::string utc_now()
{
    return utc_text(std::time(nullptr));
}

std::string host_name()
{
    std::array<char, 256> host{};
    return gethostname(host.data(), host.size() - 1) == 0 ? host.data() : "";
}

void stamp(Manifest& manifest)
{
    manifest.host = host_name();
    manifest.created = utc_now();
    manifest.version = TRIPTYCH_VERSION;
    manifest.git_revision = TRIPTYCH_GIT_REVISION;
}

Status write_manifest(const std::filesystem::path& run_folder, const Manifest& manifest)
{
    Json file;
    file["format"] = kFormat;
    file["model_name"] = manifest.model_name;
    file["model"] = Json::parse(model_config_json(manifest.model));
    file["train"] = Json::parse(train_config_json(manifest.train));
    file["schedule_steps"] = manifest.schedule_steps;
    file["data"] = data_json(manifest);
    file["domains"] = manifest.domains;
    file["device"] = manifest.device;
    file["created"] = manifest.created;
    file["host"] = manifest.host;
    file["version"] = manifest.version;
    file["git_revision"] = manifest.git_revision;
    if (const auto& origin = manifest.forked_from)
        file["forked_from"] = {{"run", origin->run}, {"step", origin->step}, {"changed", origin->changed}};
    return write_json(run_folder, file);
}

Status update_manifest(const std::filesystem::path& run_folder, std::int64_t schedule_steps,
                       const std::vector<std::string>& data_specs)
{
    auto read = read_json(run_folder);
    if (!read) return read.error();
    Json file = read.take();
    const Json before = file;
    file["schedule_steps"] = schedule_steps;
    for (std::size_t i = 0; i < std::min(data_specs.size(), file["data"].size()); ++i)
        file["data"][i]["spec"] = data_specs[i];
    return file == before ? Status() : write_json(run_folder, file);
}

Result<Manifest> read_manifest(const std::filesystem::path& run_folder)
{
    const auto path = run_folder / "run.json";
    auto read = read_json(run_folder);
    if (!read) return read.error();
    const Json file = read.take();
    auto model = parse_model_config(file["model"].dump(), path.string());
    if (!model) return model.error();
    auto train = parse_train_config(file["train"].dump(), path.string());
    if (!train) return train.error();
    Manifest manifest;
    manifest.model = model.take();
    manifest.train = train.take();
    manifest.model_name = text(file, "model_name");
    manifest.schedule_steps = std::max<std::int64_t>(0, integer(file, "schedule_steps"));
    manifest.device = text(file, "device");
    manifest.created = text(file, "created");
    manifest.host = text(file, "host");
    manifest.version = text(file, "version");
    manifest.git_revision = text(file, "git_revision");
    manifest.forked_from = read_origin(file);
    read_data(file, manifest);
    return manifest;
}

} // namespace triptych
