// How often the window looks at a run, so that what it shows does not slow down what it shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <functional>

namespace triptych {

/// CPU time of the calling thread in seconds; 0 where the system does not tell.
double threadCpuSeconds();

/// Training keeps all cores busy, and its threads wait for each other: a frame of three milliseconds costs the run
/// three milliseconds. So the window takes a small share of one core, unless a hand is on it: then it is as quick as
/// the screen.
class Pace : public QObject {
    Q_OBJECT

public:
    static constexpr double kShare = 0.004; ///< of one core, while nobody touches the window
    static constexpr int kQuick = 16;       ///< ms, a screen's frame
    static constexpr int kSlowest = 2500;   ///< ms: slower would no longer look alive
    static constexpr int kQuickFor = 1500;  ///< ms after a hand moved something

    /// `busySeconds`: rising; what the window's thread has worked so far.
    explicit Pace(QObject* parent = nullptr, std::function<double()> busySeconds = threadCpuSeconds);

    /// Ms to wait after this look before the next one. Asked once a look.
    int next();
    /// Ms until so much came as there is room for, at the rate at which `came` did in `ms`.
    static int untilFull(std::size_t came, int ms, std::size_t room);
    /// As if a hand had moved something.
    void touch();
    /// Whether a hand has moved something within the last kQuickFor.
    bool isTouched() const { return m_sinceTouched.isValid() && m_sinceTouched.elapsed() < kQuickFor; }

signals:
    /// By a hand, after it had been still: next() was for a window that nobody touches.
    void touched();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::function<double()> m_busySeconds;
    double m_before = 0;   ///< busy seconds at the last look
    double m_perLook = 0;  ///< busy ms of a look and all that it draws, of the last few
    QElapsedTimer m_sinceTouched;
};

} // namespace triptych
