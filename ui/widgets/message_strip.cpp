// Showing and placing a message.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_strip.h"

#include "ui/widgets/card.h"
#include "ui/widgets/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

MessageStrip::MessageStrip(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_what(new QLabel(this)), m_hint(mutedLabel({}, this)),
      m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("messageStrip"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 10, 10, 10);
    auto* lines = new QVBoxLayout;
    for (QLabel* label : {m_what, m_hint}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // file names may look like markup
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        lines->addWidget(label);
    }
    layout->addLayout(lines, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    m_close->setProperty("flat", true);
    nameButton();
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(&theme, &Theme::changed, this, &MessageStrip::applyColors);
    parent->installEventFilter(this);
    applyColors();
    hide();
}

void MessageStrip::nameButton()
{
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
}

void MessageStrip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) nameButton();
}

void MessageStrip::applyColors()
{
    const ThemeColors& c = m_theme.colors();
    setStyleSheet(
        QStringLiteral("QFrame#messageStrip { background: %1; border: 1px solid %2; border-left: 4px solid %2; "
                       "border-radius: 6px; }")
            .arg(c.field.name(), c.bad.name()));
    m_close->setIcon(themedIcon(QStringLiteral("close"), c.muted));
}

void MessageStrip::show(const QString& what, const QString& hint)
{
    m_what->setText(what);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    setAccessibleName(text());
    QFrame::show();
    place();
    raise();
}

QString MessageStrip::text() const
{
    return m_hint->text().isEmpty() ? m_what->text() : m_what->text() + QLatin1Char('\n') + m_hint->text();
}

void MessageStrip::place()
{
    const int width = std::min(parentWidget()->width() - 40, 760);
    setFixedWidth(width);
    const int height = std::min(heightForWidth(width), parentWidget()->height() - 20);
    setGeometry((parentWidget()->width() - width) / 2, 10, width, height);
}

bool MessageStrip::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    return QFrame::eventFilter(watched, event);
}

void MessageStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QFrame::keyPressEvent(event);
}

} // namespace triptych
