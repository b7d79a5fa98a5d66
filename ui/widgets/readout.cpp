// Laying out a readout.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/readout.h"

#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace triptych {

Readout::Readout(const QString& caption, const QString& unit, const QString& widest, const QString& explanation,
                 QWidget* parent)
    : QWidget(parent), m_caption(caption), m_unit(unit), m_value(new QLabel(noNumber(), this))
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() - 1);
    auto* title = mutedLabel(caption, this);
    auto* unitLabel = mutedLabel(unit, this);
    title->setFont(small);
    unitLabel->setFont(small);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() + 2);
    large.setWeight(QFont::DemiBold);
    m_value->setFont(large);
    // The room for the widest value lies behind the unit, not between the two.
    const int gap = 4;
    const int unitWidth = unit.isEmpty() ? 0 : gap + QFontMetrics(small).horizontalAdvance(unit);
    setMinimumWidth(QFontMetrics(large).horizontalAdvance(widest) + unitWidth);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(title);
    auto* line = new QHBoxLayout;
    line->setSpacing(gap);
    line->addWidget(m_value, 0, Qt::AlignBaseline);
    line->addWidget(unitLabel, 1, Qt::AlignBaseline);
    layout->addLayout(line);
    setExplanation(explanation);
    setValue(noNumber());
}

void Readout::setValue(const QString& value)
{
    if (value == m_value->text() && !accessibleName().isEmpty()) return;
    m_value->setText(value);
    setAccessibleName(QStringLiteral("%1: %2 %3").arg(m_caption, value, m_unit).trimmed());
}

QString Readout::value() const
{
    return m_value->text();
}

void Readout::setExplanation(const QString& explanation)
{
    setToolTip(explanation);
    setAccessibleDescription(explanation);
}

} // namespace triptych
