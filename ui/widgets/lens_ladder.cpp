// Names over the places of a slider.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lens_ladder.h"

#include "ui/widgets/focus_target.h"

#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kHandle = 16; // px of the slider's handle

} // namespace

LensLadder::LensLadder(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_slider(new QSlider(Qt::Horizontal, this))
{
    m_slider->setObjectName(QStringLiteral("costLadder"));
    m_slider->setAccessibleName(tr("Lens: from rented hours to people"));
    setAccessibleName(m_slider->accessibleName());
    m_slider->setToolTip(tr("How much is counted: each place adds to the one before it; the first prices rented hours, "
                            "the others owned ones"));
    m_slider->setPageStep(1);
    giveFocusTo(*this, *m_slider);
    connect(m_slider, &QSlider::valueChanged, this, [this](int rung) {
        mark();
        emit rungChosen(rung);
    });
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LensLadder::setRungs(const QStringList& names)
{
    m_names = names;
    qDeleteAll(m_buttons);
    m_buttons.clear();
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, std::max(static_cast<int>(names.size()) - 1, 0));
    for (int i = 0; i < names.size(); ++i) {
        auto* button = new QToolButton(this);
        button->setText(names[i]);
        button->setProperty("flat", true);
        button->setCheckable(true);
        button->setObjectName(QStringLiteral("costRung%1").arg(i));
        connect(button, &QToolButton::clicked, this, [this, i] {
            mark();
            m_slider->setValue(i);
        });
        m_buttons.push_back(button);
    }
    setFixedHeight(m_slider->sizeHint().height() + fontMetrics().height() + 12);
    mark();
    place();
}

void LensLadder::setCurrent(int rung)
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(rung);
    mark();
}

void LensLadder::setAmounts(const QString& amount)
{
    m_slider->setAccessibleDescription(m_names.value(current()) + QStringLiteral(": ") + amount);
}

void LensLadder::mark()
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i) m_buttons[i]->setChecked(static_cast<int>(i) == current());
}

/// Each name in the middle of its part of the width, the slider's places below them.
void LensLadder::place()
{
    if (m_buttons.empty()) return;
    const int part = width() / static_cast<int>(m_buttons.size());
    const int high = fontMetrics().height() + 10;
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setGeometry(static_cast<int>(i) * part + 2, 0, part - 4, high);
    m_slider->setGeometry(part / 2 - kHandle / 2, high, std::max(width() - part + kHandle, kHandle), height() - high);
}

void LensLadder::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

} // namespace triptych
