// Fields and their quotes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/table_text.h"

#include "ui/models/twin_table.h"

#include <numeric>

namespace triptych {

namespace {

QString csvField(QString text)
{
    const bool quoted = text.startsWith(QLatin1Char('#')) || text.startsWith(QLatin1Char(' ')) ||
                        text.endsWith(QLatin1Char(' ')) || text.contains(QLatin1Char(',')) ||
                        text.contains(QLatin1Char('"')) || text.contains(QLatin1Char('\n')) ||
                        text.contains(QLatin1Char('\r'));
    if (!quoted) return text;
    text.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QLatin1Char('"') + text + QLatin1Char('"');
}

QString tabField(QString text)
{
    for (const char c : {'\t', '\n', '\r'}) text.replace(QLatin1Char(c), QLatin1Char(' '));
    return text;
}

QString lines(const QAbstractItemModel& table, const std::vector<int>& rows, const std::vector<int>& columns,
              QChar separator, QString (*field)(QString))
{
    QString text;
    const auto line = [&](const auto& cell) {
        for (const int column : columns) {
            if (column != columns.front()) text += separator;
            text += field(cell(column));
        }
        text += QLatin1Char('\n');
    };
    line([&](int column) { return table.headerData(column, Qt::Horizontal).toString(); });
    for (const int row : rows) line([&](int column) { return exactText(exactValue(table.index(row, column))); });
    return text;
}

std::vector<int> upTo(int count)
{
    std::vector<int> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

} // namespace

QString tableAsCsv(const QAbstractItemModel& table)
{
    return lines(table, upTo(table.rowCount()), upTo(table.columnCount()), QLatin1Char(','), csvField);
}

QString tableAsText(const QAbstractItemModel& table)
{
    return tableAsText(table, upTo(table.rowCount()), upTo(table.columnCount()));
}

QString tableAsText(const QAbstractItemModel& table, const std::vector<int>& rows, const std::vector<int>& columns)
{
    return lines(table, rows, columns, QLatin1Char('\t'), tabField);
}

} // namespace triptych
