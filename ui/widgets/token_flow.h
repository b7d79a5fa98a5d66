// A text as it runs, each token a small cell: the token, what is expected after it, what is drafted one further on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/draft_acceptance.h"
#include "ui/theme/theme.h"

#include <QFont>
#include <QHash>
#include <QStringList>
#include <QWidget>

#include <array>
#include <vector>

namespace triptych {

/// A guess below a token.
struct FlowGuess {
    QString text; ///< empty: none
    double probability = 0;
    bool right = false;                  ///< it is what the text says there
    DraftState state = DraftState::None; ///< of a draft
};

struct FlowCell {
    QString token;
    std::vector<FlowGuess> guesses; ///< one for each line below the token
    QString explanation;            ///< the tooltip
    int word = -1;                  ///< cells of one word stay on one line where they can
    bool breakAfter = false;        ///< a line end
};

/// Wraps like text and is as high as it needs to be: for a scroll area. As long as the tokens stay the same a cell
/// never becomes narrower, and probabilities have the room of the widest: new guesses do not move the columns about.
/// Accepted drafts carry a check mark and a tint; guesses that are right are bold.
class TokenFlow : public QWidget {
    Q_OBJECT

public:
    TokenFlow(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// lineNames: what stands before each line of cells, the token's own first.
    void setCells(std::vector<FlowCell> cells, const QStringList& lineNames);
    const std::vector<FlowCell>& cells() const { return m_cells; }
    void setSelected(int cell);
    int selected() const { return m_selected; }
    QRect cellRect(int cell) const { return m_places[static_cast<std::size_t>(cell)]; }
    int cellAt(const QPoint& position) const; ///< or -1
    int lineCount() const { return m_lineCount; }

    QSize sizeHint() const override { return {360, heightForWidth(360)}; }
    QSize minimumSizeHint() const override { return {80, 20}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    /// By mouse or keys.
    void chosen(int cell);
    /// -1 when the mouse leaves.
    void hovered(int cell);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// Sizes that follow from the width: where there is room letters are larger, and numbers stand beside the guesses.
    struct Style {
        bool roomy = false;
        QFont token, guess, strong, number;
        int tokenHeight = 0;
        int guessHeight = 0;
        int cellHeight = 0;
        int gutter = 0; ///< for the names of the lines
    };
    /// Of one style: its fonts, the widths of texts in them, and the widest that each cell has been.
    struct Measured {
        Style style;
        QHash<QString, int> tokens, guesses; ///< px
        int check = 0;                       ///< px of the mark of an accepted draft
        int number = 0;                      ///< px of a probability, and the gap before it; 0 where none is shown
        std::vector<int> widths;             ///< of cells
        bool stale = true;
    };
    struct Layout {
        std::vector<QRect> places;
        int lines = 0;
        int height = 0;
    };
    Layout layOut(int width) const;
    void arrange();
    Style styleFor(int width) const;
    /// Up to date; measured once for each text.
    Measured& measured(int width) const;
    static int cellWidth(const FlowCell& cell, Measured& measured);
    void paintNames(QPainter& painter) const;
    void paintCell(QPainter& painter, int cell) const;
    void paintGuess(QPainter& painter, const QRect& place, const FlowGuess& guess, bool draft) const;
    void hover(int cell);
    int neighbour(int key) const;

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    std::vector<FlowCell> m_cells;
    QStringList m_lineNames;
    std::vector<QRect> m_places;
    int m_lineCount = 0;
    int m_height = -1; ///< px that the cells need
    Style m_style;
    mutable std::array<Measured, 2> m_measured; ///< narrow and roomy
    int m_selected = -1;
    int m_hovered = -1;
};

} // namespace triptych
