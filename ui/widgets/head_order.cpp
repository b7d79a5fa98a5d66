// A menu of habits.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/head_order.h"

#include <QMenu>

namespace triptych {

HeadOrder::HeadOrder(HeadGallery& gallery, QWidget* parent) : QToolButton(parent), m_gallery(gallery)
{
    setAccessibleName(tr("Order of the heads"));
    setToolTip(tr("The order of the small pictures. By habit those come first that have most of it now;\n"
                  "they stay in their places while the run goes on, choose again to sort again.\n"
                  "The formula of each habit is in the tooltip of a picture."));
    setPopupMode(QToolButton::InstantPopup);
    setAutoRaise(true);
    auto* menu = new QMenu(this);
    menu->addAction(tr("By layer"), this, [this] { setOrder(std::nullopt); });
    menu->addSection(tr("By habit"));
    for (const Habit habit : kHabits) menu->addAction(habitTitle(habit), this, [this, habit] { setOrder(habit); });
    setMenu(menu);
    name();
}

void HeadOrder::setOrder(std::optional<Habit> order)
{
    m_gallery.setOrder(order);
    name();
}

void HeadOrder::setTextAs(Text text)
{
    m_textAs = text;
    name();
}

void HeadOrder::name()
{
    const auto order = m_gallery.order();
    const QString title = order ? habitTitle(*order) : tr("By layer");
    setAccessibleDescription(title);
    setText(m_textAs == Text::Sign ? QString(QChar(0x21C5)) : order ? habitTag(*order) : title);
}

} // namespace triptych
