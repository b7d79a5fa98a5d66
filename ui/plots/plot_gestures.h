// What hands do to a plot: point, draw a box, drag, turn the wheel, double-click, press keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointF>
#include <QRectF>

#include <cstdint>

class QMouseEvent;
class QRubberBand;
class QWheelEvent;
class QWidget;

namespace triptych {

/// Which way a wheel zooms.
enum class WheelAxis : std::uint8_t { Steps = 1, Values };

/// What keys ask for.
enum class PlotCommand : std::uint8_t {
    PreviousPoint = 1, ///< Left
    NextPoint,         ///< Right
    FarBack,           ///< Shift + Left
    FarAhead,          ///< Shift + Right
    FirstPoint,        ///< Home
    LastPoint,         ///< End
    ZoomIn,            ///< +
    ZoomOut,           ///< -
    ShowAll,           ///< R
    ToggleFollow,      ///< F
    ToggleScale,       ///< L
    TogglePin,         ///< P
    PointNowhere,      ///< Escape
};

/// Left button: a box. Shift and left, or middle button: pan. Wheel: zoom; with Shift (or sideways): pan; with Ctrl:
/// zoom the values. Double click: everything again. The right button is left to the context menu.
class PlotGestures : public QObject {
    Q_OBJECT

public:
    /// Watches the widget and draws the box on it.
    explicit PlotGestures(QWidget& surface);

signals:
    void pointed(const QPointF& at);
    void left();
    void boxed(const QRectF& box);
    /// Since the last call, in pixels; what was under the mouse stays there.
    void dragged(const QPointF& by);
    /// factor < 1: closer.
    void zoomed(double factor, const QPointF& at, WheelAxis axis);
    void doubleClicked();
    void commanded(PlotCommand command);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Doing : std::uint8_t { Nothing = 1, Boxing, Panning };

    void press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);
    void wheel(const QWheelEvent& event);

    QWidget& m_surface;
    QRubberBand* m_band;
    Doing m_doing = Doing::Nothing;
    QPointF m_start;
    QPointF m_last;
};

} // namespace triptych
