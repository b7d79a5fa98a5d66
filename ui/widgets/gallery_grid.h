// Where the small pictures of a gallery stand: a line or more for each layer, or one flow of them all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QSize>

namespace triptych {

/// Slots are numbered in the order in which they are read. Coordinates are those of the whole gallery, not scrolled.
class GalleryGrid {
public:
    /// Large enough that nothing needs to be scrolled, where that leaves them this large; px.
    static constexpr int kSmallest = 22;
    static constexpr int kScrolled = 30; ///< where it does not
    static constexpr int kLargest = 96;

    GalleryGrid() = default;
    /// rows x perRow pictures in a view of this size; each row begins a line, with `label` pixels before it. rowGap:
    /// between rows, beside that of lines.
    GalleryGrid(int rows, int perRow, QSize view, int label, int scrollBar);

    int columns() const { return m_columns; }
    int size() const { return m_size; } ///< of a picture, px
    int count() const { return m_rows * m_perRow; }
    int height() const; ///< of all
    QRect rect(int slot) const;
    /// -1: none.
    int slotAt(const QPoint& place) const;
    /// Slots whose pictures can be in [top, bottom]: from the first to the one after the last.
    std::pair<int, int> between(int top, int bottom) const;
    /// The slot a line further up (-1) or down (1), or the same where there is none.
    int vertical(int slot, int lines) const;

private:
    int linesPerRow() const { return m_columns > 0 ? (m_perRow + m_columns - 1) / m_columns : 1; }
    int rowHeight() const;
    int sizeFor(int columns, int width) const;

    static constexpr int kGap = 4;
    static constexpr int kRowGap = 4;

    int m_rows = 0;
    int m_perRow = 0;
    int m_label = 0;
    int m_columns = 1;
    int m_size = kSmallest;
};

} // namespace triptych
