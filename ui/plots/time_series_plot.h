// Several named series of one or several runs over one axis: a legend with their values, curves that follow a run, a
// crosshair, zoom by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/frame_clock.h"
#include "ui/bridge/moment.h"
#include "ui/plots/plot_gestures.h"
#include "ui/plots/series_curves.h"
#include "ui/plots/x_axis.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPainter;

namespace triptych {

class FollowChip;
class PlotCanvas;
class SeriesLegend;

/// What a plot says of one curve at a place.
struct PlotReading {
    QString name;
    QString run;  ///< whose it is
    QString text; ///< the value
    QColor color;
    std::optional<CurveStyle> style;
    double distance = 0; ///< of the curve from the mouse, in pixels of its height; not-a-number without a mouse over it
};

/// Reads the sources of a hub when told that they have more, as its clock has it and only while it can be seen. What it
/// leaves out it says: points thinned away, values that are no numbers, values beyond the axis.
class TimeSeriesPlot : public QWidget {
    Q_OBJECT

public:
    /// `hub` outlives the plot.
    TimeSeriesPlot(const Theme& theme, const SeriesHub& hub, QWidget* parent = nullptr);
    ~TimeSeriesPlot() override;

    void setTitle(const QString& title, const QString& unit, const QString& tip = {});
    void setSeries(std::vector<PlotSeries> series);
    /// What will appear here and how, while there is nothing.
    void setEmptyText(const QString& text);
    /// Written before the numbers of the value axis: "$".
    void setTickPrefix(const QString& prefix);
    void setValueBase(ValueBase base);
    /// What is on the axis, which part of it is shown and the crosshair are those of `axis` from now on, and so are its
    /// extent and its chip, which the plot otherwise sees to itself. `axis` outlives the plot.
    void shareAxis(SharedAxis& axis);
    StepView& view() { return m_axis->view(); }
    SharedAxis& axis() { return *m_axis; }
    /// A line stands where the window stands in time. `moment` outlives the plot.
    void followMoment(const Moment& moment);
    /// Drawn with all that this clock draws from now on, instead of in a time of its own. `clock` outlives the plot.
    void shareClock(FrameClock& clock);
    /// What the legend says while nobody points at a step, so that it is the number that stands elsewhere too; without,
    /// the newest values. Told anew by refreshNumbers().
    void setNumbers(std::function<double(MetricId)> numbers);
    void refreshNumbers() { tell(); }

    void setSmoothing(double weight, SmoothingKind kind = SmoothingKind::Exponential);
    void setValueScale(ValueScale scale);
    ValueScale valueScale() const { return m_scale; }
    void setMarks(std::vector<PlotMark> marks);

    /// The series have more.
    void refresh();
    /// Draws now what refresh() would draw soon.
    void refreshNow();

    /// Each curve at the place pointed at, or its newest value, in the order of the legend.
    std::vector<PlotReading> readings() const;
    /// At the right end of the title; the plot owns it.
    void addTitleWidget(QWidget* widget);
    /// Adds to the menu of the plot each time it opens.
    void setMenuMaker(std::function<void(QMenu&)> maker) { m_menuMaker = std::move(maker); }
    /// At a place of the screen, until something is chosen.
    void openMenu(const QPoint& at);
    /// Fills a menu as openMenu() does.
    void fillMenu(QMenu& menu);
    /// As by a key.
    void obey(PlotCommand command);

    SeriesLegend& legend() { return *m_legend; }
    /// The part with the curves: what has the focus.
    QWidget* surface() const;
    /// Where a point is, in coordinates of surface().
    QPointF placeOf(double step, double value) const;
    QRect plotArea() const;
    ValueRange shownValues() const { return m_frame.values; }
    const PlotFrame& frame() const { return m_frame; }
    const Honesty& honesty() const { return m_honesty; }
    /// The part of the values that somebody zoomed to in another one, of the same series.
    void takeValues(const TimeSeriesPlot& other);
    /// Points of the part that is shown, all of them up to a hundred thousand a series; see PlotTable::thinned.
    PlotTable values() const;
    /// The same with a line of names, separated by tabs.
    QString valuesAsText() const;
    QString title() const { return m_title; }
    QString unit() const { return m_unit; }
    /// Legend and curves as they are drawn now, into a rectangle of any painter: of a printer, a file.
    void paintInto(QPainter& painter, const QRect& place);

signals:
    /// By key or menu.
    void valueScaleChanged();
    /// The mouse has moved over the curves, or away from them.
    void pointed();

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectGestures();
    void connectAxis();
    void schedule();
    void draw();
    void drawFrame();
    void tell();
    void tellHonesty();
    void describe();
    QString trend() const;
    void showCrosshair();
    void showAxis();
    void showMoment();
    void point(const QPointF& at);
    void showMarkTip(double x);
    void zoomBox(const QRectF& box);
    void zoomValues(double factor, double around);
    void moveCrosshair(PlotCommand command);
    void placeOverlays();
    std::optional<SeriesPoint> pointOf(const Voice& voice, std::optional<double> place) const;
    std::optional<SeriesPoint> pointAt(const Voice& voice, double step) const;
    QString textOf(const Voice& voice) const;
    std::optional<double> nearestPlace(double x) const;

    const Theme& m_theme;
    const SeriesHub& m_hub;
    SeriesCurves m_curves;
    SharedAxis m_ownAxis;
    SharedAxis* m_axis;
    const Moment* m_moment = nullptr;
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
    std::function<void(QMenu&)> m_menuMaker;
    std::optional<QPointF> m_mouse; ///< over the curves
    QHBoxLayout* m_head;
    QString m_unit;
    bool m_drawing = false;
};

} // namespace triptych
