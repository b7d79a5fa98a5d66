// A number for each layer as a bar, to one scale that ends with the limit of all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace triptych {

/// At least as high as its rows, which grow with it up to twice that; stands in a scroll area where there may be many.
class RankBars : public QWidget {
    Q_OBJECT

public:
    RankBars(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// By layer; what is no finite number is not known. bound: above 0, drawn at the right.
    void setRanks(std::vector<float> ranks, const QStringList& names, double bound);
    const std::vector<float>& ranks() const { return m_ranks; }
    double bound() const { return m_bound; }
    void setSelected(int layer);
    int layerAt(int y) const; ///< or -1
    QRect rowRect(int layer) const;
    /// Of a layer, from 0 on; the bound's ends where the room for numbers begins.
    QRectF bar(int layer) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {110, sizeHint().height()}; }

signals:
    void chosen(int layer);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int rowHeight() const;
    int leastRowHeight() const { return fontMetrics().height() + 4; }
    int nameWidth() const;
    int numberWidth() const;
    QString numberText(int layer) const;

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    std::vector<float> m_ranks;
    QStringList m_names;
    double m_bound = 1;
    int m_selected = -1;
};

} // namespace triptych
