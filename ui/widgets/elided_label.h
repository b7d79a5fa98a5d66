// One line of text that ends in an ellipsis where there is no room, and then tells all of it in its tooltip.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace triptych {

/// Never asks for more width than it is given, so that a changing text moves nothing beside it.
class ElidedLabel : public QWidget {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setText(const QString& text);
    const QString& text() const { return m_text; }
    void setColor(const QColor& color);
    /// Shown above the whole text in the tooltip.
    void setHint(const QString& hint);
    void setElideMode(Qt::TextElideMode mode);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateToolTip();

    QString m_text;
    QString m_hint;
    QColor m_color;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace triptych
