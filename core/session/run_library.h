// The runs of some folders, looked at again and again by a thread of their own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "core/session/run_row.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// Runs come from places, which are folders of runs, and one by one. All reading and writing is done by one thread;
/// nothing here waits for it, so that a disk that does not answer makes rows old and nothing else. Of one user thread.
class RunLibrary {
public:
    /// How a run is looked at; another one in tests.
    using Look = std::function<RunRow(const std::filesystem::path&, const RunQuestion&, const RunRow* before)>;
    /// Runs that are trained are looked at four times a second where somebody sees them, else once; all others every
    /// few seconds.
    enum class Pace : std::uint8_t { Seen = 1, Aside };

    explicit RunLibrary(Look look = read_run_row);
    /// Waits a second at most: a thread that a disk keeps is left behind.
    ~RunLibrary();
    RunLibrary(const RunLibrary&) = delete;
    RunLibrary& operator=(const RunLibrary&) = delete;

    void set_places(std::vector<std::filesystem::path> places);
    /// What find_runs() takes for runs; what it refuses has a row, which says why.
    void add(const std::filesystem::path& path);
    void ask(const RunQuestion& question);
    void set_pace(Pace pace);
    /// All of them, soon.
    void look_again();
    /// The curves of a run, to be drawn; they come with the news.
    void open_curves(const std::filesystem::path& run_folder);
    /// Errors come with the news.
    void write_notes(const std::filesystem::path& run_folder, const RunNotes& notes);

    struct OpenedCurves {
        std::filesystem::path folder;
        Result<CurveReader> curves;
        double flops_per_token = 0; ///< of training; 0: not known
        std::shared_ptr<const Manifest> manifest; ///< null: not read
    };
    struct News {
        std::vector<std::shared_ptr<const RunRow>> rows; ///< all, by folder
        std::vector<OpenedCurves> curves;
        std::vector<Error> errors;
    };
    /// What there is since the last call, rows that were merely looked at again with it: a table shows when. Nothing
    /// where nothing happened.
    std::optional<News> take();

    /// A disk that is being waited for.
    struct Waiting {
        std::filesystem::path folder;
        double seconds = 0;
    };
    std::optional<Waiting> waiting() const;
    /// Whether all that was asked for is done.
    bool is_idle() const;

private:
    struct State;
    std::shared_ptr<State> m_state; ///< with the thread, which may outlive this
};

} // namespace triptych
