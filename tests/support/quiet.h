// Waiting until a widget has nothing left to draw, however slow the machine is: what is asked for is that nothing
// happens for some rounds of the event loop, not that some time has passed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QTest>
#include <QWidget>

namespace triptych::test {

/// Counts how often something within a widget is painted or laid out, in widgets that come later too.
class PaintCount : public QObject {
public:
    explicit PaintCount(const QWidget& root) : m_root(root) { qApp->installEventFilter(this); }

    int seen() const { return m_seen; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool draws = event->type() == QEvent::Paint || event->type() == QEvent::Resize;
        const auto* widget = draws ? qobject_cast<QWidget*>(watched) : nullptr;
        if (widget && (widget == &m_root || m_root.isAncestorOf(widget))) ++m_seen;
        return false;
    }

private:
    const QWidget& m_root;
    int m_seen = 0;
};

/// Runs the event loop until nothing within the widget is painted or laid out any more. False: it never came to rest.
/// Frames of a clock come within 100 ms (ui/bridge/frame_clock.h); on a loaded machine a single round may take as long,
/// so that a few of them must be quiet as well.
[[nodiscard]] inline bool comes_to_rest(const QWidget& root)
{
    constexpr int kQuiet = 100;      // ms
    constexpr int kRounds = 6;       // a timer that was due, what it posts, and the painting that follows
    constexpr int kPatience = 30000; // ms; only a failing test waits for so long
    PaintCount painted(root);
    QElapsedTimer all;
    QElapsedTimer quiet;
    all.start();
    quiet.start();
    for (int rounds = 0; quiet.elapsed() < kQuiet || rounds < kRounds; ++rounds) {
        if (all.elapsed() > kPatience) return false;
        const int before = painted.seen();
        QTest::qWait(10);
        if (painted.seen() == before) continue;
        quiet.restart();
        rounds = -1;
    }
    return true;
}

} // namespace triptych::test
