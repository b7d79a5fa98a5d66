// Experts with the tokens of the vocabulary that choose them: a number, a bar of the largest share, the tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/row_list.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace triptych {

struct WordShare {
    QString text;
    double share = 0; ///< 0..1
};

struct WordRow {
    std::int64_t expert = 0;
    std::vector<WordShare> words; ///< the largest share first; may be empty
    double largest() const { return words.empty() ? 0 : words.front().share; }
};

/// As high as all its rows; stands in a scroll area where there may be many.
class WordRows : public RowList {
    Q_OBJECT

public:
    WordRows(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// chance: what each share would be if tokens and experts had nothing to do with each other, drawn as an upright
    /// line; not-a-number: not known.
    void setRows(std::vector<WordRow> rows, double chance = std::numeric_limits<double>::quiet_NaN());
    const std::vector<WordRow>& rows() const { return m_rows; }
    /// -1: none.
    void setSelected(int row);
    int selected() const { return m_selected; }
    /// Of a row, where its bar is drawn.
    QRect bar(int index) const;
    /// The tokens of a row that have room, and an ellipsis where that is not all.
    QString shownText(int index) const;

    int rowHeight() const override { return fontMetrics().height() + 4; }
    QSize sizeHint() const override { return {280, rowHeight() * std::max(1, rowCount())}; }
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }
    /// The chosen row: what a scroll area brings into view with the focus.
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

signals:
    /// By the user.
    void chosen(int row);

protected:
    int rowCount() const override { return static_cast<int>(m_rows.size()); }
    QString rowTip(int index) const override;
    void paintRow(QPainter& painter, int index) const override;
    void paintOver(QPainter& painter) const override;
    void describe() override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    static QString nameOf(const WordRow& row);
    QString noWords() const;
    QString spoken(const WordRow& row) const;
    int barLeft() const;
    int barRoom() const;
    QRect wordsRect(int index) const;
    std::size_t shownWords(int index) const;

    QColor ThemeColors::*m_accent;
    std::vector<WordRow> m_rows;
    double m_chance = std::numeric_limits<double>::quiet_NaN();
    int m_nameWidth = 0;
    int m_selected = -1;
    QRect m_exposed; ///< rows beside it are not painted: of hundreds a few are seen
};

} // namespace triptych
