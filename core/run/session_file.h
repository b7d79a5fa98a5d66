// session.json of a run: which process trains it, or how the last one ended. Its lock keeps two processes apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace triptych {

/// Interrupted: the process has gone without saying why; it was killed, or the machine went down.
enum class RunState : std::uint8_t { Running = 1, Finished, Stopped, Failed, Interrupted };
/// "running", "finished", ...
std::string_view name_of(RunState state);

/// The latest session of a run.
struct SessionRecord {
    RunState state = RunState::Running;
    std::string reason;       ///< why it ended: "max steps reached", or what failed; empty while it runs
    std::string hint;         ///< what to do about a failure
    std::int64_t process = 0; ///< its id on its host
    std::string host;
    std::string began; ///< UTC, ISO 8601
    std::string ended; ///< likewise; empty where nobody could write it
    /// It runs, but its lock cannot be seen from here: believed because the files of the run grow.
    bool believed = false;

    /// "process 4711 on node7 since 2025-03-01T12:00:00Z"
    std::string holder() const;
};

/// What the file says, and whether the process it names still holds the run. A process of another machine, or behind a
/// disk that hides locks, is believed to hold it as long as the run's files grow. Changes nothing, needs no right to
/// write. Nothing where the run has no such file (older versions wrote none) or it cannot be understood.
std::optional<SessionRecord> read_session(const std::filesystem::path& run_folder);

/// The hint of the error that the database of a run brings which another machine trains.
inline constexpr const char* kWrittenElsewhereHint =
    "Ask again on that machine, or once the training has ended; the window follows it meanwhile.";

/// A run held by this process. The lock is the system's: it goes with the process, however that ends, and holds on
/// network file systems too, as far as they have locks. The text is written in place and has its room from the
/// beginning, so that the end of a run can be told on a full disk.
class SessionFile {
public:
    /// Takes the run, which must be a folder. Error: another process has it, or must be believed to have it (named with
    /// host and time, nothing is changed), or the folder may not be written.
    static Result<SessionFile> take(const std::filesystem::path& run_folder);

    SessionFile(SessionFile&& other) noexcept;
    SessionFile& operator=(SessionFile&& other) noexcept;
    SessionFile(const SessionFile&) = delete;
    SessionFile& operator=(const SessionFile&) = delete;
    /// Releases the run. Unless keep() was called the file is again what it was before take().
    ~SessionFile();

    /// The session has really begun.
    void keep() { m_kept = true; }
    /// How it ended; releases the run. Best effort: a failing disk is not told.
    void end(RunState state, const std::string& reason, const std::string& hint);

private:
    SessionFile(std::filesystem::path path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}
    Status begin();
    Status write(const std::string& text) const;
    void release();

    std::filesystem::path m_path;
    int m_descriptor;
    SessionRecord m_record;
    std::optional<std::string> m_before; // what the file held; nothing where there was none
    bool m_kept = false;
};

} // namespace triptych
