// All heads of a layer as small pictures, to find the one worth looking at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QWidget>

#include <vector>

namespace triptych {

/// One head's weights, one pixel each, as their square root on the accent's colours; what a token cannot see is
/// transparent.
QImage attentionImage(const ProbeFrame& frame, std::int64_t layer, std::int64_t head, const ThemeColors& colors,
                      const QColor& accent);

/// Where a head looks on average: shares 0..1 over the tokens that have one before them.
struct HeadHabits {
    double self = 0;     ///< weight on the token itself
    double previous = 0; ///< on the one before
    double first = 0;    ///< on the first of the text
};
HeadHabits headHabits(const ProbeFrame& frame, std::int64_t layer, std::int64_t head);

class HeadGallery : public QWidget {
    Q_OBJECT

public:
    HeadGallery(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// The frame may be null: nothing is drawn.
    void show(std::shared_ptr<const ProbeFrame> frame, std::int64_t layer);
    /// As wide as the pictures need, never wider than this.
    void setWidest(int pixels);
    void setSelected(int head);
    int selected() const { return m_selected; }
    int count() const { return static_cast<int>(m_images.size()); }
    QImage image(int head) const { return m_images[static_cast<std::size_t>(head)]; }
    /// Where a head is drawn.
    QRect headRect(int head) const;

    QSize sizeHint() const override { return {96, 160}; }
    QSize minimumSizeHint() const override { return {24, 24}; }

signals:
    void chosen(int head);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Grid {
        int columns = 1;
        int size = 0; ///< of one picture, pixels
        int gap = 0;  ///< between two, pixels
    };
    Grid grid() const;
    int headAt(const QPoint& position) const; ///< or -1
    QString explanation(int head) const;
    void rebuild();
    void fit();

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    std::shared_ptr<const ProbeFrame> m_frame;
    std::int64_t m_layer = 0;
    std::vector<QImage> m_images;
    int m_widest = 96;
    int m_selected = -1;
    int m_hovered = -1;
};

} // namespace triptych
