// A text that a model writes, token by token, as it runs: how sure it was of each, and where one of them looked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/playground_bridge.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace triptych {

/// Wraps and is as high as its lines: for a scroll area. The prompt is muted; below each chosen token a line that is
/// the stronger the more probable the token was. The tokens that the one in focus looked at have a ground.
class PlayedText : public QWidget {
    Q_OBJECT

public:
    explicit PlayedText(const Theme& theme, QWidget* parent = nullptr);

    /// The text lives as long as the widget; called whenever it changed.
    void show(const PlayText& text);
    /// -1: none. Emits nothing.
    void setFocused(int token);
    /// Under the mouse, else chosen by mouse or keys, else -1.
    int focused() const { return m_hovered >= 0 ? m_hovered : m_chosen; }
    QRect tokenRect(int token) const { return m_places[static_cast<std::size_t>(token)]; }
    int tokenCount() const { return static_cast<int>(m_places.size()); }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {240, heightForWidth(240)}; }
    QSize minimumSizeHint() const override { return {80, lineHeight()}; }

signals:
    /// The token that is in focus is another one.
    void focusedChanged(int token);
    /// A chosen token should be seen.
    void reach(const QRect& place);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int lineHeight() const;
    int layOut(int width, std::vector<QRect>* places) const; ///< the height
    void arrange();
    int tokenAt(const QPoint& position) const;
    void choose(int token);
    void tellFocused(int before);
    void paintToken(QPainter& painter, int token) const;

    const Theme& m_theme;
    const PlayText* m_text = nullptr;
    std::vector<QRect> m_places;
    int m_chosen = -1;
    int m_hovered = -1;
};

/// As it is painted: a space as a faint dot, a line end as an arrow.
QString playedLabel(const PlayToken& token);

} // namespace triptych
