// Writing a run's folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_folder.h"

#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "core/session/event_text.h"
#include "core/util/trouble_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace triptych {

namespace fs = std::filesystem;

namespace {

/// Kinds of trouble.
constexpr std::size_t kOfLog = 0;
constexpr std::size_t kOfAccount = 1;

} // namespace

struct RunFolder::Files {
    explicit Files(SessionFile held) : session(std::move(held)) {}
    /// Written through at once, because it is read while it grows. A failure is told when it begins.
    void write_log(const std::string& line);

    /// Of the store too, from where they come only once.
    void collect_troubles();

    SessionFile session;
    std::unique_ptr<RunStore> store;
    fs::path log_path;
    std::ofstream log;
    fs::path folder;
    TroubleList<2> met; ///< of the log, and of time.json
    std::vector<std::string> troubles;
    std::string gap; ///< the first of its own: those of the store may be over before anything is lost
};

void RunFolder::Files::write_log(const std::string& line)
{
    log.clear(); // there may be room again
    log << line << std::endl;
    met.note(log ? std::string()
                 : "cannot write " + log_path.string() +
                       ". Check the disk and its free space; the run goes on without this log.",
             kOfLog);
}

void RunFolder::Files::collect_troubles()
{
    const std::vector<std::string> own = met.take();
    if (gap.empty() && !own.empty()) gap = own.front();
    for (const auto& told : {own, store->take_troubles()}) troubles.insert(troubles.end(), told.begin(), told.end());
}

namespace {

std::string hash_text(const CorpusInfo& info)
{
    return fmt::format("{:016x}", info.hash);
}

Manifest manifest_of(const RunSetup& setup, const std::vector<CorpusInfo>& data,
                     const std::vector<std::string>& domains)
{
    Manifest manifest;
    manifest.model_name = setup.request.model;
    manifest.model = setup.model;
    manifest.train = setup.train;
    manifest.schedule_steps = setup.schedule_steps;
    manifest.device = fmt::format("cpu, {} threads, {}", setup.train.threads, setup.train.precision);
    manifest.domains = domains;
    manifest.forked_from = setup.forked_from;
    for (const CorpusInfo& info : data)
        manifest.data.push_back({info.spec, hash_text(info), info.bytes, info.documents});
    stamp(manifest);
    return manifest;
}

/// Takes back what was made in a new folder that this process holds, unless it is kept.
class NewFolder {
public:
    NewFolder(fs::path folder, bool existed) : m_folder(std::move(folder)), m_existed(existed) {}
    NewFolder(const NewFolder&) = delete;
    NewFolder& operator=(const NewFolder&) = delete;
    ~NewFolder()
    {
        if (m_keep) return;
        for (const char* name : {"checkpoints", "curves", "run.json", "metrics.sqlite", "metrics.sqlite-wal",
                                 "metrics.sqlite-shm", "events.jsonl", "session.json", "time.json"})
            fs::remove_all(m_folder / name, m_ignored);
        if (!m_existed) fs::remove(m_folder, m_ignored);
    }
    void keep() { m_keep = true; }

private:
    std::error_code m_ignored;
    fs::path m_folder;
    bool m_existed;
    bool m_keep = false;
};

/// Whether there is nothing, or no more than what a process left that was killed before there was a run.
bool is_free(const fs::path& folder)
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        const bool unfinished = name.starts_with(".triptych-") && name.ends_with(".tmp"); // see AtomicFile
        if (name != "session.json" && !unfinished) return false;
    }
    return true;
}

/// Whether a run may be begun here: not where something else is.
Status check_place(const fs::path& folder)
{
    std::error_code error;
    if (fs::exists(folder / "run.json", error))
        return Error{folder.string() + " holds a run already",
                     "Go on with it by --resume " + folder.string() + ", or choose another folder."};
    if (fs::exists(folder, error) && !fs::is_directory(folder, error))
        return Error{folder.string() + " is a file, a folder was expected", "Choose another --run folder."};
    if (fs::is_directory(folder, error) && !is_free(folder))
        return Error{folder.string() + " is not empty and holds no run", "Choose a new or empty --run folder."};
    return {};
}

Status create_folder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) return {};
    return Error{"cannot create " + folder.string() + ": " + error.message(),
                 "Choose a --run folder where you may write."};
}

/// Creates the folder where there is none, and takes it. The place is looked at before, so that nothing changes where
/// something else is, and when it is ours, in case two began at once.
Result<SessionFile> take_new(const fs::path& folder, bool existed)
{
    const auto session = read_session(folder);
    const bool trained = session && session->state == RunState::Running; // take() says by whom
    if (!trained)
        if (const Status free = check_place(folder); !free) return free.error();
    if (const Status created = create_folder(folder); !created) return created.error();
    auto taken = SessionFile::take(folder);
    std::error_code ignored;
    if (!taken && !existed) fs::remove(folder, ignored); // which leaves one that another process has begun to fill
    if (!taken) return taken.error();
    if (const Status still = check_place(folder); !still) return still.error();
    return taken;
}

} // namespace

Status check_same_data(const std::vector<ManifestData>& recorded, const std::vector<CorpusInfo>& found)
{
    for (std::size_t i = 0; i < std::min(recorded.size(), found.size()); ++i) {
        if (recorded[i].hash == hash_text(found[i])) continue;
        if (recorded[i].spec != found[i].spec)
            return Error{found[i].spec + " is not " + recorded[i].spec +
                             ", which the run was started on: its content is another one",
                         "Give the data that the run was started on, or start a new run."};
        return Error{"the data " + recorded[i].spec + " is not what the run was started on: its content has changed",
                     "Put the old data back, or start a new run."};
    }
    return {};
}

Result<std::unique_ptr<RunFolder>> RunFolder::open(const RunSetup& setup, const std::vector<CorpusInfo>& data,
                                                   const std::vector<std::string>& domains,
                                                   const TrainProgress& progress, std::optional<SessionFile> session)
{
    const fs::path folder = setup.request.run_folder;
    std::optional<NewFolder> made;
    if (!session) {
        std::error_code ignored;
        const bool existed = fs::exists(folder, ignored);
        auto taken = take_new(folder, existed);
        if (!taken) return taken.error();
        session = taken.take();
        made.emplace(folder, existed);
        if (const Status written = write_manifest(folder, manifest_of(setup, data, domains)); !written)
            return written.error();
        if (const Status created = create_folder(folder / "checkpoints"); !created) return created.error();
    } else {
        std::vector<std::string> specs;
        for (const CorpusInfo& info : data) specs.push_back(info.spec);
        if (const Status updated = update_manifest(folder, setup.schedule_steps, specs); !updated)
            return updated.error();
    }
    auto store = RunStore::open(folder / "metrics.sqlite", progress.step);
    if (!store) return store.error();
    if (made) made->keep();
    session->keep();
    auto files = std::make_unique<Files>(*std::move(session));
    files->store = store.take();
    files->folder = folder;
    files->log_path = folder / "log.txt";
    files->log.open(files->log_path, std::ios::app);
    return std::unique_ptr<RunFolder>(new RunFolder(std::move(files)));
}

RunFolder::RunFolder(std::unique_ptr<Files> files) : m_files(std::move(files)) {}
RunFolder::~RunFolder() = default;

void RunFolder::record(const std::vector<Sample>& samples)
{
    m_files->store->record(samples);
}

void RunFolder::flush()
{
    m_files->store->flush();
}

std::int64_t load_interval(std::int64_t layers, std::int64_t experts)
{
    constexpr std::int64_t kNumbersAStep = 1024; // 8 bytes each
    return std::max<std::int64_t>(1, (layers * experts + kNumbersAStep - 1) / kNumbersAStep);
}

void RunFolder::record(const StepReport& report)
{
    if (report.loads.empty()) return;
    const auto layers = static_cast<std::int64_t>(report.loads.size());
    const auto experts = static_cast<std::int64_t>(report.loads.front().counts.size());
    if ((report.step - 1) % load_interval(layers, experts) != 0) return;
    for (const LayerLoad& load : report.loads)
        m_files->store->record(StoredLoad{report.step, load.layer, load.counts, load.bias});
}

void RunFolder::record(const Event& event, std::int64_t step)
{
    const EventText text = to_text(event);
    const std::string now = utc_now();
    m_files->store->record(StoredEvent{step, now, text.kind, text.message});
    m_files->write_log(now + "  " + text.kind + "  " + text.message);
}

void RunFolder::record(const TimeAccount& account)
{
    m_files->met.note(write_time_account(m_files->folder, account), kOfAccount);
}

std::vector<std::string> RunFolder::take_troubles()
{
    if (m_files->store) m_files->collect_troubles();
    return std::exchange(m_files->troubles, {});
}

void RunFolder::close(RunState state, const std::string& reason, const std::optional<Error>& failure)
{
    Files& files = *m_files;
    files.write_log(utc_now() + "  end  " + reason);
    const std::string lost = files.store->close();
    files.collect_troubles();
    if (!lost.empty()) files.gap = lost;
    files.store.reset(); // before others may have it
    if (failure)
        files.session.end(RunState::Failed, failure->what, failure->hint);
    else if (!files.gap.empty())
        files.session.end(RunState::Failed, reason + ", but not everything could be recorded: " + files.gap, "");
    else
        files.session.end(state, reason, "");
}

} // namespace triptych
