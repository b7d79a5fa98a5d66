// Actions to commands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_controller.h"

#include "core/run/checkpoint.h"
#include "ui/widgets/icons.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QStandardPaths>

#include <limits>

namespace triptych {

namespace {

/// A folder that does not exist yet: two runs may start within a second.
std::string newRunFolder(const std::string& model)
{
    const QString name = QString::fromStdString(model).section(QLatin1Char('/'), -1).section(QLatin1Char('.'), 0, 0);
    const QString stem = RunController::runsFolder() + QLatin1Char('/') +
                         (name.isEmpty() ? QStringLiteral("run") : name) +
                         QDateTime::currentDateTime().toString(QStringLiteral("-yyyyMMdd-HHmmss"));
    QString folder = stem;
    for (int i = 2; QFileInfo::exists(folder); ++i) folder = QStringLiteral("%1-%2").arg(stem).arg(i);
    return folder.toStdString();
}

} // namespace

RunController::RunController(RunFeed& feed, const Theme& theme, QObject* parent)
    : QObject(parent), m_feed(feed), m_theme(theme), m_bridge(feed), m_play(makeAction("play", Qt::Key_Space)),
      m_step(makeAction("step", Qt::Key_Period)), m_stop(makeAction("stop", {})),
      m_reset(makeAction("reset", QKeySequence(Qt::CTRL | Qt::Key_R))), m_save(makeAction("save", QKeySequence::Save))
{
    connect(m_play, &QAction::triggered, this, &RunController::play);
    connect(m_step, &QAction::triggered, this, [this] { post(command::StepOnce{}); });
    connect(m_stop, &QAction::triggered, this, [this] { post(command::Stop{}); });
    connect(m_save, &QAction::triggered, this, [this] { post(command::SaveCheckpoint{}); });
    connect(m_reset, &QAction::triggered, this, [this] {
        RunRequest again = *m_bridge.request();
        again.resume.clear();
        again.run_folder.clear();
        start(again);
    });
    connect(&feed, &RunFeed::stateChanged, this, &RunController::refresh);
    connect(&feed, &RunFeed::runStarted, this, &RunController::refresh);
    connect(&theme, &Theme::changed, this, &RunController::applyColors);
    nameActions();
}

QAction* RunController::makeAction(const char* icon, const QKeySequence& key)
{
    auto* action = new QAction(this);
    action->setObjectName(QString::fromLatin1(icon));
    action->setShortcut(key);
    return action;
}

void RunController::nameActions()
{
    const auto name = [](QAction* action, const QString& text, const QString& explanation) {
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        action->setText(text);
        action->setToolTip(key.isEmpty() ? explanation : QStringLiteral("%1  (%2)").arg(explanation, key));
    };
    name(m_play, tr("Train"), tr("Train, or go on with the run that is shown"));
    name(m_step, tr("One step"), tr("One optimizer step, then pause"));
    name(m_stop, tr("Stop"), tr("Save a checkpoint and end the run"));
    name(m_reset, tr("Start over"), tr("The same model and data from the first step, as a new run"));
    name(m_save, tr("Save a checkpoint"), tr("Save a checkpoint now and go on"));
    m_playTip = m_play->toolTip();
    refresh();
}

QString RunController::runsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/triptych/runs");
}

void RunController::start(RunRequest request)
{
    if (request.run_folder.empty() && request.resume.empty()) request.run_folder = newRunFolder(request.model);
    m_bridge.start(request);
}

void RunController::play()
{
    if (m_feed.state() == SessionState::Running) {
        post(command::Pause{});
    } else if (m_feed.state() == SessionState::Paused) {
        post(command::Resume{});
    } else if (m_feed.run() && !m_feed.run()->run_folder.empty() && latest_checkpoint(m_feed.run()->run_folder)) {
        RunRequest request;
        request.resume = m_feed.run()->run_folder;
        request.max_steps = std::numeric_limits<std::int64_t>::max(); // a run that reached its plan goes on, too
        m_bridge.start(request);
    } else {
        emit startWanted();
    }
}

void RunController::finish()
{
    if (!m_feed.isLive() && m_feed.state() != SessionState::Preparing) {
        emit ended();
        return;
    }
    m_ending = true;
    post(command::Stop{});
}

void RunController::refresh()
{
    const SessionState state = m_feed.state();
    const bool live = m_feed.isLive();
    m_play->setText(m_feed.isTraining() ? tr("Pause") : live || m_feed.run() ? tr("Go on") : tr("Train"));
    const QString& other = m_feed.trainedBy();
    m_play->setEnabled(state != SessionState::Preparing && other.isEmpty());
    m_play->setToolTip(
        other.isEmpty()
            ? m_playTip
            : tr("Hands off: %1 trains this run. It can be gone on with here when that has ended.").arg(other));
    for (QAction* action : {m_step, m_stop}) action->setEnabled(live);
    m_save->setEnabled(live && m_feed.run() && !m_feed.run()->run_folder.empty());
    m_reset->setEnabled(m_bridge.request() && m_bridge.request()->resume.empty() && state != SessionState::Preparing);
    applyColors();
    if (m_ending && !live && state != SessionState::Preparing) {
        m_ending = false;
        emit ended();
    }
}

void RunController::applyColors()
{
    const QColor color = m_theme.colors().text;
    m_play->setIcon(themedIcon(m_feed.isTraining() ? QStringLiteral("pause") : QStringLiteral("play"), color));
    for (QAction* action : {m_step, m_stop, m_reset, m_save}) action->setIcon(themedIcon(action->objectName(), color));
}

} // namespace triptych
