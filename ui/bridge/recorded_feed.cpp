// From a recorded run to a feed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/recorded_feed.h"

#include "core/session/event_text.h"
#include "ui/bridge/session_bridge.h"

#include <QDateTime>
#include <QRegularExpression>

namespace triptych {

namespace {

constexpr std::string_view kHealth = "health."; // as to_text() writes their kinds

/// The layer that the words of an alert name, "of layer 3"; -1 where they name none.
std::int64_t layerIn(const std::string& words)
{
    static const QRegularExpression kLayer(QStringLiteral("\\blayer (\\d+)\\b"));
    const auto found = kLayer.match(QString::fromStdString(words));
    return found.hasMatch() ? found.captured(1).toLongLong() : -1;
}

} // namespace

QString localTime(const std::string& utc)
{
    const QString text = QString::fromStdString(utc);
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate).toLocalTime();
    if (!time.isValid()) return text;
    const bool today = time.date() == QDate::currentDate();
    return time.toString(today ? QStringLiteral("HH:mm:ss") : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

void showRecordedRun(RunFeed& feed, const RecordedRun& run)
{
    feed.apply(run.started);
    SeriesCache cache;
    for (const auto& [metric, points] : run.series) cache.replace(metric, seriesOf(points));
    feed.replaceSeries(std::move(cache));
    for (const StoredEvent& event : run.events) {
        if (event.kind == "setting")
            if (const auto setting = setting_from_text(event.message)) feed.apply(*setting);
        if (event.kind == "sample") feed.apply(event::SampleText{event.step, event.message});
        if (event.kind == "checkpoint") feed.apply(event::CheckpointSaved{event.step, {}});
        if (event.kind.starts_with(kHealth))
            feed.apply(
                event::Health{event.step, event.kind.substr(kHealth.size()), event.message, layerIn(event.message)});
        feed.appendLog({event.step, localTime(event.time), QString::fromStdString(event.kind),
                        QString::fromStdString(event.message)});
    }
    if (run.loads) feed.setLoads(run.loads);
    if (run.probe) feed.setProbe(run.probe);
    if (run.sample) feed.apply(*run.sample);
    const QString now = QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss"));
    for (const std::string& note : run.notes)
        feed.appendLog({run.last_step, now, QStringLiteral("note"), QString::fromStdString(note)});
    feed.apply(event::StateChanged{run.state, {}});
    if (run.state == SessionState::Failed && run.session)
        feed.apply(
            event::Failed{{"When it was last trained, this run failed: " + run.session->reason, run.session->hint}});
}

} // namespace triptych
