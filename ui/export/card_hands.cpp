// The menu of a card.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/card_hands.h"

#include "ui/export/card_export.h"
#include "ui/export/export_dialog.h"
#include "ui/models/table_text.h"
#include "ui/widgets/card.h"
#include "ui/widgets/twin_view.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QSettings>

namespace triptych {

CardHands::CardHands(const PanelInfo& info, const PanelContext& context, Card& card, Panel& panel)
    : QObject(&card), m_info(info), m_context(context), m_card(card), m_panel(panel), m_menu(new QMenu(&card)),
      m_table(m_menu->addAction(tr("Table\tT")))
{
    m_table->setObjectName(QStringLiteral("table"));
    m_table->setCheckable(true);
    m_table->setToolTip(tr("The numbers of this card in its place, and back"));
    connect(m_table, &QAction::triggered, this, &CardHands::showTable);
    m_menu->addSeparator();
    QAction* exporting = m_menu->addAction(tr("Export…\tCtrl+E"), this, [this] { openExport(); });
    exporting->setObjectName(QStringLiteral("export"));
    m_menu->addAction(tr("Copy the picture"), this, &CardHands::copyPicture)
        ->setObjectName(QStringLiteral("copyPicture"));
    m_menu->addAction(tr("Copy the data"), this, &CardHands::copyData)->setObjectName(QStringLiteral("copyData"));
    card.setMenu(m_menu);
    connect(&panel, &Panel::exportRequested, this, &CardHands::openExport);
}

CardHands::~CardHands()
{
    delete m_dialog;
    delete m_twin;
    delete m_menu;
}

void CardHands::addToMenu(QAction* action)
{
    if (!action) return;
    m_menu->addSeparator();
    QString text = action->text();
    if (!action->shortcut().isEmpty())
        text += QLatin1Char('\t') + action->shortcut().toString(QKeySequence::NativeText);
    connect(m_menu->addAction(text), &QAction::triggered, action, [this, action] {
        m_panel.setFocus(Qt::OtherFocusReason);
        action->trigger();
    });
}

void CardHands::showTable(bool shown)
{
    m_table->setChecked(shown);
    if (shown == isTable()) return;
    const bool focused = m_card.isAncestorOf(QApplication::focusWidget());
    if (shown) {
        m_twin = new TwinView(m_panel, &m_card);
        m_card.showInstead(m_twin);
        m_twin->setFocus(Qt::OtherFocusReason);
        return;
    }
    m_card.showInstead(nullptr);
    delete m_twin;
    if (focused) m_panel.setFocus(Qt::OtherFocusReason);
}

void CardHands::openExport(const QVariantMap& part)
{
    delete m_dialog;
    m_dialog = new ExportDialog(m_info, m_context, m_panel, m_card.window(), part);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->open();
}

void CardHands::copyPicture() const
{
    ExportSheet sheet(m_info, m_context, ExportDialog::lastForm(QSettings()), &m_panel);
    sheet.await(ExportKind::Csv);
    sheet.await(ExportKind::Png);
    copyCard(sheet);
}

void CardHands::copyData() const
{
    ExportSheet sheet(m_info, m_context, ExportForm(), &m_panel);
    sheet.await(ExportKind::Csv);
    QStringList tables;
    for (const Twin& twin : sheet.panel().twins()) tables << tableAsText(*twin.model);
    QApplication::clipboard()->setText(tables.join(QLatin1Char('\n')));
}

} // namespace triptych
