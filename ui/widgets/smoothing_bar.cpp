// One weight in two controls, and what it is the weight of.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/smoothing_bar.h"

#include "ui/widgets/card_spec.h"
#include "ui/widgets/steady_width.h"

#include <QComboBox>
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
    : QWidget(parent), m_kind(new QComboBox(this)), m_slider(new QSlider(Qt::Horizontal, this)),
      m_field(new QDoubleSpinBox(this))
{
    const QString help =
        tr("Weight a of the smoothing, over about n = 1 ÷ (1 − a) steps. 0 shows the values as they are; "
           "they stay visible behind. A card can have a weight of its own: see its menu.");
    m_kind->setObjectName(QStringLiteral("smoothingKind"));
    m_kind->setAccessibleName(tr("Kind of smoothing"));
    m_kind->setToolTip(tr("How the curves are smoothed. At one weight all are about as calm."));
    const auto add = [this](SmoothingKind kind, const QString& name, const QString& tip) {
        m_kind->addItem(name, smoothingId(kind));
        m_kind->setItemData(m_kind->count() - 1, tip, Qt::ToolTipRole);
    };
    add(SmoothingKind::Exponential, tr("Smoothing"),
        tr("Exponential: s = Σ aⁿ v ÷ Σ aⁿ over the steps, n steps back, without the usual bias towards the start."));
    add(SmoothingKind::Gaussian, tr("Gaussian"),
        tr("Mean weighted by a Gaussian around each step, standard deviation n ÷ √π steps. Nothing is shifted; the "
           "newest "
           "values move until enough has come after them."));
    add(SmoothingKind::Median, tr("Median"),
        tr("Median of the values up to n steps away: no spike moves it. The newest values move until enough has come "
           "after them."));
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
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_kind), static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_field)}) {
        if (widget != m_kind) widget->setToolTip(help);
        row->addWidget(widget);
    }
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { emit changed(m_weight, kind()); });
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
    emit changed(weight, kind());
}

SmoothingKind SmoothingBar::kind() const
{
    return smoothingFromId(m_kind->currentData().toString());
}

void SmoothingBar::setKind(SmoothingKind kind)
{
    m_kind->setCurrentIndex(m_kind->findData(smoothingId(kind)));
}

} // namespace triptych
