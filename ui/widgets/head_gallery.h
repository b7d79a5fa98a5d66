// All heads of all layers as small pictures, to find the one worth looking at. Scrolls, and makes only those seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/head_pictures.h"
#include "ui/plots/map_codes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/gallery_grid.h"

#include <QAbstractScrollArea>

#include <optional>
#include <unordered_map>
#include <vector>

class QPainter;

namespace triptych {

/// "itself", "before", "first", "spread": a tag for a picture.
QString habitTag(Habit habit);
/// "Looks at itself": for a menu.
QString habitTitle(Habit habit);

class HeadGallery : public QAbstractScrollArea {
    Q_OBJECT

public:
    /// Pictures kept beside those that are seen; 4 kB each at most.
    static constexpr std::size_t kMostKept = 1024;

    HeadGallery(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// May be null: nothing is drawn. mainLayers: those behind them are MTP blocks; -1: all are main ones. An order by
    /// habit stays as it was sorted, so that nothing moves under a hand, until setOrder() or another number of heads.
    void setPictures(std::shared_ptr<const HeadPictures> pictures, std::int64_t mainLayers);
    /// By layer and head, or the heads with most of a habit first.
    void setOrder(std::optional<Habit> order);
    std::optional<Habit> order() const { return m_order; }
    /// As wide as the pictures need, never wider than this.
    void setWidest(int pixels);
    void setSelected(int layer, int head);
    int selectedLayer() const { return m_layer; }
    int selectedHead() const { return m_head; }
    int count() const { return m_heads * m_layers; }

    /// Where a head is drawn in the viewport; it may lie beyond.
    QRect headRect(int layer, int head) const;
    /// Codes of attention_code().
    const HeadThumbnail& thumbnail(int layer, int head) { return made(index(layer, head)).picture; }
    /// Pictures that are kept now, and what they take.
    int madeCount() const { return static_cast<int>(m_made.size()); }
    std::int64_t madeBytes() const;

    QSize sizeHint() const override { return {120, 160}; }
    QSize minimumSizeHint() const override { return {40, 40}; }

signals:
    void chosen(int layer, int head);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Made {
        HeadThumbnail picture;
        HeadHabits habits;
    };

    int index(int layer, int head) const { return layer * m_heads + head; }
    int indexOf(int slot) const { return m_sorted.empty() ? slot : m_sorted[static_cast<std::size_t>(slot)]; }
    int slotOf(int index) const;
    int slotAt(const QPoint& position) const; ///< or -1
    const Made& made(int index);
    void forgetUnseen();
    void sort();
    void fit();
    void reveal();
    void setHovered(int slot);
    void paintSlot(QPainter& painter, int slot);
    void paintTag(QPainter& painter, const QRect& place, int index, bool chosen);
    QString layerTag(int layer) const;
    QString explanation(int index);
    void describe();

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    std::shared_ptr<const HeadPictures> m_pictures;
    int m_layers = 0;
    int m_heads = 0;
    std::int64_t m_mainLayers = -1;
    std::optional<Habit> m_order;
    std::vector<int> m_sorted; ///< [slot] index; empty: as they come
    std::vector<int> m_slotOf; ///< [index]; empty likewise
    std::unordered_map<int, Made> m_made;
    MapPalette m_palette{};
    GalleryGrid m_grid;
    int m_widest = 120;
    int m_layer = -1;
    int m_head = -1;
    int m_hovered = -1; ///< slot
};

} // namespace triptych
