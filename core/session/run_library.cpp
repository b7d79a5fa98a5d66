// The thread that looks at runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_library.h"

#include "core/run/curve_cache.h"
#include "core/session/run_place.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace triptych {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kSeenInterval = std::chrono::milliseconds(250);
constexpr auto kAsideInterval = std::chrono::seconds(1);
/// Between two looks at runs that nobody is known to train, and for new folders.
constexpr auto kScanInterval = std::chrono::seconds(5);
constexpr auto kPatience = std::chrono::seconds(1);

/// "runs/a/" and "./runs/a" are one run. Asks no disk.
fs::path tidy(const fs::path& folder)
{
    std::error_code failed;
    fs::path whole = fs::absolute(folder, failed).lexically_normal();
    if (failed) return folder;
    return whole.has_filename() ? whole : whole.parent_path();
}

} // namespace

struct RunLibrary::State {
    using Rows = std::map<fs::path, std::shared_ptr<const RunRow>>;

    void work();
    void scan();
    void follow();
    void look(const fs::path& folder);
    std::vector<fs::path> runs_in(const fs::path& place);
    std::vector<fs::path> wanted();
    void begin(const fs::path& folder);
    bool stopped() const
    {
        const std::lock_guard lock(mutex);
        return stop;
    }
    void post(std::function<void()> job)
    {
        const std::lock_guard lock(mutex);
        jobs.push_back(std::move(job));
        changed.notify_all();
    }
    /// When there is something to look at again, unless it is asked for before.
    Clock::time_point next(Clock::time_point last_scan) const
    {
        const auto trains = [](const auto& row) { return row.second->state == RowState::Training; };
        if (std::none_of(rows.begin(), rows.end(), trains)) return last_scan + kScanInterval;
        return Clock::now() + (pace == Pace::Seen ? Clock::duration(kSeenInterval) : kAsideInterval);
    }

    Look reads;
    mutable std::mutex mutex; ///< of all that follows
    std::condition_variable changed;
    bool stop = false;
    bool ended = false;
    bool again = true; ///< a scan is wanted
    bool busy = false;
    Pace pace = Pace::Aside;
    RunQuestion question;
    std::vector<fs::path> places;
    std::vector<fs::path> single;
    std::deque<std::function<void()>> jobs;
    fs::path at; ///< what is being looked at; empty: nothing
    Clock::time_point since;
    Rows rows;
    bool told = true; ///< the rows are known to the user
    std::vector<OpenedCurves> curves;
    std::vector<Error> errors;
};

void RunLibrary::State::begin(const fs::path& folder)
{
    const std::lock_guard lock(mutex);
    at = folder;
    since = Clock::now();
}

void RunLibrary::State::look(const fs::path& folder)
{
    begin(folder);
    RunQuestion asked;
    std::shared_ptr<const RunRow> before;
    {
        const std::lock_guard lock(mutex);
        asked = question;
        if (const auto known = rows.find(folder); known != rows.end()) before = known->second;
    }
    auto row = std::make_shared<const RunRow>(reads(folder, asked, before.get()));
    const std::lock_guard lock(mutex);
    at.clear();
    rows[folder] = std::move(row);
    told = false;
}

/// Folders in it that are runs.
std::vector<fs::path> RunLibrary::State::runs_in(const fs::path& place)
{
    begin(place);
    std::vector<fs::path> found;
    std::error_code missing; // a place without a folder has no runs yet
    for (auto entry = fs::directory_iterator(place, missing); !missing && entry != fs::directory_iterator();
         entry.increment(missing)) {
        std::error_code ignored;
        if (entry->is_directory(ignored) && looks_like_run(entry->path())) found.push_back(entry->path());
    }
    return found;
}

std::vector<fs::path> RunLibrary::State::wanted()
{
    std::vector<fs::path> parents;
    std::vector<fs::path> alone;
    {
        const std::lock_guard lock(mutex);
        parents = places;
        alone = single;
    }
    std::vector<fs::path> all;
    for (const fs::path& place : parents)
        for (fs::path& run : runs_in(place)) all.push_back(std::move(run));
    for (const fs::path& folder : alone) {
        begin(folder);
        auto meant = find_runs(folder);
        auto runs = meant ? meant.take() : std::vector{folder}; // whose row says what is wrong
        all.insert(all.end(), runs.begin(), runs.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

void RunLibrary::State::scan()
{
    const std::vector<fs::path> all = wanted();
    {
        const std::lock_guard lock(mutex);
        at.clear();
        told = std::erase_if(rows,
                             [&](const auto& row) { return !std::binary_search(all.begin(), all.end(), row.first); }) ==
                   0 &&
               told;
    }
    for (const fs::path& folder : all) {
        if (stopped()) return;
        look(folder);
    }
}

/// Those that somebody trains.
void RunLibrary::State::follow()
{
    std::vector<fs::path> trained;
    {
        const std::lock_guard lock(mutex);
        for (const auto& [folder, row] : rows)
            if (row->state == RowState::Training) trained.push_back(folder);
    }
    for (const fs::path& folder : trained) {
        if (stopped()) return;
        look(folder);
    }
}

void RunLibrary::State::work()
{
    Clock::time_point last_scan;
    std::unique_lock lock(mutex);
    while (!stop) {
        changed.wait_until(lock, next(last_scan), [this] { return stop || again || !jobs.empty(); });
        if (stop) break;
        busy = true;
        auto waiting_jobs = std::exchange(jobs, {});
        const bool all = std::exchange(again, false) || Clock::now() - last_scan >= kScanInterval;
        lock.unlock();
        for (const auto& job : waiting_jobs) job();
        if (all)
            scan();
        else
            follow();
        if (all) last_scan = Clock::now();
        lock.lock();
        busy = false;
    }
    ended = true;
    changed.notify_all();
}

RunLibrary::RunLibrary(Look look) : m_state(std::make_shared<State>())
{
    m_state->reads = std::move(look);
    std::thread([state = m_state] { state->work(); }).detach();
}

RunLibrary::~RunLibrary()
{
    std::unique_lock lock(m_state->mutex);
    m_state->stop = true;
    m_state->changed.notify_all();
    m_state->changed.wait_for(lock, kPatience, [this] { return m_state->ended; });
}

void RunLibrary::set_places(std::vector<fs::path> places)
{
    for (fs::path& place : places) place = tidy(place);
    const std::lock_guard lock(m_state->mutex);
    m_state->places = std::move(places);
    m_state->again = true;
    m_state->changed.notify_all();
}

void RunLibrary::add(const fs::path& path)
{
    const fs::path folder = tidy(path);
    const std::lock_guard lock(m_state->mutex);
    auto& single = m_state->single;
    if (std::find(single.begin(), single.end(), folder) != single.end()) return;
    single.push_back(folder);
    m_state->again = true;
    m_state->changed.notify_all();
}

void RunLibrary::ask(const RunQuestion& question)
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->question == question) return;
    m_state->question = question;
    m_state->again = true;
    m_state->changed.notify_all();
}

void RunLibrary::set_pace(Pace pace)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->pace = pace;
}

void RunLibrary::look_again()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->again = true;
    m_state->changed.notify_all();
}

void RunLibrary::open_curves(const fs::path& run_folder)
{
    const fs::path folder = tidy(run_folder);
    m_state->post([state = m_state.get(), folder] {
        state->begin(folder);
        OpenedCurves opened{folder, triptych::open_curves(folder), 0, nullptr};
        std::unique_lock lock(state->mutex);
        const auto known = state->rows.find(folder);
        if (known != state->rows.end()) {
            opened.flops_per_token = known->second->flops_per_token;
            opened.manifest = known->second->manifest;
        } else {
            lock.unlock();
            const RunRow row = state->reads(folder, {}, nullptr);
            opened.flops_per_token = row.flops_per_token;
            opened.manifest = row.manifest;
            lock.lock();
        }
        state->at.clear();
        state->curves.push_back(std::move(opened));
    });
}

void RunLibrary::write_notes(const fs::path& run_folder, const RunNotes& notes)
{
    const fs::path folder = tidy(run_folder);
    m_state->post([state = m_state.get(), folder, notes] {
        state->begin(folder);
        const Status written = triptych::write_notes(folder, notes);
        {
            const std::lock_guard lock(state->mutex);
            if (!written) state->errors.push_back(written.error());
        }
        state->look(folder); // what the folder says now, whatever became of it
    });
}

std::optional<RunLibrary::News> RunLibrary::take()
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->told && m_state->curves.empty() && m_state->errors.empty()) return std::nullopt;
    m_state->told = true;
    News news;
    for (const auto& [folder, row] : m_state->rows) news.rows.push_back(row);
    news.curves = std::exchange(m_state->curves, {});
    news.errors = std::exchange(m_state->errors, {});
    return news;
}

std::optional<RunLibrary::Waiting> RunLibrary::waiting() const
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->at.empty()) return std::nullopt;
    return Waiting{m_state->at, std::chrono::duration<double>(Clock::now() - m_state->since).count()};
}

bool RunLibrary::is_idle() const
{
    const std::lock_guard lock(m_state->mutex);
    return !m_state->busy && !m_state->again && m_state->jobs.empty();
}

} // namespace triptych
