// Field and slider of one input.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cost_input_row.h"

#include "ui/language/cost_texts.h"
#include "ui/models/typed_number.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_width.h"

#include <QFocusEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kPlaces = 1000; // of the slider
constexpr int kDigits = 12;   // of a value in its field
constexpr int kFieldEdges = 16; // px on both sides of them

/// In the language of the program, with all digits. Grouped as numbers are elsewhere, or without, as it reads back:
/// signs between digits are in the way of who edits them, and "33.800" could be two numbers.
QString fieldText(double value, bool grouped)
{
    QLocale locale;
    if (!grouped) locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const bool whole = std::abs(value) < 1e15 && value == std::round(value);
    return whole ? locale.toString(value, 'f', 0) : locale.toString(value, 'g', kDigits);
}

} // namespace

CostInputRow::CostInputRow(const Theme& theme, const CostInput& source, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_key(source.key), m_source(source), m_now(source), m_title(new QLabel(this)),
      m_field(new QLineEdit(this)), m_unit(mutedLabel({}, this)), m_reset(new QToolButton(this)),
      m_slider(new QSlider(Qt::Horizontal, this)), m_low(mutedLabel({}, this)), m_high(mutedLabel({}, this)),
      m_said(new ElidedLabel(this))
{
    build();
    show(source, source);
    connect(m_field, &QLineEdit::editingFinished, this, [this] {
        if (m_field->isModified()) read();
    });
    connect(m_slider, &QSlider::valueChanged, this, &CostInputRow::slide);
    connect(m_slider, &QSlider::sliderReleased, this,
            [this] { emit edited(valueAt(m_slider->value()), EditPace::Single); });
    connect(m_reset, &QToolButton::clicked, this, &CostInputRow::resetAsked);
    connect(&theme, &Theme::changed, this, &CostInputRow::showSource);
}

void CostInputRow::build()
{
    const QString title = costText(m_source.title);
    m_title->setText(title);
    m_title->setWordWrap(true);
    m_title->setBuddy(m_field);
    m_field->setObjectName(QStringLiteral("costInput-") + QString::fromStdString(m_key));
    keepWidth(*m_field, QString(kDigits, QLatin1Char('0')), kFieldEdges);
    m_field->installEventFilter(this);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setAccessibleName(title);
    m_unit->setText(QString::fromStdString(m_source.input.unit));
    m_reset->setText(tr("Reset"));
    m_reset->setProperty("flat", true);
    m_reset->setToolTip(tr("Back to what the source says"));
    m_reset->setAccessibleName(tr("%1: back to what the source says").arg(title));
    m_slider->setRange(0, kPlaces);
    m_slider->setAccessibleName(tr("%1, within its range").arg(title));
    m_slider->setObjectName(QStringLiteral("costSlider-") + QString::fromStdString(m_key));
    for (QLabel* end : {m_low, m_high}) end->setFont(smallFont(font()));
    m_said->setFont(smallFont(font()));
    auto* range = new QHBoxLayout;
    range->setSpacing(6);
    range->addWidget(m_low);
    range->addWidget(m_slider, 1);
    range->addWidget(m_high);
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_title, 1);
    top->addWidget(m_field);
    top->addWidget(m_unit);
    top->addWidget(m_reset);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->setSpacing(2);
    layout->addLayout(top);
    layout->addLayout(range);
    layout->addWidget(m_said);
}

double CostInputRow::valueAt(int place) const
{
    const PriceInput& in = m_source.input;
    if (place == kPlaces) return in.high;
    const double value = in.low + (in.high - in.low) * place / kPlaces;
    // Three digits of what a step of the slider is worth: no tails that nobody chose.
    const double grain = std::pow(10.0, std::floor(std::log10((in.high - in.low) / kPlaces)));
    return std::clamp(std::round(value / grain) * grain, in.low, in.high);
}

void CostInputRow::show(const CostInput& source, const CostInput& now)
{
    m_source = source;
    m_now = now;
    const PriceInput& in = source.input;
    const bool ranged = in.high > in.low;
    m_slider->setVisible(ranged);
    m_low->setVisible(ranged);
    m_high->setVisible(ranged);
    if (ranged) {
        const QSignalBlocker quiet(m_slider);
        const double share = (now.input.value - in.low) / (in.high - in.low);
        if (!m_slider->isSliderDown())
            m_slider->setValue(static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * kPlaces)));
        m_low->setText(inputValueText(source, in.low));
        m_high->setText(inputValueText(source, in.high));
        const QString tip = tr("Plausible range, by the source of this input");
        for (QWidget* widget :
             {static_cast<QWidget*>(m_low), static_cast<QWidget*>(m_high), static_cast<QWidget*>(m_slider)})
            widget->setToolTip(tip);
    }
    if (!(m_field->hasFocus() && m_field->isModified()))
        m_field->setText(fieldText(now.input.value, !m_field->hasFocus()));
    m_reset->setEnabled(now.input.edited);
    showSource();
}

/// What is being edited has no signs between its digits; what was typed and refused stays as it is.
bool CostInputRow::eventFilter(QObject* watched, QEvent* event)
{
    const bool comes = event->type() == QEvent::FocusIn;
    if (watched != m_field || (!comes && event->type() != QEvent::FocusOut))
        return QWidget::eventFilter(watched, event);
    const bool byMenu = static_cast<QFocusEvent*>(event)->reason() == Qt::PopupFocusReason; // its own: it stays in hand
    if (!byMenu && m_field->text() == fieldText(m_now.input.value, comes))
        m_field->setText(fieldText(m_now.input.value, !comes));
    return QWidget::eventFilter(watched, event);
}

void CostInputRow::showSource()
{
    const PriceInput& in = m_source.input;
    const QString source = QString::fromStdString(in.source);
    const QString date = QString::fromStdString(in.date);
    const bool edited = m_now.input.edited;
    const QString said = edited ? tr("Edited. The source says %1: %2, %3", "value, source, date")
                                      .arg(inputValueText(m_source, in.value), source, date)
                                : tr("%1 · %2 · %3", "basis, source, date").arg(basisText(in.basis), source, date);
    const bool open = in.basis == PriceBasis::Claimed || in.basis == PriceBasis::Unknown;
    m_said->setColor(edited || open ? m_theme.colors().warning : m_theme.colors().muted);
    m_said->setText(said);
    m_said->setHint(tr("%1\nSource: %2\nDate: %3\nBasis: %4\nRange: %5 to %6")
                        .arg(costText(m_source.title), source, date, basisText(in.basis),
                             inputValueText(m_source, in.low), inputValueText(m_source, in.high)));
    m_field->setAccessibleDescription(said);
}

void CostInputRow::refuse(const Error& error)
{
    const QString text = QString::fromStdString(error.what + ". " + error.hint);
    m_said->setColor(m_theme.colors().bad);
    m_said->setText(text);
    m_said->setHint({});
    m_field->setAccessibleDescription(text);
}

int CostInputRow::unitWidth() const
{
    return m_unit->fontMetrics().horizontalAdvance(m_unit->text());
}

void CostInputRow::setUnitWidth(int pixels)
{
    m_unit->setFixedWidth(pixels);
}

QString CostInputRow::message() const
{
    return m_said->text();
}

void CostInputRow::read()
{
    m_field->setModified(false);
    if (const auto value = typedNumber(m_field->text()))
        emit edited(*value, EditPace::Single);
    else
        refuse(value.error());
}

void CostInputRow::slide(int place)
{
    emit edited(valueAt(place), m_slider->isSliderDown() ? EditPace::Drag : EditPace::Single);
}

} // namespace triptych
