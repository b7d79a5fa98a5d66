// Where the time of a step goes, op by op, as a table.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <QAbstractTableModel>

#include <memory>

namespace triptych {

/// The longest op first; the last row is the time between the ops.
class KernelModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : int {
        NameColumn = 0,
        TimeColumn,
        ShareColumn,
        BarColumn,
        FlopsColumn,
        PeakColumn,
        BytesColumn,
        CallsColumn,
        ColumnCount
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// The ops of a step, and what lies between them as the last row.
    static int rows(const KernelFrame& frame);
    static KernelFrame::Row row(const KernelFrame& frame, int index);

    /// Null: no rows. Ops keep their rows where they are the same as before, so that a chosen row stays chosen.
    void show(std::shared_ptr<const KernelFrame> frame);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(const KernelFrame::Row& op, int column) const;

    std::shared_ptr<const KernelFrame> m_frame;
};

} // namespace triptych
