// Lines of a ledger as steps from one running total to the next, to one scale of amounts; each can be opened.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/money_axis.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace triptych {

/// What a step changes, for its colour and its sign.
enum class StepTone : std::uint8_t { Price = 1, Scope, Headline, Other };

/// One step, as it is written and as it is drawn.
struct WaterfallRow {
    QString title;
    QString sign; ///< "price", "scope", or the letter of a ledger
    StepTone tone = StepTone::Other;
    QString amount;
    QString running; ///< the total after it
    QString marks;   ///< signs of what is edited, claimed, not published
    double from = 0; ///< USD
    double to = 0;
    bool leftOut = false;
    QString tip;
};

struct WaterfallTotal {
    QString title;
    QString amount;
    QString band; ///< in words; empty while it is drawn anew
    double value = 0;
    std::optional<std::pair<double, double>> range;
    QString tip;
};

/// A logarithmic scale shows every step, a linear one how large the largest is; a linear one can be zoomed to the
/// running total of any step. Up and down choose, Enter opens, L changes the scale, + and - zoom.
class WaterfallView : public QWidget {
    Q_OBJECT

public:
    explicit WaterfallView(const Theme& theme, QWidget* parent = nullptr);

    void setRows(std::vector<WaterfallRow> rows, WaterfallTotal total);
    const std::vector<WaterfallRow>& rows() const { return m_rows; }
    const WaterfallTotal& total() const { return m_total; }
    void setCurrency(const Currency& currency);

    MoneyScale scale() const { return m_scale; }
    void setScale(MoneyScale scale);
    /// Of a linear axis: it ends at the running total that so many others are above; 0: at the largest.
    int zoom() const { return m_zoom; }
    void setZoom(int zoom);

    /// -1: none. Nothing is emitted.
    void setOpened(int row);
    int opened() const { return m_opened; }
    /// Where the keys stand.
    int current() const { return m_current; }

    /// Rows, and the total below them.
    QRect row(int index) const;
    QRectF barArea() const;
    QRectF bar(int index) const;
    MoneyAxis axis() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// By the user; -1: closed again.
    void stepChosen(int row);
    void scaleChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    struct Columns {
        int sign = 0;
        int title = 0;
        int marks = 0;
        int amount = 0;
        int running = 0;
    };

    int rowCount() const { return static_cast<int>(m_rows.size()); }
    int rowAt(const QPoint& position) const; ///< rowCount(): the total; -1: beside all
    int axisHeight() const;
    int leastRowHeight() const;
    int rowHeight() const;
    void measure();
    Columns columns() const;
    QColor colorOf(const WaterfallRow& row) const;
    QColor over(const QColor& color, double share) const;
    void open(int row);
    void moveTo(int row);
    void describe();

    void paintRow(QPainter& painter, int index) const;
    void paintSign(QPainter& painter, const WaterfallRow& row, const QRect& place) const;
    void paintBar(QPainter& painter, int index, const MoneyAxis& axis) const;
    void paintTexts(QPainter& painter, int index) const;
    void paintJoints(QPainter& painter, const MoneyAxis& axis) const;
    void paintTotal(QPainter& painter, const MoneyAxis& axis) const;
    void paintBreak(QPainter& painter, const QRectF& bar) const;
    void paintArrow(QPainter& painter, const QRectF& bar, const QColor& color) const;

    const Theme& m_theme;
    Currency m_currency;
    std::vector<WaterfallRow> m_rows;
    Columns m_widest; ///< of the texts of this ledger so far: nothing moves while they change
    WaterfallTotal m_total;
    MoneyScale m_scale = MoneyScale::Logarithmic;
    int m_zoom = 0;
    int m_opened = -1;
    int m_current = 0;
    int m_hovered = -1;
    int m_wheel = 0;
};

} // namespace triptych
