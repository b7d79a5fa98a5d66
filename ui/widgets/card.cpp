// Painting and laying out a card.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

#include <utility>

namespace triptych {

namespace {

constexpr QSize kMenuSize(18, 20);
constexpr int kMenuEdge = 4;

} // namespace

Card::Card(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_accent(accent), m_layout(new QVBoxLayout(this)), m_header(new QHBoxLayout),
      m_title(new QLabel(this))
{
    setObjectName(QStringLiteral("card"));
    m_layout->setContentsMargins(12, 10, 12, 10);
    m_layout->setSpacing(8);
    m_layout->addLayout(m_header);
    m_header->addWidget(m_title);
    m_header->addStretch(1);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Card::setTitleVisible(bool visible)
{
    m_title->setVisible(visible);
    visible ? m_layout->setContentsMargins(12, 10, 12, 10) : m_layout->setContentsMargins(12, 9, 12, 8);
}

void Card::addHeaderWidget(QWidget* widget)
{
    const bool wide = widget->sizePolicy().horizontalPolicy() == QSizePolicy::Expanding;
    m_header->addWidget(widget, wide ? 1000 : 0);
    m_controls << widget;
}

void Card::setContent(QWidget* content)
{
    showInstead(nullptr);
    // In the order in which a card that goes away deletes them: controls may be asked by the content until then.
    delete m_content;
    qDeleteAll(std::exchange(m_controls, {}));
    m_content = content;
    m_layout->addWidget(content, 1);
}

void Card::showInstead(QWidget* widget)
{
    if (widget == m_instead) return;
    if (m_instead) {
        m_layout->removeWidget(m_instead);
        m_instead->hide();
    }
    m_instead = widget;
    if (widget) m_layout->addWidget(widget, 1);
    if (m_content) m_content->setVisible(!widget);
    if (widget) widget->show();
    if (m_menu) m_menu->raise();
}

void Card::setMenu(QMenu* menu)
{
    delete m_menu;
    m_menu = new QToolButton(this);
    m_menu->setObjectName(QStringLiteral("cardMenu"));
    m_menu->setText(QStringLiteral("⋮"));
    m_menu->setProperty("flat", true);
    m_menu->setStyleSheet(
        QStringLiteral("QToolButton { padding: 0; } QToolButton::menu-indicator { image: none; width: 0; }"));
    m_menu->setAccessibleName(tr("What can be done with this card"));
    m_menu->setToolTip(tr("Table, export, copy, alone"));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setMenu(menu);
    m_menu->resize(kMenuSize);
    m_header->setContentsMargins(0, 0, kMenuSize.width(), 0); // it stands in the corner, whatever the header has
    placeMenu();
    m_menu->show();
}

void Card::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    placeMenu();
}

void Card::placeMenu()
{
    if (!m_menu) return;
    m_menu->move(width() - kMenuSize.width() - kMenuEdge, kMenuEdge + 2);
    m_menu->raise();
}

void Card::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setClipPath(outline);
    painter.fillRect(QRect(0, 0, width(), 3), m_theme.colors().*m_accent);
}

QLabel* mutedLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setProperty("role", "muted");
    return label;
}

} // namespace triptych
