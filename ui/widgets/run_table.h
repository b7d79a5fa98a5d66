// The table of runs: its keys, and how its columns share the room.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QTableView>

#include <utility>
#include <vector>

namespace triptych {

/// A table whose keys are its own before they are the window's: Space draws a run, Enter opens it.
class RunTable final : public QTableView {
    Q_OBJECT

public:
    using QTableView::QTableView;

    /// Rows and columns grow with the type from now on.
    void growWithType();
    /// Columns of numbers are as wide as their headers at least, which change with the money and the step that is
    /// asked for; but not those that somebody pulled at.
    void showHeadersWhole();
    /// Columns that become narrower where there is little room, the first first: their width, and the least of it.
    void setGivingWay(std::vector<std::pair<int, std::pair<int, int>>> columns);

signals:
    void toggled();
    void entered();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void fitHeaders();
    void giveWay();

    std::vector<std::pair<int, std::pair<int, int>>> m_wanted;
    QSet<int> m_pulled;    ///< columns that somebody has pulled at
    bool m_byHand = false; ///< one of those that give way is among them: widths are theirs
    bool m_fitting = false;
};

} // namespace triptych
