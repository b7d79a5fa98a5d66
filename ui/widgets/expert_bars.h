// The experts of one layer: a bar each for load over mean load, a dot each for the selection bias.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace triptych {

class ExpertBars : public QWidget {
    Q_OBJECT

public:
    explicit ExpertBars(const Theme& theme, QWidget* parent = nullptr);

    /// ratio [E]: load / mean load; bias [E], or empty where the router has none.
    void setData(std::vector<float> ratio, std::vector<float> bias);
    void setSelected(int expert);

    QSize sizeHint() const override { return {320, 90}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

signals:
    void expertChosen(int expert);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF plotArea() const;
    void paintBars(QPainter& painter, const QRectF& area) const;
    void paintBias(QPainter& painter, const QRectF& area) const;
    void paintScale(QPainter& painter, const QRectF& area) const;
    int expertAt(const QPointF& position) const; ///< -1 outside

    const Theme& m_theme;
    std::vector<float> m_ratio;
    std::vector<float> m_bias;
    double m_top = 2; ///< ratio at the upper edge; grows by doubling and shrinks late, so that bars do not dance
    double m_biasTop = 0.01;
    int m_selected = -1;
};

} // namespace triptych
