// What can be done with a card as a whole: its table, files, the clipboard. All of it stands in the card's menu.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel_catalog.h"

#include <QPointer>

class QAction;
class QMenu;

namespace triptych {

class Card;
class ExportDialog;
class TwinView;

class CardHands : public QObject {
    Q_OBJECT

public:
    /// Makes the menu of the card, which owns this. What `context` refers to outlives it.
    CardHands(const PanelInfo& info, const PanelContext& context, Card& card, Panel& panel);
    ~CardHands() override; ///< with menu, table and dialog

    /// Last in the menu; what it does is for the card that has the focus, which goes to this one first.
    void addToMenu(QAction* action);

    /// In the place of the picture, and back.
    void showTable(bool shown);
    bool isTable() const { return !m_twin.isNull(); }
    /// `part` as Panel::exportRequested() has it; empty: all of the card.
    void openExport(const QVariantMap& part = {});
    void copyPicture() const;
    void copyData() const;

private:
    const PanelInfo& m_info;
    PanelContext m_context;
    Card& m_card;
    Panel& m_panel;
    QPointer<QMenu> m_menu; // these may go with the card before this does
    QAction* m_table;
    QPointer<TwinView> m_twin; ///< while the table is shown
    QPointer<ExportDialog> m_dialog;
};

} // namespace triptych
