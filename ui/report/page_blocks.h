// The blocks of a document as items of pages.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/page_flow.h"
#include "ui/report/report_document.h"

#include <utility>
#include <vector>

namespace triptych {

/// Visits the blocks of a document in their order; items() has what they take on pages with text of that width.
class PageBlocks {
public:
    explicit PageBlocks(double width) : m_width(width) {}

    void title(const ReportDocument& document);
    void chapter(const ReportSection& section);
    void operator()(const ReportParagraph& paragraph);
    void operator()(const ReportHeading& heading);
    void operator()(const ReportFacts& facts);
    void operator()(const ReportTable& table);
    void operator()(const ReportFigure& figure);
    void operator()(const ReportNote& note);
    void operator()(const ReportCode& code);

    const std::vector<PageItem>& items() const { return m_items; }
    /// Whether an item is one of them, and not the head of one.
    bool owns(const PageItem* item) const
    {
        return !m_items.empty() && item >= m_items.data() && item <= &m_items.back();
    }
    /// The chapter that one of items() is in.
    QString chapterOf(const PageItem* item) const;

private:
    void keepWithText();
    void add(PageItem item) { m_items.push_back(std::move(item)); }

    double m_width;
    ReportNumbers m_numbers;
    std::vector<PageItem> m_items;
    std::vector<std::pair<std::size_t, QString>> m_chapters; ///< first item, title
    bool m_opening = false;                                  ///< a chapter has no paragraph yet
    std::size_t m_said = 0;                                  ///< items when the last paragraph ended
};

/// A table's title, rows and note.
std::vector<PageItem> itemsOf(const ReportTable& table, const QString& number, double width);

/// Widths of columns: what each would like where all have room, else room by need, and never less than `least` together
/// with others that do not fit either. Their sum is `width`, or less where no column needs more.
std::vector<double> shareWidth(const std::vector<double>& natural, const std::vector<double>& least, double width);

} // namespace triptych
