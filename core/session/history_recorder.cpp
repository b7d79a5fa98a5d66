// The thread that writes a history.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/history_recorder.h"

#include "core/session/history_codec.h"
#include "core/util/trouble_list.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

namespace triptych {

namespace {

/// Frames that wait for the disk; minutes of training for any model.
constexpr std::size_t kMostWaitingBytes = std::size_t{64} << 20;

struct Waiting {
    HistoryKind kind;
    std::int64_t step;
    Keep keep;
    std::string bytes;
};

std::size_t index_of(HistoryKind kind)
{
    return static_cast<std::size_t>(kind) - 1;
}

/// What a writer left that was killed while it wrote a file anew. The run is ours: nobody else writes here.
void remove_unfinished(const std::filesystem::path& folder)
{
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(".triptych-") && name.ends_with(".tmp")) std::filesystem::remove(entry.path(), ignored);
    }
}

} // namespace

class HistoryRecorder::Files {
public:
    Files(const std::filesystem::path& run_folder, const HistoryShape& shape, std::int64_t last_step)
    {
        const std::filesystem::path folder = history_folder(run_folder);
        remove_unfinished(folder);
        for (const HistoryKind kind : kHistoryKinds) {
            const std::size_t i = index_of(kind);
            const HistoryPlan plan = history_plan(kind, shape);
            auto opened = HistoryFileWriter::open(folder / history_file_name(kind), kind, plan, last_step);
            if (!opened) {
                m_troubles.add(in_words(opened.error()));
                continue;
            }
            m_writers[i].emplace(opened.take());
            m_strides[i] = m_writers[i]->stride();
        }
        m_thread = std::jthread([this](const std::stop_token& stop) { loop(stop); });
    }
    ~Files()
    {
        m_thread.request_stop();
        m_wake.notify_all();
    }

    /// 0: this kind is not written.
    std::int64_t stride(HistoryKind kind) const { return m_strides[index_of(kind)]; }

    void push(Waiting frame)
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting_bytes + frame.bytes.size() > kMostWaitingBytes) {
            m_troubles.note("the disk is slower than the history of the run: frames are left out. Train with the run's "
                            "folder on a faster disk to have all of them");
            return;
        }
        m_waiting_bytes += frame.bytes.size();
        m_waiting.push_back(std::move(frame));
        m_wake.notify_all();
    }

    void flush()
    {
        std::unique_lock lock(m_mutex);
        m_drained.wait(lock, [this] { return m_waiting.empty() && !m_busy; });
    }

    std::vector<std::string> take_troubles()
    {
        const std::lock_guard lock(m_mutex);
        return m_troubles.take();
    }

private:
    void loop(const std::stop_token& stop)
    {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_busy = false;
            if (m_waiting.empty()) m_drained.notify_all();
            m_wake.wait(lock, stop, [this] { return !m_waiting.empty(); });
            if (m_waiting.empty()) return; // told to stop, and everything is written
            const Waiting frame = std::move(m_waiting.front());
            m_waiting.pop_front();
            m_waiting_bytes -= frame.bytes.size();
            m_busy = true;
            lock.unlock();
            const Status written = write(frame);
            lock.lock();
            m_troubles.note(written);
        }
    }

    Status write(const Waiting& frame)
    {
        const std::size_t i = index_of(frame.kind);
        if (!m_writers[i]) return {};
        const Status added = m_writers[i]->add(frame.step, frame.bytes, frame.keep);
        m_strides[i] = m_writers[i]->stride();
        return added;
    }

    std::array<std::optional<HistoryFileWriter>, kHistoryKinds.size()> m_writers; // of the thread, once it runs
    std::array<std::atomic<std::int64_t>, kHistoryKinds.size()> m_strides{};

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::condition_variable_any m_drained;
    std::deque<Waiting> m_waiting;
    std::size_t m_waiting_bytes = 0;
    TroubleList<> m_troubles;
    bool m_busy = false;

    std::jthread m_thread; // last: it is joined before the rest goes
};

HistoryRecorder::HistoryRecorder(const std::filesystem::path& run_folder, const HistoryShape& shape,
                                 std::int64_t last_step)
    : m_shape(shape), m_files(std::make_unique<Files>(run_folder, shape, last_step))
{}

HistoryRecorder::~HistoryRecorder() = default;

bool HistoryRecorder::wants(HistoryKind kind, std::int64_t step) const
{
    const std::int64_t stride = m_files->stride(kind);
    const std::int64_t last = m_last_steps[index_of(kind)];
    return stride > 0 && step > last && (last == 0 || step / stride > last / stride);
}

bool HistoryRecorder::wants_loads(std::int64_t step) const
{
    return wants(HistoryKind::Loads, step) || wants(HistoryKind::Detail, step) || wants(HistoryKind::Words, step);
}

void HistoryRecorder::add(const LoadFrame& frame, Keep keep)
{
    if (wants(HistoryKind::Detail, frame.step))
        push(HistoryKind::Detail, frame.step, Keep::ByStride, pack_detail(frame));
    if (wants(HistoryKind::Words, frame.step)) push(HistoryKind::Words, frame.step, Keep::ByStride, pack_words(frame));
    if (keep == Keep::Always || wants(HistoryKind::Loads, frame.step))
        push(HistoryKind::Loads, frame.step, keep, pack_loads(frame));
}

void HistoryRecorder::add(const ProbeFrame& frame)
{
    if (wants(HistoryKind::Probe, frame.step)) push(HistoryKind::Probe, frame.step, Keep::ByStride, pack_probe(frame));
}

void HistoryRecorder::add(const AcceptanceFrame& frame)
{
    if (wants(HistoryKind::Acceptance, frame.step))
        push(HistoryKind::Acceptance, frame.step, Keep::ByStride, pack_acceptance(frame));
}

void HistoryRecorder::add(const KernelFrame& frame)
{
    if (wants(HistoryKind::Kernels, frame.step))
        push(HistoryKind::Kernels, frame.step, Keep::ByStride, pack_kernels(frame));
}

void HistoryRecorder::push(HistoryKind kind, std::int64_t step, Keep keep, std::string bytes)
{
    // Frames of a file that are all of one size must be.
    const std::size_t most = history_frame_bytes(kind, m_shape);
    const auto size = HistoryRecord{.payload_bytes = static_cast<std::uint32_t>(bytes.size())}.bytes();
    // What was not measured is not asked for again before its next stride either.
    m_last_steps[index_of(kind)] = step;
    if (step < 1 || bytes.empty() || (kind == HistoryKind::Loads && size != most)) return;
    m_files->push({kind, step, keep, std::move(bytes)});
}

void HistoryRecorder::flush()
{
    m_files->flush();
}

std::vector<std::string> HistoryRecorder::take_troubles()
{
    return m_files->take_troubles();
}

bool marks_history(const Event& event)
{
    return std::holds_alternative<event::SettingChanged>(event) || std::holds_alternative<event::Health>(event) ||
           std::holds_alternative<event::RoutingChanged>(event) ||
           std::holds_alternative<event::CheckpointSaved>(event);
}

} // namespace triptych
