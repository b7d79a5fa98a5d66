// Runs as a table: which are drawn, how they stand, what they reached, what people noted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_list.h"
#include "ui/bridge/series_hub.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>
#include <QSet>
#include <QSortFilterProxyModel>

#include <memory>
#include <optional>
#include <vector>

namespace triptych {

/// A row for each run of the list, by folder. The check of a row draws its curves beside those of the run that is
/// shown; tags and notes can be edited.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : int {
        NameColumn = 0,
        StateColumn,
        StepsColumn,
        LastColumn,
        LowColumn,
        HighColumn,
        MeanColumn,
        AtColumn,
        TokensColumn,
        MoneyColumn,
        ModelColumn,
        DataColumn,
        CreatedColumn,
        OriginColumn,
        TagsColumn,
        NotesColumn,
        ColumnCount
    };
    static constexpr int kSortRole = Qt::UserRole;       ///< a number or a text
    static constexpr int kFolderRole = Qt::UserRole + 1; ///< of the run, as the list has it

    /// Both outlive the model.
    RunTableModel(RunList& runs, const Theme& theme, QObject* parent = nullptr);

    const RunRow* rowAt(int row) const;
    QString folderAt(int row) const;
    /// What the columns of values are of.
    void setQuestion(const RunQuestion& question);
    const RunQuestion& question() const { return m_question; }

    /// Runs that stay above the others.
    bool isPinned(const QString& folder) const { return m_pinned.contains(folder); }
    void setPinned(const QString& folder, bool pinned);
    /// Of a device-hour, at which amounts are counted; nothing: each run at the prices that it recorded.
    void setPrices(const std::optional<HourPrices>& prices);
    const QSet<QString>& pinned() const { return m_pinned; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Names of columns in layouts that are kept, whatever their order is. ColumnCount for one that is none.
    static QString columnId(int column);
    static int columnOf(const QString& id);

    /// The value of the metric that is asked for, with as many digits as can be read.
    static QString valueText(double value);

private:
    void takeRows();
    void refresh();
    QString text(const RunRow& row, int column) const;
    QString stateText(const RunRow& row) const;
    QString toolTip(const RunRow& row, int column) const;
    QVariant exact(const RunRow& row, int column) const;
    double headlineOf(const RunRow& row) const; ///< USD, at the prices that are chosen
    double fullCostOf(const RunRow& row) const;
    QVariant sortKey(const RunRow& row, int column) const;
    QVariant foreground(const RunRow& row, int column) const;
    QVariant sign(const RunRow& row) const;

    RunList& m_runs;
    std::optional<HourPrices> m_prices;
    const Theme& m_theme;
    RunList::Rows m_rows;
    RunQuestion m_question;
    QSet<QString> m_pinned;
    QTimer m_ages; ///< "3 s ago" grows by itself
};

/// Rows that have all the words, those that are pinned first.
class RunTableFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit RunTableFilter(RunTableModel& model, QObject* parent = nullptr);
    void setWords(const QString& text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    RunTableModel& m_model;
    QStringList m_words;
};

} // namespace triptych
