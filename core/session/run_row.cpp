// Reading what a table says of a run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_row.h"

#include "core/config/parameter_count.h"
#include "core/run/checkpoint.h"
#include "core/run/curve_cache.h"
#include "core/run/run_pulse.h"
#include "core/run/session_file.h"
#include "core/session/run_place.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace triptych {

namespace {

namespace fs = std::filesystem;

/// In metrics.sqlite, see the file format of SQLite: all big-endian.
constexpr std::size_t kSqliteHead = 100;

constexpr std::array kFiles = {
    "run.json",        "session.json",       "notes.json",        "metrics.sqlite", "curves/columns.json",
    "curves/tail.bin", "curves/level-0.bin", "curves/sparse.bin", "checkpoints",    "events.jsonl"};

std::array<FileStamp, 10> stamps_of(const fs::path& folder)
{
    static_assert(kFiles.size() == 10);
    std::array<FileStamp, 10> stamps{};
    for (std::size_t i = 0; i < kFiles.size(); ++i) stamps[i] = stamp_of(folder / kFiles[i]);
    return stamps;
}

/// Places in kFiles.
enum File : std::size_t { ManifestFile = 0, NotesFile = 2, TailFile = 5, CheckpointsFolder = 8, EventsFile = 9 };

/// What else changes in a folder is no reason to read this one again.
bool same(const RunRow* before, const RunRow& row, File file)
{
    return before && before->stamps[file] == row.stamps[file];
}

/// Whether somebody wrote to it whose lock cannot be seen: more steps or events since it was seen without one.
bool grew_unseen(const RunRow& before, const std::array<FileStamp, 10>& stamps)
{
    const bool more = before.stamps[TailFile] != stamps[TailFile] || before.stamps[EventsFile] != stamps[EventsFile];
    return more && (before.state == RowState::Interrupted || before.grown != decltype(before.grown){});
}

std::uint32_t big_endian(const std::array<unsigned char, kSqliteHead>& head, std::size_t at)
{
    return std::uint32_t{head[at]} << 24 | std::uint32_t{head[at + 1]} << 16 | std::uint32_t{head[at + 2]} << 8 |
           std::uint32_t{head[at + 3]};
}

/// By its first bytes alone: whether the file has as many pages as it says. Databases are not opened for a table,
/// which over a mount may wait for locks.
Status check_database(const fs::path& file)
{
    const char* hint =
        "Copy it again, or restore it with sqlite3 .recover; curves are shown as far as curves/ has them.";
    const auto opened = InputFile::open(file);
    if (!opened) return opened.error();
    std::array<unsigned char, kSqliteHead> head{};
    if (opened->size() < head.size())
        return Error{fmt::format("{} is cut short: it has {} bytes", file.string(), opened->size()), hint};
    if (const Status read = opened->read(0, head.data(), head.size()); !read) return read;
    if (!std::equal(head.begin(), head.begin() + 15, "SQLite format 3"))
        return Error{file.string() + " is no database", hint};
    const std::uint32_t stored = std::uint32_t{head[16]} << 8 | head[17];
    const std::uint64_t page = stored == 1 ? 65'536 : stored;
    const bool counted = big_endian(head, 24) == big_endian(head, 92); // else the number of pages is an old one
    const std::uint64_t expected = page * big_endian(head, 28);
    if (counted && opened->size() < expected)
        return Error{fmt::format("{} is cut short: it has {} of {} bytes", file.string(), opened->size(), expected),
                     hint};
    return {};
}

/// At this step, or NaN.
double value_at(const CurveReader& curves, std::size_t column, std::int64_t step)
{
    double value = std::nan("");
    if (step < curves.first_step() || step > curves.last_step()) return value;
    if (!curves.values(column, step, std::span(&value, 1))) return std::nan("");
    return value;
}

double last_of(const CurveReader& curves, MetricId metric)
{
    const auto column = curves.column(metric);
    return column ? value_at(curves, *column, curves.last_step()) : std::nan("");
}

/// `sum` is of the points that were counted.
void set_mean(double sum, MetricSummary& summary)
{
    if (summary.points > 0) summary.mean = sum / static_cast<double>(summary.points);
}

/// From blocks of 65,536 steps: sixteen of them are a million.
Status summarize_column(const CurveReader& curves, std::size_t column, RunRow& row)
{
    std::vector<Extent> blocks(static_cast<std::size_t>(curves.blocks(curve::kTopLevel)));
    if (const Status read = curves.extents(column, curve::kTopLevel, 0, blocks); !read) return read;
    for (const Extent& block : blocks) {
        row.metric.low = std::fmin(row.metric.low, block.low); // which ignores NaN
        row.metric.high = std::fmax(row.metric.high, block.high);
        row.metric.points += block.points - block.gaps;
        row.metric.gaps += block.gaps;
    }
    row.metric.last = value_at(curves, column, curves.last_step());
    if (row.question.step) row.metric.at = value_at(curves, column, std::min(*row.question.step, curves.last_step()));
    const auto sum = curves.sum(column);
    if (!sum) return sum.error();
    set_mean(*sum, row.metric);
    return {};
}

/// Metrics of validations have a point every eval_every steps.
Status summarize_sparse(const CurveReader& curves, RunRow& row)
{
    const auto points = curves.sparse(row.question.metric);
    if (!points) return points.error();
    double sum = 0;
    for (const SeriesPoint& point : *points) {
        row.metric.last = point.value;
        if (row.question.step && point.step <= *row.question.step) row.metric.at = point.value;
        if (!std::isfinite(point.value)) {
            ++row.metric.gaps;
            continue;
        }
        ++row.metric.points;
        sum += point.value;
        row.metric.low = std::fmin(row.metric.low, point.value);
        row.metric.high = std::fmax(row.metric.high, point.value);
    }
    set_mean(sum, row.metric);
    return {};
}

void read_numbers(const fs::path& folder, bool database, RunRow& row)
{
    row.metric = {};
    row.bytes_read = 0;
    auto curves = CurveReader::open(folder / "curves");
    std::error_code missing;
    // Runs of older versions: made once, into the user's cache.
    if (!curves && database && !fs::exists(curve::layout_path(folder / "curves"), missing))
        curves = open_curves(folder);
    if (!curves) {
        row.troubles.push_back(curves.error());
        return;
    }
    row.steps = std::max<std::int64_t>(curves->last_step(), 0);
    if (curves->last_step() < curves->first_step()) {
        row.steps = 0;
        if (row.state != RowState::Training)
            row.troubles.push_back({folder.string() + " has no step that was recorded",
                                    "It ended before its first step: go on with it by --resume, or start it anew."});
        return;
    }
    row.tokens = last_of(*curves, Metric::Tokens);
    row.train_seconds = last_of(*curves, Metric::TrainSeconds);
    row.headline_usd = last_of(*curves, Metric::HeadlineUsd);
    row.tco_usd = last_of(*curves, Metric::TcoUsd);
    const auto column = curves->column(row.question.metric);
    const Status read = column ? summarize_column(*curves, *column, row) : summarize_sparse(*curves, row);
    if (!read) row.troubles.push_back(read.error());
    row.bytes_read = curves->bytes_read();
}

RowState state_of(RunState state)
{
    switch (state) {
    case RunState::Running: return RowState::Training;
    case RunState::Finished: return RowState::Finished;
    case RunState::Stopped: return RowState::Stopped;
    case RunState::Failed: return RowState::Failed;
    case RunState::Interrupted: return RowState::Interrupted;
    }
    return RowState::Unknown;
}

void read_state(const fs::path& folder, RunRow& row)
{
    const auto session = read_session(folder);
    row.state = session ? state_of(session->state) : RowState::Unknown;
    row.holder.clear();
    row.reason = session ? session->reason : std::string();
    row.hint = session ? session->hint : std::string();
    row.process = session ? session->process : 0;
    row.host = session ? session->host : std::string();
    if (!session) return;
    if (row.state == RowState::Training && !session->believed) row.grown = {};
    if (row.state == RowState::Interrupted && row.looked - row.grown < kRunSilence) {
        // Its lock is that of another machine, or of the folder that this one is copied from.
        row.state = RowState::Training;
        row.reason.clear();
        row.hint.clear();
    }
    if (row.state == RowState::Training) row.holder = session->holder();
}

void read_manifest_into(std::shared_ptr<const Manifest> whole, RunRow& row)
{
    const Manifest& manifest = *whole;
    row.manifest = std::move(whole);
    row.model = manifest.model_name;
    std::vector<std::string> specs;
    for (const ManifestData& data : manifest.data) specs.push_back(data.spec);
    row.data = fmt::format("{}", fmt::join(specs, " "));
    row.created = manifest.created;
    row.forked_from = manifest.forked_from;
    row.flops_per_token =
        training_flops_per_token(manifest.model, manifest.train.sequence_length, CountMask::Causal, CountMtp::Yes);
}

/// Files of a run that is one. Notes and checkpoints change seldom, while a run that trains has new numbers at every
/// look.
void read_whole(const fs::path& folder, const RunRow* before, RunRow& row)
{
    const Status database = check_database(folder / "metrics.sqlite");
    if (!database) row.troubles.push_back(database.error());
    read_numbers(folder, database.ok(), row);
    // Those of a row with troubles may be what is wrong with it.
    const bool sound = before && before->troubles.empty() && before->manifest;
    if (const auto notes = sound && same(before, row, NotesFile) ? Result<RunNotes>(before->notes) : read_notes(folder))
        row.notes = *notes;
    else
        row.troubles.push_back(notes.error());
    if (sound && same(before, row, CheckpointsFolder))
        row.checkpoints = before->checkpoints;
    else
        for (const StoredCheckpoint& checkpoint : list_checkpoints(folder)) row.checkpoints.push_back(checkpoint.step);
    if (row.checkpoints.empty() && row.steps > 0 && row.state != RowState::Training)
        row.troubles.push_back({folder.string() + " has no checkpoint: it cannot be gone on with or forked",
                                "Put back its folder checkpoints, or start it anew."});
}

} // namespace

bool looks_like_run(const fs::path& folder)
{
    std::error_code missing;
    return std::any_of(kFiles.begin(), kFiles.end(), [&](const char* file) {
        return std::string_view(file) != "checkpoints" && fs::exists(folder / file, missing);
    });
}

RunRow read_run_row(const fs::path& folder, const RunQuestion& question, const RunRow* before)
{
    const auto now = std::chrono::steady_clock::now();
    const auto stamps = stamps_of(folder);
    const bool changed = !before || before->stamps != stamps;
    if (!changed && before->question == question && before->state != RowState::Unreadable) {
        RunRow row = *before;
        row.looked = now;
        if (row.state == RowState::Training || row.state == RowState::Interrupted) read_state(folder, row);
        return row;
    }
    RunRow row;
    row.folder = folder;
    row.name = folder.filename().empty() ? folder.parent_path().filename().string() : folder.filename().string();
    row.question = question;
    row.stamps = stamps;
    row.looked = now;
    if (before) row.grown = grew_unseen(*before, stamps) ? now : before->grown;
    std::error_code missing;
    if (!fs::is_directory(folder, missing) || !looks_like_run(folder)) {
        const auto found = find_run(folder);
        row.troubles.push_back(
            found ? Error{folder.string() + " is a part of the run " + found->string(), "Add the folder of that run."}
                  : found.error());
        return row;
    }
    std::shared_ptr<const Manifest> manifest = same(before, row, ManifestFile) ? before->manifest : nullptr;
    if (!manifest) {
        auto read = read_manifest(folder);
        if (!read) {
            row.troubles.push_back(read.error());
            return row;
        }
        manifest = std::make_shared<const Manifest>(read.take());
    }
    read_manifest_into(std::move(manifest), row);
    read_state(folder, row);
    read_whole(folder, before, row);
    return row;
}

} // namespace triptych
