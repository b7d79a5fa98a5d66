// The total in words and bars.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cost_overview.h"

#include "ui/language/cost_texts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cost_rows.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/money_text.h"

#include <QLabel>
#include <QVBoxLayout>

namespace triptych {

namespace {

constexpr int kRoomForScope = 190; // px of height
constexpr int kRoomForNotes = 300;

} // namespace

CostOverview::CostOverview(const Theme& theme, CostBook& book, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_book(book), m_total(new ElidedLabel(this)), m_scope(mutedLabel({}, this)),
      m_caption(new ElidedLabel(this)), m_key(new ElidedLabel(this)), m_tornado(new TornadoView(theme, this)),
      m_notes(mutedLabel({}, this))
{
    m_total->setObjectName(QStringLiteral("costTotal"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_total->setFont(bold);
    m_caption->setFont(bold);
    m_caption->setHint(tr("The total with one input at the low and at the high end of its range, all others as they "
                          "are. A click opens what the input belongs to."));
    m_key->setFont(smallFont(font()));
    m_key->setText(tr("hollow: the input at its low end · filled: at its high end · line: as it is"));
    m_key->setObjectName(QStringLiteral("costTornadoKey"));
    m_tornado->setObjectName(QStringLiteral("costTornado"));
    m_tornado->setAccessibleName(tr("What matters most: the total at the ends of each input's range"));
    m_tornado->setEmptyText(tr("No input of this lens has a range: its source gives single numbers."));
    for (QLabel* label : {m_scope, m_notes}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::RichText);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    }
    m_scope->setObjectName(QStringLiteral("costScope"));
    m_notes->setObjectName(QStringLiteral("costNotes"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_total);
    layout->addWidget(m_scope);
    layout->addWidget(m_caption);
    layout->addWidget(m_key);
    layout->addWidget(m_tornado, 1);
    layout->addWidget(m_notes);
    connect(&book, &CostBook::changed, this, &CostOverview::refresh);
    connect(&book, &CostBook::settled, this, &CostOverview::refresh);
    connect(&theme, &Theme::changed, this, &CostOverview::refresh);
    connect(m_tornado, &TornadoView::inputChosen, this, [this](int row) {
        if (row >= 0 && static_cast<std::size_t>(row) < m_book.tornado().size())
            emit inputChosen(m_book.tornado()[static_cast<std::size_t>(row)].key);
    });
    refresh();
}

void CostOverview::refresh()
{
    if (!m_book.ledger()) return clear();
    const CostPreset& preset = m_book.sheet()->preset();
    const WaterfallTotal total = waterfallTotal(m_book);
    // An amount without a width is not certain: nobody has published one.
    const QString band =
        total.band.isEmpty() && m_book.hasBand() ? tr("no range: its sources give single amounts") : total.band;
    m_total->setText(band.isEmpty() ? tr("%1: %2").arg(total.title, total.amount)
                                    : tr("%1: %2 · %3").arg(total.title, total.amount, band));
    m_total->setHint(total.tip);
    const QString gap = gapSentence(m_book);
    const QString strong = QStringLiteral("<b style='color:%1'>%2</b><br>");
    m_scope->setText((gap.isEmpty() ? QString() : strong.arg(m_theme.colors().text.name(), gap)) +
                     costText(m_book.ledger()->scope).toHtmlEscaped());
    m_scope->setToolTip(tr("What is in this lens, and what is not"));
    const std::size_t line = m_book.tornadoLine();
    const bool whole = line + 1 == m_book.ledger()->lines.size() || m_book.tornado().empty();
    m_tornado->setRows(tornadoRows(m_book), m_book.tornadoTotal().usd());
    m_caption->setText(
        whole ? tr("What matters most")
              : tr("What matters most to the total after “%1”").arg(costText(m_book.ledger()->lines[line].title)));
    QStringList notes;
    if (!preset.note.empty()) notes << costText(preset.note).toHtmlEscaped();
    for (const std::string& defect : preset.defects)
        notes << tr("Known defect of the source: %1").arg(costText(defect).toHtmlEscaped());
    notes << tr("A click or Enter on a step opens it: formula, inputs to change, what is open about it.");
    notes << tr("%1: %2, %3", "basis, source, date")
                 .arg(basisText(preset.basis), QString::fromStdString(preset.source).toHtmlEscaped(),
                      QString::fromStdString(preset.date));
    m_key->setColor(m_theme.colors().muted);
    m_notes->setText(notes.join(QStringLiteral("<br>")));
    m_notes->setToolTip(tr("What the preset says of itself and of its source"));
    arrange();
}

/// There is no ledger: what stood here would be of another one.
void CostOverview::clear()
{
    for (ElidedLabel* label : {m_total, m_caption}) label->setText({});
    m_total->setHint({});
    for (QLabel* label : {m_scope, m_notes}) label->clear();
    m_tornado->setEmptyText({});
    m_tornado->setRows({}, 0);
}

/// Where there is little height the bars stay, words go first; the tooltip of the total has them, too.
void CostOverview::arrange()
{
    m_scope->setVisible(height() >= kRoomForScope);
    m_notes->setVisible(height() >= kRoomForNotes);
    m_key->setVisible(height() >= kRoomForScope && !m_tornado->rows().empty());
}

void CostOverview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace triptych
