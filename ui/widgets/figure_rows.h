// A small table whose first figure is also a bar or a curve: a name, the picture, the numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QPointF>
#include <QRectF>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace triptych {

struct FigureRow {
    QString name;
    /// 0..1: lengths of bars below each other where there is no curve, each paler than the one before. Not-a-number: no
    /// bar.
    std::vector<double> shares;
    std::vector<QPointF> curve; ///< from left to right, what is not finite a gap; may be empty
    QStringList numbers; ///< one for each title
    QString explanation;
    /// Curves share one scale, but for those of something else, whose height is from 0 to their largest.
    bool ownHeight = false;
};

class FigureRows : public QWidget {
    Q_OBJECT

public:
    FigureRows(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// Above the numbers, right-aligned; the first may be empty where the name says it.
    void setTitles(const QString& name, const QStringList& numbers);
    void setRows(std::vector<FigureRow> rows);
    const std::vector<FigureRow>& rows() const { return m_rows; }
    /// Where bars and curves are drawn.
    QRect figureRect(int row) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const { return fontMetrics().height() + 4; }
    int nameWidth() const;
    int numberWidth(int column) const;
    int numbersWidth() const;
    /// What the figure of a row spans: steps and values.
    QRectF scaleOf(const FigureRow& row) const;
    void paintCurve(QPainter& painter, const FigureRow& row, const QRectF& place) const;
    void paintBars(QPainter& painter, const FigureRow& row, const QRectF& place) const;

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    QString m_nameTitle;
    QStringList m_titles;
    std::vector<FigureRow> m_rows;
    QRectF m_scale; ///< of all curves; its height of those that share it
};

} // namespace triptych
