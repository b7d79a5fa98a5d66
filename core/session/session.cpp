// The session's worker: one loop that obeys commands between steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/session/run_observer.h"
#include "core/session/training_run.h"
#include "core/util/mailbox.h"

#include <atomic>
#include <thread>

namespace triptych {

class Session::Worker : public RunObserver {
public:
    Worker() : m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

    void on_event(Event event) override
    {
        if (auto* started = std::get_if<event::RunStarted>(&event)) started->samples_before = m_ring.pushed();
        m_mail.tell(std::move(event));
    }
    void on_step(const StepReport&, const std::vector<Sample>& samples) override
    {
        for (const Sample& sample : samples) m_ring.push(sample);
    }
    void on_loads(std::shared_ptr<const LoadFrame> frame) override { m_loads.put(std::move(frame)); }
    void on_probe(std::shared_ptr<const ProbeFrame> frame) override { m_probe.put(std::move(frame)); }
    void on_acceptance(std::shared_ptr<const AcceptanceFrame> frame) override { m_acceptance.put(std::move(frame)); }
    void on_kernels(std::shared_ptr<const KernelFrame> frame) override { m_kernels.put(std::move(frame)); }

    void on_watched(double seconds) override { m_watched_seconds = seconds; }

    std::atomic<SessionState> m_state = SessionState::Idle;
    std::atomic<double> m_watched_seconds = 0;
    MetricRing m_ring;
    FrameBox<LoadFrame> m_loads;
    FrameBox<ProbeFrame> m_probe;
    FrameBox<AcceptanceFrame> m_acceptance;
    FrameBox<KernelFrame> m_kernels;
    Mailbox<Command, Event> m_mail;

private:
    void loop(const std::stop_token& stop);

    // One for each kind of command; a kind without does not compile.
    void obey(const command::Start& c);
    void obey(const command::Pause&);
    void obey(const command::Resume&);
    void obey(const command::StepOnce&);
    void obey(const command::Stop&);
    void obey(const command::SaveCheckpoint&);
    void obey(const command::Set& c);
    void obey(const command::SwitchExpert& c);
    void obey(const command::SetExpertBias& c);
    void obey(const command::SetBalancing& c);
    void obey(const command::ClearRouting& c);
    void obey(const command::Watch& c);
    void obey(const command::Attend& c);
    void obey(const command::SetProbeText& c);
    void obey(const command::SetProbeEvery& c);
    void obey(const command::SetProbeFocus& c);
    void refuse(Error error, Ticket ticket);
    void steer(const RoutingCommand& command, Ticket ticket);
    static Error no_training();

    void show_probe();
    void watch_kernels();
    void train_one_step();
    void end_run(SessionState state, const std::string& reason);
    void set_state(SessionState state, const std::string& reason = {});
    void fail(Error error);

    void start(const RunRequest& request);

    // Of the worker's thread alone.
    std::unique_ptr<TrainingRun> m_run;
    std::string m_probe_text = kDefaultProbeText;
    std::int64_t m_probe_every = 10;
    WatchSet m_watch;
    bool m_attended = false;
    std::int64_t m_probe_focus = -1;
    bool m_single_step = false;

    std::jthread m_thread; // last: it starts when everything else is there, and is joined first
};

void Session::Worker::loop(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        // The one place that catches what ops throw: shapes, devices, memory.
        try {
            // Only a running training has something to do without being told.
            const bool busy = m_state == SessionState::Running;
            if (const auto command = m_mail.take(stop, busy ? Patience::TakeWhatIsThere : Patience::WaitForOne))
                std::visit([this](const auto& c) { obey(c); }, *command);
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

void Session::Worker::obey(const command::Start& c)
{
    start(c.request);
}
void Session::Worker::obey(const command::Pause&)
{
    if (m_state == SessionState::Running) set_state(SessionState::Paused);
}
void Session::Worker::obey(const command::Resume&)
{
    if (m_state == SessionState::Paused) set_state(SessionState::Running);
}
void Session::Worker::obey(const command::StepOnce&)
{
    if (!m_run) return;
    m_single_step = true;
    set_state(SessionState::Running);
}
void Session::Worker::obey(const command::Stop&)
{
    if (m_run) end_run(SessionState::Idle, "stopped");
}
void Session::Worker::obey(const command::SaveCheckpoint&)
{
    if (m_run) m_run->save_checkpoint();
}
void Session::Worker::obey(const command::Set& c)
{
    if (const Status changed = m_run ? m_run->change(c.key, c.value, c.ticket) : no_training(); !changed)
        refuse(changed.error(), c.ticket);
}
void Session::Worker::obey(const command::SwitchExpert& c)
{
    steer(c, c.ticket);
}
void Session::Worker::obey(const command::SetExpertBias& c)
{
    steer(c, c.ticket);
}
void Session::Worker::obey(const command::SetBalancing& c)
{
    steer(c, c.ticket);
}
void Session::Worker::obey(const command::ClearRouting& c)
{
    steer(c, c.ticket);
}
void Session::Worker::obey(const command::Watch& c)
{
    const bool probe_changes = c.what.probe != m_watch.probe || c.what.lens != m_watch.lens;
    m_watch = c.what;
    if (m_run) m_run->watch_pairs(m_watch.pairs);
    if (probe_changes) show_probe();
    watch_kernels();
}
void Session::Worker::obey(const command::Attend& c)
{
    m_attended = c.attended;
    if (m_run) m_run->attend(m_attended);
}
void Session::Worker::obey(const command::SetProbeText& c)
{
    m_probe_text = c.text;
    show_probe();
}
void Session::Worker::obey(const command::SetProbeEvery& c)
{
    m_probe_every = c.steps;
    show_probe();
}
void Session::Worker::obey(const command::SetProbeFocus& c)
{
    const bool changes = c.token != m_probe_focus;
    m_probe_focus = c.token;
    if (changes && m_run && m_run->focus_matters()) show_probe();
}

void Session::Worker::show_probe()
{
    const LensRequest lens{m_watch.lens ? LensReading::Read : LensReading::None, m_probe_focus};
    if (m_run) m_run->set_probe(m_probe_text, m_watch.probe ? m_probe_every : 0, lens);
}

void Session::Worker::watch_kernels()
{
    if (m_run) m_run->watch_kernels(m_watch.kernels);
}

Error Session::Worker::no_training()
{
    return {"there is no training to change", "Start one, or resume a run, and try again."};
}

void Session::Worker::refuse(Error error, Ticket ticket)
{
    on_event(event::Refused{std::move(error), ticket});
}

void Session::Worker::steer(const RoutingCommand& command, Ticket ticket)
{
    if (const Status steered = m_run ? m_run->steer(command) : no_training(); !steered) refuse(steered.error(), ticket);
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
    m_watched_seconds = 0;
    m_run->attend(m_attended);
    m_run->watch_pairs(m_watch.pairs);
    show_probe();
    watch_kernels();
    set_state(SessionState::Running);
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
    m_worker->m_mail.post(std::move(command));
}

SessionState Session::state() const
{
    return m_worker->m_state;
}

double Session::watched_seconds() const
{
    return m_worker->m_watched_seconds;
}

std::vector<Event> Session::take_events()
{
    return m_worker->m_mail.take_events();
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

const FrameBox<AcceptanceFrame>& Session::acceptance() const
{
    return m_worker->m_acceptance;
}

const FrameBox<KernelFrame>& Session::kernels() const
{
    return m_worker->m_kernels;
}

} // namespace triptych
