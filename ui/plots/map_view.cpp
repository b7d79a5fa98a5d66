// Keeping the part within the map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/map_view.h"

#include <algorithm>

namespace triptych {

void MapView::setCells(QSize cells)
{
    cells = cells.expandedTo({1, 1});
    if (cells == m_cells) return;
    m_cells = cells;
    m_visible = whole();
}

bool MapView::set(QRectF part)
{
    const QRectF all = whole();
    part.setSize({std::min(part.width(), all.width()), std::min(part.height(), all.height())});
    part.moveLeft(std::clamp(part.left(), 0.0, all.width() - part.width()));
    part.moveTop(std::clamp(part.top(), 0.0, all.height() - part.height()));
    if (part == m_visible) return false;
    m_visible = part;
    return true;
}

bool MapView::zoom(double factor, const QPointF& about)
{
    if (!(factor > 0)) return false;
    const QRectF all = whole();
    const auto side = [factor](double now, double most) {
        return std::clamp(now / factor, std::min(kFewest, most), most);
    };
    const double width = side(m_visible.width(), all.width());
    const double height = side(m_visible.height(), all.height());
    const double x = (about.x() - m_visible.left()) / m_visible.width();
    const double y = (about.y() - m_visible.top()) / m_visible.height();
    return set({about.x() - x * width, about.y() - y * height, width, height});
}

bool MapView::pan(const QPointF& cells)
{
    return set(m_visible.translated(cells));
}

bool MapView::showAll()
{
    return set(whole());
}

bool MapView::show(int row, int column)
{
    const auto move = [](double first, double last, int cell) {
        if (cell < 0) return 0.0;
        return cell < first ? cell - first : cell + 1 > last ? cell + 1 - last : 0.0;
    };
    return pan({move(m_visible.left(), m_visible.right(), column), move(m_visible.top(), m_visible.bottom(), row)});
}

} // namespace triptych
