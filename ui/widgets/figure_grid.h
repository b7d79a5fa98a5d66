// Headline numbers side by side: what it is, the number, and what it rests on, in small.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace triptych {

struct FigureCell {
    QString caption;
    QString value;       ///< with its unit
    QString note;        ///< its range or assumption; may be empty
    QString explanation; ///< formula and source, for the tooltip
};

/// As many columns as have room, each as wide as the others.
class FigureGrid : public QWidget {
    Q_OBJECT

public:
    explicit FigureGrid(QWidget* parent = nullptr);

    void setCells(std::vector<FigureCell> cells);
    const std::vector<FigureCell>& cells() const { return m_cells; }
    /// Where a cell is drawn.
    QRect cellRect(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QFont small() const;
    QFont large() const;
    int leastWidth() const;
    int cellHeight() const;
    int columnsIn(int width) const;

    std::vector<FigureCell> m_cells;
};

} // namespace triptych
