// Writing a run's folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_folder.h"

#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "core/session/event_text.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace triptych {

namespace fs = std::filesystem;

struct RunFolder::Files {
    std::unique_ptr<RunStore> store;
    std::ofstream log;
    std::vector<std::string> troubles;
};

namespace {

Manifest manifest_of(const RunSetup& setup, const std::vector<CorpusInfo>& data, const std::vector<std::string>& domains)
{
    Manifest manifest;
    manifest.model_name = setup.request.model;
    manifest.model = setup.model;
    manifest.train = setup.train;
    manifest.schedule_steps = setup.schedule_steps;
    manifest.device = fmt::format("cpu, {} threads, {}", setup.train.threads, setup.train.precision);
    manifest.domains = domains;
    for (const CorpusInfo& info : data)
        manifest.data.push_back({info.spec, fmt::format("{:016x}", info.hash), info.bytes, info.documents});
    stamp(manifest);
    return manifest;
}

/// Creates the folder; refuses one that holds something else.
Status prepare_new(const fs::path& folder)
{
    std::error_code error;
    if (fs::exists(folder / "run.json", error))
        return Error{folder.string() + " holds a run already",
                     "Go on with it by --resume " + folder.string() + ", or choose another folder."};
    if (fs::exists(folder, error) && !fs::is_directory(folder, error))
        return Error{folder.string() + " is a file, a folder was expected", "Choose another --run folder."};
    if (fs::is_directory(folder, error) && !fs::is_empty(folder, error))
        return Error{folder.string() + " is not empty and holds no run", "Choose a new or empty --run folder."};
    fs::create_directories(folder / "checkpoints", error);
    if (error)
        return Error{"cannot create " + folder.string() + ": " + error.message(),
                     "Choose a --run folder where you may write."};
    return {};
}

} // namespace

Result<std::unique_ptr<RunFolder>> RunFolder::open(const RunSetup& setup, const std::vector<CorpusInfo>& data,
                                                   const std::vector<std::string>& domains,
                                                   const TrainProgress& progress)
{
    const fs::path folder = setup.request.run_folder;
    if (setup.request.resume.empty()) {
        if (const Status prepared = prepare_new(folder); !prepared) return prepared.error();
        if (const Status written = write_manifest(folder, manifest_of(setup, data, domains)); !written)
            return written.error();
    }
    auto store = RunStore::open(folder / "metrics.sqlite", progress.step);
    if (!store) return store.error();
    auto files = std::make_unique<Files>();
    files->store = store.take();
    files->log.open(folder / "log.txt", std::ios::app);
    if (!files->log) files->troubles.push_back("cannot write " + (folder / "log.txt").string() + ", the run goes on without it");
    return std::unique_ptr<RunFolder>(new RunFolder(std::move(files)));
}

RunFolder::RunFolder(std::unique_ptr<Files> files) : m_files(std::move(files)) {}
RunFolder::~RunFolder() = default;

void RunFolder::record(const std::vector<Sample>& samples)
{
    m_files->store->record(samples);
}

void RunFolder::record(const StepReport& report)
{
    for (const LayerLoad& load : report.loads)
        m_files->store->record(StoredLoad{report.step, load.layer, load.counts, load.bias});
}

void RunFolder::record(const Event& event, std::int64_t step)
{
    const EventText text = to_text(event);
    const std::string now = utc_now();
    m_files->store->record(StoredEvent{step, now, text.kind, text.message});
    m_files->log << now << "  " << text.kind << "  " << text.message << std::endl; // flushed: it is read while it grows
}

std::vector<std::string> RunFolder::take_troubles()
{
    auto troubles = m_files->store->take_troubles();
    troubles.insert(troubles.end(), m_files->troubles.begin(), m_files->troubles.end());
    m_files->troubles.clear();
    return troubles;
}

void RunFolder::close(const std::string& reason)
{
    m_files->log << utc_now() << "  end  " << reason << std::endl;
    m_files->store->flush();
}

} // namespace triptych
