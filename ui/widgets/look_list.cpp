// Names, bars and numbers in lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/look_list.h"

#include "ui/widgets/number_text.h"

#include <QPainter>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kBar = 3;     // px high
constexpr int kPadding = 4; // px

} // namespace

LookList::LookList(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("What the token looks at most"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LookList::setLooks(const QString& title, const QString& shortTitle, std::vector<Look> looks)
{
    m_title = title;
    m_shortTitle = shortTitle;
    m_looks = std::move(looks);
    QStringList words{title};
    for (const Look& look : m_looks) words << tr("%1 %2", "a token and its share").arg(look.name, look.number);
    setAccessibleDescription(words.join(tr(", ")));
    update();
}

QFont LookList::titleFont() const
{
    QFont bold = font();
    bold.setPointSizeF(std::max(7.0, bold.pointSizeF() - 1));
    bold.setWeight(QFont::DemiBold);
    return bold;
}

QRect LookList::inside() const
{
    return rect().adjusted(kPadding, kPadding, -kPadding, 0);
}

QString LookList::drawnTitle() const
{
    const QFontMetrics metrics(titleFont());
    const bool fits = metrics.horizontalAdvance(m_title) <= inside().width();
    return metrics.elidedText(fits ? m_title : m_shortTitle, Qt::ElideRight, inside().width());
}

int LookList::lineHeight() const
{
    return QFontMetrics(titleFont()).height() + kBar + 2;
}

int LookList::room() const
{
    return std::max((height() - kPadding) / lineHeight() - 1, 0);
}

int LookList::numberWidth() const
{
    QFont normal = titleFont();
    normal.setWeight(QFont::Normal);
    return QFontMetrics(normal).horizontalAdvance(percentText(1));
}

void LookList::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    QFont normal = titleFont();
    painter.setFont(normal);
    const QRect inside = this->inside();
    painter.setPen(colors.text);
    painter.drawText(inside, Qt::AlignRight | Qt::AlignTop, drawnTitle());
    normal.setWeight(QFont::Normal);
    painter.setFont(normal);
    const QFontMetrics metrics(normal);
    const int numberWidth = this->numberWidth();
    for (int i = 0; i < std::min(room(), static_cast<int>(m_looks.size())); ++i) {
        const Look& look = m_looks[static_cast<std::size_t>(i)];
        const QRect line(inside.left(), inside.top() + (i + 1) * lineHeight(), inside.width(), lineHeight());
        const QRect names = line.adjusted(0, 0, -numberWidth, 0);
        painter.setPen(colors.muted);
        painter.drawText(names, Qt::AlignRight | Qt::AlignTop,
                         metrics.elidedText(look.name, Qt::ElideRight, names.width()));
        painter.setPen(colors.text);
        painter.drawText(line, Qt::AlignRight | Qt::AlignTop, look.number);
        const int width = qRound(std::clamp(look.weight, 0.0, 1.0) * line.width());
        painter.fillRect(QRect(line.right() + 1 - width, line.top() + metrics.height(), width, kBar), colors.*m_accent);
    }
}

} // namespace triptych
