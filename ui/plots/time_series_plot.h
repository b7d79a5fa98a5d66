// Several named series over steps: a legend with their values, curves that follow a run, a crosshair, zoom by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/frame_clock.h"
#include "ui/plots/plot_gestures.h"
#include "ui/plots/series_curves.h"
#include "ui/plots/step_view.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QLabel;

namespace triptych {

class FollowChip;
class PlotCanvas;
class SeriesLegend;

/// Reads a cache when told that it changed, at most thirty times a second and only while it can be seen. What it leaves
/// out it says: points thinned away, values that are no numbers, values beyond the axis.
class TimeSeriesPlot : public QWidget {
    Q_OBJECT

public:
    /// `cache` outlives the plot.
    TimeSeriesPlot(const Theme& theme, const SeriesCache& cache, QWidget* parent = nullptr);
    ~TimeSeriesPlot() override;

    void setTitle(const QString& title, const QString& unit, const QString& tip = {});
    void setSeries(std::vector<PlotSeries> series);
    /// What will appear here and how, while there is nothing.
    void setEmptyText(const QString& text);
    /// Written before the numbers of the value axis: "$".
    void setTickPrefix(const QString& prefix);
    void setValueBase(ValueBase base);
    /// Steps and crosshair are the view's from now on, and so are its extent and its chip, which the plot otherwise
    /// sees to itself. `view` outlives the plot.
    void shareView(StepView& view);
    StepView& view() { return *m_view; }
    /// Drawn with all that this clock draws from now on, instead of in a time of its own. `clock` outlives the plot.
    void shareClock(FrameClock& clock);
    /// What the legend says while nobody points at a step, so that it is the number that stands elsewhere too; without,
    /// the newest values. Told anew by refreshNumbers().
    void setNumbers(std::function<double(MetricId)> numbers);
    void refreshNumbers() { tell(); }

    void setSmoothing(double weight);
    void setValueScale(ValueScale scale);
    ValueScale valueScale() const { return m_scale; }
    void setMarks(std::vector<PlotMark> marks);

    /// The cache has changed.
    void refresh();
    /// Draws now what refresh() would draw soon.
    void refreshNow();

    SeriesLegend& legend() { return *m_legend; }
    /// The part with the curves: what has the focus.
    QWidget* surface() const;
    /// Where a point is, in coordinates of surface().
    QPointF placeOf(double step, double value) const;
    QRect plotArea() const;
    ValueRange shownValues() const { return m_frame.values; }
    const PlotFrame& frame() const { return m_frame; }
    const Honesty& honesty() const { return m_honesty; }
    /// All points of the part that is shown, with a line of names, separated by tabs.
    QString valuesAsText();

signals:
    /// By key or menu.
    void valueScaleChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectGestures();
    void connectView();
    void schedule();
    void draw();
    void drawFrame();
    void tell();
    void tellHonesty();
    void describe();
    QString trend();
    void showCrosshair();
    void showMenu(const QPoint& at);
    void zoomBox(const QRectF& box);
    void zoomValues(double factor, double around);
    void obey(PlotCommand command);
    void moveCrosshair(PlotCommand command);
    void placeOverlays();
    std::optional<double> valueOf(const Voice& voice, std::optional<double> step);
    QString textOf(const Voice& voice);

    const Theme& m_theme;
    SeriesCurves m_curves;
    StepView* m_view;
    StepView m_ownView;
    SeriesLegend* m_legend;
    PlotCanvas* m_canvas;
    PlotGestures* m_gestures;
    QLabel* m_empty;
    FollowChip* m_chip;
    QString m_title;
    ValueScale m_scale = ValueScale::Linear;
    ValueBase m_base = ValueBase::Data;
    std::vector<PlotMark> m_marks;
    StickyRange m_sticky;
    std::optional<ValueRange> m_heldValues; ///< chosen by hand
    PlotFrame m_frame;
    Honesty m_honesty;
    FrameClock* m_clock;
    FrameClock m_ownClock;
    std::function<double(MetricId)> m_numbers;
    QTimer m_describeTimer;
    bool m_drawing = false;
};

} // namespace triptych
