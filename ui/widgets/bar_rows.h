// Rows with a name, a bar and a number, to one scale; one of them can be chosen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/row_list.h"

#include <QString>

#include <algorithm>
#include <limits>
#include <vector>

namespace triptych {

enum class BarTone : std::uint8_t { Accent = 1, Muted }; ///< Muted: what the others are compared with

struct BarRow {
    QString name;
    double value = 0;
    QString number;      ///< the value for people, with its unit
    QString explanation; ///< of this row, for its tooltip; may be empty
    BarTone tone = BarTone::Accent;
};

/// Shows as many rows as have room, from the first on.
class BarRows : public RowList {
    Q_OBJECT

public:
    BarRows(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// top: the value of the longest bar possible. mark: where an upright line says what is fair; not-a-number: none.
    void setRows(std::vector<BarRow> rows, double top, double mark = std::numeric_limits<double>::quiet_NaN());
    const std::vector<BarRow>& rows() const { return m_rows; }
    /// -1: none.
    void setSelected(int row);
    int selected() const { return m_selected; }
    /// Bars begin no further left than behind a name of this width, as those of other rows below or above do.
    void setLeastNameWidth(int pixels);
    int nameWidth() const { return std::max(m_nameWidth, m_leastNameWidth); }
    /// Whether a row can be chosen, by mouse and keys; else it is a picture.
    void setChoosable(bool choosable);
    bool isChoosable() const { return m_choosable; }

    int rowHeight() const override { return fontMetrics().height() + 4; }
    /// Of all rows.
    int fullHeight() const { return rowHeight() * static_cast<int>(m_rows.size()); }
    /// Of a row, where its bar is drawn.
    QRect bar(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, rowHeight()}; }

signals:
    /// By the user.
    void chosen(int row);

protected:
    int rowCount() const override { return static_cast<int>(m_rows.size()); }
    QString rowTip(int index) const override { return m_rows[static_cast<std::size_t>(index)].explanation; }
    void paintRow(QPainter& painter, int index) const override;
    void paintOver(QPainter& painter) const override;
    void describe() override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QColor ThemeColors::*m_accent;
    std::vector<BarRow> m_rows;
    double m_top = 1;
    double m_mark = std::numeric_limits<double>::quiet_NaN();
    int m_nameWidth = 0;
    int m_leastNameWidth = 0;
    int m_numberWidth = 0;
    int m_selected = -1;
    bool m_choosable = false;
};

} // namespace triptych
