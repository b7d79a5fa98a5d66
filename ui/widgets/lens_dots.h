// The same model under many lenses: dots on a logarithmic axis of money, a row for each model, each dot with its name.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/model_costs.h"
#include "ui/widgets/money_axis.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace triptych {

struct LensDot {
    LensFamily family = LensFamily::Own;
    QString lens;     ///< beside the dot, with its amount
    QString amount;   ///< alone, where there is less room
    double value = 0; ///< USD
    double low = 0;
    double high = 0;
    bool claimed = false; ///< hollow
    QString tip;
};
struct LensDotRow {
    QString model;
    QString spread;            ///< "× 19"
    std::vector<LensDot> dots; ///< by rising value
};

/// Up and down choose a model, left and right a dot of it.
class LensDots : public QWidget {
    Q_OBJECT

public:
    explicit LensDots(const Theme& theme, QWidget* parent = nullptr);

    void setRows(std::vector<LensDotRow> rows);
    const std::vector<LensDotRow>& rows() const { return m_rows; }
    void setCurrency(const Currency& currency);
    /// The others are drawn faintly; nothing: all alike.
    void setEmphasis(std::optional<LensFamily> family);

    int currentRow() const { return m_row; }
    int currentDot() const { return m_dot; }
    void setCurrent(int row, int dot);
    QPointF placeOf(int row, int dot) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// By the user.
    void dotChosen(int row, int dot);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int rowHeight() const;
    QRectF area() const;
    MoneyAxis axis() const;
    std::optional<std::pair<int, int>> dotAt(const QPoint& position) const;
    QColor colorOf(const LensDot& dot) const;
    void describe();
    void paintRow(QPainter& painter, int index, const MoneyAxis& axis) const;
    void paintNames(QPainter& painter, int index) const;

    const Theme& m_theme;
    Currency m_currency;
    std::vector<LensDotRow> m_rows;
    std::optional<LensFamily> m_emphasis;
    int m_row = 0;
    int m_dot = 0;
};

/// The sign of a family: a circle, square, diamond, triangle; a claim is a hollow circle with a cross. Around the
/// place.
void paintLensSign(QPainter& painter, LensFamily family, const QPointF& place, double radius, const QColor& color,
                   const QColor& ground, bool hollow);
QColor lensFamilyColor(LensFamily family, const ThemeColors& colors);

} // namespace triptych
