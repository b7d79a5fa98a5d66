// One number for each token as a dot, aligned with the columns of a map above it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <algorithm>
#include <functional>
#include <vector>

class QPainter;

namespace triptych {

/// Where the axis begins: with the smallest value, so that small differences fill the height, or with nothing.
enum class StripBase : std::uint8_t { Smallest = 1, Zero };

/// Left and Right, Home and End choose a token with the focus.
class TokenStrip : public QWidget {
    Q_OBJECT

public:
    TokenStrip(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// Values that are no numbers are marked by a cross. explanation: the tooltip of a token.
    void setValues(std::vector<float> values, std::function<QString(int token)> explanation);
    const std::vector<float>& values() const { return m_values; }
    void setBase(StripBase base);
    /// The smallest and the largest value; not-a-number where there is none.
    float smallest() const;
    float largest() const;
    /// Where the columns lie, left to right; left of them stand the ends of the axis.
    void setSpan(int left, int right);
    void setSelected(int token);
    int tokenAt(const QPoint& position) const; ///< or -1
    /// Where a token's dot is.
    QPoint dot(int token) const;

    QSize sizeHint() const override { return {200, 32}; }
    QSize minimumSizeHint() const override { return {40, 24}; }

signals:
    void chosen(int token);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    float floor() const { return m_base == StripBase::Zero ? std::min(m_smallest, 0.0F) : m_smallest; }
    void paintAxis(QPainter& painter) const;

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    std::vector<float> m_values;
    std::function<QString(int)> m_explanation;
    StripBase m_base = StripBase::Smallest;
    float m_smallest = 0;
    float m_largest = 0;
    int m_left = 0;
    int m_right = 0;
    int m_selected = -1;
};

} // namespace triptych
