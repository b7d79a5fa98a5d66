// Tables on pages: columns as wide as they need, rows that are never cut, heads on every page.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/page_blocks.h"
#include "ui/report/page_type.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <numeric>

namespace triptych {

namespace {

constexpr double kGap = 14;  // between columns
constexpr double kAir = 3.2; // above and below the text of a row
constexpr double kThinLine = 0.6;
constexpr int kMostLines = 24; // of a cell: a row must fit on a page
constexpr double kWidestWord = 180;
constexpr double kWidestHead = 76; // of numbers, before it wraps
constexpr std::size_t kShort = 12; // rows
constexpr double kLoose = 0.3;     // share of the width that may be left: beyond it the table is made narrower

struct Column {
    double x = 0;
    double width = 0;
    Qt::Alignment alignment;
};

QString headOf(const ReportColumn& column)
{
    return column.unit.isEmpty() ? column.title : column.title + QStringLiteral(" (%1)").arg(column.unit);
}

std::vector<Column> placeColumns(const ReportTable& table, double& width)
{
    std::vector<double> natural;
    std::vector<double> least;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const QString head = headOf(table.columns[i]);
        const bool number = table.columns[i].align == ReportAlign::Number;
        double wish = PageText::widthOf(head, PageStyle::Small);
        double need = std::min(kWidestWord, PageText::longestWord(head, PageStyle::Small));
        if (number) wish = std::max(need, std::min(wish, kWidestHead));
        for (const ReportRow& row : table.rows) {
            if (row.kind == ReportRowKind::Group) continue;
            const QString cell = row.cells.value(static_cast<qsizetype>(i)).left(2000);
            const PageStyle style = row.kind == ReportRowKind::Total ? PageStyle::CellStrong : PageStyle::Cell;
            const double whole = PageText::widthOf(cell, style);
            wish = std::max(wish, whole);
            need = std::max(need, number ? std::min(whole, kWidestWord)
                                         : std::min(kWidestWord, PageText::longestWord(cell, style)));
        }
        natural.push_back(wish + 1);
        least.push_back(need + 1);
    }
    const double gaps = kGap * static_cast<double>(table.columns.size() - 1);
    const std::vector<double> widths = shareWidth(natural, least, width - gaps);
    // A line across a wide gap is hard to follow. What is left otherwise goes between the columns.
    const double used = std::accumulate(widths.begin(), widths.end(), 0.0) + gaps;
    if (used < width * (1 - kLoose)) width = used + width * kLoose / 2;
    const double left = std::max(0.0, width - used);
    std::vector<Column> columns;
    double x = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const bool number = table.columns[i].align == ReportAlign::Number;
        const double wider = widths.size() > 1 ? (i == 0 ? left * 0.4 : left * 0.6 / double(widths.size() - 1)) : left;
        columns.push_back({x, widths[i] + wider, number ? Qt::AlignRight : Qt::AlignLeft});
        x += widths[i] + wider + kGap;
    }
    return columns;
}

using Cells = std::vector<std::pair<double, std::shared_ptr<PageText>>>;

void line(QPainter& painter, double x, double y, double width, const QColor& color, double thickness)
{
    painter.fillRect(QRectF(x, y, width, thickness), color);
}

double tallest(const Cells& cells)
{
    double height = 0;
    for (const auto& [x, text] : cells)
        height = std::max(height, std::min(text->lines(), kMostLines) * text->lineHeight());
    return height;
}

void paintCells(QPainter& painter, const Cells& cells, const QPointF& at, double bottomOf = -1)
{
    for (const auto& [x, text] : cells) {
        const double down = bottomOf < 0 ? 0 : bottomOf - text->height();
        for (int i = 0; i < std::min(text->lines(), kMostLines); ++i)
            text->paintLine(painter, i, at + QPointF(x, down + i * text->lineHeight()));
    }
}

PageItem headRow(const ReportTable& table, const std::vector<Column>& columns, double width)
{
    Cells cells;
    for (std::size_t i = 0; i < columns.size(); ++i)
        cells.emplace_back(columns[i].x, std::make_shared<PageText>(headOf(table.columns[i]), PageStyle::Small,
                                                                    columns[i].width, columns[i].alignment));
    const double height = tallest(cells) + 2 * kAir;
    return {height, 2, PageBreak::Never, [cells, height, width](QPainter& painter, QPointF at) {
                paintCells(painter, cells, at + QPointF(0, kAir), height - 2 * kAir);
                line(painter, at.x(), at.y() + height - kThinLine, width, lightColors().muted, kThinLine);
            }};
}

PageItem bodyRow(const ReportRow& row, const std::vector<Column>& columns, double width)
{
    const bool group = row.kind == ReportRowKind::Group;
    const bool total = row.kind == ReportRowKind::Total;
    Cells cells;
    for (std::size_t i = 0; i < (group ? 1 : columns.size()); ++i) {
        const QString cell = row.cells.value(static_cast<qsizetype>(i)).left(4000);
        cells.emplace_back(columns[i].x,
                           std::make_shared<PageText>(cell, group || total ? PageStyle::CellStrong : PageStyle::Cell,
                                                      group ? width : columns[i].width,
                                                      group ? Qt::AlignLeft : columns[i].alignment));
    }
    const double above = group ? 3 * kAir : kAir;
    const double height = tallest(cells) + above + kAir;
    return {height, 0, group ? PageBreak::Never : PageBreak::Allowed,
            [cells, height, width, above, total](QPainter& painter, QPointF at) {
                if (total) line(painter, at.x(), at.y(), width, lightColors().text, kThinLine);
                paintCells(painter, cells, at + QPointF(0, above));
                line(painter, at.x(), at.y() + height - kThinLine, width, lightColors().border, kThinLine);
            }};
}

} // namespace

std::vector<double> shareWidth(const std::vector<double>& natural, const std::vector<double>& least, double width)
{
    const double wished = std::accumulate(natural.begin(), natural.end(), 0.0);
    if (wished <= width) return natural;
    const double needed = std::accumulate(least.begin(), least.end(), 0.0);
    std::vector<double> widths;
    for (std::size_t i = 0; i < natural.size(); ++i) {
        if (needed >= width)
            widths.push_back(least[i] * width / needed);
        else
            widths.push_back(least[i] + (natural[i] - least[i]) * (width - needed) / (wished - needed));
    }
    return widths;
}

std::vector<PageItem> itemsOf(const ReportTable& table, const QString& number, double width)
{
    std::vector<PageItem> items;
    if (table.columns.empty()) return items;
    const auto name =
        std::make_shared<PageText>(number + QStringLiteral("   ") + table.title, PageStyle::Strong, width);
    items.push_back(
        {name->height(), 18, PageBreak::Never, [name](QPainter& painter, QPointF at) { name->paint(painter, at); }});
    double tableWidth = width;
    const std::vector<Column> columns = placeColumns(table, tableWidth);
    const auto head = std::make_shared<const PageItem>(headRow(table, columns, tableWidth));
    items.push_back(*head);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        PageItem row = bodyRow(table.rows[i], columns, tableWidth);
        // Short tables stay whole; of others the first two and the last two rows stay together, a sum with what it
        // sums.
        const bool last = i + 1 == table.rows.size();
        if (!last && (i == 0 || i + 2 == table.rows.size() || table.rows.size() <= kShort))
            row.after = PageBreak::Never;
        if (i > 0) row.head = head;
        items.push_back(std::move(row));
    }
    if (!table.note.isEmpty()) {
        const auto note = std::make_shared<PageText>(table.note, PageStyle::Small, width);
        if (items.size() > 2) items.back().after = PageBreak::Never;
        items.push_back({note->height(), 5, PageBreak::Allowed,
                         [note](QPainter& painter, QPointF at) { note->paint(painter, at); }});
    }
    return items;
}

} // namespace triptych
