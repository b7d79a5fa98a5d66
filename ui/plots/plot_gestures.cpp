// From mouse events to gestures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_gestures.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QRubberBand>
#include <QWheelEvent>
#include <QWidget>

#include <cmath>
#include <optional>

namespace triptych {

namespace {

/// A click that trembles is no box.
constexpr double kTremble = 4;
/// One notch of a wheel is 120 eighths of a degree.
constexpr double kZoomPerNotch = 0.8;
constexpr double kPanPerNotch = 40; // pixels

std::optional<PlotCommand> commandOf(const QKeyEvent& event)
{
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return std::nullopt;
    switch (event.key()) {
    case Qt::Key_Left: return shift ? PlotCommand::FarBack : PlotCommand::PreviousPoint;
    case Qt::Key_Right: return shift ? PlotCommand::FarAhead : PlotCommand::NextPoint;
    case Qt::Key_Home: return PlotCommand::FirstPoint;
    case Qt::Key_End: return PlotCommand::LastPoint;
    case Qt::Key_Plus:
    case Qt::Key_Equal: return PlotCommand::ZoomIn;
    case Qt::Key_Minus: return PlotCommand::ZoomOut;
    case Qt::Key_R: return PlotCommand::ShowAll;
    case Qt::Key_F: return PlotCommand::ToggleFollow;
    case Qt::Key_L: return PlotCommand::ToggleScale;
    case Qt::Key_P: return PlotCommand::TogglePin;
    case Qt::Key_Escape: return PlotCommand::PointNowhere;
    default: return std::nullopt;
    }
}

} // namespace

PlotGestures::PlotGestures(QWidget& surface)
    : QObject(&surface), m_surface(surface), m_band(new QRubberBand(QRubberBand::Rectangle, &surface))
{
    m_band->hide();
    surface.installEventFilter(this);
}

bool PlotGestures::eventFilter(QObject* watched, QEvent* event)
{
    // A plot that goes while the mouse is over it is told so when nothing of it but a QWidget is left.
    if (!watched->inherits("QCustomPlot")) return false;
    switch (event->type()) {
    case QEvent::MouseButtonPress: press(*static_cast<QMouseEvent*>(event)); return false;
    case QEvent::MouseMove: move(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::MouseButtonRelease: release(*static_cast<QMouseEvent*>(event)); return true;
    case QEvent::MouseButtonDblClick:
        if (static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton) emit doubleClicked();
        return true;
    case QEvent::Wheel:
        wheel(*static_cast<QWheelEvent*>(event));
        event->accept();
        return true;
    case QEvent::Leave: emit left(); return false;
    case QEvent::ShortcutOverride:
        // A plot with the focus hears its keys before the window's shortcuts do.
        if (commandOf(*static_cast<QKeyEvent*>(event))) event->accept();
        return false;
    case QEvent::KeyPress:
        if (const auto command = commandOf(*static_cast<QKeyEvent*>(event))) {
            emit commanded(*command);
            return true;
        }
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void PlotGestures::press(const QMouseEvent& event)
{
    m_start = m_last = event.position();
    const bool pan = event.button() == Qt::MiddleButton ||
                     (event.button() == Qt::LeftButton && event.modifiers() & Qt::ShiftModifier);
    if (pan)
        m_doing = Doing::Panning;
    else if (event.button() == Qt::LeftButton)
        m_doing = Doing::Boxing;
}

void PlotGestures::move(const QMouseEvent& event)
{
    emit pointed(event.position());
    const QPointF by = event.position() - m_last;
    m_last = event.position();
    if (m_doing == Doing::Panning) emit dragged(by);
    if (m_doing != Doing::Boxing) return;
    m_band->setGeometry(QRectF(m_start, m_last).normalized().toAlignedRect());
    m_band->setVisible((m_last - m_start).manhattanLength() > kTremble);
}

void PlotGestures::release(const QMouseEvent& event)
{
    const bool boxing = m_doing == Doing::Boxing;
    m_doing = Doing::Nothing;
    m_band->hide();
    if (boxing && std::abs(event.position().x() - m_start.x()) > kTremble)
        emit boxed(QRectF(m_start, event.position()).normalized());
}

void PlotGestures::wheel(const QWheelEvent& event)
{
    const double vertical = event.angleDelta().y() / 120.0;
    const double sideways = event.angleDelta().x() / 120.0;
    if (event.modifiers() & Qt::ShiftModifier || std::abs(sideways) > std::abs(vertical)) {
        emit dragged({kPanPerNotch * (vertical + sideways), 0});
    } else if (vertical != 0) {
        const WheelAxis axis = event.modifiers() & Qt::ControlModifier ? WheelAxis::Values : WheelAxis::Steps;
        emit zoomed(std::pow(kZoomPerNotch, vertical), event.position(), axis);
    }
}

} // namespace triptych
