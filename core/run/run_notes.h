// notes.json of a run: what people wrote about it. Training never touches it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace triptych {

struct RunNotes {
    std::string text;              ///< any, UTF-8
    std::vector<std::string> tags; ///< short words, in the order in which they were given
    bool operator==(const RunNotes&) const = default;
};

/// Nothing was noted where there is no such file. Errors: damaged, written by a newer version.
Result<RunNotes> read_notes(const std::filesystem::path& run_folder);

/// Atomically, in the place of what was noted. Error: the folder may not be written, with what to do.
Status write_notes(const std::filesystem::path& run_folder, const RunNotes& notes);

/// "ablation, long run" to its tags: without blanks around them, none empty, none twice.
std::vector<std::string> tags_from_text(const std::string& text);
std::string text_of(const std::vector<std::string>& tags);

} // namespace triptych
