// The most likely tokens at one position, as bars: a column for each head that guesses.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace triptych {

struct GuessColumn {
    QString title;              ///< "next" or "MTP 1"
    std::vector<Guess> guesses; ///< best first; empty: the text ends before
    int marked = -1;            ///< the guess that is the one to note: what the text says
};

class GuessBars : public QWidget {
    Q_OBJECT

public:
    GuessBars(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// ending: what stands in a column without guesses.
    void show(std::vector<GuessColumn> columns, const QString& ending);
    const std::vector<GuessColumn>& columns() const { return m_columns; }

    QSize sizeHint() const override { return {300, rowHeight() * (kRows + 1)}; }
    QSize minimumSizeHint() const override { return {80, rowHeight() * (kRows + 1)}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static constexpr int kRows = 5;

    int rowHeight() const { return fontMetrics().height() + 1; }
    void paintColumn(QPainter& painter, const GuessColumn& column, const QRect& place) const;

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    std::vector<GuessColumn> m_columns;
    QString m_ending;
};

} // namespace triptych
