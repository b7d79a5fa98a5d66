// Buttons over the window's assumptions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/assumption_bar.h"

#include "ui/language/cost_texts.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/undo_keys.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>
#include <set>

namespace triptych {

AssumptionBar::AssumptionBar(AssumptionBook& assumed, Sheets sheets, QWidget& page)
    : m_assumed(assumed), m_sheets(std::move(sheets)), m_set(new ElidedLabel)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_set->setObjectName(QStringLiteral("assumedSet"));
    row->addWidget(m_set, 1);
    m_undo =
        addButton("assumedUndo", tr("Undo"), tr("Takes back the last change of what this page counts with (Ctrl+Z)"));
    m_redo = addButton("assumedRedo", tr("Redo"), tr("Makes it again (Ctrl+Shift+Z)"));
    m_reset =
        addButton("assumedReset", tr("Reset all"), tr("Back to what the sources say, all that this page counts with"));
    connect(m_undo, &QToolButton::clicked, this, &AssumptionBar::undo);
    connect(m_redo, &QToolButton::clicked, this, &AssumptionBar::redo);
    connect(m_reset, &QToolButton::clicked, this, &AssumptionBar::resetAll);
    new UndoKeys(page,
                 {[this] { return m_assumed.shared()->can_undo(names()); },
                  [this] { return m_assumed.shared()->can_redo(names()); }, [this] { undo(); }, [this] { redo(); }});
}

QToolButton* AssumptionBar::addButton(const char* name, const QString& text, const QString& tip)
{
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(tip);
    layout()->addWidget(button);
    return button;
}

Assumptions::Names AssumptionBar::names() const
{
    std::vector<Assumptions::Names> all;
    for (const CostSheet* sheet : m_sheets())
        if (sheet) all.push_back(sheet->names());
    return [all](const std::string& name) {
        return std::any_of(all.begin(), all.end(), [&](const auto& of) { return of(name); });
    };
}

void AssumptionBar::undo()
{
    m_assumed.shared()->undo(names());
    m_assumed.tell(this);
}

void AssumptionBar::redo()
{
    m_assumed.shared()->redo(names());
    m_assumed.tell(this);
}

void AssumptionBar::resetAll()
{
    Assumptions::Change all;
    const auto shown = names();
    for (const auto& [name, value] : m_assumed.shared()->values())
        if (shown(name)) all[name] = std::nullopt;
    m_assumed.shared()->change(all);
    m_assumed.tell(this);
}

/// A quantity of several sheets once.
QStringList AssumptionBar::changes() const
{
    std::set<std::string> told;
    QStringList titles;
    for (const CostSheet* sheet : m_sheets()) {
        if (!sheet) continue;
        const std::string own = sheet->source().name + '#';
        for (const CostInput& input : sheet->preset().inputs)
            if (sheet->is_edited(input.key) && told.insert(input.means.empty() ? own + input.key : input.means).second)
                titles << tr("%1 %2", "an input, its value")
                              .arg(costText(input.title), inputValueText(input, input.input.value));
        for (const CostLens& lens : sheet->preset().lenses)
            for (const CostLine& line : lens.lines)
                if (sheet->is_left_out(lens.key, line.key) && told.insert(own + line.key).second)
                    titles << tr("without %1", "a line of a lens").arg(costText(line.title));
    }
    return titles;
}

void AssumptionBar::refresh()
{
    const QStringList titles = changes();
    m_set->setText(titles.isEmpty() ? QString()
                                    : tr("Set by you: %1", "values").arg(titles.join(QStringLiteral(" · "))));
    m_set->setHint(tr("Values that you set on any page of money. They hold on all pages of this window."));
    m_undo->setEnabled(m_assumed.shared()->can_undo(names()));
    m_redo->setEnabled(m_assumed.shared()->can_redo(names()));
    m_reset->setEnabled(!titles.isEmpty());
}

} // namespace triptych
