// The session's worker: one loop that obeys commands between steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/session/run_observer.h"
#include "core/session/training_run.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace triptych {

class Session::Worker : public RunObserver {
public:
    Worker() : m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

    ~Worker() override
    {
        m_thread.request_stop();
        m_wake.notify_all();
    }

    void post(Command command)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(std::move(command));
        }
        m_wake.notify_all();
    }

    std::vector<Event> take_events()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }

    void on_event(Event event) override
    {
        const std::lock_guard lock(m_mutex);
        m_events.push_back(std::move(event));
    }
    void on_step(const StepReport&, const std::vector<Sample>& samples) override
    {
        for (const Sample& sample : samples) m_ring.push(sample);
    }
    void on_loads(std::shared_ptr<const LoadFrame> frame) override { m_loads.put(std::move(frame)); }
    void on_probe(std::shared_ptr<const ProbeFrame> frame) override { m_probe.put(std::move(frame)); }

    std::atomic<SessionState> m_state = SessionState::Idle;
    MetricRing m_ring;
    FrameBox<LoadFrame> m_loads;
    FrameBox<ProbeFrame> m_probe;

private:
    void loop(const std::stop_token& stop);
    std::optional<Command> next_command(const std::stop_token& stop);
    void obey(const Command& command);
    void train_one_step();
    void end_run(SessionState state, const std::string& reason);
    void set_state(SessionState state, const std::string& reason = {});
    void fail(Error error);

    void start(const RunRequest& request);
    void set(const command::Set& change);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Command> m_commands;
    std::vector<Event> m_events;

    // Of the worker's thread alone.
    std::unique_ptr<TrainingRun> m_run;
    std::string m_probe_text = kDefaultProbeText;
    std::int64_t m_probe_every = 10;
    bool m_single_step = false;

    std::jthread m_thread; // last: it starts when everything else is there, and is joined first
};

std::optional<Command> Session::Worker::next_command(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    // Only a running training has something to do without being told.
    if (m_state != SessionState::Running) m_wake.wait(lock, stop, [this] { return !m_commands.empty(); });
    if (m_commands.empty()) return std::nullopt;
    Command command = std::move(m_commands.front());
    m_commands.pop_front();
    return command;
}

void Session::Worker::loop(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        // The one place that catches what ops throw: shapes, devices, memory.
        try {
            if (const auto command = next_command(stop))
                obey(*command);
            else if (m_state == SessionState::Running)
                train_one_step();
        } catch (const std::exception& e) {
            const Error failure = failure_of(e);
            if (m_run) m_run->abandon(failure);
            m_run.reset();
            fail(failure);
        }
    }
    if (m_run) m_run->finish("stopped");
}

void Session::Worker::obey(const Command& command)
{
    std::visit(
        [this](const auto& c) {
            using T = std::decay_t<decltype(c)>;
            const bool alive = m_state == SessionState::Running || m_state == SessionState::Paused;
            if constexpr (std::is_same_v<T, command::Start>) {
                start(c.request);
            } else if constexpr (std::is_same_v<T, command::Pause>) {
                if (m_state == SessionState::Running) set_state(SessionState::Paused);
            } else if constexpr (std::is_same_v<T, command::Resume>) {
                if (m_state == SessionState::Paused) set_state(SessionState::Running);
            } else if constexpr (std::is_same_v<T, command::StepOnce>) {
                if (!alive) return;
                m_single_step = true;
                set_state(SessionState::Running);
            } else if constexpr (std::is_same_v<T, command::Stop>) {
                if (alive) end_run(SessionState::Idle, "stopped");
            } else if constexpr (std::is_same_v<T, command::SaveCheckpoint>) {
                if (alive) m_run->save_checkpoint();
            } else if constexpr (std::is_same_v<T, command::Set>) {
                set(c);
            } else if constexpr (std::is_same_v<T, command::SetProbeText>) {
                m_probe_text = c.text;
                if (alive) m_run->set_probe(m_probe_text, m_probe_every);
            } else if constexpr (std::is_same_v<T, command::SetProbeEvery>) {
                m_probe_every = c.steps;
                if (alive) m_run->set_probe(m_probe_text, m_probe_every);
            }
        },
        command);
}

void Session::Worker::start(const RunRequest& request)
{
    if (m_run) end_run(SessionState::Idle, "replaced by another run");
    set_state(SessionState::Preparing);
    auto run = TrainingRun::open(request, *this);
    if (!run) {
        fail(run.error());
        return;
    }
    m_run = run.take();
    m_run->set_probe(m_probe_text, m_probe_every);
    set_state(SessionState::Running);
}

void Session::Worker::set(const command::Set& change)
{
    if (!m_run) return;
    if (const Status changed = m_run->change(change.key, change.value); !changed)
        on_event(event::Failed{changed.error()});
}

void Session::Worker::train_one_step()
{
    m_run->step();
    if (m_run->finished()) {
        end_run(SessionState::Finished, m_run->finish_reason());
    } else if (m_single_step) {
        m_single_step = false;
        set_state(SessionState::Paused);
    }
}

void Session::Worker::end_run(SessionState state, const std::string& reason)
{
    m_single_step = false;
    m_run->finish(reason);
    m_run.reset();
    set_state(state, reason);
}

void Session::Worker::set_state(SessionState state, const std::string& reason)
{
    if (m_state.exchange(state) != state || !reason.empty()) on_event(event::StateChanged{state, reason});
}

void Session::Worker::fail(Error error)
{
    set_state(SessionState::Failed, error.what);
    on_event(event::Failed{std::move(error)});
}

Session::Session() : m_worker(std::make_unique<Worker>()) {}
Session::~Session() = default;

void Session::post(Command command)
{
    m_worker->post(std::move(command));
}

SessionState Session::state() const
{
    return m_worker->m_state;
}

std::vector<Event> Session::take_events()
{
    return m_worker->take_events();
}

MetricRing& Session::metrics()
{
    return m_worker->m_ring;
}

const FrameBox<LoadFrame>& Session::loads() const
{
    return m_worker->m_loads;
}

const FrameBox<ProbeFrame>& Session::probe() const
{
    return m_worker->m_probe;
}

} // namespace triptych
