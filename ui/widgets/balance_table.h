// How even the loads are, as numbers: of the chosen layer, and how the layers are spread.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "ui/bridge/run_feed.h"

#include <QWidget>

#include <array>
#include <vector>

class QLabel;

namespace triptych {

/// The q-th part (0..1) of values, linear between the two nearest; those that are not numbers do not count.
/// Not-a-number of none.
double quantile(std::vector<double> values, double q);

/// Rows MaxVio, MinVio, CV, diversity, dead of the step, means of 20 steps (RunFeed::calm); below them the same of its
/// micro-batches where there are several. Columns: the chosen layer, then p50, p75, p90, p95 over the layers.
class BalanceTable : public QWidget {
    Q_OBJECT

public:
    explicit BalanceTable(QWidget* parent = nullptr);

    /// `row`: of the chosen layer in the frame; `title`: its name.
    void setFrame(const RunFeed& feed, const LoadFrame& frame, std::size_t row, const QString& title);
    /// Of the rows of the step; of those of micro-batches, 0 where a step is one.
    int stepHeight() const;
    int microHeight() const;
    /// Whether the rows of micro-batches are shown where there are any: they take as much room again.
    void showMicro(bool shown);
    /// What stands in a cell, with the titles as row and column 0; for tests and readers.
    QString cell(int row, int column) const;

private:
    static constexpr int kRows = 12;
    static constexpr int kColumns = 6;

    QLabel* at(int row, int column) const { return m_cells[static_cast<std::size_t>(row * kColumns + column)]; }
    QString explanation(int row, int column) const;
    void fill(int row, const std::vector<double>& values, std::size_t chosen);
    void showRows();

    std::array<QLabel*, kRows * kColumns> m_cells{};
    bool m_hasMicro = false;
    bool m_microShown = true;
};

} // namespace triptych
