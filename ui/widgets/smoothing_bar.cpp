// One weight in two controls.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/smoothing_bar.h"

#include "ui/widgets/card_spec.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_width.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kPlaces = 300; // of the slider: a hundred for each nine
constexpr int kSliderWidth = 90;

/// 0 -> 0, 100 -> 0.9, 200 -> 0.99, 300 -> 0.999.
double weightAt(int place)
{
    return std::min(1 - std::pow(10.0, -3.0 * place / kPlaces), kMostSmoothing);
}

int placeOf(double weight)
{
    return static_cast<int>(std::lround(-std::log10(1 - weight) * kPlaces / 3));
}

} // namespace

SmoothingBar::SmoothingBar(QWidget* parent)
    : QWidget(parent), m_slider(new QSlider(Qt::Horizontal, this)), m_field(new QDoubleSpinBox(this))
{
    auto* caption = new ElidedLabel(this);
    caption->setText(tr("Smoothing"));
    const QString help = tr("Weight a of what came before: s = Σ aⁿ v ÷ Σ aⁿ over the steps, n steps back, without the "
                            "usual bias towards the start. 0 shows the values as they are; they stay visible behind. "
                            "A card can have a weight of its own: see its menu.");
    m_slider->setRange(0, kPlaces);
    m_slider->setFixedWidth(kSliderWidth);
    m_slider->setObjectName(QStringLiteral("smoothingSlider"));
    m_slider->setAccessibleName(tr("Smoothing"));
    m_field->setRange(0, kMostSmoothing);
    m_field->setDecimals(3);
    m_field->setSingleStep(0.01);
    m_field->setKeyboardTracking(false);
    m_field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setObjectName(QStringLiteral("smoothing"));
    m_field->setAccessibleName(tr("Smoothing"));
    keepWidth(*m_field, QStringLiteral("0.000"), 22);
    caption->setHint(help);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget* widget :
         {static_cast<QWidget*>(caption), static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_field)}) {
        if (widget != caption) widget->setToolTip(help);
        row->addWidget(widget);
    }
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) { setWeight(weightAt(place)); });
    connect(m_field, &QDoubleSpinBox::valueChanged, this, &SmoothingBar::setWeight);
}

void SmoothingBar::setWeight(double weight)
{
    if (!std::isfinite(weight)) return;
    weight = std::round(std::clamp(weight, 0.0, kMostSmoothing) * 1000) / 1000; // what the field shows
    const QSignalBlocker noSlider(m_slider);
    const QSignalBlocker noField(m_field);
    m_slider->setValue(placeOf(weight));
    m_field->setValue(weight);
    if (weight == m_weight) return;
    m_weight = weight;
    emit weightChanged(weight);
}

} // namespace triptych
