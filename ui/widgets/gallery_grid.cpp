// Fitting pictures into a view.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/gallery_grid.h"

#include <algorithm>

namespace triptych {

GalleryGrid::GalleryGrid(int rows, int perRow, QSize view, int label, int scrollBar)
    : m_rows(std::max(rows, 0)), m_perRow(std::max(perRow, 1)), m_label(label)
{
    const auto fitting = [&](int columns) {
        m_columns = columns;
        const int lines = std::max(m_rows, 1) * linesPerRow();
        const int gaps = (lines - 1) * kGap + (linesPerRow() > 1 ? (std::max(m_rows, 1) - 1) * kRowGap : 0);
        return std::min({sizeFor(columns, view.width()), kLargest, (view.height() - gaps) / lines});
    };
    int best = 0;
    int bestColumns = 1;
    for (int columns = 1; columns <= m_perRow; ++columns) {
        const int size = fitting(columns);
        // A row in one line is easier to read than one in two, unless pictures lose much by it.
        const bool better = columns == m_perRow ? size * 4 >= best * 3 : size > best;
        if (!better) continue;
        best = size;
        bestColumns = columns;
    }
    if (best >= kSmallest) {
        m_columns = bestColumns;
        m_size = best;
        return;
    }
    const int width = view.width() - scrollBar;
    m_columns = std::clamp((width - m_label + kGap) / (kScrolled + kGap), 1, m_perRow);
    m_size = std::clamp(sizeFor(m_columns, width), 8, kLargest);
}

int GalleryGrid::sizeFor(int columns, int width) const
{
    return (width - m_label - (columns - 1) * kGap) / columns;
}

int GalleryGrid::rowHeight() const
{
    return linesPerRow() * (m_size + kGap) + (linesPerRow() > 1 ? kRowGap : 0);
}

int GalleryGrid::height() const
{
    return std::max(m_rows * rowHeight() - kGap - (linesPerRow() > 1 ? kRowGap : 0), 0);
}

QRect GalleryGrid::rect(int slot) const
{
    const int row = slot / m_perRow;
    const int place = slot % m_perRow;
    return {m_label + place % m_columns * (m_size + kGap), row * rowHeight() + place / m_columns * (m_size + kGap),
            m_size, m_size};
}

int GalleryGrid::slotAt(const QPoint& place) const
{
    const auto [first, end] = between(place.y(), place.y());
    for (int slot = first; slot < end; ++slot)
        if (rect(slot).contains(place)) return slot;
    return -1;
}

std::pair<int, int> GalleryGrid::between(int top, int bottom) const
{
    if (count() == 0 || bottom < 0) return {0, 0};
    const int first = std::clamp(top / rowHeight(), 0, m_rows - 1);
    const int last = std::clamp(bottom / rowHeight(), 0, m_rows - 1);
    const auto lineOf = [&](int y, int row) {
        return std::clamp((y - row * rowHeight()) / (m_size + kGap), 0, linesPerRow() - 1);
    };
    return {first * m_perRow + lineOf(top, first) * m_columns,
            std::min(last * m_perRow + (lineOf(bottom, last) + 1) * m_columns, (last + 1) * m_perRow)};
}

int GalleryGrid::vertical(int slot, int lines) const
{
    const QPoint centre = rect(slot).center();
    for (int y = centre.y() + lines * (m_size / 2 + 1); y >= 0 && y < height(); y += lines * (m_size / 2)) {
        const auto [first, end] = between(y, y);
        int best = -1;
        for (int other = first; other < end; ++other) {
            if (!(rect(other).top() <= y && y <= rect(other).bottom()) || rect(other).top() == rect(slot).top())
                continue;
            if (best < 0 ||
                std::abs(rect(other).center().x() - centre.x()) < std::abs(rect(best).center().x() - centre.x()))
                best = other;
        }
        if (best >= 0) return best;
    }
    return slot;
}

} // namespace triptych
