// Points on two logarithmic axes, each of which can be chosen: what a search went through.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <functional>
#include <limits>
#include <optional>
#include <vector>

class QCPGraph;
class QCPItemLine;
class QCPItemText;
class QCustomPlot;

namespace triptych {

/// How a point is told from the others, by sign and by colour.
enum class ScatterSign : std::uint8_t {
    Dot = 0, ///< in the accent
    Cross,   ///< muted: it does not do
    Ring,    ///< the one that is looked at
    Diamond, ///< the best of all
};
inline constexpr int kScatterSigns = 4;

struct ScatterPoint {
    double x = 1;
    double y = 1;
    ScatterSign sign = ScatterSign::Dot;
    QString reading; ///< for its tooltip
};

/// A value that an axis must not exceed; not-a-number: none.
struct ScatterLimits {
    double x = std::numeric_limits<double>::quiet_NaN();
    double y = std::numeric_limits<double>::quiet_NaN();
    QString xName, yName;
};

class ScatterPlot : public QWidget {
    Q_OBJECT

public:
    ScatterPlot(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// What the axes count, with units.
    void setAxisTitles(const QString& x, const QString& y);
    /// What is not positive and finite is not drawn.
    void setPoints(std::vector<ScatterPoint> points, const ScatterLimits& limits = {});
    const std::vector<ScatterPoint>& points() const { return m_points; }

    /// Where a point lies, in coordinates of surface().
    QPointF placeOf(int point) const;
    /// The nearest within reach of a hand; -1: none.
    int pointAt(const QPointF& place) const;
    /// Where the keys stand; -1: nowhere.
    int cursor() const { return m_cursor; }
    /// What has the focus and gets mouse and keys.
    QWidget* surface() const;

    QSize sizeHint() const override { return {420, 260}; }
    QSize minimumSizeHint() const override { return {140, 80}; }

signals:
    /// By hand: an index of points().
    void pointChosen(int point);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static bool canBeDrawn(const ScatterPoint& point);
    void build();
    void applyColors();
    void drawPoints();
    void drawLimits();
    void setRanges();
    void placeCursor();
    void step(int places);
    bool takeKey(int key);

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    QCustomPlot* m_plot;
    std::vector<QCPGraph*> m_graphs; ///< one for each sign
    QCPGraph* m_cursorGraph = nullptr;
    QCPItemLine* m_lineX = nullptr;
    QCPItemLine* m_lineY = nullptr;
    QCPItemText* m_nameX = nullptr;
    QCPItemText* m_nameY = nullptr;
    std::vector<ScatterPoint> m_points;
    std::vector<int> m_order; ///< of the points that are drawn, by rising x
    ScatterLimits m_limits;
    int m_cursor = -1;
};

} // namespace triptych
