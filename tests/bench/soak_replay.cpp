// Hours of a run in minutes: every step of a thousand a second goes from a thread through ring, feed and series into
// the whole window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/frame_box.h"
#include "core/run/metric_ring.h"
#include "tests/bench/studio_soak.h"
#include "tests/support/synthetic_feed.h"
#include "ui/main_window.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace triptych::bench {
namespace {

constexpr std::int64_t kTellEvery = 5'000; ///< steps between four events

/// As a session: samples into a ring, frames into boxes, events into a queue. Time stands still while the ring is
/// nearly full, so that an hour passes as fast as the window takes it.
class Trainer {
public:
    explicit Trainer(std::int64_t steps) : m_steps(steps), m_thread([this](const std::stop_token& s) { run(s); }) {}

    MetricRing ring;
    FrameBox<LoadFrame> loads;
    FrameBox<ProbeFrame> probe;
    std::atomic<std::uint64_t> sent = 0; ///< samples
    std::atomic<std::int64_t> step = 0;
    std::atomic<bool> done = false;

    std::vector<Event> take_events()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }
    std::uint64_t events() const { return m_sentEvents; }

private:
    void run(const std::stop_token& stop)
    {
        const test::SyntheticRun shape;
        std::vector<std::shared_ptr<const LoadFrame>> frames;
        for (int i = 0; i < 8; ++i) frames.push_back(test::synthetic_loads(shape, 100 * i));
        const auto probed = test::synthetic_probe(shape, 1);
        // Samples of a thousand steps, again and again: to make them would take longer than to show them.
        std::vector<std::vector<Sample>> samples;
        for (std::int64_t s = 1; s <= 1'000; ++s) samples.push_back(test::synthetic_step(shape, s));
        for (std::int64_t s = 1; s <= m_steps && !stop.stop_requested(); ++s) {
            const auto& mine = samples[static_cast<std::size_t>(s % 1'000)];
            while (sent - taken > ring.capacity() - 2 * mine.size() && !stop.stop_requested())
                std::this_thread::yield();
            for (Sample sample : mine) {
                sample.step = s;
                ring.push(sample);
            }
            sent += mine.size();
            step = s;
            if (s % 50 == 0) publish(*frames[static_cast<std::size_t>(s / 50 % 8)], *probed, s);
            if (s % kTellEvery == 0) tell(s);
        }
        done = true;
    }
    void publish(const LoadFrame& frame, const ProbeFrame& probed, std::int64_t s)
    {
        auto next = std::make_shared<LoadFrame>(frame);
        next->step = s;
        loads.put(std::move(next));
        if (s % 500 != 0) return;
        auto text = std::make_shared<ProbeFrame>(probed);
        text->step = s;
        probe.put(std::move(text));
    }
    void tell(std::int64_t s)
    {
        const std::lock_guard lock(m_mutex);
        m_events.emplace_back(event::SampleText{s, "the old house stands by the river " + std::to_string(s)});
        m_events.emplace_back(event::SettingChanged{s, "learning_rate", 1e-3 + 1e-9 * static_cast<double>(s)});
        m_events.emplace_back(event::Health{s, "loss_spike", "the loss is 3.1 times its usual value"});
        m_events.emplace_back(event::CheckpointSaved{s, "checkpoints/" + std::to_string(s)});
        m_sentEvents += 4;
    }

    std::int64_t m_steps;
    std::mutex m_mutex;
    std::vector<Event> m_events;
    std::atomic<std::uint64_t> m_sentEvents = 0;

public:
    std::atomic<std::uint64_t> taken = 0; ///< by the window

private:
    std::jthread m_thread; // last: it uses the others
};

struct Taken {
    std::uint64_t samples = 0;
    std::uint64_t events = 0;
    std::uint64_t loads = 0;
    std::uint64_t probe = 0;
};

/// The order of SessionBridge::poll(), whose session trains by itself and cannot be fed.
void poll(Trainer& trainer, RunFeed& feed, Taken& taken, std::vector<Sample>& samples)
{
    for (const Event& event : trainer.take_events()) {
        feed.take(event);
        ++taken.events;
    }
    samples.clear();
    trainer.ring.drain(samples);
    feed.append(samples);
    taken.samples += samples.size();
    trainer.taken = taken.samples;
    if (auto loads = trainer.loads.get_newer(taken.loads)) feed.setLoads(std::move(loads));
    if (auto probe = trainer.probe.get_newer(taken.probe)) feed.setProbe(std::move(probe));
}

} // namespace

int replay(const Report& report, std::int64_t seconds)
{
    Theme theme(ThemeChoice::Dark);
    MainWindow window(theme);
    window.resize(1280, 800);
    window.show();
    RunFeed& feed = window.feed();
    const test::SyntheticRun shape;
    feed.take(Event(test::synthetic_start(shape)));
    feed.take(Event(event::StateChanged{SessionState::Running, {}}));

    const std::int64_t steps = seconds * kPerSecond;
    Growth growth;
    std::vector<Sample> samples;
    Taken taken;
    QElapsedTimer wall;
    wall.start();
    Trainer trainer(steps);
    std::int64_t looked = 0;
    while (!trainer.done || taken.samples < trainer.sent || taken.events < trainer.events()) {
        poll(trainer, feed, taken, samples);
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        if (trainer.step - looked < steps / 120) continue;
        looked = trainer.step;
        growth.look(static_cast<double>(looked) / (3'600 * kPerSecond), feed);
    }
    run_for(300);
    std::vector<std::pair<std::string, double>> values = {
        {"run_seconds", static_cast<double>(seconds)},
        {"wall_seconds", static_cast<double>(wall.elapsed()) / 1e3},
        {"samples", static_cast<double>(taken.samples)},
        {"series_mb", static_cast<double>(feed.series().bytes()) / 1e6}};
    for (const auto& value : growth.values()) values.push_back(value);
    report.line("replay", values);
    if (feed.series().bytes() > SeriesCache::kMostBytes) {
        std::fprintf(stderr, "the series hold more than their bound\n");
        return 1;
    }
    return grew_too_much(growth) ? 1 : 0;
}

} // namespace triptych::bench
