// events.jsonl of a run: the events of its database as lines, for whoever follows it where a database cannot be read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"
#include "core/util/output_file.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace triptych {

/// Appends whole lines.
class EventFileWriter {
public:
    /// Anew with these, in the place of what is there: it appears whole.
    static Result<EventFileWriter> create(const std::filesystem::path& file, const std::vector<StoredEvent>& events);

    void append(const StoredEvent& event);
    /// Makes them readable. After an error nothing is lost: the next call tries again, until there are too many.
    Status commit();

private:
    EventFileWriter(OutputFile file, std::uint64_t size) : m_file(std::move(file)), m_size(size) {}

    OutputFile m_file;
    std::uint64_t m_size; ///< bytes written, whole lines
    std::string m_waiting;
};

struct EventPage {
    std::vector<StoredEvent> events;
    std::uint64_t next = 0; ///< where to read on
    bool anew = false;      ///< the file is shorter than it was: these are from its beginning
};

/// The whole lines from a place on, which is 0 or an earlier page's `next`; up to 16 MB at once. A line that is being
/// written is left for later; what is no event is left out. Error: the file is missing or cannot be read.
Result<EventPage> read_events(const std::filesystem::path& file, std::uint64_t from = 0);
/// All of them. Errors as above, where there is not even one.
Result<std::vector<StoredEvent>> read_all_events(const std::filesystem::path& file);

} // namespace triptych
