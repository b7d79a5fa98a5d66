// From what a look costs to when the next one is due.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/pace.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace triptych {

namespace {

constexpr double kNewest = 0.2; // weight of the newest look in the mean

bool isFromAHand(QEvent::Type type)
{
    switch (type) {
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::Wheel:
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
    case QEvent::TouchUpdate: return true;
    default: return false;
    }
}

} // namespace

double threadCpuSeconds()
{
    timespec now{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return 0;
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Pace::Pace(QObject* parent, std::function<double()> busySeconds)
    : QObject(parent), m_busySeconds(std::move(busySeconds)), m_before(m_busySeconds())
{
    if (QCoreApplication::instance()) QCoreApplication::instance()->installEventFilter(this);
}

int Pace::next()
{
    const double now = m_busySeconds();
    m_perLook += kNewest * (1e3 * (now - m_before) - m_perLook);
    m_before = now;
    if (isTouched()) return kQuick;
    return static_cast<int>(std::lround(
        std::clamp(m_perLook / kShare, static_cast<double>(kQuick), static_cast<double>(kSlowest))));
}

int Pace::untilFull(std::size_t came, int ms, std::size_t room)
{
    if (came == 0) return kSlowest;
    const double fills = static_cast<double>(std::max(ms, 1)) * static_cast<double>(room) / static_cast<double>(came);
    return static_cast<int>(std::clamp(fills, static_cast<double>(kQuick), static_cast<double>(kSlowest)));
}

void Pace::touch()
{
    const bool still = !isTouched();
    m_sinceTouched.start();
    if (still) emit touched();
}

bool Pace::eventFilter(QObject* watched, QEvent* event)
{
    if (isFromAHand(event->type())) touch();
    return QObject::eventFilter(watched, event);
}

} // namespace triptych
