// How pages are set: the measures of a sheet, a scale of type sizes, and lines of text on it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPointF>
#include <QString>

#include <memory>

class QPainter;
class QTextLayout;

namespace triptych {

/// In pixels of 96 an inch: an A4 sheet with margins.
struct SheetMeasures {
    double width = 793.7;
    double height = 1122.5;
    double left = 80;
    double top = 92;    ///< of the text; the running head stands above it
    double bottom = 88; ///< likewise
    double textWidth() const { return width - 2 * left; }
    double textHeight() const { return height - top - bottom; }
};

enum class PageStyle : std::uint8_t {
    Title = 1,
    Subtitle,
    Chapter,
    Heading,
    Body,
    Strong,
    Figures,
    Small,
    Cell,
    CellStrong,
    Code
};

/// Ink of a style.
QColor inkOf(PageStyle style);

/// Lines of text in a column, measured and painted without the grid of pixels, so that letters stand where the font
/// wants them.
class PageText {
public:
    /// Broken between words where that can be done, within them where not. Alignment as for QTextOption.
    PageText(const QString& text, PageStyle style, double width, Qt::Alignment alignment = Qt::AlignLeft);
    ~PageText();

    int lines() const;
    double lineHeight() const { return m_lineHeight; }
    double height() const { return m_lineHeight * lines(); }
    double naturalWidth() const; ///< of its longest line as it is broken
    void paint(QPainter& painter, const QPointF& at) const;
    void paintLine(QPainter& painter, int line, const QPointF& at) const;

    /// Of a text on one line, and of its longest word.
    static double widthOf(const QString& text, PageStyle style);
    static double longestWord(const QString& text, PageStyle style);

private:
    std::unique_ptr<QTextLayout> m_layout;
    QColor m_ink;
    double m_lineHeight = 0;
};

} // namespace triptych
