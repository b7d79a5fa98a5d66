// Experts of one layer: a bar each for load over mean load, a dot each for the selection bias.
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

    /// ratio [n]: load / mean load; bias [n], or empty where the router has none; of n experts from the first one on.
    /// Everything else here speaks of experts by their numbers in the layer.
    void setData(std::vector<float> ratio, std::vector<float> bias, int first = 0);
    void setSelected(int expert) { setSelected(expert < 0 ? std::vector<int>() : std::vector{expert}); }
    /// The first one is the chosen one, the others are chosen with it.
    void setSelected(std::vector<int> experts);
    /// How many experts a brush may go from the one where it began; 0: there is no brush.
    void setBrush(int experts) { m_reach = experts; }
    /// Crossed out: they get no tokens.
    void setOff(std::vector<int> experts);
    const std::vector<int>& off() const { return m_off; }

    /// At either end of the axis of biases, without a sign.
    QString biasLimitText() const;

    QSize sizeHint() const override { return {320, 90}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

signals:
    void expertChosen(int expert);
    /// Chosen together, from the one where the brush began to the one where it is now: by drawing over the bars, by a
    /// click with Shift, and by Shift and arrow keys. Told once for each end.
    void brushed(int from, int to);
    /// By a click with Ctrl.
    void expertToggled(int expert);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF plotArea() const;
    void paintBars(QPainter& painter, const QRectF& area) const;
    void paintBias(QPainter& painter, const QRectF& area) const;
    void paintScale(QPainter& painter, const QRectF& area) const;
    void paintNumbers(QPainter& painter, const QRectF& area) const;
    void paintCross(QPainter& painter, const QRectF& slot) const;
    QRectF slotOf(std::size_t place, const QRectF& area) const;
    void tell(int expert, const QPoint& place);
    void brushTo(int expert);
    int expertAt(const QPointF& position) const; ///< -1 outside
    int last() const { return m_first + static_cast<int>(m_ratio.size()) - 1; }

    const Theme& m_theme;
    std::vector<float> m_ratio;
    std::vector<float> m_bias;
    int m_first = 0;  ///< the expert of the first bar
    double m_top = 2; ///< ratio at the upper edge; grows by doubling and shrinks late, so that bars do not dance
    double m_biasTop = 0.01;
    std::vector<int> m_selected;
    std::vector<int> m_off;
    int m_anchor = -1; ///< where a brush began
    int m_end = -1;    ///< where it is
    bool m_brushing = false;
    int m_reach = 0;
};

} // namespace triptych
