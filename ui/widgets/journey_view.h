// Rows of small chips, one for each layer that a token went through: scrolls, and makes only the rows that are seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractScrollArea>

#include <functional>
#include <optional>
#include <vector>

namespace triptych {

/// A thing with a weight, to be clicked.
struct JourneyChip {
    QString name;      ///< "e9", "u"
    QString number;    ///< ".41", "52 %"
    double weight = 0; ///< 0..1: how strong the colour is
    int target = -1;   ///< what a click is about: the expert, the token
    bool chosen = false;
    QString explanation;
};

/// What the lens or the head says; the first is the likeliest.
struct JourneyGuess {
    QString text;
    QString number;
    double probability = 0;
    bool final = false; ///< it is what the head chooses in the end
};

struct JourneyRow {
    QString label; ///< "3", "head"
    std::vector<JourneyChip> routes;
    QString routesNote; ///< instead of routes: "dense"
    std::vector<JourneyChip> looks;
    std::vector<JourneyGuess> guesses;
    QString guessesNote; ///< instead of guesses
    QString description; ///< the row in a sentence
};

/// A head with the titles of the columns, the rows, and below them one row that is always seen: where it all leads to.
class JourneyView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit JourneyView(const Theme& theme, QWidget* parent = nullptr);

    using MakeRow = std::function<JourneyRow(int row)>;
    /// The view asks for a row when it paints it. most: chips that any row has, so that columns keep their places;
    /// widestRoute: the widest of them in words.
    void setRows(int count, MakeRow makeRow, int mostRoutes, const QString& widestRoute);
    /// last.routesNote goes over two columns.
    void setEnd(JourneyRow end);
    /// -1: none. Brings it into view.
    void setChosen(int row);
    int chosen() const { return m_chosen; }
    int rowCount() const { return m_count; }
    /// Rows made since they changed last: no more than were seen.
    int rowsMade() const { return static_cast<int>(m_made.size()); }
    const JourneyRow& row(int row) const;
    const JourneyRow& end() const { return m_end; }

    /// Where things are, in coordinates of viewport(); empty where they are not shown.
    QRect rowRect(int row) const;
    QRect routeRect(int row, int chip) const;
    QRect lookRect(int row, int chip) const;

    QSize sizeHint() const override { return {640, 220}; }
    QSize minimumSizeHint() const override { return {160, 90}; }

signals:
    /// By mouse or keys.
    void rowChosen(int row);
    void expertChosen(int row, int expert);
    void tokenChosen(int token);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Columns {
        int routes = 0, looks = 0, guesses = 0, right = 0; ///< where they begin, and where the last one ends
        int routeWidth = 0, lookWidth = 0;                 ///< of a chip
        int routeChips = 0, lookChips = 0;                 ///< that have room
    };
    struct Place {
        int row = -1;
        int chip = -1; ///< routes first, then looks
    };

    int rowHeight() const;
    int labelWidth() const;
    Columns columns() const;
    QRect body() const; ///< between head and end
    int rowAt(int y) const;
    Place placeAt(const QPoint& position) const;
    QRect chipRect(int row, int chip) const;
    int chipCount(int row) const;
    const JourneyChip& chip(int row, int chip) const;
    void activate(const Place& place);
    void moveChip(int by);
    void keepInView(int row);
    void fitScrollBar();
    void tellAccessible();
    void paintTitles(QPainter& painter, const Columns& at) const;
    void paintRow(QPainter& painter, const JourneyRow& row, const QRect& place, const Columns& at) const;
    void paintChips(QPainter& painter, const std::vector<JourneyChip>& chips, int left, int width, int room,
                    const QRect& line, const QColor& accent) const;
    void paintGuesses(QPainter& painter, const JourneyRow& row, const QRect& place) const;
    QString explanationAt(const QPoint& position) const;

    const Theme& m_theme;
    int m_count = 0;
    MakeRow m_makeRow;
    mutable std::vector<std::optional<JourneyRow>> m_rows;
    mutable std::vector<int> m_made;
    JourneyRow m_end;
    int m_mostRoutes = 0;
    QString m_widestRoute;
    int m_chosen = -1;
    int m_chip = -1; ///< of the chosen row, by keys
    int m_hovered = -1;
};

} // namespace triptych
