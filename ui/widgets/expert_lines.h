// A few experts over the steps of a run, a line each, named where it ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

class QPainter;

namespace triptych {

struct ExpertLine {
    QString label;              ///< "e9"
    std::vector<double> values; ///< one for each step; what is not finite is a gap with a cross
};

/// Here somebody changed something.
struct LineMark {
    std::int64_t step = 0;
    QString text;
};

/// Ratio: from 0, with a line at 1. Signed: around 0. Share: from 0 to 100 %.
enum class LineScale : std::uint8_t { Ratio = 1, Signed, Share };

/// Colours go by the order of the lines, and names stand at their ends, so that colour is never needed to tell them
/// apart. A click or a drag asks for a step; Left and Right ask for the expert before and after.
class ExpertLines : public QWidget {
    Q_OBJECT

public:
    ExpertLines(const Theme& theme, LineScale scale, QWidget* parent = nullptr);

    /// In the upper left corner: what is shown, with its unit.
    void setTitle(const QString& title);
    /// In the upper right corner: what of the run is not in the lines.
    void setNote(const QString& note);
    const QString& note() const { return m_note; }
    /// Numbers below the line of steps.
    void setAxisVisible(bool visible);
    /// Room at the right for this name, where it is wider than that of one expert: of charts above each other all have
    /// the same.
    void setWidestLabel(const QString& label);
    /// Steps rise.
    void setData(std::vector<std::int64_t> steps, std::vector<ExpertLine> lines);
    const std::vector<std::int64_t>& steps() const { return m_steps; }
    const std::vector<ExpertLine>& lines() const { return m_lines; }
    /// From edge to edge, instead of the steps that there are: of a chart that shares them with another one.
    void setRange(std::int64_t first, std::int64_t last);
    /// Changes of the election, rising.
    void setMarks(std::vector<LineMark> marks);
    const std::vector<LineMark>& marks() const { return m_marks; }
    /// The step that the window shows; nothing: the newest.
    void setMoment(std::optional<std::int64_t> step);

    /// Pixels from the left to a step, and back; the nearest that there is.
    double xOf(double step) const;
    std::int64_t stepAt(double x) const;
    /// Of the lines, in the order of setData(): by which they can be told apart.
    QColor colorOf(std::size_t line) const;
    /// All lines at a step, in words.
    QString textAt(std::int64_t step) const;
    /// A value as it stands beside the lines: "+0.64", "50 %".
    QString axisText(double value) const;

    QSize sizeHint() const override { return {320, 110}; }
    QSize minimumSizeHint() const override;

signals:
    void stepChosen(std::int64_t step);
    void expertStepped(int places);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::int64_t firstStep() const;
    std::int64_t lastStep() const;
    QRectF plotArea() const;
    double yOf(double value) const;
    QString valueText(double value) const;
    void paintGround(QPainter& painter) const;
    void paintSteps(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintLine(QPainter& painter, std::size_t line) const;
    void paintNames(QPainter& painter) const;
    void paintCursors(QPainter& painter) const;
    void describe();

    const Theme& m_theme;
    LineScale m_scale;
    QString m_title;
    QString m_note;
    QString m_widestLabel;
    std::vector<std::int64_t> m_steps;
    std::vector<ExpertLine> m_lines;
    std::optional<std::pair<std::int64_t, std::int64_t>> m_range;
    std::vector<LineMark> m_marks;
    std::optional<std::int64_t> m_moment;
    std::optional<std::int64_t> m_cursor; ///< under the mouse
    double m_top = 0;                     ///< at the upper edge; of Signed also, below 0, at the lower one
    bool m_axis = false;
};

} // namespace triptych
