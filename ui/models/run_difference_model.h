// The settings in which runs differ, as a table: a row for each setting, a column for each run.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over a header of the standard library that this one includes
#include "core/session/run_difference.h"
#endif

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace triptych {

class RunDifferenceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Names are those of the runs, in the order of the values.
    void show(const QStringList& names, std::vector<SettingDifference> rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QStringList m_names;
    std::vector<SettingDifference> m_rows;
};

} // namespace triptych
