// The promises of the window that are kept in time: frames, noise, export, opening and following a run. Offscreen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/promises.h"
#include "tests/bench/studio_looks.h"
#include "tests/bench/studio_rig.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/file_series.h"
#include "ui/bridge/pace.h"
#include "ui/export/card_export.h"
#include "ui/main_window.h"
#include "ui/panels/panel_catalog.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/card_spec.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QProcess>
#include <QTemporaryDir>
#include <QVBoxLayout>

#include <ctime>
#include <memory>
#include <string_view>

namespace triptych::bench {
namespace {

using test::noise;

constexpr double kFollowed =
    5; // MB a minute that a run that grows by 1,000 steps a second may take: blocks of its curves
constexpr double kFollowedFor = 40; // s

const PanelInfo& panel_of(std::string_view id)
{
    const auto catalog = panelCatalog();
    return *std::find_if(catalog.begin(), catalog.end(), [&](const PanelInfo& p) { return p.id == id; });
}

/// Panels of the catalog around a feed of their own.
struct Rig {
    PanelContext context()
    {
        return {feed, selection, theme, [](const Command&) {}, moment, series, clock, &runs};
    }
    void start(const test::SyntheticRun& run)
    {
        feed.apply(Event(test::synthetic_start(run)));
        feed.apply(Event(event::StateChanged{SessionState::Running, {}}));
    }

    RunFeed feed;
    Selection selection;
    Theme theme{ThemeChoice::Dark};
    Moment moment;
    SeriesHub series{feed};
    FrameClock clock;
    RunList runs{feed, series};
};

constexpr Metric kMetrics[] = {Metric::LayerMaxVio,    Metric::LayerMinVio,       Metric::LayerLoadCv,
                               Metric::LayerDiversity, Metric::LayerDeadFraction, Metric::LayerBiasSpread};
constexpr std::int64_t kLayers = 8; // 48 series: twelve cards of four

enum class Course : std::uint8_t {
    Falling = 1, ///< as a run's numbers go: down, and noise of a tenth
    Noise,       ///< noise that fills its card: what costs most to draw
};

void add_step(std::vector<Sample>& samples, std::int64_t step, Course course)
{
    const double fallen = 0.2 + 0.8 * std::exp(-static_cast<double>(step) / 3e5);
    for (const Metric metric : kMetrics)
        for (std::int64_t layer = 1; layer <= kLayers; ++layer) {
            const double noisy = noise(step, layer, static_cast<std::int64_t>(metric));
            samples.push_back({{metric, layer}, step, course == Course::Noise ? noisy : fallen + 0.1 * noisy});
        }
}

QVariantMap twelve_cards()
{
    QVariantList cards;
    std::vector<SeriesKey> series;
    for (const Metric metric : kMetrics)
        for (std::int64_t layer = 1; layer <= kLayers; ++layer) {
            SeriesKey key;
            key.metric = {metric, layer};
            series.push_back(key);
            if (series.size() < 4) continue;
            cards.append(toVariant(CardSpec{std::exchange(series, {})}));
        }
    return {{QStringLiteral("cards"), cards}, {QStringLiteral("smoothing"), 0.0}};
}

/// Twelve cards of four curves of a million samples each, and the loads of 58 layers of 256 experts: what a frame takes
/// while a thousand steps come every second.
void measure_frames(const Report& report, Promises& promises, Course course, std::int64_t points, double seconds)
{
    Rig rig;
    test::SyntheticRun shape;
    shape.layers = 59;
    shape.mtp_depth = 0;
    shape.experts = 256;
    shape.experts_per_token = 8;
    rig.start(shape);
    std::vector<Sample> samples;
    std::int64_t step = 0;
    QElapsedTimer filling;
    filling.start();
    while (step < points) {
        samples.clear();
        for (int i = 0; i < 1'000; ++i) add_step(samples, ++step, course);
        rig.feed.append(samples);
    }
    const double filled = static_cast<double>(filling.elapsed()) / 1e3;
    std::vector<std::shared_ptr<const LoadFrame>> loads;
    for (int i = 0; i < 8; ++i) loads.push_back(test::synthetic_loads(shape, 100 + i));

    QWidget window;
    auto* row = new QHBoxLayout(&window);
    auto* moe = panel_of("moe").create(rig.context(), &window);
    auto* predella = panel_of("predella").create(rig.context(), &window);
    row->addWidget(moe, 1);
    row->addWidget(predella, 3);
    predella->restoreState(twelve_cards());
    window.resize(1920, 1080);
    window.show();
    rig.feed.setLoads(loads.front());
    run_for(500);
    const auto plots = predella->findChildren<TimeSeriesPlot*>();
    const auto visible = std::count_if(plots.begin(), plots.end(), [](const TimeSeriesPlot* p) {
        return p->isVisible() && !p->visibleRegion().isEmpty();
    });
    const auto seen = std::find_if(plots.begin(), plots.end(), [](const auto* plot) { return plot->isVisible(); });
    PaintCount painted(seen == plots.end() ? window : static_cast<QObject&>(**seen));

    std::vector<double> frames;
    std::vector<double> worked;
    double cpuBefore = 0;
    BusyMeter busy;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    tick.setInterval(33);
    std::size_t frame = 0;
    QObject::connect(&tick, &QTimer::timeout, &window, [&] {
        const double wall = busy.take();
        const double now = threadCpuSeconds();
        if (frame++ > 0) {
            frames.push_back(wall);
            worked.push_back((now - cpuBefore) * 1e3);
        }
        cpuBefore = now;
        samples.clear();
        for (int i = 0; i < 33; ++i) add_step(samples, ++step, course);
        rig.feed.append(samples);
        rig.feed.setLoads(loads[frame % loads.size()]);
    });
    const double cpu = threadCpuSeconds();
    QElapsedTimer timer;
    timer.start();
    const int before = painted.count();
    tick.start();
    run_for(static_cast<int>(seconds * 1e3));
    const double wall = static_cast<double>(timer.elapsed()) / 1e3;
    const double fps = (painted.count() - before) / wall;
    if (course == Course::Falling)
        promises.add("12 cards x 4 curves and a map, drawn", fps, Bound::AtLeast, 30, "times a second");
    report.line(course == Course::Noise ? "frames_of_noise" : "frames",
                {{"cards", static_cast<double>(visible)},
                 {"points_each", static_cast<double>(points)},
                 {"fps", fps},
                 {"frame_median_ms", quantile(frames, 0.5)},
                 {"frame_p95_ms", quantile(frames, 0.95)},
                 {"frame_max_ms", quantile(frames, 1)},
                 {"cpu_median_ms", quantile(worked, 0.5)},
                 {"cpu_p95_ms", quantile(worked, 0.95)},
                 {"core_share", (threadCpuSeconds() - cpu) / wall},
                 {"series_mb", static_cast<double>(rig.feed.series().bytes()) / 1e6},
                 {"rss_mb", rss_mb()},
                 {"fed_seconds", filled}});
}

/// One plot of the panel of curves, drawn anew with a series of noise and one that is innocent.
void measure_noise(const Report& report, Promises& promises)
{
    Rig rig;
    rig.start({});
    TimeSeriesPlot plot(rig.theme, rig.series);
    plot.resize(800, 400);
    PlotSeries curve;
    curve.name = QStringLiteral("loss");
    curve.metric = Metric::Loss;
    curve.text = [](double v) { return QString::number(v, 'f', 3); };
    curve.widest = QStringLiteral("00.000");
    plot.setSeries({curve});
    plot.show();
    for (const std::int64_t points : {2'000, 100'000, 1'000'000}) {
        double ms[2] = {};
        for (const bool noisy : {false, true}) {
            SeriesCache cache;
            Series series;
            for (std::int64_t i = 1; i <= points; ++i) {
                series.steps.push_back(i);
                series.values.push_back(noisy ? noise(i) : 1 / (1 + 1e-4 * static_cast<double>(i)));
            }
            cache.replace(Metric::Loss, std::move(series));
            rig.feed.replaceSeries(std::move(cache));
            run_for(100);
            std::vector<double> all;
            for (int i = 0; i < 15; ++i) {
                const double cpu = threadCpuSeconds();
                plot.refreshNow();
                all.push_back((threadCpuSeconds() - cpu) * 1e3);
            }
            ms[noisy ? 1 : 0] = quantile(all, 0.5);
        }
        if (points == 1'000'000)
            promises.add("a million samples of noise, drawn anew", ms[1], Bound::AtMost, 50, "ms of CPU time");
        report.line("noise",
                    {{"points", static_cast<double>(points)}, {"noise_cpu_ms", ms[1]}, {"innocent_cpu_ms", ms[0]}});
    }
}

/// A figure of 2400 x 1200 pixels, and drawings, of a hundred thousand points of noise.
void measure_export(const Report& report, Promises& promises)
{
    Rig rig;
    rig.start({});
    std::vector<Sample> samples;
    for (std::int64_t i = 1; i <= 100'000; ++i) samples.push_back({Metric::MainLoss, i, noise(i)});
    rig.feed.append(samples);
    std::unique_ptr<Panel> panel(panel_of("predella").create(rig.context(), nullptr));
    SeriesKey key;
    key.metric = Metric::MainLoss;
    panel->restoreState(
        {{QStringLiteral("cards"), QVariantList{toVariant(CardSpec{{key}})}}, {QStringLiteral("smoothing"), 0.0}});
    ExportForm form; // 8 x 4 inches
    form.widthCm = 20.32;
    form.heightCm = 10.16;
    form.dpi = 300;
    for (const ExportKind kind : {ExportKind::Png, ExportKind::Svg, ExportKind::Pdf}) {
        std::vector<double> all;
        qsizetype bytes = 0;
        for (int i = 0; i < 5; ++i) {
            const double cpu = threadCpuSeconds();
            ExportSheet sheet(panel_of("predella"), rig.context(), form, panel.get());
            const auto made = bytesOf(sheet, kind);
            all.push_back((threadCpuSeconds() - cpu) * 1e3);
            bytes = made ? made->size() : 0;
        }
        if (kind == ExportKind::Png)
            promises.add("a picture of 2400 x 1200", quantile(all, 0.5), Bound::AtMost, 300, "ms of CPU time");
        if (kind == ExportKind::Pdf)
            promises.add("100,000 points as a page of PDF", static_cast<double>(bytes) / 1e3, Bound::AtMost, 100, "kB");
        report.line("export_" + endingOf(kind).toStdString(),
                    {{"cpu_ms", quantile(all, 0.5)}, {"kb", static_cast<double>(bytes) / 1e3}});
    }
}

/// Nothing of what can be seen is still on its way from a file.
bool is_complete(MainWindow& window)
{
    if (window.recorded().isOpening()) return false;
    for (const TimeSeriesPlot* plot : window.findChildren<TimeSeriesPlot*>())
        if (plot->isVisible() && plot->honesty().loading) return false;
    return true;
}

/// From the folder to a window that shows all of it; then as long as it grows, if it does.
void measure_opening(const Report& report, Promises& promises, const QString& folder, double followed)
{
    const double before = rss_mb();
    Theme theme(ThemeChoice::Dark);
    MainWindow window(theme);
    window.resize(1280, 800);
    window.show();
    run_for(300);
    const double empty = rss_mb();
    bool opened = false;
    bool completed = false;
    QObject::connect(&window.recorded(), &RecordedFeed::opened, [&] { opened = true; });
    QObject::connect(&window.recorded(), &RecordedFeed::completed, [&] { completed = true; });
    QElapsedTimer timer;
    timer.start();
    const double cpu = static_cast<double>(std::clock());
    window.openRun(folder);
    run_until([&] { return opened; }, 120'000);
    const double toOpened = static_cast<double>(timer.elapsed());
    run_until([&] { return is_complete(window); }, 60'000);
    (void)window.grab();
    const double toPicture = static_cast<double>(timer.elapsed());
    const double worked = (static_cast<double>(std::clock()) - cpu) / CLOCKS_PER_SEC * 1e3; // of all threads
    run_until([&] { return completed; }, 60'000);
    const double toAll = static_cast<double>(timer.elapsed());
    if (followed <= 0)
        promises.add("a run of a million steps opened, to its picture", toPicture, Bound::AtMost, 1000, "ms");
    const FileRun* files = window.series().files({});
    report.line("open", {{"steps", static_cast<double>(window.series().extent({}).value_or(StepRange{}).last)},
                         {"opened_ms", toOpened},
                         {"picture_ms", toPicture},
                         {"picture_cpu_ms", worked},
                         {"with_probe_ms", toAll},
                         {"curves_read_mb", files ? static_cast<double>(files->bytesRead()) / 1e6 : 0},
                         {"rss_program_mb", before},
                         {"rss_window_mb", empty},
                         {"rss_mb", rss_mb()}});
    if (followed <= 0) return;
    std::vector<std::pair<double, double>> memory;
    const auto first = window.series().extent({}).value_or(StepRange{}).last;
    while (static_cast<double>(timer.elapsed()) < toAll + followed * 1e3) {
        run_for(500);
        memory.emplace_back(static_cast<double>(timer.elapsed()) / 1e3, rss_mb());
    }
    const auto last = window.series().extent({}).value_or(StepRange{}).last;
    const std::vector<std::pair<double, double>> warm(memory.begin() + std::ssize(memory) / 3, memory.end());
    if (last == first) return promises.addUnmeasured("memory while a run is followed", "it does not grow");
    promises.add("memory while a run is followed", slope(warm) * 60, Bound::AtMost, kFollowed, "MB a minute more");
    report.line("follow", {{"seconds", followed},
                           {"steps_added", static_cast<double>(last - first)},
                           {"rss_mb", rss_mb()},
                           {"rss_slope_mb_per_minute", slope(warm) * 60},
                           {"blocks_mb", static_cast<double>(window.series().reader().blocks().bytes()) / 1e6}});
}

/// Runs that another program makes, in a folder that goes away: a million steps, and one that grows by a thousand a
/// second.
void check_opening(const Report& report, Promises& promises)
{
    const QTemporaryDir folder;
    const QString maker = QCoreApplication::applicationDirPath() + QStringLiteral("/make_long_run");
    const auto make = [&](const QString& run, const char* steps) {
        QProcess process;
        process.start(maker, {run, QString::fromLatin1(steps)});
        return process.waitForFinished(-1) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    };
    const QString run = folder.filePath(QStringLiteral("long"));
    if (make(run, "1000000"))
        measure_opening(report, promises, run, 0);
    else
        promises.addUnmeasured("a run of a million steps opened, to its picture", "make_long_run failed");
    const QString growing = folder.filePath(QStringLiteral("growing"));
    if (!make(growing, "60000"))
        return promises.addUnmeasured("memory while a run is followed", "make_long_run failed");
    QProcess grows;
    grows.start(maker, {growing, QStringLiteral("1000000"), QStringLiteral("--append"), QStringLiteral("1000")});
    measure_opening(report, promises, growing, kFollowedFor);
    grows.kill();
    grows.waitForFinished();
}

int usage()
{
    std::fprintf(stderr,
                 "studio_bench [--json] [--points N] [--seconds S] [--detail] [frames] [noise] [export] [looks]\n"
                 "             [open RUN] [follow RUN]\nWithout a name: frames, noise, export.\n"
                 "studio_bench --check: all promises of the window, on a quiet machine; 1 where one is broken.\n"
                 "--detail: of looks, each kind of event.\n");
    return 2;
}

} // namespace
} // namespace triptych::bench

int main(int argc, char** argv)
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {}); // of the offscreen platform
    using namespace triptych::bench;
    bool json = false;
    bool detail = false;
    bool checked = false;
    double seconds = 10;
    std::int64_t points = 1'000'000;
    std::vector<std::pair<std::string, QString>> tasks;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool more = i + 1 < argc;
        if (word == "--json")
            json = true;
        else if (word == "--check")
            checked = true;
        else if (word == "--detail")
            detail = true;
        else if (word == "--seconds" && more)
            seconds = std::atof(argv[++i]);
        else if (word == "--points" && more)
            points = std::atoll(argv[++i]);
        else if ((word == "open" || word == "follow") && more)
            tasks.emplace_back(word, QString::fromLocal8Bit(argv[++i]));
        else if (word == "frames" || word == "noise" || word == "export" || word == "looks")
            tasks.emplace_back(word, QString());
        else
            return usage();
    }
    // First what costs least: as it is where nothing went before.
    if (tasks.empty()) tasks = {{"export", {}}, {"noise", {}}, {"frames", {}}};
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_NO_GLIB", "1"); // whose event loop does not tell when it works
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    int count = 1;
    TimedApplication application(count, argv);
    const Report report(json);
    Promises promises;
    for (const auto& [task, folder] : tasks) {
        if (task == "frames") measure_frames(report, promises, Course::Falling, points, seconds);
        if (task == "frames") measure_frames(report, promises, Course::Noise, points, seconds);
        if (task == "noise") measure_noise(report, promises);
        if (task == "export") measure_export(report, promises);
        if (task == "looks") measure_looks(report, application, seconds, detail);
        if (task == "open") measure_opening(report, promises, folder, 0);
        if (task == "follow") measure_opening(report, promises, folder, seconds);
    }
    if (!checked) return 0;
    check_opening(report, promises);
    return promises.tell() == 0 ? 0 : 1;
}
