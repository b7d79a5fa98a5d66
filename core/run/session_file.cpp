// session.json and its lock.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/session_file.h"

#include "core/run/manifest.h"
#include "core/run/run_pulse.h"
#include "core/util/atomic_file.h"
#include "core/util/disk_reach.h"
#include "core/util/io_error.h"
#include "core/util/json_text.h"

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

namespace triptych {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kFormat = 1;
/// Filled up with blanks: room for sentences that are not known yet.
constexpr std::size_t kRoom = 4096;
constexpr std::size_t kLongest = 1 << 20; // bytes of a file that may be one of ours

constexpr std::array kStates = {RunState::Running, RunState::Finished, RunState::Stopped, RunState::Failed,
                                RunState::Interrupted};

fs::path session_path(const fs::path& run_folder)
{
    return run_folder / "session.json";
}

std::string text_of(const SessionRecord& record)
{
    const Json json = {{"format", kFormat},     {"state", name_of(record.state)}, {"reason", record.reason},
                       {"hint", record.hint},   {"process", record.process},      {"host", record.host},
                       {"began", record.began}, {"ended", record.ended}};
    std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace);
    if (text.size() < kRoom - 1) text.resize(kRoom - 1, ' ');
    return text + "\n";
}

std::optional<SessionRecord> parse(const std::string& text)
{
    if (!check_json_object(text, "session.json")) return std::nullopt;
    const Json json = Json::parse(text);
    const auto word = [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    SessionRecord record;
    record.reason = word("reason");
    record.hint = word("hint");
    record.host = word("host");
    record.began = word("began");
    record.ended = word("ended");
    if (const auto id = json.find("process"); id != json.end() && id->is_number_integer()) record.process = *id;
    const std::string state = word("state");
    for (const RunState known : kStates)
        if (state == name_of(known)) {
            record.state = known;
            return record;
        }
    return std::nullopt; // a state of a newer version
}

std::optional<SessionRecord> read_record(const fs::path& path)
{
    const auto text = read_whole_file(path, kLongest);
    return text ? parse(*text) : std::nullopt;
}

/// Of the open file description rather than the process, so that two sessions of one process are kept apart too.
struct flock whole_file_lock()
{
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// Where the system cannot say, the file is believed.
bool is_held(const fs::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return true;
    struct flock lock = whole_file_lock();
    const bool held = ::fcntl(descriptor, F_OFD_GETLK, &lock) < 0 || lock.l_type != F_UNLCK;
    ::close(descriptor);
    return held;
}

/// Whether a process whose lock cannot be seen from here may still hold the run.
bool must_be_believed(const fs::path& run_folder, const SessionRecord& record)
{
    const bool hidden = record.host != host_name() || disk_reach(run_folder) == DiskReach::LocksHidden;
    return hidden && read_pulse(run_folder).is_fresh();
}

/// Where locks of others are not seen, two machines could take one run.
std::optional<Error> held_elsewhere(const fs::path& run_folder)
{
    if (disk_reach(run_folder) != DiskReach::LocksHidden) return std::nullopt; // the lock was the answer
    const auto record = read_session(run_folder);
    if (!record || !record->believed) return std::nullopt;
    return Error{
        run_folder.string() + " is being trained by " + record->holder() + ", as far as can be seen from here",
        "Its disk does not show the locks of other machines, and its files were written within the last minute. "
        "Stop it there; if it was killed, try again in a minute."};
}

Error held_by_another(const fs::path& path)
{
    std::optional<SessionRecord> record;
    // It has locked the file and is about to write who it is.
    for (int i = 0; i < 20 && !(record && record->state == RunState::Running); ++i) {
        if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        record = read_record(path);
    }
    const bool known = record && record->state == RunState::Running;
    const std::string folder = path.parent_path().string();
    return {folder + " is being trained by " + (known ? record->holder() : std::string("another process")),
            "Wait until it ends or stop it there" +
                (known ? " (kill " + std::to_string(record->process) + ", which saves it)" : std::string()) +
                "; it can be looked at meanwhile by triptych inspect " + folder + "."};
}

/// Whether the name still leads to the file that was opened; whoever gave up a new folder has removed it.
bool is_named(const fs::path& path, int descriptor)
{
    struct stat opened {};
    struct stat named {};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

} // namespace

std::string_view name_of(RunState state)
{
    switch (state) {
    case RunState::Running: return "running";
    case RunState::Finished: return "finished";
    case RunState::Stopped: return "stopped";
    case RunState::Failed: return "failed";
    case RunState::Interrupted: return "interrupted";
    }
    return "";
}

std::string SessionRecord::holder() const
{
    return "process " + std::to_string(process) + " on " + host + " since " + began;
}

std::optional<SessionRecord> read_session(const fs::path& run_folder)
{
    const fs::path path = session_path(run_folder);
    auto record = read_record(path);
    if (!record || record->state != RunState::Running || is_held(path)) return record;
    record = read_record(path); // it may have ended in the meantime
    if (!record || record->state != RunState::Running) return record;
    record->believed = must_be_believed(run_folder, *record);
    if (record->believed) return record;
    record->state = RunState::Interrupted;
    record->reason = "its " + record->holder() + " has gone without a word: it was killed, or the machine went down";
    record->hint = "Go on from the last checkpoint by --resume.";
    return record;
}

Result<SessionFile> SessionFile::take(const fs::path& run_folder)
{
    const fs::path path = session_path(run_folder);
    if (const auto elsewhere = held_elsewhere(run_folder)) return *elsewhere;
    // Again where somebody came between two looks at the name.
    for (int attempt = 0; attempt < 100; ++attempt) {
        std::error_code ignored;
        const bool existed = fs::exists(path, ignored);
        const int descriptor =
            ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK | (existed ? 0 : O_CREAT | O_EXCL), 0644);
        if (descriptor < 0 && (errno == EEXIST || (existed && errno == ENOENT))) continue;
        if (descriptor < 0) return io_error("write", path.string(), errno);
        SessionFile file(path, descriptor);
        file.m_kept = true; // until it is ours there is nothing to put back
        struct flock lock = whole_file_lock();
        if (::fcntl(descriptor, F_OFD_SETLK, &lock) < 0) {
            if (errno == EAGAIN || errno == EACCES) return held_by_another(path);
            return io_error("lock", path.string(), errno);
        }
        if (!is_named(path, descriptor)) continue;
        if (existed) {
            auto before = read_whole_file(path, kLongest);
            if (!before) return before.error();
            file.m_before = before.take();
        }
        file.m_kept = false;
        if (const Status begun = file.begin(); !begun) return begun.error();
        return file;
    }
    return io_error("write", path.string(), EBUSY);
}

Status SessionFile::begin()
{
    m_record.process = ::getpid();
    m_record.host = host_name();
    m_record.began = utc_now();
    return write(text_of(m_record));
}

Status SessionFile::write(const std::string& text) const
{
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t put = ::pwrite(m_descriptor, text.data() + done, text.size() - done, static_cast<off_t>(done));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return io_error("write", m_path.string(), errno);
        done += static_cast<std::size_t>(put);
    }
    if (::ftruncate(m_descriptor, static_cast<off_t>(text.size())) < 0 || ::fdatasync(m_descriptor) < 0)
        return io_error("write", m_path.string(), errno);
    return {};
}

void SessionFile::end(RunState state, const std::string& reason, const std::string& hint)
{
    if (m_descriptor < 0) return;
    m_record.state = state;
    m_record.reason = reason;
    m_record.hint = hint;
    m_record.ended = utc_now();
    (void)write(text_of(m_record));
    m_kept = true;
    release();
}

SessionFile::SessionFile(SessionFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_record(std::move(other.m_record)), m_before(std::move(other.m_before)), m_kept(other.m_kept)
{}

SessionFile& SessionFile::operator=(SessionFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_record, other.m_record);
    std::swap(m_before, other.m_before);
    std::swap(m_kept, other.m_kept);
    return *this;
}

SessionFile::~SessionFile()
{
    release();
}

void SessionFile::release()
{
    if (m_descriptor < 0) return;
    if (!m_kept && m_before) (void)write(*m_before);
    if (!m_kept && !m_before) ::unlink(m_path.c_str());
    ::close(std::exchange(m_descriptor, -1)); // and with it the lock
}

} // namespace triptych
