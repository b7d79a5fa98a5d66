// Laying out the key map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_map_dialog.h"

#include "ui/widgets/card.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace triptych {

namespace {

/// A group with a line for each action.
QWidget* groupOf(const QString& title, const std::vector<const QAction*>& actions, QWidget* parent)
{
    auto* group = new QWidget(parent);
    auto* grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    auto* heading = new QLabel(title, group);
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    grid->addWidget(heading, 0, 0, 1, 2);
    int row = 1;
    for (const QAction* action : actions) {
        auto* key = mutedLabel(keyText(*action), group);
        key->setMinimumWidth(key->fontMetrics().horizontalAdvance(QStringLiteral("Ctrl+Shift+Tab ")));
        grid->addWidget(key, row, 0);
        grid->addWidget(new QLabel(plainText(*action), group), row++, 1);
    }
    grid->setColumnStretch(1, 1);
    return group;
}

} // namespace

KeyMapDialog::KeyMapDialog(const ActionCatalog& catalog, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    setObjectName(QStringLiteral("keyMap"));
    std::vector<std::pair<QString, std::vector<const QAction*>>> groups;
    std::size_t lines = 0;
    for (const CatalogAction& known : catalog.actions()) {
        if (known.action->shortcuts().isEmpty()) continue;
        if (groups.empty() || groups.back().first != known.group) groups.push_back({known.group, {}});
        groups.back().second.push_back(known.action);
        ++lines;
    }
    auto* sheet = new QWidget;
    auto* columns = new QHBoxLayout(sheet);
    columns->setContentsMargins(16, 16, 16, 16);
    columns->setSpacing(32);
    QVBoxLayout* column = nullptr;
    std::size_t filled = 0;
    for (const auto& [title, actions] : groups) {
        if (!column || (columns->count() == 1 && 2 * filled >= lines + groups.size())) {
            if (column) column->addStretch(1);
            column = new QVBoxLayout;
            column->setSpacing(16);
            columns->addLayout(column, 1);
        }
        column->addWidget(groupOf(title, actions, sheet));
        filled += actions.size() + 1;
    }
    if (column) column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(sheet);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->addWidget(scroll, 1);
    auto* note = mutedLabel(tr("Single letters and digits work while no text field has the focus."), this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 0, 16, 0);
    foot->addWidget(note, 1);
    foot->addWidget(buttons);
    layout->addLayout(foot);
    const QSize wanted = sheet->sizeHint() + QSize(24, 60);
    resize(wanted.boundedTo(parent ? parent->size() * 9 / 10 : wanted));
}

} // namespace triptych
