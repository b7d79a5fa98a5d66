// What a plot or map shows, as a table: exact values, for those who want the numbers or cannot see the picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace triptych {

/// The value of a cell: a number as it is known, a text, or nothing. Keeps what it reads alive by itself.
using TwinCells = std::function<QVariant(int row, int column)>;

/// Shows rounded numbers in the language of the program; kExactRole has the numbers themselves.
class TwinTable : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kExactRole = Qt::EditRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Other numbers in a table of the same form change in place, so that what is chosen in it stays chosen.
    void show(const QStringList& headers, int rows, TwinCells cells);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    bool hasNumbers(int column) const;

    QStringList m_headers;
    int m_rows = 0;
    TwinCells m_cells;
};

/// A table of a panel, which owns it under `key`: made with the first call, shown anew with each further one. Headers
/// have titles and, in brackets, units.
Twin twinTable(Panel& panel, const char* key, const QString& title, const QStringList& headers, int rows,
               TwinCells cells);

/// A whole number as a cell.
inline QVariant countCell(std::int64_t count)
{
    return QVariant::fromValue<qlonglong>(count);
}

/// What a cell of any table says exactly: its number, or the text that is shown.
QVariant exactValue(const QModelIndex& cell);
/// The same for files and other programs, whatever the language: all digits that count, a point; empty for what is not
/// known, "nan" for what is no number.
QString exactText(const QVariant& value);

} // namespace triptych
