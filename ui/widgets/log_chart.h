// A few curves on logarithmic axes: what follows from a shape by a formula, or was measured at a few places.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QPointF>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

namespace triptych {

struct ChartLine {
    QString name; ///< in the legend; empty: not in it
    QColor ThemeColors::*color = &ThemeColors::muted;
    std::vector<QPointF> points; ///< by rising x
    Qt::PenStyle style = Qt::SolidLine;
    bool dots = false; ///< at the points, which were measured
};

/// What is not positive has no place on such axes: it breaks the line and is marked by a cross. Left and Right go from
/// place to place with the focus.
class LogChart : public QWidget {
    Q_OBJECT

public:
    explicit LogChart(const Theme& theme, QWidget* parent = nullptr);

    /// What the values are, with their unit.
    void setTitle(const QString& title);
    /// What stands below the axis: "step".
    void setXName(const QString& name);
    /// How values are written at the axis and under the mouse.
    void setTexts(std::function<QString(double)> x, std::function<QString(double)> y);
    void setLines(std::vector<ChartLine> lines);
    const std::vector<ChartLine>& lines() const { return m_lines; }
    /// What stands there while there is no line.
    void setEmptyText(const QString& text);

    /// Where a point lies, in coordinates of the widget.
    QPointF placeOf(double x, double y) const;
    /// Of all named lines at the x of a point that is nearest to there; empty where there is none.
    QString readingAt(const QPoint& at) const;
    /// Where the keys stand, among the places of the longest line; nothing: nowhere yet.
    std::optional<double> cursor() const { return m_cursor; }

    QSize sizeHint() const override { return {260, 170}; }
    QSize minimumSizeHint() const override { return {60, 60}; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Range {
        double lower = 1;
        double upper = 10;
        double share(double value) const;
        std::vector<double> ticks(int most) const;
    };

    static bool canBeDrawn(const QPointF& point);
    void findRanges();
    std::vector<double> places() const;
    QRectF area() const;
    void paintAxes(QPainter& painter) const;
    void paintLine(QPainter& painter, const ChartLine& line) const;
    void paintLegend(QPainter& painter) const;
    void paintCursor(QPainter& painter) const;
    void describe();

    const Theme& m_theme;
    QString m_title;
    QString m_xName;
    QString m_empty;
    std::function<QString(double)> m_xText;
    std::function<QString(double)> m_yText;
    std::vector<ChartLine> m_lines;
    Range m_x;
    Range m_y;
    bool m_any = false; ///< there is a point that can be drawn
    std::optional<double> m_cursor;
};

} // namespace triptych
