// What arrives changes the values first and is told afterwards.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_feed.h"

#include "core/session/event_text.h"

#include <QTime>

namespace triptych {

std::optional<double> RunFeed::setting(const std::string& key) const
{
    const auto found = m_settings.find(key);
    return found == m_settings.end() ? std::nullopt : std::optional(found->second);
}

void RunFeed::append(const std::vector<Sample>& samples)
{
    if (samples.empty()) return;
    for (const Sample& sample : samples) m_series.append(sample);
    emit seriesChanged();
}

void RunFeed::replaceSeries(SeriesCache series)
{
    m_series = std::move(series);
    emit seriesChanged();
}

void RunFeed::setLoads(std::shared_ptr<const LoadFrame> frame)
{
    m_loads = std::move(frame);
    emit loadsChanged();
}

void RunFeed::setProbe(std::shared_ptr<const ProbeFrame> frame)
{
    m_probe = std::move(frame);
    emit probeChanged();
}

void RunFeed::appendLog(LogEntry entry)
{
    m_log.push_back(std::move(entry));
    emit logged();
}

void RunFeed::startRun(const event::RunStarted& started)
{
    m_run = started;
    m_series.clear();
    m_loads.reset();
    m_probe.reset();
    m_marks.clear();
    m_sample.reset();
    m_settings = {{"learning_rate", started.learning_rate},
                  {"bias_update_speed", started.bias_update_speed},
                  {"mtp_loss_weight", started.mtp_loss_weight}};
    emit runStarted();
    emit seriesChanged();
    emit loadsChanged();
    emit probeChanged();
    emit sampleChanged();
}

void RunFeed::apply(const Event& event)
{
    if (const auto* started = std::get_if<event::RunStarted>(&event)) {
        startRun(*started);
    } else if (const auto* state = std::get_if<event::StateChanged>(&event)) {
        m_state = state->state;
        emit stateChanged();
    } else if (const auto* sample = std::get_if<event::SampleText>(&event)) {
        m_sample = *sample;
        emit sampleChanged();
    } else if (const auto* setting = std::get_if<event::SettingChanged>(&event)) {
        m_settings[setting->key] = setting->value;
        m_marks.push_back({setting->step, QString::fromStdString(setting->key), setting->value});
        emit settingChanged(m_marks.back().key, setting->value);
    } else if (const auto* refused = std::get_if<event::Refused>(&event)) {
        emit failed(QString::fromStdString(refused->error.what), QString::fromStdString(refused->error.hint));
    } else if (const auto* failure = std::get_if<event::Failed>(&event)) {
        emit failed(QString::fromStdString(failure->error.what), QString::fromStdString(failure->error.hint));
    }
}

void RunFeed::take(const Event& event)
{
    const auto* started = std::get_if<event::RunStarted>(&event);
    const std::int64_t step = started ? started->first_step : m_series.latestStep();
    apply(event);
    const EventText text = to_text(event);
    appendLog({step, QTime::currentTime().toString(QStringLiteral("HH:mm:ss")), QString::fromStdString(text.kind),
               QString::fromStdString(text.message)});
}

} // namespace triptych
