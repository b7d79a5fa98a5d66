// notes.json, written and read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_notes.h"

#include "core/util/atomic_file.h"
#include "core/util/json_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace triptych {

namespace {

using Json = nlohmann::json;

constexpr int kFormat = 1;
constexpr std::size_t kLongest = std::size_t{1} << 24; // bytes; more was not written by hand

std::filesystem::path notes_path(const std::filesystem::path& run_folder)
{
    return run_folder / "notes.json";
}

} // namespace

Result<RunNotes> read_notes(const std::filesystem::path& run_folder)
{
    const auto path = notes_path(run_folder);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return RunNotes{};
    const auto contents = read_whole_file(path, kLongest);
    if (!contents) return contents.error();
    if (const Status json = check_json_object(*contents, path.string()); !json)
        return Error{json.error().what, "Mend the file or remove it; the run itself is whole."};
    const Json file = Json::parse(*contents);
    const auto format = file.find("format");
    if (format != file.end() && format->is_number_integer() && *format > kFormat)
        return Error{path.string() + " was written by a newer version of Triptych",
                     "Open the run with that version to see its notes."};
    RunNotes notes;
    if (const auto text = file.find("notes"); text != file.end() && text->is_string()) notes.text = *text;
    if (const auto tags = file.find("tags"); tags != file.end() && tags->is_array())
        for (const Json& tag : *tags)
            if (tag.is_string()) notes.tags.push_back(tag);
    return notes;
}

Status write_notes(const std::filesystem::path& run_folder, const RunNotes& notes)
{
    const Json file = {{"format", kFormat}, {"notes", notes.text}, {"tags", notes.tags}};
    const Status written =
        write_file_atomically(notes_path(run_folder), file.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    if (written) return {};
    return Error{"the notes of " + run_folder.string() + " were not kept: " + written.error().what,
                 "Copy the run to where you may write, and note it there."};
}

std::vector<std::string> tags_from_text(const std::string& text)
{
    std::vector<std::string> tags;
    std::istringstream in(text);
    for (std::string tag; std::getline(in, tag, ',');) {
        const auto first = tag.find_first_not_of(" \t\n");
        if (first == tag.npos) continue;
        tag = tag.substr(first, tag.find_last_not_of(" \t\n") - first + 1);
        if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
    }
    return tags;
}

std::string text_of(const std::vector<std::string>& tags)
{
    return fmt::format("{}", fmt::join(tags, ", "));
}

} // namespace triptych
