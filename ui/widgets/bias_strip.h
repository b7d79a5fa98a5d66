// The selection bias of every expert of a layer, as dots that a hand can move.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QPointF>
#include <QWidget>

#include <map>
#include <optional>
#include <vector>

namespace triptych {

/// Which way the controller moves a bias after the step: up where the expert got fewer tokens than the mean.
enum class BiasPush : std::int8_t { Down = -1, None = 0, Up = 1 };

/// Dots go by number from left to right. What was asked for is a ring at the place asked for until it is answered.
class BiasStrip : public QWidget {
    Q_OBJECT

public:
    explicit BiasStrip(const Theme& theme, QWidget* parent = nullptr);

    /// [E] each.
    void setData(std::vector<float> bias, std::vector<BiasPush> pushes);
    /// Of one of them, before the next frame has it.
    void setBias(int expert, double bias);
    const std::vector<float>& bias() const { return m_bias; }
    const std::vector<BiasPush>& pushes() const { return m_pushes; }
    /// The first is the chosen one.
    void setSelected(std::vector<int> experts);
    /// Crossed out; nothing moves them.
    void setOff(std::vector<int> experts);
    /// Expert -> the bias that was asked for.
    void setRequested(std::map<int, double> requested);
    const std::map<int, double>& requested() const { return m_requested; }
    /// Whether dots can be moved.
    void setMovable(bool movable);
    bool isDragging() const { return m_drag && m_drag->moved; }

    /// Where the dot of an expert is.
    QPointF placeOf(int expert) const;
    int expertAt(double x) const; ///< the nearest; -1 without experts
    QString limitText() const;    ///< the bias at the edges, without its sign

    QSize sizeHint() const override { return {320, 80}; }
    QSize minimumSizeHint() const override;

signals:
    void expertChosen(int expert);
    /// While a hand moves the dot, and once at the end.
    void dragged(int expert, double bias);
    void dropped(int expert, double bias);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Drag {
        int expert = -1;
        double from = 0; ///< bias
        double y = 0;    ///< of the mouse
        double to = 0;
        bool moved = false;
    };

    QRectF plotArea() const;
    double shown(int expert) const;
    double yOf(double bias) const;
    bool isNear(int expert, const QPointF& position) const;
    QString textOf(int expert) const;
    void paintScale(QPainter& painter, const QRectF& area) const;
    void paintDot(QPainter& painter, int expert, double radius) const;
    void paintPush(QPainter& painter, int expert, double half) const;
    void paintNumbers(QPainter& painter, const QRectF& area) const;
    void paintDragged(QPainter& painter, const QRectF& area) const;

    const Theme& m_theme;
    std::vector<float> m_bias;
    std::vector<BiasPush> m_pushes;
    std::vector<int> m_selected;
    std::vector<int> m_off;
    std::map<int, double> m_requested;
    std::optional<Drag> m_drag;
    double m_top = 0.01;
    bool m_movable = false;
};

} // namespace triptych
