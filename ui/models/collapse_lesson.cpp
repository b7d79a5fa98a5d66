// From stage to stage.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/collapse_lesson.h"

#include "ui/bridge/ticket.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace triptych {

namespace {

constexpr auto kKey = "bias_update_speed";

std::string setting(const char* key, double value)
{
    return std::string(key) + '=' + QString::number(value).toStdString();
}

} // namespace

CollapseLesson::CollapseLesson(const RunFeed& feed, Hands hands, QObject* parent)
    : QObject(parent), m_feed(feed), m_hands(std::move(hands))
{
    connect(&feed, &RunFeed::runStarted, this, &CollapseLesson::takeRun);
    connect(&feed, &RunFeed::stateChanged, this, &CollapseLesson::takeState);
    connect(&feed, &RunFeed::numbersChanged, this, &CollapseLesson::takeNumbers);
    connect(&feed, &RunFeed::seriesChanged, this, [this] {
        if (m_feed.isHeld()) takeNumbers(); // the numbers shown stand still then, the lesson goes on
    });
    connect(&feed, &RunFeed::answered, this, &CollapseLesson::takeAnswer);
}

void CollapseLesson::begin(LessonStage stage, double speed)
{
    m_stage = stage;
    m_done = false;
    m_awaited = true;
    m_trouble.clear();
    RunRequest request;
    // The loss that balances is off in both, so that the bias alone makes the difference.
    request.settings = {"eval_every=50", setting("balance_loss_alpha", 0), setting(kKey, speed)};
    emit changed();
    m_hands.start(request);
}

void CollapseLesson::goOn()
{
    if (!isDone()) return;
    switch (m_stage) {
    case LessonStage::End:
    case LessonStage::Begin:
        m_outcomes = {};
        m_mendedAt.reset();
        begin(LessonStage::Balanced, kSpeed);
        break;
    case LessonStage::Balanced: begin(LessonStage::Unbalanced, 0); break;
    case LessonStage::Unbalanced:
        m_stage = LessonStage::Mending;
        m_done = false;
        m_before = outcomeNow().maxVio;
        m_ticket = nextTicket();
        emit changed();
        m_hands.post(command::Set{kKey, kSpeed, m_ticket});
        break;
    case LessonStage::Mending:
        m_stage = LessonStage::End;
        emit changed();
        break;
    }
}

void CollapseLesson::takeRun()
{
    if (m_stage == LessonStage::Begin || m_stage == LessonStage::End) return;
    if (!std::exchange(m_awaited, false))
        return stop(tr("Another run has begun, so this lesson has ended. It can be started again."));
    const QString folder = QString::fromStdString(m_feed.run()->run_folder);
    if (m_stage == LessonStage::Balanced)
        m_balancedRun = folder;
    else if (!m_balancedRun.isEmpty())
        m_hands.compare(m_balancedRun);
    emit changed();
}

void CollapseLesson::takeState()
{
    if (m_stage == LessonStage::Begin || m_stage == LessonStage::End || m_done) return;
    const SessionState state = m_feed.state();
    // The run before ends while the next one is awaited.
    const bool ended = state == SessionState::Idle || state == SessionState::Finished;
    if (state == SessionState::Failed || (ended && !m_awaited))
        stop(tr("The run of this lesson has ended before there was something to see. It can be started again."));
}

void CollapseLesson::stop(const QString& trouble)
{
    m_stage = LessonStage::Begin;
    m_done = m_awaited = false;
    m_trouble = trouble;
    emit changed();
}

/// Of the newest step, whatever the window shows.
LessonOutcome CollapseLesson::outcomeNow() const
{
    const SeriesCache& series = m_feed.series();
    LessonOutcome now;
    now.step = series.latestStep();
    now.maxVio = series.calm(Metric::MaxVio, now.step, RunFeed::kCalmSteps);
    now.loss = series.calm(Metric::MainLoss, now.step, RunFeed::kCalmSteps);
    if (const auto loads = m_feed.liveLoads()) {
        now.experts = static_cast<std::int64_t>(loads->layers.size()) * loads->experts;
        for (const double share : loads->dead_fraction)
            now.dead += std::llround(share * static_cast<double>(loads->experts));
    }
    return now;
}

double CollapseLesson::progress() const
{
    const std::int64_t step = m_awaited ? 0 : m_feed.series().latestStep();
    const auto part = [](std::int64_t done, std::int64_t all) {
        return std::clamp(static_cast<double>(done) / static_cast<double>(all), 0.0, 1.0);
    };
    switch (m_stage) {
    case LessonStage::Balanced:
    case LessonStage::Unbalanced: return part(step, kSteps);
    case LessonStage::Mending: return m_mendedAt ? part(step - *m_mendedAt, kHealing) : 0;
    case LessonStage::Begin:
    case LessonStage::End: break;
    }
    return 0;
}

void CollapseLesson::takeNumbers()
{
    if (m_awaited || m_stage == LessonStage::Begin || m_stage == LessonStage::End) return;
    const LessonOutcome now = outcomeNow();
    if (now.step < 1) return;
    const auto place = static_cast<std::size_t>(m_stage) - static_cast<std::size_t>(LessonStage::Balanced);
    const bool compares = m_stage != LessonStage::Mending;
    if (compares ? !m_done : m_mendedAt.has_value()) m_outcomes[place] = now; // compared at equal steps
    if (compares)
        m_done = m_done || now.step >= kSteps;
    else
        m_done = m_done || (m_mendedAt && now.step >= *m_mendedAt + kHealing && now.maxVio <= 0.5 * m_before);
    emit changed();
}

void CollapseLesson::takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint)
{
    if (m_stage != LessonStage::Mending || ticket == 0 || ticket != m_ticket) return;
    m_ticket = 0;
    if (!obeyed) return stop(tr("The balancing could not be turned on: %1. %2").arg(what, hint));
    m_mendedAt = m_feed.series().latestStep();
    emit changed();
}

void CollapseLesson::takeOver(const CollapseLesson& other)
{
    m_stage = other.m_stage;
    m_done = other.m_done;
    m_awaited = other.m_awaited;
    m_outcomes = other.m_outcomes;
    m_balancedRun = other.m_balancedRun;
    m_ticket = other.m_ticket;
    m_mendedAt = other.m_mendedAt;
    m_before = other.m_before;
    m_trouble.clear(); // in another language, perhaps
    emit changed();
}

} // namespace triptych
