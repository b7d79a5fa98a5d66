// Draws a PlotFrame, and over it a crosshair that moves without redrawing the curves.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_frame.h"
#include "ui/plots/x_axis.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>

class QCPGraph;
class QCPItemLine;
class QCPItemText;
class QCPItemTracer;
class QCPLayer;
class QCustomPlot;
class QPainter;

namespace triptych {

class ValueTicker;

class PlotCanvas : public QWidget {
    Q_OBJECT

public:
    explicit PlotCanvas(const Theme& theme, QWidget* parent = nullptr);
    ~PlotCanvas() override;

    /// What has the focus and gets mouse and keys.
    QWidget* surface() const;
    /// Written before the values of the axis: "$".
    void setTickPrefix(const QString& prefix);
    /// What the places of frames from now on count.
    void setXAxis(const XAxisInfo& axis);

    /// Into the picture at once; the screen gets it with the next turn of the event loop.
    void draw(const PlotFrame& frame);
    /// Null: no crosshair. A step out of the picture has none either.
    void setCrosshair(std::optional<double> step, const std::vector<PlotDot>& dots);

    /// An upright line, over the crosshair's layer; muted while live.
    void setMoment(std::optional<PlotMoment> moment);
    /// The picture as it was drawn last, in another size, as lines and texts.
    void paintInto(QPainter& painter, const QRect& place);

    /// Where the curves are, in coordinates of surface().
    QRect plotArea() const;
    double stepAt(double x) const;
    double valueAt(double y) const;
    double xOf(double step) const;
    double yOf(double value) const;
    /// Milliseconds that drawing takes, a moving average.
    double drawTime() const;

signals:
    /// The places of curves have changed: draw again.
    void resized();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildAxes();
    void buildOverlay();
    void layOut();
    void applyColors();
    void drawCurves();
    void drawBand(std::size_t i, const Curve& curve);
    void drawSigns();
    void drawMarks();
    void placeMoment();
    QCPGraph* signGraph();

    const Theme& m_theme;
    QCustomPlot* m_plot;
    QSharedPointer<ValueTicker> m_steps;
    QSharedPointer<ValueTicker> m_values;
    PlotFrame m_frame;
    std::vector<QCPGraph*> m_curves;
    std::vector<QCPGraph*> m_floors; ///< one for each, of bands; null: none
    QCPGraph* m_gaps = nullptr;      ///< signs at fixed heights: over a second axis from 0 to 1
    QCPGraph* m_above = nullptr;
    QCPGraph* m_below = nullptr;
    QCPGraph* m_markLines = nullptr;
    std::vector<QCPItemText*> m_markTexts;
    QCPLayer* m_overlay = nullptr;
    QCPItemLine* m_crosshair = nullptr;
    QCPItemLine* m_momentLine = nullptr;
    QCPItemText* m_stepTag = nullptr;
    QCPItemText* m_axisTitle = nullptr;
    std::vector<QCPItemTracer*> m_dots;
    XAxis m_xAxis = XAxis::Step;
    std::optional<PlotMoment> m_moment;
    std::optional<double> m_cursor;
    std::vector<PlotDot> m_cursorDots;
};

} // namespace triptych
