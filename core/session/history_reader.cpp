// From the files of a history to frames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_reader.h"

#include "core/run/manifest.h"
#include "core/session/history_codec.h"

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

/// What `unpack` makes of the newest frame at or before a step that it can make something of; null before the first.
template <class Frame, class Unpack>
std::shared_ptr<const Frame> newest(const HistoryFileReader& file, std::int64_t step, const Unpack& unpack)
{
    const auto records = file.records();
    auto after = std::upper_bound(records.begin(), records.end(), step,
                                  [](std::int64_t s, const HistoryRecord& record) { return s < record.step; });
    while (after != records.begin()) {
        --after;
        const auto bytes = file.payload(*after);
        if (!bytes) continue;
        if (auto frame = unpack(*bytes, after->step)) return std::make_shared<const Frame>(frame.take());
    }
    return nullptr;
}

/// Those of `steps` up to one, as `read` gives them; of a damaged frame the one before is there already.
template <class Frame, class Read>
std::vector<std::shared_ptr<const Frame>> all_until(std::int64_t until, const std::vector<std::int64_t>& steps,
                                                    const Read& read)
{
    std::vector<std::shared_ptr<const Frame>> found;
    for (const std::int64_t step : steps) {
        if (step > until) break;
        const Result<std::shared_ptr<const Frame>> frame = read(step);
        if (frame && *frame && (*frame)->step == step) found.push_back(*frame);
    }
    return found;
}

} // namespace

Result<HistoryReader> HistoryReader::open(const std::filesystem::path& run_folder)
{
    const auto manifest = read_manifest(run_folder);
    if (!manifest) return manifest.error();
    std::error_code missing;
    if (!std::filesystem::is_directory(history_folder(run_folder), missing))
        return Error{run_folder.string() + " has no history to look back at",
                     "Runs with experts record one while they train, and pictures of the probe text while somebody "
                     "looks at them, or with --set probe_every=N."};
    HistoryReader reader(history_folder(run_folder), manifest->domains);
    if (const auto read = reader.refresh(); !read) return read.error();
    return reader;
}

Result<bool> HistoryReader::refresh()
{
    bool other = false;
    for (const HistoryKind kind : kHistoryKinds) {
        File& file = m_files[static_cast<std::size_t>(kind) - 1];
        if (file.reader) {
            const auto read = file.reader->refresh();
            if (!read) return read.error();
            other = *read || other;
            continue;
        }
        const std::filesystem::path path = m_folder / history_file_name(kind);
        file.error.reset();
        std::error_code missing;
        if (!std::filesystem::exists(path, missing)) continue;
        auto opened = HistoryFileReader::open(path, kind);
        if (!opened) {
            file.error = opened.error();
            continue;
        }
        file.reader.emplace(opened.take());
        other = true;
    }
    return other;
}

std::vector<std::int64_t> HistoryReader::steps(HistoryKind kind) const
{
    std::vector<std::int64_t> steps;
    if (file(kind).reader)
        for (const HistoryRecord& record : file(kind).reader->records()) steps.push_back(record.step);
    return steps;
}

Result<std::shared_ptr<const LoadFrame>> HistoryReader::loads(std::int64_t step) const
{
    const File& from = file(HistoryKind::Loads);
    if (from.error) return *from.error;
    if (!from.reader) return std::shared_ptr<const LoadFrame>();
    return newest<LoadFrame>(*from.reader, step, [&](const std::string& bytes, std::int64_t of) {
        auto frame = unpack_loads(bytes, of, from.reader->header().sizes);
        if (!frame) return frame;
        // Into a copy, so that what is of another model leaves the frame alone.
        const auto add = [&](HistoryKind kind, const auto& unpack) {
            if (!file(kind).reader) return;
            const auto whole =
                newest<LoadFrame>(*file(kind).reader, of, [&](const std::string& more, std::int64_t more_of) {
                    Result<LoadFrame> with = frame;
                    const Status unpacked = unpack(more, more_of, *with);
                    return unpacked ? with : Result<LoadFrame>(unpacked.error());
                });
            if (whole) frame = *whole;
        };
        add(HistoryKind::Detail,
            [](const std::string& more, std::int64_t, LoadFrame& with) { return unpack_detail(more, with); });
        add(HistoryKind::Words, [&](const std::string& more, std::int64_t more_of, LoadFrame& with) {
            return unpack_words(more, more_of, m_tokenizer, with);
        });
        if (!frame->domain_share.empty() && frame->domain_share.front().size() == m_domains.size())
            frame->domains = m_domains;
        return frame;
    });
}

Result<std::shared_ptr<const ProbeFrame>> HistoryReader::probe(std::int64_t step) const
{
    const File& from = file(HistoryKind::Probe);
    if (from.error) return *from.error;
    if (!from.reader) return std::shared_ptr<const ProbeFrame>();
    return newest<ProbeFrame>(*from.reader, step, [&](const std::string& bytes, std::int64_t of) {
        return unpack_probe(bytes, of, from.reader->header().sizes, m_tokenizer);
    });
}

Result<std::shared_ptr<const AcceptanceFrame>> HistoryReader::acceptance(std::int64_t step) const
{
    const File& from = file(HistoryKind::Acceptance);
    if (from.error) return *from.error;
    if (!from.reader) return std::shared_ptr<const AcceptanceFrame>();
    return newest<AcceptanceFrame>(*from.reader, step, [&](const std::string& bytes, std::int64_t of) {
        auto frame = unpack_acceptance(bytes, of, from.reader->header().sizes);
        if (frame && frame->domains.size() == m_domains.size()) frame->domains = m_domains;
        return frame;
    });
}

Result<std::shared_ptr<const KernelFrame>> HistoryReader::kernels(std::int64_t step) const
{
    const File& from = file(HistoryKind::Kernels);
    if (from.error) return *from.error;
    if (!from.reader) return std::shared_ptr<const KernelFrame>();
    return newest<KernelFrame>(*from.reader, step,
                               [](const std::string& bytes, std::int64_t of) { return unpack_kernels(bytes, of); });
}

std::vector<std::shared_ptr<const AcceptanceFrame>> HistoryReader::every_acceptance(std::int64_t until) const
{
    return all_until<AcceptanceFrame>(until, steps(HistoryKind::Acceptance),
                                      [this](std::int64_t step) { return acceptance(step); });
}

std::vector<std::shared_ptr<const KernelFrame>> HistoryReader::every_kernels(std::int64_t until) const
{
    return all_until<KernelFrame>(until, steps(HistoryKind::Kernels),
                                  [this](std::int64_t step) { return kernels(step); });
}

} // namespace triptych
