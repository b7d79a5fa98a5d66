// What the memory of a training is for, as tables: the regions, and the parts of one of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <QAbstractTableModel>

#include <array>
#include <memory>
#include <vector>

namespace triptych {

using MemoryRows = std::shared_ptr<const std::vector<PlanEntry>>;

/// In the language of the program: "weights".
QString regionTitle(PlanEntry::Region region);
/// What lives there and how long, with the source.
QString regionHint(PlanEntry::Region region);

/// One row for each region that the plan has, the largest first.
class RegionModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : int { NameColumn = 0, BytesColumn, BarColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    /// Null: no rows.
    void show(const MemoryRows& rows);
    PlanEntry::Region regionOf(int row) const { return m_rows[static_cast<std::size_t>(row)].region; }
    /// -1 where the plan has nothing there.
    int rowOf(PlanEntry::Region region) const;
    std::int64_t totalBytes() const { return m_total; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        PlanEntry::Region region;
        std::int64_t bytes;
    };
    std::vector<Row> m_rows;
    std::int64_t m_total = 0;
};

/// The parts of a region in the order in which they were planned; the bar is the place they have in it, so that one
/// sees which of them take turns in the same bytes.
class PlanModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : int { NameColumn = 0, ShapeColumn, BytesColumn, PlaceColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void show(MemoryRows rows, PlanEntry::Region region);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const PlanEntry& entry(int row) const { return (*m_plan)[m_shown[static_cast<std::size_t>(row)]]; }

    MemoryRows m_plan;
    std::vector<std::size_t> m_shown; ///< indices of the region's parts
    std::int64_t m_bytes = 1;         ///< of the region
};

} // namespace triptych
