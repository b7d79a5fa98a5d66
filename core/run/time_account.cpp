// Sums of seconds and their file.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/time_account.h"

#include "core/run/run_store.h"
#include "core/util/atomic_file.h"
#include "core/util/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr std::size_t kMaxBytes = 1 << 16;

constexpr std::array<TimeUseInfo, kTimeUses> kUses = {{
    {TimeUse::Productive, "productive", "steps that stand"},
    {TimeUse::Checkpoint, "checkpoint", "writing checkpoints"},
    {TimeUse::Evaluation, "evaluation", "validations, and the text written after them"},
    {TimeUse::Stall, "stall", "between steps: recording, pictures, waiting for the disk"},
    {TimeUse::Restart, "restart", "from the start of a session to its first step"},
    {TimeUse::Lost, "lost", "steps that had to be done again after a session ended without saving them"},
    {TimeUse::Idle, "idle", "held and paused"},
}};

std::filesystem::path file_of(const std::filesystem::path& run_folder)
{
    return run_folder / "time.json";
}

/// A number of seconds or joules; nothing for what is none.
std::optional<double> amount(const Json& object, std::string_view key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number()) return std::nullopt;
    const auto value = found->get<double>();
    return std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<TimeAccount> account_of(const Json& json)
{
    TimeAccount account;
    if (!json.contains("seconds") || !json["seconds"].is_object()) return std::nullopt;
    for (const TimeUseInfo& info : kUses) {
        const auto seconds = amount(json["seconds"], info.name);
        if (!seconds) return std::nullopt;
        account.set(info.use, *seconds);
    }
    const auto joules = amount(json, "joules");
    const auto joules_seconds = amount(json, "joules_seconds");
    if (!joules || !joules_seconds) return std::nullopt;
    account.joules = *joules;
    account.joules_seconds = *joules_seconds;
    return account;
}

/// Device-seconds of the last step that was recorded, saved or not; zero where that cannot be told.
double last_train_seconds(const std::filesystem::path& run_folder)
{
    const auto reader = RunReader::open(run_folder / "metrics.sqlite");
    if (!reader) return 0;
    const auto last = reader->last(Metric::TrainSeconds);
    return last && last->has_value() && std::isfinite((*last)->value) ? (*last)->value : 0;
}

} // namespace

std::span<const TimeUseInfo> time_uses()
{
    return kUses;
}

void TimeAccount::add(TimeUse use, double seconds)
{
    if (seconds > 0 && std::isfinite(seconds)) m_seconds[index(use)] += seconds;
}

double TimeAccount::total() const
{
    double total = 0;
    for (const double seconds : m_seconds) total += seconds;
    return total;
}

double TimeAccount::goodput() const
{
    const double used = total() - seconds(TimeUse::Idle);
    return used > 0 ? seconds(TimeUse::Productive) / used : 1;
}

void TimeAccount::go_on_from(double device_seconds, double worked)
{
    add(TimeUse::Lost, std::max(worked, seconds(TimeUse::Productive)) - device_seconds);
    set(TimeUse::Productive, device_seconds);
}

std::optional<double> TimeAccount::watts() const
{
    if (!(joules_seconds > 0)) return std::nullopt;
    return joules / joules_seconds;
}

Status write_time_account(const std::filesystem::path& run_folder, const TimeAccount& account)
{
    Json json = {{"format", kFormat}, {"seconds", Json::object()}};
    for (const TimeUseInfo& info : kUses) json["seconds"][std::string(info.name)] = account.seconds(info.use);
    json["joules"] = account.joules;
    json["joules_seconds"] = account.joules_seconds;
    return write_file_atomically(file_of(run_folder), json.dump(2) + "\n");
}

Result<std::optional<TimeAccount>> read_time_account(const std::filesystem::path& run_folder)
{
    const auto file = file_of(run_folder);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return std::optional<TimeAccount>();
    const auto text = read_whole_file(file, kMaxBytes);
    if (!text) return text.error();
    const char* hint = "Remove the file: the run then begins to count its time anew, its steps stay as they are.";
    if (const Status json = check_json_object(*text, file.string()); !json) return Error{json.error().what, hint};
    const Json json = Json::parse(*text);
    if (json.contains("format") && json["format"].is_number_integer() && json["format"] > kFormat)
        return Error{file.string() + " was written by a newer version of Triptych",
                     "Open it with that version or a later one."};
    const auto account = account_of(json);
    if (!account) return Error{file.string() + " is damaged: seconds of every use and joules were expected", hint};
    return account;
}

Result<TimeAccount> resumed_time_account(const std::filesystem::path& run_folder, double device_seconds)
{
    const auto before = read_time_account(run_folder);
    if (!before) return before.error();
    TimeAccount account = before->value_or(TimeAccount{});
    account.go_on_from(device_seconds, last_train_seconds(run_folder));
    return account;
}

} // namespace triptych
