// Hours of a run in minutes: every step of a thousand a second goes from a thread through ring, feed and series into
// the whole window. Fails where memory grows or anything is lost.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/frame_box.h"
#include "core/run/metric_ring.h"
#include "tests/bench/studio_rig.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/pace.h"
#include "ui/main_window.h"

#include <malloc.h>

#include <QApplication>
#include <QLocale>

#include <atomic>
#include <mutex>
#include <thread>

namespace triptych::bench {
namespace {

constexpr std::int64_t kPerSecond = 1'000;
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

/// As SessionBridge::poll() does it.
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

/// What the program holds of the heap; RSS beside it has what the allocator keeps for later, too.
double heap_mb()
{
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / 1e6;
}

/// About what the lines, marks and alerts of a run hold: they grow with its events, up to 20,000 of each.
double told_mb(const RunFeed& feed)
{
    double bytes = 0;
    const auto text = [](const QString& s) { return 2.0 * static_cast<double>(s.capacity()) + 16; };
    for (const LogEntry& line : feed.log())
        bytes += sizeof(LogEntry) + text(line.time) + text(line.kind) + text(line.text);
    for (const RunAlert& alert : feed.alerts()) bytes += sizeof(RunAlert) + text(alert.kind) + text(alert.text);
    for (const SettingMark& mark : feed.marks()) bytes += sizeof(SettingMark) + text(mark.key);
    return bytes / 1e6;
}

int soak(const Report& report, std::int64_t seconds)
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
    std::vector<std::pair<double, double>> memory; // MB over hours of the run
    std::vector<std::pair<double, double>> beside; // without the series, which fill their bound
    std::vector<std::pair<double, double>> heap;   // of the same, what is in use
    std::vector<std::pair<double, double>> told;
    std::vector<double> frames;
    std::vector<double> worked; // CPU time of the same
    std::vector<Sample> samples;
    Taken taken;
    QElapsedTimer wall;
    wall.start();
    Trainer trainer(steps);
    std::int64_t looked = 0;
    while (!trainer.done || taken.samples < trainer.sent || taken.events < trainer.events()) {
        poll(trainer, feed, taken, samples);
        const double cpu = threadCpuSeconds();
        QElapsedTimer frame;
        frame.start();
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        if (frame.nsecsElapsed() > 1'000'000) { // something was drawn
            frames.push_back(static_cast<double>(frame.nsecsElapsed()) / 1e6);
            worked.push_back((threadCpuSeconds() - cpu) * 1e3);
        }
        if (trainer.step - looked < steps / 120) continue;
        looked = trainer.step;
        const double series = static_cast<double>(feed.series().bytes()) / 1e6;
        memory.emplace_back(static_cast<double>(looked) / 3.6e6, rss_mb());
        beside.emplace_back(memory.back().first, memory.back().second - series);
        heap.emplace_back(memory.back().first, heap_mb() - series);
        told.emplace_back(memory.back().first, told_mb(feed));
    }
    run_for(300);
    const auto second_half = [](const std::vector<std::pair<double, double>>& all) {
        return std::vector<std::pair<double, double>>(all.begin() + std::ssize(all) / 2, all.end());
    };
    const auto warm = second_half(memory);
    const double grown = warm.empty() ? 0 : warm.back().second - warm.front().second;
    const std::uint64_t lost = trainer.sent - taken.samples + trainer.ring.dropped();
    std::uint64_t missing = 0;
    for (const MetricId metric : {MetricId(Metric::Loss), MetricId(Metric::MaxVio), MetricId(Metric::LayerMaxVio, 2)})
        missing += static_cast<std::uint64_t>(steps) - feed.series().indexed(metric).count();
    report.line("soak", {{"run_seconds", static_cast<double>(seconds)},
                         {"wall_seconds", static_cast<double>(wall.elapsed()) / 1e3},
                         {"samples", static_cast<double>(taken.samples)},
                         {"events", static_cast<double>(taken.events)},
                         {"lost_samples", static_cast<double>(lost)},
                         {"missing_points", static_cast<double>(missing)},
                         {"lost_events", static_cast<double>(trainer.events() - taken.events)},
                         {"frame_p95_ms", quantile(frames, 0.95)},
                         {"frame_max_ms", quantile(frames, 1)},
                         {"frame_cpu_max_ms", quantile(worked, 1)},
                         {"rss_mb", rss_mb()},
                         {"rss_grown_second_half_mb", grown},
                         {"rss_slope_mb_per_hour", slope(warm)},
                         {"beside_series_slope_mb_per_hour", slope(second_half(beside))},
                         {"heap_beside_series_slope_mb_per_hour", slope(second_half(heap))},
                         {"told_slope_mb_per_hour", slope(second_half(told))},
                         {"series_mb", static_cast<double>(feed.series().bytes()) / 1e6}});
    const bool bounded = feed.series().bytes() <= SeriesCache::kMostBytes;
    return lost == 0 && missing == 0 && trainer.events() == taken.events && bounded ? 0 : 1;
}

} // namespace
} // namespace triptych::bench

int main(int argc, char** argv)
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {}); // of the offscreen platform
    bool json = false;
    std::int64_t seconds = 3'600;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json") {
            json = true;
        } else if (word == "--seconds" && i + 1 < argc) {
            seconds = std::atoll(argv[++i]);
        } else {
            std::fprintf(stderr, "studio_soak [--json] [--seconds N of a run of 1,000 steps a second]\n");
            return 2;
        }
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    int count = 1;
    const QApplication application(count, argv);
    return triptych::bench::soak(triptych::bench::Report(json), seconds);
}
