// Whose turn it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/frame_clock.h"

#include "ui/access/reduced_motion.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kInterval = 33;     // ms between two frames of a run that goes on
constexpr int kCalm = 1000;       // ms while motion is reduced
constexpr int kQuick = 16;        // ms after a hand moved something
constexpr int kQuickFor = 1000;   // ms
constexpr int kRest = 8;          // ms after each frame for whatever else goes on, however long frames take
constexpr int kWorstOf = 1000;    // ms that the worst frame is looked for in
constexpr double kTooSlow = 20.0; // ms a frame

bool hasFocus(const QWidget& card)
{
    return card.hasFocus() || card.isAncestorOf(card.window()->focusWidget());
}

} // namespace

FrameClock::FrameClock(QObject* parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &FrameClock::drawFrame);
}

FrameClock::Card* FrameClock::find(const QObject* widget)
{
    const auto found = std::find_if(m_cards.begin(), m_cards.end(), [&](const Card& c) { return c.widget == widget; });
    return found == m_cards.end() ? nullptr : &*found;
}

void FrameClock::add(QWidget& card, std::function<void()> draw)
{
    if (Card* known = find(&card)) {
        known->draw = std::move(draw);
        return;
    }
    m_cards.push_back({&card, std::move(draw), Due::Never});
    card.installEventFilter(this);
    connect(&card, &QObject::destroyed, this, [this](QObject* gone) { drop(gone); });
}

void FrameClock::remove(QWidget& card)
{
    card.removeEventFilter(this);
    disconnect(&card, nullptr, this, nullptr);
    drop(&card);
}

void FrameClock::drop(const QObject* widget)
{
    m_cards.erase(
        std::remove_if(m_cards.begin(), m_cards.end(), [&](const Card& card) { return card.widget == widget; }),
        m_cards.end());
}

void FrameClock::ask(QWidget& card)
{
    Card* found = find(&card);
    if (!found || found->due != Due::Never) return;
    found->due = Due::WithNextFrame;
    schedule();
}

void FrameClock::hurry(QWidget& card)
{
    Card* found = find(&card);
    if (!found) return;
    found->due = Due::Soon;
    schedule();
}

void FrameClock::drawNow(QWidget& card)
{
    Card* found = find(&card);
    if (!found || !card.isVisible()) return;
    found->due = Due::Never;
    found->draw();
}

void FrameClock::interact()
{
    m_sinceTouched.start();
}

int FrameClock::interval() const
{
    if (m_sinceTouched.isValid() && m_sinceTouched.elapsed() < kQuickFor) return kQuick;
    return motionIsReduced() ? kCalm : kInterval;
}

int FrameClock::untilNextFrame() const
{
    if (!m_sinceFrame.isValid()) return 0;
    const qint64 rest = kRest - m_sinceDrawn.elapsed();
    return static_cast<int>(std::max<qint64>({0, interval() - m_sinceFrame.elapsed(), rest}));
}

void FrameClock::schedule()
{
    // What cannot be seen waits for its show event.
    int delay = -1;
    for (const Card& card : m_cards) {
        if (card.due == Due::Never || !card.widget->isVisible()) continue;
        if (card.due == Due::Soon) delay = 0;
        if (delay < 0) delay = untilNextFrame();
    }
    if (delay >= 0 && (!m_timer.isActive() || m_timer.remainingTime() > delay)) m_timer.start(delay);
}

bool FrameClock::skips(const Card& card) const
{
    return m_slow && m_odd && card.due == Due::WithNextFrame && !hasFocus(*card.widget);
}

void FrameClock::drawFrame()
{
    QElapsedTimer took;
    took.start();
    const bool whole = !m_sinceFrame.isValid() || m_sinceFrame.elapsed() >= interval() - 1;
    if (whole) m_sinceFrame.start(); // from beginning to beginning, or drawing would slow the clock down
    bool skipped = false;
    // Drawing may add or drop cards, so each one is looked up anew.
    std::vector<QWidget*> turn;
    for (const Card& card : m_cards) {
        if (card.due == Due::Never || !card.widget->isVisible()) continue;
        if (!whole && card.due == Due::WithNextFrame) continue; // only what is in a hurry
        if (skips(card))
            skipped = true;
        else
            turn.push_back(card.widget);
    }
    for (QWidget* widget : turn)
        if (find(widget)) drawNow(*widget);
    m_sinceDrawn.start();
    if (whole) m_odd = !m_odd;
    const double ms = static_cast<double>(took.nsecsElapsed()) / 1e6;
    if (whole && !skipped) m_slow = ms > kTooSlow; // a frame that leaves pictures out says nothing
    if (!m_sinceWorst.isValid() || m_sinceWorst.elapsed() > kWorstOf || ms > m_worst) {
        m_worst = ms;
        m_sinceWorst.start();
    }
    schedule();
}

int FrameClock::framesPerSecond() const
{
    if (interval() == kCalm) return 1;
    return m_slow ? 15 : interval() == kQuick ? 60 : 30;
}

double FrameClock::worstFrameMs() const
{
    return m_sinceWorst.isValid() && m_sinceWorst.elapsed() <= kWorstOf ? m_worst : 0;
}

bool FrameClock::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show)
        if (Card* card = find(watched); card && card->due != Due::Never) hurry(*card->widget);
    return QObject::eventFilter(watched, event);
}

} // namespace triptych
