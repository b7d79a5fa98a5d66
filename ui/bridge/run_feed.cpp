// What arrives changes the values first and is told afterwards.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_feed.h"

#include "core/session/event_text.h"

#include <QTime>

#include <algorithm>
#include <cmath>
#include <utility>

namespace triptych {

namespace {

constexpr int kNumbersInterval = 150;     // ms: digits that change more often cannot be read
constexpr std::size_t kMostTold = 20'000; // lines of the log, marks, alerts; the run's files have all of them

/// What was told first goes, many at once, so that those who read on notice it seldom. How much went.
template <class Told>
std::uint64_t bound(std::vector<Told>& all)
{
    if (all.size() <= kMostTold) return 0;
    all.erase(all.begin(), all.begin() + kMostTold / 2);
    return kMostTold / 2;
}

} // namespace

RunFeed::RunFeed(QObject* parent) : QObject(parent)
{
    m_numbersTimer.setSingleShot(true);
    connect(&m_numbersTimer, &QTimer::timeout, this, &RunFeed::showNewestNumbers);
}

std::optional<double> RunFeed::setting(const std::string& key) const
{
    const auto found = m_settings.find(key);
    return found == m_settings.end() ? std::nullopt : std::optional(found->second);
}

double RunFeed::settingShown(const std::string& key, MetricId metric) const
{
    if (const double then = isHeld() ? value(metric) : std::nan(""); std::isfinite(then)) return then;
    return setting(key).value_or(std::nan(""));
}

void RunFeed::append(const std::vector<Sample>& samples)
{
    if (samples.empty()) return;
    for (const Sample& sample : samples) m_series.append(sample);
    emit seriesChanged();
    numbersSoon();
}

void RunFeed::numbersSoon()
{
    if (m_numbersTimer.isActive()) return;
    const qint64 since = m_sinceNumbers.isValid() ? m_sinceNumbers.elapsed() : kNumbersInterval;
    if (since >= kNumbersInterval)
        showNewestNumbers();
    else
        m_numbersTimer.start(static_cast<int>(kNumbersInterval - since));
}

void RunFeed::showNewestNumbers()
{
    m_numbersTimer.stop();
    m_sinceNumbers.start();
    m_calmStep = m_series.latestStep();
    if (!m_held) emit numbersChanged();
}

void RunFeed::hold(std::int64_t step, std::shared_ptr<const LoadFrame> loads, std::shared_ptr<const ProbeFrame> probe,
                   std::shared_ptr<const SeriesCache> numbers)
{
    const auto loadsBefore = this->loads();
    const auto probeBefore = this->probe();
    const Remembered before = remembered();
    const bool others = !m_held || m_held->step != step || (numbers && !m_held->numbers);
    m_held = Held{step, std::move(loads), std::move(probe), std::move(numbers)};
    if (others) emit numbersChanged();
    if (this->loads() != loadsBefore) {
        emit loadsChanged();
        emit routingChanged();
    }
    if (this->probe() != probeBefore) emit probeChanged();
    tellChanges(before);
}

void RunFeed::release()
{
    if (!m_held) return;
    const Remembered remembers = remembered();
    const Held before = *std::exchange(m_held, std::nullopt);
    m_calmStep = m_series.latestStep();
    emit numbersChanged();
    if (m_loads != before.loads) emit loadsChanged();
    emit routingChanged();
    if (m_probe != before.probe) emit probeChanged();
    tellChanges(remembers);
}

void RunFeed::tellChanges(const Remembered& before)
{
    if (acceptance() != before.acceptance) emit acceptanceChanged();
    if (kernels() != before.kernels) emit kernelsChanged();
    if (sample() != before.sample) emit sampleChanged();
}

void RunFeed::markAlertsSeen()
{
    bool changed = false;
    for (RunAlert& alert : m_alerts) changed = !std::exchange(alert.seen, true) || changed;
    if (changed) emit alertsChanged();
}

void RunFeed::replaceSeries(SeriesCache series)
{
    m_series = std::move(series);
    emit seriesChanged();
    showNewestNumbers();
}

void RunFeed::setLoads(std::shared_ptr<const LoadFrame> frame)
{
    m_loads = std::move(frame);
    emit loadsArrived();
    if (!m_held) emit loadsChanged();
}

void RunFeed::setProbe(std::shared_ptr<const ProbeFrame> frame)
{
    m_probe = std::move(frame);
    emit probeArrived();
    if (!m_held) emit probeChanged();
}

void RunFeed::setAcceptance(std::shared_ptr<const AcceptanceFrame> frame)
{
    m_acceptance.add(std::move(frame));
    if (!m_held) emit acceptanceChanged();
}

void RunFeed::setKernels(std::shared_ptr<const KernelFrame> frame)
{
    m_kernels.add(std::move(frame));
    if (!m_held) emit kernelsChanged();
}

void RunFeed::setTrainedBy(const QString& holder)
{
    if (std::exchange(m_trainedBy, holder) != holder) emit stateChanged();
}

void RunFeed::setDroppedSamples(std::uint64_t dropped)
{
    if (std::exchange(m_dropped, dropped) != dropped) emit droppedSamplesChanged();
}

void RunFeed::setWindowCost(const std::optional<WindowCost>& cost)
{
    if (std::exchange(m_windowCost, cost) != cost) emit windowCostChanged();
}

void RunFeed::appendLog(LogEntry entry)
{
    if (entry.kind == QLatin1String("routing")) {
        m_routingMarks.push_back(entry);
        bound(m_routingMarks);
    }
    m_log.push_back(std::move(entry));
    m_forgottenLines += bound(m_log);
    emit logged();
}

void RunFeed::setControl(const RoutingControl& control)
{
    if (control == m_control) return;
    m_control = control;
    emit routingChanged();
}

/// What was told of steps that are not there any more. A run that goes on from a checkpoint keeps what came before it.
void RunFeed::forget(const event::RunStarted& started)
{
    const bool resumes = m_run && started.first_step > 0 && m_run->run_folder == started.run_folder;
    const std::int64_t kept = resumes ? started.first_step : -1;
    const auto isGone = [kept](const auto& told) { return told.step > kept; };
    std::erase_if(m_routingMarks, isGone);
    std::erase_if(m_marks, isGone);
    std::erase_if(m_alerts, isGone);
    std::erase_if(m_checkpoints, [kept](std::int64_t step) { return step > kept; });
}

void RunFeed::startRun(const event::RunStarted& started)
{
    forget(started);
    m_run = started;
    m_series.clear();
    m_firstStep.reset();
    m_loads.reset();
    m_probe.reset();
    m_acceptance.clear();
    m_kernels.clear();
    m_plan.reset();
    m_samples.clear();
    m_held.reset();
    m_control = {};
    m_trainedBy.clear();
    m_settings = {{"learning_rate", started.learning_rate},
                  {"bias_update_speed", started.bias_update_speed},
                  {"balance_loss_alpha", started.balance_loss_alpha},
                  {"mtp_loss_weight", started.mtp_loss_weight}};
    if (started.experts > 0) m_settings[kActiveExperts] = static_cast<double>(started.experts_per_token);
    emit runStarted();
    emit seriesChanged();
    showNewestNumbers();
    m_sinceNumbers.invalidate(); // the first samples are shown as they come
    emit loadsChanged();
    emit probeChanged();
    emit sampleChanged();
    emit alertsChanged();
    emit checkpointsChanged();
    emit acceptanceChanged();
    emit kernelsChanged();
    emit planChanged();
    emit routingChanged();
}

void RunFeed::apply(const Event& event)
{
    if (const auto* started = std::get_if<event::RunStarted>(&event)) {
        startRun(*started);
    } else if (const auto* state = std::get_if<event::StateChanged>(&event)) {
        m_state = state->state;
        emit stateChanged();
        showNewestNumbers(); // a run that pauses or ends does so at its last step
    } else if (const auto* sample = std::get_if<event::SampleText>(&event)) {
        m_samples.add(std::make_shared<const event::SampleText>(*sample));
        if (!m_held) emit sampleChanged();
    } else if (const auto* setting = std::get_if<event::SettingChanged>(&event)) {
        m_settings[setting->key] = setting->value;
        if (setting->key == kActiveExperts) {
            const auto active = static_cast<std::int64_t>(setting->value);
            m_control.active = m_run && active == m_run->experts_per_token ? 0 : active;
        }
        bound(m_marks);
        m_marks.push_back({setting->step, QString::fromStdString(setting->key), setting->value});
        emit settingChanged(m_marks.back().key, setting->value);
        emit answered(setting->ticket, true, m_marks.back().key, {});
    } else if (const auto* routing = std::get_if<event::RoutingChanged>(&event)) {
        m_control = routing->control;
        emit routingChanged();
        emit answered(routing->ticket, true, QString::fromStdString(routing->text), {});
    } else if (const auto* refused = std::get_if<event::Refused>(&event)) {
        const QString what = QString::fromStdString(refused->error.what);
        const QString hint = QString::fromStdString(refused->error.hint);
        emit failed(what, hint);
        emit answered(refused->ticket, false, what, hint);
    } else if (const auto* health = std::get_if<event::Health>(&event)) {
        bound(m_alerts);
        m_alerts.push_back({health->step, QString::fromStdString(health->kind), QString::fromStdString(health->message),
                            health->layer});
        emit alertsChanged();
    } else if (const auto* saved = std::get_if<event::CheckpointSaved>(&event)) {
        bound(m_checkpoints);
        m_checkpoints.push_back(saved->step);
        emit checkpointsChanged();
    } else if (const auto* plan = std::get_if<event::MemoryPlanned>(&event)) {
        m_plan = *plan;
        emit planChanged();
    } else if (const auto* failure = std::get_if<event::Failed>(&event)) {
        emit failed(QString::fromStdString(failure->error.what), QString::fromStdString(failure->error.hint));
    }
}

void RunFeed::take(const Event& event)
{
    // Samples come a little later than what happened: the event knows its step better, where it has one.
    const std::int64_t step = std::visit(
        [this](const auto& each) -> std::int64_t {
            if constexpr (requires { each.first_step; })
                return each.first_step;
            else if constexpr (requires { each.step; })
                return each.step;
            else
                return m_series.latestStep();
        },
        event);
    apply(event);
    const EventText text = to_text(event);
    appendLog({step, QTime::currentTime().toString(QStringLiteral("HH:mm:ss")), QString::fromStdString(text.kind),
               QString::fromStdString(text.message)});
}

} // namespace triptych
