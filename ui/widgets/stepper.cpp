// Buttons and menu of a stepper.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stepper.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kNotch = 120; // of a wheel, in its own unit

QToolButton* button(const QString& text, const QString& name, QWidget* parent)
{
    auto* made = new QToolButton(parent);
    made->setText(text);
    made->setProperty("flat", true);
    made->setObjectName(name);
    return made;
}

} // namespace

Stepper::Stepper(const QString& what, QWidget* parent)
    : QWidget(parent), m_what(what), m_back(button(QStringLiteral("‹"), QStringLiteral("back"), this)),
      m_current(button({}, QStringLiteral("current"), this)),
      m_on(button(QStringLiteral("›"), QStringLiteral("on"), this)), m_menu(new QMenu(this))
{
    // The narrow form of what the theme's style sheet says about buttons.
    setStyleSheet(QStringLiteral("triptych--Stepper { background: palette(base); border: 1px solid palette(mid);"
                                 " border-radius: 4px; }"
                                 "QToolButton { padding: 2px 5px; } QToolButton::menu-indicator { image: none; }"));
    setAttribute(Qt::WA_StyledBackground);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    for (QToolButton* made : {m_back, m_current, m_on}) layout->addWidget(made);
    m_back->setAutoRepeat(true);
    m_on->setAutoRepeat(true);
    m_back->setAccessibleName(tr("%1: previous").arg(what));
    m_on->setAccessibleName(tr("%1: next").arg(what));
    m_current->setPopupMode(QToolButton::InstantPopup);
    m_current->setMenu(m_menu);
    connect(m_back, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_on, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_menu, &QMenu::aboutToShow, this, &Stepper::fillMenu);
    refresh();
}

void Stepper::setItems(const QStringList& items)
{
    if (items == m_items) return;
    m_items = items;
    m_index = std::clamp(m_index, 0, std::max(count() - 1, 0));
    int widest = 0;
    for (const QString& item : items) widest = std::max(widest, m_current->fontMetrics().horizontalAdvance(item));
    m_current->setMinimumWidth(widest + 12); // what follows stays where it is
    refresh();
}

void Stepper::setIndex(int index)
{
    m_index = std::clamp(index, 0, std::max(count() - 1, 0));
    refresh();
}

QString Stepper::currentText() const
{
    return m_items.value(m_index);
}

void Stepper::step(int places)
{
    choose(std::clamp(m_index + places, 0, std::max(count() - 1, 0)));
}

void Stepper::choose(int index)
{
    if (index == m_index || index >= count()) return;
    setIndex(index);
    emit chosen(index);
}

void Stepper::refresh()
{
    m_current->setText(currentText());
    m_current->setAccessibleName(tr("%1: %2", "a thing to choose, and which is chosen").arg(m_what, currentText()));
    m_back->setEnabled(m_index > 0);
    m_on->setEnabled(m_index + 1 < count());
}

void Stepper::fillMenu()
{
    m_menu->clear();
    for (int i = 0; i < count(); ++i) {
        QAction* action = m_menu->addAction(m_items[i], this, [this, i] { choose(i); });
        action->setCheckable(true);
        action->setChecked(i == m_index);
    }
}

void Stepper::wheelEvent(QWheelEvent* event)
{
    m_wheel += event->angleDelta().y();
    const int notches = m_wheel / kNotch;
    m_wheel -= notches * kNotch;
    if (notches != 0) step(-notches);
    event->accept();
}

} // namespace triptych
