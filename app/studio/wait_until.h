// Waiting in the event loop, without keeping a core busy.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

namespace triptych {

/// Lets the event loop run until is_so() is true, which is asked every few milliseconds; false where that takes longer
/// than so many milliseconds.
template <class Question>
bool wait_until(const Question& is_so, int patience)
{
    constexpr int kTick = 5; // ms
    QElapsedTimer since;
    since.start();
    while (!is_so()) {
        if (since.elapsed() > patience) return false;
        QEventLoop loop;
        QTimer::singleShot(kTick, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

} // namespace triptych
