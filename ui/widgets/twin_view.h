// A card as its table: the numbers of a plot or map, sortable, to be copied, and to be read by those who cannot see.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QTimer>

class QLabel;
class QTableView;
class QTabWidget;

namespace triptych {

/// One tab for each table of the panel. While it can be seen it follows the run, once a second or more seldom where
/// that takes long; what is chosen and sorted stays so.
class TwinView : public QWidget {
    Q_OBJECT

public:
    /// `panel` outlives the view.
    explicit TwinView(Panel& panel, QWidget* parent = nullptr);

    void refresh();
    /// Null without any.
    QTableView* table() const;
    /// What is chosen with the titles of its columns, or everything where nothing is; separated by tabs.
    QString chosenAsText() const;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QTableView* makeTable(QAbstractItemModel* model);
    void copy() const;

    Panel& m_panel;
    QTabWidget* m_tabs;
    QLabel* m_empty;
    QTimer m_timer;
};

} // namespace triptych
