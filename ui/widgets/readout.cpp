// Measuring and painting a readout.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/readout.h"

#include "ui/widgets/number_text.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kGap = 4; // px between value and unit

} // namespace

Readout::Readout(const QString& caption, const QString& unit, const QString& widest, const QString& explanation,
                 QWidget* parent)
    : QWidget(parent), m_caption(caption), m_unit(unit), m_widest(widest), m_value(noNumber())
{
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    setExplanation(explanation);
    measure();
    nameIt();
}

void Readout::measure()
{
    m_small = font();
    m_small.setPointSizeF(std::max(7.0, m_small.pointSizeF() - 1));
    m_large = font();
    m_large.setPointSizeF(m_large.pointSizeF() + 2);
    m_large.setWeight(QFont::DemiBold);
    const int caption = QFontMetrics(m_small).horizontalAdvance(m_caption);
    m_width = std::max({caption, widthOf(m_widest), widthOf(m_value)});
    m_height = QFontMetrics(m_small).height() + QFontMetrics(m_large).height();
    updateGeometry();
}

int Readout::widthOf(const QString& value) const
{
    const int unit = m_unit.isEmpty() ? 0 : kGap + QFontMetrics(m_small).horizontalAdvance(m_unit);
    return QFontMetrics(m_large).horizontalAdvance(value) + unit;
}

void Readout::nameIt()
{
    setAccessibleName(
        QStringLiteral("%1: %2 %3").arg(m_caption, m_value, m_note.isEmpty() ? m_unit : m_note).trimmed());
}

void Readout::setValue(const QString& value)
{
    if (value == m_value) return;
    m_value = value;
    if (const int width = widthOf(value); width > m_width) {
        m_width = width;
        updateGeometry();
    }
    nameIt();
    update();
}

void Readout::setNote(const QString& note)
{
    if (note == m_note) return;
    m_note = note;
    nameIt();
    update();
}

void Readout::setCaptionNote(const QString& note)
{
    if (note == m_captionNote) return;
    m_captionNote = note;
    update();
}

void Readout::setExplanation(const QString& explanation)
{
    if (explanation == toolTip()) return;
    setToolTip(explanation);
    setAccessibleDescription(explanation);
}

void Readout::setTone(ReadoutTone tone)
{
    if (tone == m_tone) return;
    m_tone = tone;
    update();
}

void Readout::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) measure();
    QWidget::changeEvent(event);
}

void Readout::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor muted = palette().color(QPalette::Disabled, QPalette::WindowText);
    const QFontMetrics small(m_small);
    const QFontMetrics large(m_large);
    const int top = (height() - m_height) / 2;
    painter.setFont(m_small);
    painter.setPen(muted);
    painter.drawText(0, top + small.ascent(),
                     m_captionNote.isEmpty() ? m_caption : m_caption + QStringLiteral(" · ") + m_captionNote);
    const int baseline = top + small.height() + large.ascent();
    const QString& behind = m_note.isEmpty() ? m_unit : m_note;
    if (!behind.isEmpty()) painter.drawText(large.horizontalAdvance(m_value) + kGap, baseline, behind);
    painter.setFont(m_large);
    painter.setPen(m_tone == ReadoutTone::Muted ? muted : palette().color(QPalette::WindowText));
    painter.drawText(0, baseline, m_value);
}

} // namespace triptych
