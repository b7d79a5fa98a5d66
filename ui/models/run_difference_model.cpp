// Showing differences.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_difference_model.h"

namespace triptych {

void RunDifferenceModel::show(const QStringList& names, std::vector<SettingDifference> rows)
{
    beginResetModel();
    m_names = names;
    m_rows = std::move(rows);
    endResetModel();
}

int RunDifferenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunDifferenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(m_names.size());
}

QVariant RunDifferenceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
    const SettingDifference& row = m_rows[static_cast<std::size_t>(index.row())];
    if (index.column() == 0) return QString::fromStdString(row.key);
    const QString value = QString::fromStdString(row.values[static_cast<std::size_t>(index.column() - 1)]);
    return value.isEmpty() ? QStringLiteral("–") : value;
}

QVariant RunDifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == 0 ? tr("Setting") : m_names.value(section - 1);
}

} // namespace triptych
