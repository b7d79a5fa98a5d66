// Painting a bar of parts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stacked_bar.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kGap = 4;
constexpr int kSwatch = 9;
constexpr int kBetween = 16; // px between entries

} // namespace

StackedBar::StackedBar(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StackedBar::setBar(const QString& title, const QString& number, std::vector<BarPart> parts, double limit)
{
    m_title = title;
    m_number = number;
    m_parts = std::move(parts);
    m_limit = limit;
    setAccessibleName(title);
    QStringList lines = {number};
    for (const BarPart& part : m_parts) lines << part.name + QStringLiteral(": ") + part.number;
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

double StackedBar::scale() const
{
    double sum = 0;
    for (const BarPart& part : m_parts) sum += std::max(0.0, part.value);
    return std::max({sum, m_limit, 1e-300});
}

int StackedBar::barTop() const
{
    return fontMetrics().height() + kGap;
}

int StackedBar::entryWidth() const
{
    const QFontMetrics metrics(smallFont(font()));
    int width = 0;
    for (const BarPart& part : m_parts)
        width = std::max(width, metrics.horizontalAdvance(part.name + QLatin1Char(' ') + part.number));
    return kSwatch + kGap + width + kGap;
}

int StackedBar::columnsIn(int width) const
{
    return std::clamp((width + kBetween) / (entryWidth() + kBetween), 1, std::max(1, static_cast<int>(m_parts.size())));
}

int StackedBar::heightForWidth(int width) const
{
    const int columns = columnsIn(width);
    const int rows = (static_cast<int>(m_parts.size()) + columns - 1) / columns;
    return barTop() + kBar + kGap + rows * QFontMetrics(smallFont(font())).height() + 2;
}

QRectF StackedBar::partRect(int index) const
{
    double before = 0;
    for (int i = 0; i < index; ++i) before += std::max(0.0, m_parts[static_cast<std::size_t>(i)].value);
    const double perValue = width() / scale();
    return {before * perValue, static_cast<double>(barTop()),
            std::max(0.0, m_parts[static_cast<std::size_t>(index)].value) * perValue, static_cast<double>(kBar)};
}

QRect StackedBar::entryRect(int index) const
{
    const int line = QFontMetrics(smallFont(font())).height();
    const int columns = columnsIn(width());
    return {index % columns * (entryWidth() + kBetween), barTop() + kBar + kGap + index / columns * line, entryWidth(),
            line};
}

QBrush StackedBar::brushOf(const BarPart& part) const
{
    const ThemeColors& colors = m_theme.colors();
    return part.fill == BarFill::Hatched ? QBrush(colors.*part.color, Qt::BDiagPattern) : QBrush(colors.*part.color);
}

void StackedBar::paintPart(QPainter& painter, int index) const
{
    const BarPart& part = m_parts[static_cast<std::size_t>(index)];
    const QRectF place = partRect(index);
    if (place.width() <= 0) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(brushOf(part));
    // A hairline of the ground between parts; what is thinner than a pixel stays to be seen.
    painter.drawRect(place.width() > 3 ? place.adjusted(0, 0, -1, 0) : place);
}

void StackedBar::paintEntry(QPainter& painter, int index) const
{
    const ThemeColors& colors = m_theme.colors();
    const BarPart& part = m_parts[static_cast<std::size_t>(index)];
    const QRect place = entryRect(index);
    const QRectF swatch(place.left() + 0.5, place.center().y() - kSwatch / 2 + 0.5, kSwatch - 1, kSwatch - 1);
    painter.setPen(part.fill == BarFill::Hatched ? QPen(colors.muted, 1) : QPen(Qt::NoPen));
    painter.setBrush(brushOf(part));
    painter.drawRect(swatch);
    const QRect words = place.adjusted(kSwatch + kGap, 0, kBetween, 0);
    const QFontMetrics metrics(painter.font());
    painter.setPen(colors.muted);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, part.name);
    painter.setPen(colors.text);
    painter.drawText(words.adjusted(metrics.horizontalAdvance(part.name + QLatin1Char(' ')), 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, part.number);
}

void StackedBar::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    const QRect line(0, 0, width(), fontMetrics().height());
    painter.setPen(colors.text);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_number);
    const int room = width() - fontMetrics().horizontalAdvance(m_number) - kGap;
    painter.setPen(colors.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(m_title, Qt::ElideRight, room));
    painter.fillRect(QRect(0, barTop(), width(), kBar), colors.field);
    const int count = static_cast<int>(m_parts.size());
    for (int i = 0; i < count; ++i) paintPart(painter, i);
    if (m_limit > 0 && m_limit < scale() * (1 - 1e-9)) {
        const double x = m_limit / scale() * width();
        painter.setPen(QPen(colors.bad, 2));
        painter.drawLine(QPointF(x, barTop() - 2), QPointF(x, barTop() + kBar + 2));
    }
    painter.setFont(smallFont(font()));
    for (int i = 0; i < count; ++i) paintEntry(painter, i);
}

bool StackedBar::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString words = toolTip();
    for (int i = 0; i < static_cast<int>(m_parts.size()); ++i)
        if (partRect(i).contains(help->pos()) || entryRect(i).contains(help->pos()))
            words = QStringLiteral("%1: %2\n%3")
                        .arg(m_parts[static_cast<std::size_t>(i)].name, m_parts[static_cast<std::size_t>(i)].number,
                             m_parts[static_cast<std::size_t>(i)].explanation);
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace triptych
