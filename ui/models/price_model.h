// The inputs of a run's prices as a table that can be edited: value, unit, range, and whose word it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_pricing.h"

#include <QAbstractTableModel>

namespace triptych {

class PriceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, UnitColumn, RangeColumn, SourceColumn, ColumnCount };

    explicit PriceModel(RunPricing& pricing, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// A number in the language of the program, or one of the core's.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

    /// Of an input; empty for none.
    QString key(const QModelIndex& index) const;
    /// Titles have another language.
    void retranslate();

signals:
    /// A value that was not taken, and what would be.
    void refused(const QString& why);

private:
    const CostInput* input(int row) const;
    QString rangeText(const CostInput& input) const;
    void refresh();

    RunPricing& m_pricing;
    std::vector<CostInput> m_inputs;
};

} // namespace triptych
