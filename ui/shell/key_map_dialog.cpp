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

struct KeyLine {
    QString key;
    QString text;
};

struct KeyGroup {
    QString title;
    std::vector<KeyLine> lines;
};

/// What has no action: keys that a part hears while it has the focus.
std::vector<KeyGroup> keysOfParts()
{
    return {{KeyMapDialog::tr("Where curves have the focus"),
             {{KeyMapDialog::tr("← →"), KeyMapDialog::tr("Crosshair to the next point; with Shift further")},
              {KeyMapDialog::tr("Home End"), KeyMapDialog::tr("To the first and the last point")},
              {QStringLiteral("+ −"), KeyMapDialog::tr("Zoom in and out")},
              {QStringLiteral("R"), KeyMapDialog::tr("The whole run")},
              {QStringLiteral("F"), KeyMapDialog::tr("Follow the newest step, or not")},
              {QStringLiteral("L"), KeyMapDialog::tr("Logarithmic values of this card")},
              {QStringLiteral("P"), KeyMapDialog::tr("Pin the crosshair")},
              {QStringLiteral("Z"), KeyMapDialog::tr("This card alone, or all again")},
              {KeyMapDialog::tr("Ctrl+← Ctrl+→"), KeyMapDialog::tr("Move the card")},
              {KeyMapDialog::tr("Del"), KeyMapDialog::tr("Remove the card")},
              {KeyMapDialog::tr("Esc"), KeyMapDialog::tr("No crosshair")}}},
            {KeyMapDialog::tr("Where a map has the focus"),
             {{KeyMapDialog::tr("Arrows"), KeyMapDialog::tr("Another cell; with Shift several, in rows and columns")},
              {KeyMapDialog::tr("Ctrl+← Ctrl+→"), KeyMapDialog::tr("Attention: the token that is looked at")},
              {QStringLiteral("+ −"), KeyMapDialog::tr("Zoom in and out")},
              {QStringLiteral("R"), KeyMapDialog::tr("The whole map")}}},
            {KeyMapDialog::tr("Where the time line has the focus"),
             {{KeyMapDialog::tr("← →"), KeyMapDialog::tr("One frame back and on")},
              {KeyMapDialog::tr("PgUp PgDn"), KeyMapDialog::tr("Many frames on and back")},
              {KeyMapDialog::tr("Home End"), KeyMapDialog::tr("To the first step and back to live")}}},
            {KeyMapDialog::tr("Where the table of runs has the focus"),
             {{KeyMapDialog::tr("Space"), KeyMapDialog::tr("Draw the curves of the run, or not")},
              {KeyMapDialog::tr("Enter"), KeyMapDialog::tr("Show the run in the whole window")},
              {QStringLiteral("F2"), KeyMapDialog::tr("Write tags or notes")}}}};
}

/// A heading, and a line for each key.
QWidget* groupOf(const KeyGroup& keys, QWidget* parent)
{
    auto* group = new QWidget(parent);
    auto* grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    auto* heading = new QLabel(keys.title, group);
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    grid->addWidget(heading, 0, 0, 1, 2);
    int row = 1;
    for (const KeyLine& line : keys.lines) {
        auto* key = mutedLabel(line.key, group);
        key->setMinimumWidth(key->fontMetrics().horizontalAdvance(QStringLiteral("Ctrl+Shift+Tab ")));
        grid->addWidget(key, row, 0);
        grid->addWidget(new QLabel(line.text, group), row++, 1);
    }
    grid->setColumnStretch(1, 1);
    return group;
}

} // namespace

KeyMapDialog::KeyMapDialog(const ActionCatalog& catalog, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    setObjectName(QStringLiteral("keyMap"));
    std::vector<KeyGroup> groups;
    for (const CatalogAction& known : catalog.actions()) {
        if (known.action->shortcuts().isEmpty()) continue;
        if (groups.empty() || groups.back().title != known.group) groups.push_back({known.group, {}});
        groups.back().lines.push_back({keyText(*known.action), plainText(*known.action)});
    }
    for (KeyGroup& part : keysOfParts()) groups.push_back(std::move(part));
    std::size_t lines = 0;
    for (const KeyGroup& group : groups) lines += group.lines.size();
    auto* sheet = new QWidget;
    auto* columns = new QHBoxLayout(sheet);
    columns->setContentsMargins(16, 16, 16, 16);
    columns->setSpacing(32);
    QVBoxLayout* column = nullptr;
    std::size_t filled = 0;
    for (const KeyGroup& group : groups) {
        if (!column || (columns->count() == 1 && 2 * filled >= lines + groups.size())) {
            if (column) column->addStretch(1);
            column = new QVBoxLayout;
            column->setSpacing(16);
            columns->addLayout(column, 1);
        }
        column->addWidget(groupOf(group, sheet));
        filled += group.lines.size() + 1;
    }
    if (column) column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(sheet);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->addWidget(scroll, 1);
    auto* note =
        mutedLabel(tr("Single letters and digits work while no text field has the focus. F, L, R, P and S are for the "
                      "curves of the page that has it, else for those used last."),
                   this);
    note->setWordWrap(true);
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
