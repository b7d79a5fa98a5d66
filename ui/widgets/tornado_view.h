// What matters most: the total with one input at the ends of its range, the widest first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/row_list.h"

#include <QString>

#include <vector>

namespace triptych {

struct TornadoRow {
    QString title;
    QString range;    ///< of the input: "10 % to 30 %"
    double atLow = 0; ///< USD, the total with the input at its low end
    double atHigh = 0;
    QString lowText; ///< these totals, written
    QString highText;
    QString tip;
};

/// Bars around the total, to one even scale; as many as have room, which names in two lines and ranges take where there
/// is more of it. One can be chosen: to open what it is an input of.
class TornadoView : public RowList {
    Q_OBJECT

public:
    explicit TornadoView(const Theme& theme, QWidget* parent = nullptr);

    void setRows(std::vector<TornadoRow> rows, double total);
    const std::vector<TornadoRow>& rows() const { return m_rows; }
    int rowHeight() const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// By the user.
    void inputChosen(int row);

protected:
    int rowCount() const override { return static_cast<int>(m_rows.size()); }
    QString rowTip(int index) const override { return m_rows[static_cast<std::size_t>(index)].tip; }
    void paintRow(QPainter& painter, int index) const override;
    void describe() override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void measure();
    void paintName(QPainter& painter, const TornadoRow& row, const QRect& place) const;

    std::vector<TornadoRow> m_rows;
    double m_total = 0;
    double m_least = 0; ///< of all ends
    double m_most = 0;
    int m_current = 0;
    int m_nameWidth = 0;
    int m_lowWidth = 0;
    int m_highWidth = 0;
};

} // namespace triptych
