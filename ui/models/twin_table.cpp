// Cells that are asked for when they are seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/twin_table.h"

#include "ui/widgets/number_text.h"

#include <QLocale>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace triptych {

namespace {

constexpr int kShownDigits = 5;
constexpr int kAsked = 50; // rows, for what a column has

bool isReal(const QVariant& value)
{
    return value.typeId() == QMetaType::Double || value.typeId() == QMetaType::Float;
}

bool isNumber(const QVariant& value)
{
    return isReal(value) || value.typeId() == QMetaType::LongLong || value.typeId() == QMetaType::Int;
}

QString shownText(const QVariant& value)
{
    if (isReal(value)) {
        const double number = value.toDouble();
        return std::isfinite(number) ? QLocale().toString(number, 'g', kShownDigits) : noNumber();
    }
    return isNumber(value) ? countText(value.toLongLong()) : value.toString();
}

QVariant alignment(bool right)
{
    return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft)));
}

/// The shortest text that reads back as the same number.
template <typename Real>
QString shortest(Real number)
{
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, number).ptr;
    return QString::fromLatin1(text, end - text);
}

} // namespace

void TwinTable::show(const QStringList& headers, int rows, TwinCells cells)
{
    const bool sameForm = headers == m_headers && rows == m_rows;
    if (!sameForm) beginResetModel();
    m_headers = headers;
    m_rows = rows;
    m_cells = std::move(cells);
    if (!sameForm) return endResetModel();
    if (rows > 0) emit dataChanged(index(0, 0), index(rows - 1, static_cast<int>(headers.size()) - 1));
}

int TwinTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int TwinTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headers.size());
}

QVariant TwinTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows || index.column() >= m_headers.size()) return {};
    switch (role) {
    case Qt::DisplayRole: return shownText(m_cells(index.row(), index.column()));
    case kExactRole: return m_cells(index.row(), index.column());
    case Qt::ToolTipRole: return exactText(m_cells(index.row(), index.column()));
    case Qt::TextAlignmentRole: return alignment(isNumber(m_cells(index.row(), index.column())));
    default: return {};
    }
}

QVariant TwinTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_headers.size()) return {};
    if (role == Qt::TextAlignmentRole) return alignment(hasNumbers(section));
    return role == Qt::DisplayRole ? QVariant(m_headers[section]) : QVariant();
}

/// By the first cell with a value; where none of the first has one, it is told as a text.
bool TwinTable::hasNumbers(int column) const
{
    for (int row = 0; row < std::min(m_rows, kAsked); ++row)
        if (const QVariant value = m_cells(row, column); value.isValid()) return isNumber(value);
    return false;
}

Twin twinTable(Panel& panel, const char* key, const QString& title, const QStringList& headers, int rows,
               TwinCells cells)
{
    const QString name = QLatin1String("twin-") + QLatin1String(key);
    auto* table = panel.findChild<TwinTable*>(name, Qt::FindDirectChildrenOnly);
    if (!table) {
        table = new TwinTable(&panel);
        table->setObjectName(name);
    }
    table->show(headers, rows, std::move(cells));
    return {title, table};
}

QVariant exactValue(const QModelIndex& cell)
{
    const QVariant exact = cell.data(TwinTable::kExactRole);
    return exact.isValid() ? exact : cell.data(Qt::DisplayRole);
}

QString exactText(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::Float: return shortest(value.toFloat());
    case QMetaType::Double: return shortest(value.toDouble());
    default: return value.toString();
    }
}

} // namespace triptych
