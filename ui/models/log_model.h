// The run log as a table: time, step, kind, text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>
#include <QFont>

namespace triptych {

/// Rows are the feed's; they are added as it logs, and all go when the feed's log was cleared.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : int { TimeColumn = 0, StepColumn, KindColumn, TextColumn, ColumnCount };
    /// The text with its lines, as it was logged.
    static constexpr int kFullTextRole = Qt::UserRole;
    /// Of the line, a number.
    static constexpr int kStepRole = Qt::UserRole + 1;

    /// Both outlive the model.
    LogModel(const RunFeed& feed, const Theme& theme, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void takeNew();
    QVariant textOf(const LogEntry& entry, int column) const;
    QVariant exactOf(const LogEntry& entry, int column) const;
    QString toolTip(const LogEntry& entry) const;

    const RunFeed& m_feed;
    const Theme& m_theme;
    QFont m_monospaced;
    int m_rows = 0;
};

/// What a kind means to the eye: its colour, and a sign that says the same without colour.
struct LogLook {
    QString sign;
    QColor ThemeColors::*color;
};
LogLook logLook(const QString& kind);

/// An entry in one line where no column tells its kind: what the model wrote is told as such, for it may read like a
/// message of the program.
QString logLine(const LogEntry& entry);

} // namespace triptych
