// The line of time between wings and curves: where the window stands in the run, and how to go elsewhere.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/history_feed.h"
#include "ui/theme/theme.h"

#include <QList>
#include <QString>
#include <QWidget>

#include <vector>

class QAction;
class QToolButton;

namespace triptych {

/// A point of the run that is marked on the line.
struct TimeMark {
    enum class Kind : std::uint8_t { Setting = 1, Alert, Checkpoint };
    std::int64_t step = 0;
    Kind kind = Kind::Setting;
    QString text; ///< the tooltip
};

/// From the first step of a run to its newest one. A press or a drag shows the step under the hand, its end is live
/// again. With the focus: arrows and the wheel go by frames, page keys by ten, Home and End. Tells a screen reader its
/// value in words.
class TimeLine : public QWidget {
    Q_OBJECT

public:
    TimeLine(const RunFeed& feed, Moment& moment, const HistoryFeed& history, const Theme& theme,
             QWidget* parent = nullptr);

    /// "step 620 of 1,241", "live, step 1,241", "no run yet".
    QString valueText() const;
    std::int64_t firstStep() const;
    std::int64_t lastStep() const;
    /// Of what is shown.
    std::int64_t step() const;
    /// Rising.
    const std::vector<TimeMark>& marks() const { return m_marks; }

    /// Pixels from the left to a step, and back.
    double xOf(std::int64_t step) const;
    std::int64_t stepAt(double x) const;
    /// What the tooltip says there.
    QString explanationAt(double x) const;

    void goTo(std::int64_t step);

    QSize sizeHint() const override { return {400, 28}; }
    QSize minimumSizeHint() const override { return {80, 28}; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool hasRange() const { return lastStep() > firstStep(); }
    void collectMarks();
    void tell();
    const TimeMark* markAt(double x) const;
    void paintMark(QPainter& painter, const TimeMark& mark) const;

    const RunFeed& m_feed;
    Moment& m_moment;
    const HistoryFeed& m_history;
    const Theme& m_theme;
    std::vector<TimeMark> m_marks;
    int m_wheel = 0; ///< eighths of a degree that are no notch yet
};

/// The line, and the chip that says whether the window is at the newest step and brings it back. One row of 28 px.
class Scrubber : public QWidget {
    Q_OBJECT

public:
    Scrubber(const RunFeed& feed, Moment& moment, const HistoryFeed& history, const Theme& theme,
             QWidget* parent = nullptr);

    TimeLine& line() const { return *m_line; }
    QToolButton* chip() const { return m_chip; }
    /// By frames, by ten, and back to live; work everywhere in its window.
    const QList<QAction*>& timeActions() const { return m_actions; }

private:
    QAction* makeAction(const char* name, const QString& text, const QList<QKeySequence>& keys);
    void refresh();

    const RunFeed& m_feed;
    Moment& m_moment;
    const Theme& m_theme;
    TimeLine* m_line;
    QToolButton* m_chip;
    QList<QAction*> m_actions;
    int m_chipWidth = 0;
};

} // namespace triptych
