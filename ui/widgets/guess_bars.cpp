// Painting guesses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/guess_bars.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/token_text.h"

#include <QPainter>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kColumnGap = 16; // px

} // namespace

GuessBars::GuessBars(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GuessBars::show(std::vector<GuessColumn> columns, const QString& ending)
{
    m_columns = std::move(columns);
    m_ending = ending;
    QStringList lines;
    for (const GuessColumn& column : m_columns) {
        QStringList parts;
        for (const Guess& guess : column.guesses)
            parts.push_back(tokenLabel(guess.text) + QLatin1Char(' ') + percentText(guess.probability, 0));
        lines.push_back(column.title + QStringLiteral(": ") +
                        (parts.isEmpty() ? ending : parts.join(QStringLiteral(", "))));
    }
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    update();
}

void GuessBars::paintColumn(QPainter& painter, const GuessColumn& column, const QRect& place) const
{
    const ThemeColors& colors = m_theme.colors();
    const QFontMetrics metrics = fontMetrics();
    const int height = rowHeight();
    QRect line(place.left(), place.top(), place.width(), height);
    painter.setPen(colors.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(column.title, Qt::ElideRight, line.width()));
    if (column.guesses.empty()) {
        painter.drawText(line.translated(0, height), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(m_ending, Qt::ElideRight, line.width()));
        return;
    }
    int tokenWidth = 0;
    for (const Guess& guess : column.guesses)
        tokenWidth = std::max(tokenWidth, metrics.horizontalAdvance(tokenLabel(guess.text)));
    tokenWidth = std::min(tokenWidth, place.width() / 3) + 8;
    const int numberWidth = metrics.horizontalAdvance(percentText(1, 0)) + 4;
    const int room = std::max(place.width() - tokenWidth - numberWidth, 4);
    for (int row = 0; row < std::min<int>(kRows, static_cast<int>(column.guesses.size())); ++row) {
        const Guess& guess = column.guesses[static_cast<std::size_t>(row)];
        line.translate(0, height);
        painter.setPen(row == column.marked ? colors.text : colors.muted);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(tokenLabel(guess.text), Qt::ElideRight, tokenWidth - 4));
        const QRectF bar(line.left() + tokenWidth, line.top() + 4,
                         std::max(1.0, room * static_cast<double>(guess.probability)), height - 8);
        painter.fillRect(bar, row == column.marked ? colors.*m_accent : colors.border);
        painter.drawText(QRectF(bar.right() + 4, line.top(), numberWidth + 8, height), Qt::AlignLeft | Qt::AlignVCenter,
                         percentText(guess.probability, 0));
    }
}

void GuessBars::paintEvent(QPaintEvent*)
{
    if (m_columns.empty()) return;
    QPainter painter(this);
    const auto count = static_cast<int>(m_columns.size());
    const int width = (this->width() - (count - 1) * kColumnGap) / count;
    for (int i = 0; i < count; ++i)
        paintColumn(painter, m_columns[static_cast<std::size_t>(i)],
                    QRect(i * (width + kColumnGap), 0, width, height()));
}

} // namespace triptych
