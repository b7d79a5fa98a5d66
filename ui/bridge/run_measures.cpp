// Reading a run's files again and again, one reading at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_measures.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace triptych {

RunMeasures& RunMeasures::of(RunFeed& feed)
{
    auto* measures = feed.findChild<RunMeasures*>(QString(), Qt::FindDirectChildrenOnly);
    return measures ? *measures : *new RunMeasures(feed);
}

RunMeasures::RunMeasures(RunFeed& feed) : QObject(&feed), m_feed(feed)
{
    connect(&feed, &RunFeed::runStarted, this, &RunMeasures::startRun);
    connect(&feed, &RunFeed::stateChanged, this, &RunMeasures::read);
    connect(&feed, &RunFeed::checkpointsChanged, this, &RunMeasures::read);
    m_timer.setInterval(kRefreshMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_feed.isGrowing()) read();
    });
    m_timer.start();
}

void RunMeasures::serve(QObject& page)
{
    page.installEventFilter(this);
}

void RunMeasures::want(const QObject* who)
{
    if (!m_wanting.insert(who).second) return;
    connect(who, &QObject::destroyed, this, &RunMeasures::dropWish, Qt::UniqueConnection);
    read(); // while nobody wanted them they have become old
}

bool RunMeasures::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show) want(watched);
    if (event->type() == QEvent::Hide) dropWish(watched);
    return QObject::eventFilter(watched, event);
}

void RunMeasures::startRun()
{
    m_facts.reset();
    m_reading.reset();
    read();
    emit changed();
}

void RunMeasures::read()
{
    const event::RunStarted* run = m_feed.run();
    if (!run || run->run_folder.empty() || m_wanting.empty()) return;
    m_again = m_reading != nullptr;
    if (m_again) return;
    m_reading = std::make_shared<Reading>();
    QThreadPool::globalInstance()->start(
        [self = QPointer<RunMeasures>(this), reading = m_reading, folder = run->run_folder] {
            std::optional<RunFacts> facts;
            if (auto read = read_run_facts(folder)) facts = read.take();
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [self, reading, facts = std::move(facts)] {
                    if (self) self->take(reading, facts);
                },
                Qt::QueuedConnection);
        });
}

/// A run that cannot be read just now keeps what was read of it before.
void RunMeasures::take(const std::shared_ptr<Reading>& reading, std::optional<RunFacts> facts)
{
    if (reading != m_reading) return;
    m_reading.reset();
    if (facts) m_facts = std::move(facts);
    if (std::exchange(m_again, false)) read();
    emit changed();
}

} // namespace triptych
