// A window that is looked at and not touched.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/studio_looks.h"

#include "tests/support/synthetic_feed.h"
#include "ui/bridge/pace.h"
#include "ui/main_window.h"

namespace triptych::bench {

namespace {

constexpr double kStepsASecond = 32;
constexpr std::int64_t kBefore = 600; // steps that are there already
constexpr int kWarmLooks = 5;

std::string kind_of(const QObject& receiver, const QEvent& event)
{
    const char* type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event.type());
    std::string name = receiver.metaObject()->className();
    // A child without a class of its own says more by whose it is.
    if (const QObject* parent = receiver.parent(); parent && name.starts_with('Q'))
        name = std::string(parent->metaObject()->className()) + "/" + name;
    return name + " " + (type ? type : std::to_string(event.type()));
}

/// What the session would have brought.
void look(MainWindow& window, const test::SyntheticRun& run, std::int64_t first, std::int64_t last)
{
    test::append_steps(window.feed(), run, first, last);
    for (std::int64_t step = first; step <= last; ++step)
        if (step % run.eval_every == 0) {
            window.feed().take(event::Validation{step, test::synthetic_loss(step) + 0.08, 2.1, 0.2});
            window.feed().take(
                event::SampleText{step, "The cat sat on the mat and then\nthe cat said: \"12+3=15\".\n"});
        }
}

} // namespace

bool TimedApplication::notify(QObject* receiver, QEvent* event)
{
    if (!m_timed) return QApplication::notify(receiver, event);
    const std::string kind = kind_of(*receiver, *event); // the receiver may be gone afterwards
    const double outer = std::exchange(m_inner, 0.0);
    const double before = threadCpuSeconds();
    const bool taken = QApplication::notify(receiver, event);
    const double all = threadCpuSeconds() - before;
    Share& share = m_shares[kind];
    share.ms += 1e3 * (all - m_inner);
    ++share.events;
    m_inner = outer + all;
    return taken;
}

void TimedApplication::begin()
{
    m_shares.clear();
    m_timed = true;
}

std::map<std::string, TimedApplication::Share> TimedApplication::end()
{
    m_timed = false;
    return std::exchange(m_shares, {});
}

void measure_looks(const Report& report, TimedApplication& application, double seconds, bool detail)
{
    test::SyntheticRun run;
    run.seconds_per_step = 1 / kStepsASecond;
    run.max_steps = 0;
    run.eval_every = 50;
    Theme theme(ThemeChoice::Dark);
    MainWindow window(theme);
    window.resize(1280, 800);
    window.show();
    run_for(300);
    run.steps = kBefore;
    test::fill_feed(window.feed(), run);
    std::int64_t step = kBefore;
    const auto more = static_cast<std::int64_t>(std::lround(kStepsASecond * Pace::kSlowest * 1e-3));
    const auto next = [&] {
        look(window, run, step + 1, step + more);
        step += more;
        run_for(Pace::kSlowest);
    };
    for (int i = 0; i < kWarmLooks; ++i) next();
    std::vector<double> looks;
    if (detail) application.begin();
    const double wanted = seconds * 1e3 / Pace::kSlowest;
    while (static_cast<double>(looks.size()) < wanted) {
        const double before = threadCpuSeconds();
        next();
        looks.push_back(1e3 * (threadCpuSeconds() - before));
    }
    const auto looked = static_cast<double>(looks.size());
    double all = 0;
    for (const double ms : looks) all += ms;
    report.line("looks", {{"looks", looked},
                          {"cpu_mean_ms", all / looked},
                          {"cpu_median_ms", quantile(looks, 0.5)},
                          {"cpu_p95_ms", quantile(looks, 0.95)},
                          {"core_share", all / looked / Pace::kSlowest}});
    if (!detail) return;
    const auto shares = application.end();
    std::vector<std::pair<std::string, TimedApplication::Share>> sorted(shares.begin(), shares.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second.ms > b.second.ms; });
    for (const auto& [kind, share] : sorted)
        report.line("looks." + kind, {{"ms", share.ms / looked}, {"events", share.events / looked}});
}

} // namespace triptych::bench
