// The whole window beside a real training of a thousand steps a second and more, which waits for nobody. Fails where
// the screen loses samples or lines of the log, where memory grows, or where frames take long.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/studio_soak.h"

#include "core/config/config_json.h"
#include "core/run/run_store.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"
#include "ui/bridge/session_bridge.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QLocale>

#include <algorithm>
#include <fstream>

namespace triptych::bench {

bool grew_too_much(const Growth& growth)
{
    const double bound = kGrowthMb + kGrowthMbPerHour * growth.hours();
    if (growth.grown() <= bound) return false;
    std::fprintf(stderr, "the heap beside the series grew by %.1f MB in %.3f hours of the run; %.1f are allowed\n",
                 growth.grown(), growth.hours(), bound);
    return true;
}

namespace {

constexpr double kFrame = 50; // ms of CPU time, that 99 frames of 100 stay below
constexpr int kLook = 500;    // ms between two looks at memory
constexpr int kTurn = 1'000;  // ms between two settings that are turned: marks, lines of the log
constexpr int kPatience = 60; // s that a training may stand still

/// Times the spans in which this thread works and waits for nothing, which is what a hand would wait for: events one
/// after the other are one span. CPU time is told beside them, since a busy machine stops for others.
class SpannedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_within || !timing) return QApplication::notify(receiver, event);
        m_within = true;
        const bool idled = !m_since.isValid() || static_cast<double>(m_since.nsecsElapsed()) / 1e6 - m_until > kPause;
        if (idled) begin();
        const bool taken = QApplication::notify(receiver, event);
        m_until = static_cast<double>(m_since.nsecsElapsed()) / 1e6;
        m_worked = 1e3 * (threadCpuSeconds() - m_cpu);
        m_within = false;
        return taken;
    }

    bool timing = false;
    std::vector<double> wall; ///< ms
    std::vector<double> cpu;  ///< ms of the same

private:
    static constexpr double kPause = 0.2; // ms between two events that the loop waited for
    static constexpr double kDrawn = 1;   // ms; in less nothing is drawn

    void begin()
    {
        if (m_until >= kDrawn) {
            wall.push_back(m_until);
            cpu.push_back(m_worked);
        }
        m_since.start();
        m_cpu = threadCpuSeconds();
    }

    QElapsedTimer m_since;
    double m_cpu = 0;
    double m_until = 0;  ///< ms of the span so far
    double m_worked = 0; ///< of it, ms of CPU time
    bool m_within = false;
};

/// A model so small that a step takes less than a millisecond, with all that a run records.
RunRequest smallest(const test::TempFolder& folder, std::int64_t steps)
{
    ModelConfig config = test::tiny_config();
    config.vocab_size = 264;
    config.num_nextn_predict_layers = 1;
    RunRequest request;
    request.model = folder.write("config.json", model_config_json(config)).string();
    request.settings = {"sequence_length=8", "batch_size=1", "threads=1", "eval_every=2000", "eval_batches=1"};
    request.run_folder = (folder / "run").string();
    request.max_steps = steps;
    request.checkpoint_every = 50 * kPerSecond;
    return request;
}

std::int64_t lines_of(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::int64_t lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    return lines;
}

int soak(const Report& report, std::int64_t seconds, SpannedApplication& frames)
{
    const test::TempFolder folder;
    qputenv("XDG_DATA_HOME", folder.path().c_str());
    Theme theme(ThemeChoice::Dark);
    MainWindow window(theme);
    window.resize(1280, 800);
    window.show();
    RunFeed& feed = window.feed();
    std::int64_t logged = 0;
    QObject::connect(&feed, &RunFeed::logged, &window, [&] {
        if (feed.log().back().kind != QLatin1String("state")) ++logged; // which a run does not keep
    });
    const std::int64_t steps = seconds * kPerSecond;
    const auto newest = [&feed] { return feed.series().latestStep(); };
    const auto done = [&] { return feed.state() == SessionState::Finished || feed.state() == SessionState::Failed; };

    window.controller().start(smallest(folder, steps));
    if (!run_until([&] { return newest() > 0 || done(); }, 1'000 * kPatience)) {
        std::fprintf(stderr, "the training does not begin\n");
        return 1;
    }
    frames.timing = true;
    Growth growth;
    QElapsedTimer wall;
    wall.start();
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &window,
                     [&] { growth.look(static_cast<double>(newest()) / (3'600.0 * kPerSecond), feed); });
    look.start(kLook);
    QTimer turn;
    int turned = 0;
    QObject::connect(&turn, &QTimer::timeout, &window, [&] {
        window.controller().post(command::Set{"learning_rate", 1e-3 + 1e-6 * (++turned % 2)});
    });
    turn.start(kTurn);
    for (std::int64_t before = -1; !done() && newest() > before;) {
        before = newest();
        run_until(done, 1'000 * kPatience);
    }
    const double took = static_cast<double>(wall.elapsed()) / 1e3;
    frames.timing = false;
    turn.stop();
    look.stop();
    run_for(3'000); // the last samples and lines
    // What the run itself wrote, by its own thread, against what came to the screen.
    const std::int64_t told = lines_of(folder / "run/events.jsonl");
    std::int64_t missing = 0;
    for (const MetricId metric : {MetricId(Metric::Loss), MetricId(Metric::MaxVio), MetricId(Metric::LayerMaxVio, 1)})
        missing += steps - static_cast<std::int64_t>(feed.series().indexed(metric).count());
    std::vector<std::pair<std::string, double>> values = {
        {"steps", static_cast<double>(newest())},
        {"steps_per_second", static_cast<double>(newest()) / took},
        {"wall_seconds", took},
        {"dropped_samples", static_cast<double>(window.controller().bridge().droppedSamples())},
        {"missing_points", static_cast<double>(missing)},
        {"events", static_cast<double>(told)},
        {"lost_events", static_cast<double>(std::max<std::int64_t>(told - logged, 0))},
        {"frames", static_cast<double>(frames.wall.size())},
        {"frame_p99_ms", quantile(frames.wall, 0.99)},
        {"frame_cpu_p99_ms", quantile(frames.cpu, 0.99)},
        {"frame_cpu_max_ms", quantile(frames.cpu, 1)},
        {"series_mb", static_cast<double>(feed.series().bytes()) / 1e6}};
    for (const auto& value : growth.values()) values.push_back(value);
    report.line("soak", values);

    int failures = 0;
    const auto fails = [&failures](bool wrong, const char* what, double number) {
        if (!wrong) return;
        std::fprintf(stderr, "%s: %g\n", what, number);
        ++failures;
    };
    const auto dropped = window.controller().bridge().droppedSamples();
    fails(feed.state() != SessionState::Finished, "the training has not come to its end; it is at step",
          static_cast<double>(newest()));
    fails(dropped > 0, "samples that the screen lost", static_cast<double>(dropped));
    fails(missing != 0, "points that are missing in the series", static_cast<double>(missing));
    // A setting that is asked for after the last step is refused on the screen alone.
    fails(told > logged, "lines of the log that did not come", static_cast<double>(told - logged));
    fails(logged > told + 1, "lines of the log that the run does not have", static_cast<double>(logged - told));
    fails(quantile(frames.cpu, 0.99) > kFrame, "ms of CPU time, that one frame of 100 takes",
          quantile(frames.cpu, 0.99));
    fails(feed.series().bytes() > SeriesCache::kMostBytes, "bytes that the series hold, which is more than their bound",
          static_cast<double>(feed.series().bytes()));
    if (grew_too_much(growth)) ++failures;
    window.controller().finish();
    return failures == 0 ? 0 : 1;
}

} // namespace
} // namespace triptych::bench

int main(int argc, char** argv)
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {}); // of the offscreen platform
    bool json = false;
    bool replayed = false;
    std::int64_t seconds = 3'600;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json") {
            json = true;
        } else if (word == "--replay") {
            replayed = true;
        } else if (word == "--seconds" && i + 1 < argc) {
            seconds = std::atoll(argv[++i]);
        } else {
            std::fprintf(stderr, "studio_soak [--json] [--replay] [--seconds N of a run of 1,000 steps a second]\n"
                                 "Beside a training, which takes about as long; --replay: frames made beforehand, as "
                                 "fast as they are taken.\n");
            return 2;
        }
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    int count = 1;
    triptych::bench::SpannedApplication application(count, argv);
    const triptych::bench::Report report(json);
    return replayed ? triptych::bench::replay(report, seconds) : triptych::bench::soak(report, seconds, application);
}
