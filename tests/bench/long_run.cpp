// Writes the folder of a run of any length by the program's own writers, without training it; or goes on in one, as a
// training in another process would.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_store.h"
#include "core/run/session_file.h"
#include "core/session/history_recorder.h"
#include "core/session/training_run.h"
#include "tests/support/recorded_history.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace {

using namespace triptych;
namespace fs = std::filesystem;

constexpr std::int64_t kTrained = 2;

int fail(const Error& error)
{
    std::fprintf(stderr, "%s\n%s\n", error.what.c_str(), error.hint.c_str());
    return 1;
}

struct Silent : RunObserver {
    void on_event(Event) override {}
    void on_step(const StepReport&, const std::vector<Sample>&) override {}
    void on_loads(std::shared_ptr<const LoadFrame>) override {}
    void on_probe(std::shared_ptr<const ProbeFrame>) override {}
};

/// Two steps of the model "tiny": manifest, checkpoint and the files that the rest is added to.
Status begin(const fs::path& folder)
{
    RunRequest request;
    request.model = "tiny";
    request.data = {"builtin:mixed"};
    request.run_folder = folder.string();
    request.settings = {"sequence_length=64", "batch_size=2"};
    request.max_steps = kTrained;
    Silent silent;
    auto run = TrainingRun::open(request, silent);
    if (!run) return run.error();
    while (!(*run)->finished()) (*run)->step();
    (*run)->finish((*run)->finish_reason());
    fs::remove_all(folder / "history"); // what follows has frames of another size
    return {};
}

/// What a step records: samples every time, the rest when it is due.
class Recorder {
public:
    Recorder(std::unique_ptr<RunStore> store, const fs::path& folder, std::int64_t last)
        : m_store(std::move(store)), m_history(folder, test::synthetic_shape(m_run), last)
    {}

    void step(std::int64_t step)
    {
        m_store->record(test::synthetic_step(m_run, step));
        if (m_history.wants_loads(step)) m_history.add(*test::synthetic_loads(m_run, step));
        if (step % 10 == 0 && m_history.wants(HistoryKind::Probe, step))
            m_history.add(*test::synthetic_probe(m_run, step));
        if (step % 1'000 == 0)
            m_store->record(StoredEvent{step, "2026-01-01T12:00:00Z", "sample", "the old house stands by the river"});
    }
    void flush()
    {
        m_store->flush();
        m_history.flush();
    }

private:
    test::SyntheticRun m_run;
    std::unique_ptr<RunStore> m_store;
    HistoryRecorder m_history;
};

/// Steps at the speed of the disk, or so many a second, held as a training process holds its run.
int write_steps(const fs::path& folder, std::int64_t first, std::int64_t last, double per_second)
{
    auto store = RunStore::open(folder / "metrics.sqlite", first - 1);
    if (!store) return fail(store.error());
    std::optional<SessionFile> held;
    if (per_second > 0) {
        auto taken = SessionFile::take(folder);
        if (!taken) return fail(taken.error());
        held.emplace(taken.take());
    }
    Recorder recorder(store.take(), folder, first - 1);
    const auto began = std::chrono::steady_clock::now();
    for (std::int64_t step = first; step <= last; ++step) {
        recorder.step(step);
        if (per_second > 0)
            std::this_thread::sleep_until(
                began + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                            std::chrono::duration<double>(static_cast<double>(step - first + 1) / per_second)));
    }
    recorder.flush();
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3 && argc != 5) {
        std::fprintf(stderr, "make_long_run FOLDER STEPS\n"
                             "make_long_run FOLDER STEPS --append PER_SECOND\n");
        return 2;
    }
    const fs::path folder = argv[1];
    const std::int64_t steps = std::atoll(argv[2]);
    if (argc == 5) {
        const auto reader = RunReader::open(folder / "metrics.sqlite");
        if (!reader) return fail(reader.error());
        const auto range = reader->steps(Metric::Tokens);
        if (!range || !*range) return fail({"the run has no steps", "Make one first."});
        return write_steps(folder, (*range)->last + 1, (*range)->last + steps, std::atof(argv[4]));
    }
    if (const Status begun = begin(folder); !begun) return fail(begun.error());
    return write_steps(folder, kTrained + 1, steps, 0);
}
