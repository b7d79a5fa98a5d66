// Paragraphs, facts, figures, notes as items.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/page_blocks.h"

#include "ui/report/page_type.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

using Text = std::shared_ptr<PageText>;

Text textOf(const QString& text, PageStyle style, double width)
{
    return std::make_shared<PageText>(text, style, width);
}

PageItem itemOf(const Text& text, double space, PageBreak after, double indent = 0)
{
    return {text->height(), space, after,
            [text, indent](QPainter& painter, QPointF at) { text->paint(painter, at + QPointF(indent, 0)); }};
}

/// Line by line, no single line at the top or the bottom of a page.
std::vector<PageItem> linesOf(const Text& text, double space, double indent, const QColor& bar = {})
{
    std::vector<PageItem> items;
    const int count = text->lines();
    for (int i = 0; i < count; ++i) {
        const bool together = i == 0 || i == count - 2;
        const double height = text->lineHeight();
        items.push_back({height, i == 0 ? space : 0, together && i + 1 < count ? PageBreak::Never : PageBreak::Allowed,
                         [=](QPainter& painter, QPointF at) {
                             if (bar.isValid()) painter.fillRect(QRectF(at, QSizeF(2, height + 0.2)), bar);
                             text->paintLine(painter, i, at + QPointF(indent, 0));
                         }});
    }
    return items;
}

struct Tile {
    Text label, value, note;
    double height() const { return label->height() + value->height() + note->height(); }
};

} // namespace

void PageBlocks::title(const ReportDocument& document)
{
    add(itemOf(textOf(document.title, PageStyle::Title, m_width), 0, PageBreak::Never));
    add(itemOf(textOf(document.subtitle, PageStyle::Subtitle, m_width), 6, PageBreak::Never));
    add({2, 12, PageBreak::Never, [width = m_width](QPainter& painter, QPointF at) {
             painter.fillRect(QRectF(at, QSizeF(width, 1.6)), lightColors().text);
         }});
}

void PageBlocks::chapter(const ReportSection& section)
{
    m_chapters.emplace_back(m_items.size(), section.title);
    m_opening = true;
    add(itemOf(textOf(section.title, PageStyle::Chapter, m_width), m_items.size() < 4 ? 18 : 38, PageBreak::Never));
}

QString PageBlocks::chapterOf(const PageItem* item) const
{
    const auto index = static_cast<std::size_t>(item - m_items.data());
    QString title;
    for (const auto& [first, name] : m_chapters)
        if (first <= index) title = name;
    return title;
}

void PageBlocks::operator()(const ReportParagraph& paragraph)
{
    const double space = !m_items.empty() && m_items.back().after == PageBreak::Never ? 5 : 8;
    for (PageItem& item : linesOf(textOf(paragraph.text, PageStyle::Body, m_width), space, 0)) add(std::move(item));
    // What opens a chapter says how to read what follows, and stands on its page.
    if (std::exchange(m_opening, false) || paragraph.text.endsWith(QLatin1Char(':')))
        m_items.back().after = PageBreak::Never;
    m_said = m_items.size();
}

void PageBlocks::operator()(const ReportHeading& heading)
{
    add(itemOf(textOf(heading.text, PageStyle::Heading, m_width), 22, PageBreak::Never));
}

void PageBlocks::operator()(const ReportNote& note)
{
    constexpr double kIndent = 12;
    const ThemeColors colors = lightColors();
    const QColor bar = note.kind == ReportNoteKind::Caution ? colors.warning : colors.border;
    const PageStyle style = note.kind == ReportNoteKind::Caution ? PageStyle::Body : PageStyle::Small;
    for (PageItem& item : linesOf(textOf(note.text, style, m_width - kIndent), 10, kIndent, bar)) add(std::move(item));
    if (note.kind == ReportNoteKind::Caution) m_said = m_items.size(); // it stands with what it warns of
}

void PageBlocks::operator()(const ReportCode& code)
{
    constexpr double kIndent = 12;
    for (PageItem& item :
         linesOf(textOf(code.text, PageStyle::Code, m_width - 2 * kIndent), 10, kIndent, lightColors().border))
        add(std::move(item));
}

void PageBlocks::operator()(const ReportFacts& facts)
{
    constexpr std::size_t kColumns = 3;
    constexpr double kGap = 18;
    constexpr double kAir = 9;
    const double width = (m_width - kGap * (kColumns - 1)) / kColumns;
    for (std::size_t first = 0; first < facts.facts.size(); first += kColumns) {
        std::vector<Tile> tiles;
        double height = 0;
        for (std::size_t i = first; i < std::min(facts.facts.size(), first + kColumns); ++i) {
            const ReportFact& fact = facts.facts[i];
            tiles.push_back({textOf(fact.label, PageStyle::Small, width), textOf(fact.value, PageStyle::Figures, width),
                             textOf(fact.note, PageStyle::Small, width)});
            height = std::max(height, tiles.back().height());
        }
        add({height + 2 * kAir, first == 0 ? 14.0 : 6.0, PageBreak::Allowed,
             [tiles, width](QPainter& painter, QPointF at) {
                 for (std::size_t i = 0; i < tiles.size(); ++i) {
                     const QPointF corner = at + QPointF(static_cast<double>(i) * (width + kGap), 0);
                     painter.fillRect(QRectF(corner, QSizeF(width, 0.8)), lightColors().muted);
                     const Tile& tile = tiles[i];
                     tile.label->paint(painter, corner + QPointF(0, kAir));
                     tile.value->paint(painter, corner + QPointF(0, kAir + tile.label->height()));
                     tile.note->paint(painter, corner + QPointF(0, kAir + tile.label->height() + tile.value->height()));
                 }
             }});
    }
}

/// What is said just before a figure or a table stands with it.
void PageBlocks::keepWithText()
{
    if (!m_items.empty() && m_said == m_items.size()) m_items.back().after = PageBreak::Never;
}

void PageBlocks::operator()(const ReportFigure& figure)
{
    keepWithText();
    const QString name = m_numbers.figure() + QStringLiteral("   ") + figure.title;
    add(itemOf(textOf(name, PageStyle::Strong, m_width), 18, PageBreak::Never));
    const double scale = m_width / figure.size.width();
    add({figure.size.height() * scale, 4, PageBreak::Never, [figure, scale](QPainter& painter, QPointF at) {
             painter.save();
             painter.translate(at);
             painter.scale(scale, scale);
             if (figure.paint) figure.paint(painter);
             painter.restore();
         }});
    add(itemOf(textOf(figure.caption, PageStyle::Small, m_width), 5, PageBreak::Allowed));
}

void PageBlocks::operator()(const ReportTable& table)
{
    keepWithText();
    for (PageItem& item : itemsOf(table, m_numbers.table(), m_width)) add(std::move(item));
}

} // namespace triptych
