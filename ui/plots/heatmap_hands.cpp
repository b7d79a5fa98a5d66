// Mouse and keys of the heat map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heatmap_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// A hand that clicks moves by a pixel or two; that is no brush.
constexpr int kStillHand = 4;
constexpr double kZoomOfKey = 1.5;
constexpr double kWheelNotch = 120; // eighths of a degree
constexpr double kZoomOfNotch = 1.25;

} // namespace

void HeatmapPlot::setBrush(int rows, int columns)
{
    m_brushReach = {std::max(columns, 0), std::max(rows, 0)};
}

MapCell HeatmapPlot::nearestCell(const QPoint& position) const
{
    return {static_cast<int>(std::lround(m_plot->yAxis->pixelToCoord(position.y()))),
            static_cast<int>(std::lround(m_plot->xAxis->pixelToCoord(position.x())))};
}

bool HeatmapPlot::isInside(const MapCell& cell) const
{
    return cell.row >= 0 && cell.row < m_data.rows && cell.column >= 0 && cell.column < m_data.columns;
}

QPoint HeatmapPlot::cellAt(const QPoint& position) const
{
    if (!mapRect().contains(position)) return {-1, -1};
    const MapCell cell = nearestCell(position);
    return isInside(cell) ? QPoint(cell.column, cell.row) : QPoint(-1, -1);
}

void HeatmapPlot::hover(const QPoint& position)
{
    const QPoint cell = cellAt(position);
    if (cell == m_hovered) return;
    m_hovered = cell;
    emit cellHovered(cell.y(), cell.x());
}

void HeatmapPlot::choose(const QPoint& position)
{
    const QRect map = mapRect();
    const MapCell cell = nearestCell(position);
    const bool inRows = cell.row >= 0 && cell.row < m_data.rows;
    const bool inColumns = cell.column >= 0 && cell.column < m_data.columns;
    if (map.contains(position)) {
        if (inRows && inColumns) emit cellChosen(cell.row, cell.column);
    } else if (inRows && position.x() < map.left()) {
        emit rowLabelChosen(cell.row);
    } else if (inColumns && position.y() > map.bottom()) {
        emit columnLabelChosen(cell.column);
    }
}

HeatmapPlot::Drag HeatmapPlot::edgeDrag(const QPoint& position) const
{
    const QRect map = mapRect();
    const MapCell cell = nearestCell(position);
    if (position.x() < map.left() && cell.row >= 0 && cell.row < m_data.rows) return Drag::BrushRows;
    if (position.y() > map.bottom() && cell.column >= 0 && cell.column < m_data.columns) return Drag::BrushColumns;
    return Drag::None;
}

void HeatmapPlot::mousePressed(const QMouseEvent& event)
{
    const QPoint cell = cellAt(event.pos());
    const bool onCell = cell.x() >= 0;
    m_dragStart = event.pos();
    m_dragged = false;
    m_drag = Drag::None;
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    if (onCell && (event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && shift))) {
        m_drag = Drag::Pan;
        m_panFrom = {m_plot->xAxis->pixelToCoord(event.pos().x()), m_plot->yAxis->pixelToCoord(event.pos().y())};
        return;
    }
    if (event.button() != Qt::LeftButton) return;
    m_brushEnd = {-1, -1};
    if (onCell && event.modifiers() & Qt::ControlModifier) {
        emit cellToggled(cell.y(), cell.x());
        return;
    }
    if (onCell && !m_brushReach.isNull()) {
        m_drag = Drag::Brush;
        m_brushAnchor = {cell.y(), cell.x()};
    } else if (m_edgeBrush) {
        const MapCell nearest = nearestCell(event.pos());
        m_drag = edgeDrag(event.pos());
        if (m_drag == Drag::BrushRows) m_brushAnchor = {nearest.row, std::max(m_selectedColumn, 0)};
        if (m_drag == Drag::BrushColumns) m_brushAnchor = {std::max(m_selectedRow, 0), nearest.column};
    }
    choose(event.pos());
}

void HeatmapPlot::mouseMoved(const QMouseEvent& event)
{
    hover(event.pos());
    if (m_drag == Drag::None) return;
    m_dragged = m_dragged || (event.pos() - m_dragStart).manhattanLength() >= kStillHand;
    if (!m_dragged) return;
    if (m_drag != Drag::Pan) {
        MapCell end = nearestCell(event.pos());
        if (m_drag == Drag::BrushRows) end.column = m_brushAnchor.column;
        if (m_drag == Drag::BrushColumns) end.row = m_brushAnchor.row;
        brushTo(end);
    } else if (m_zoom == HeatmapZoom::Free) {
        const QPointF now(m_plot->xAxis->pixelToCoord(event.pos().x()), m_plot->yAxis->pixelToCoord(event.pos().y()));
        if (!m_view.pan(m_panFrom - now)) return;
        showView();
        emit viewChanged();
    }
}

void HeatmapPlot::mouseReleased(const QMouseEvent& event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag != Drag::Pan || m_dragged || event.button() != Qt::LeftButton) return;
    if (m_brushReach.isNull()) return choose(event.pos());
    m_brushAnchor = {m_selectedRow, m_selectedColumn};
    if (isInside(m_brushAnchor))
        brushTo(nearestCell(event.pos()));
    else
        choose(event.pos());
}

void HeatmapPlot::brushTo(MapCell end)
{
    const auto within = [](int value, int anchor, int reach, int cells) {
        return std::clamp(std::clamp(value, anchor - reach, anchor + reach), 0, std::max(cells - 1, 0));
    };
    end.row = within(end.row, m_brushAnchor.row, m_brushReach.height(), m_data.rows);
    end.column = within(end.column, m_brushAnchor.column, m_brushReach.width(), m_data.columns);
    const MapCell before = m_brushEnd.row < 0 ? m_brushAnchor : m_brushEnd;
    if (end == before) return;
    emit brushed(m_brushAnchor.row, m_brushAnchor.column, end.row, end.column);
    m_brushEnd = end; // last: whoever hears it may choose the anchor, which forgets the end
}

bool HeatmapPlot::wheel(const QWheelEvent& event)
{
    const QPoint place = event.position().toPoint();
    if (m_zoom != HeatmapZoom::Free || !mapRect().contains(place) || event.angleDelta().y() == 0) return false;
    const QPointF about(m_plot->xAxis->pixelToCoord(event.position().x()) + 0.5,
                        m_plot->yAxis->pixelToCoord(event.position().y()) + 0.5);
    if (m_view.zoom(std::pow(kZoomOfNotch, event.angleDelta().y() / kWheelNotch), about)) {
        showView();
        emit viewChanged();
    }
    return true;
}

bool HeatmapPlot::zoomByKey(int key)
{
    if (m_zoom != HeatmapZoom::Free) return false;
    const MapCell chosen{m_selectedRow, m_selectedColumn};
    const QPointF about = isInside(chosen) ? QPointF(chosen.column + 0.5, chosen.row + 0.5) : m_view.visible().center();
    bool changed = false;
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: changed = m_view.zoom(kZoomOfKey, about); break;
    case Qt::Key_Minus: changed = m_view.zoom(1 / kZoomOfKey, about); break;
    case Qt::Key_R: changed = m_view.showAll(); break;
    default: return false;
    }
    if (!changed) return true;
    showView();
    emit viewChanged();
    return true;
}

/// As the mouse points at a cell: within the chosen row, where rows are chosen.
bool HeatmapPlot::pointByKey(int key, Qt::KeyboardModifiers modifiers)
{
    const int step = key == Qt::Key_Left ? -1 : key == Qt::Key_Right ? 1 : 0;
    if (m_pick != HeatmapPick::Row || !(modifiers & Qt::ControlModifier) || step == 0) return false;
    const int row = std::max(m_selectedRow, 0);
    const int from = m_hovered.y() == row ? m_hovered.x() : row + 1;
    m_hovered = {std::clamp(from + step, 0, m_data.columns - 1), row};
    emit cellHovered(m_hovered.y(), m_hovered.x());
    return true;
}

bool HeatmapPlot::moveByKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (pointByKey(key, modifiers)) return true;
    const bool extend = modifiers & Qt::ShiftModifier && !m_brushReach.isNull();
    const MapCell chosen{std::max(m_selectedRow, 0), std::max(m_selectedColumn, 0)};
    MapCell cell = extend && m_brushEnd.row >= 0 ? m_brushEnd : chosen;
    if (m_pick == HeatmapPick::Row && key == Qt::Key_Left) key = Qt::Key_Up;
    if (m_pick == HeatmapPick::Row && key == Qt::Key_Right) key = Qt::Key_Down;
    switch (key) {
    case Qt::Key_Left: --cell.column; break;
    case Qt::Key_Right: ++cell.column; break;
    case Qt::Key_Up: --cell.row; break;
    case Qt::Key_Down: ++cell.row; break;
    default: return false;
    }
    if (extend) {
        m_brushAnchor = chosen;
        brushTo(cell);
    } else {
        m_brushEnd = {-1, -1};
        emit cellChosen(std::clamp(cell.row, 0, m_data.rows - 1), std::clamp(cell.column, 0, m_data.columns - 1));
    }
    return true;
}

bool HeatmapPlot::keyPressed(const QKeyEvent& event)
{
    if (m_data.rows == 0 || m_data.columns == 0) return false;
    return moveByKey(event.key(), event.modifiers()) || zoomByKey(event.key());
}

/// What has the focus is what is read out.
void HeatmapPlot::nameFocus()
{
    m_plot->setAccessibleName(accessibleName());
    m_plot->setAccessibleDescription(accessibleDescription());
}

bool HeatmapPlot::eventFilter(QObject* watched, QEvent* event)
{
    // The plot within has the focus, so it is what is read out.
    if (watched == m_plot && event->type() == QEvent::FocusIn) m_plot->setAccessibleName(accessibleName());
    switch (event->type()) {
    case QEvent::MouseMove: mouseMoved(*static_cast<QMouseEvent*>(event)); break;
    case QEvent::Leave: hover({-1, -1}); break;
    case QEvent::MouseButtonPress: mousePressed(*static_cast<QMouseEvent*>(event)); break;
    case QEvent::MouseButtonRelease: mouseReleased(*static_cast<QMouseEvent*>(event)); break;
    case QEvent::MouseButtonDblClick: zoomByKey(Qt::Key_R); break;
    case QEvent::Wheel:
        if (!wheel(*static_cast<QWheelEvent*>(event))) break;
        event->accept();
        return true;
    case QEvent::FocusIn: nameFocus(); break;
    case QEvent::KeyPress: {
        const bool taken = keyPressed(*static_cast<QKeyEvent*>(event));
        nameFocus(); // another cell has another description
        return taken;
    }
    case QEvent::Resize:
        placeLabels();
        placeHighlight();
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace triptych
