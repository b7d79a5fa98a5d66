// Painting experts with their tokens, each token cut as a whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/word_rows.h"

#include "ui/widgets/number_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 8;
constexpr int kLeastBar = 32;
constexpr int kMostBar = 140;
constexpr std::size_t kSpokenRows = 8;                                      // where none is chosen
constexpr int kLeft = Qt::AlignLeft | Qt::AlignAbsolute | Qt::AlignVCenter; // tokens have no direction of writing

QString between()
{
    return QStringLiteral(" · ");
}

QString dots()
{
    return QStringLiteral("…");
}

QString shareText(const WordShare& word)
{
    return percentText(word.share, 0);
}

QString wordText(const WordShare& word)
{
    return word.text + QLatin1Char(' ') + shareText(word);
}

} // namespace

WordRows::WordRows(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : RowList(theme, parent), m_accent(accent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

QString WordRows::nameOf(const WordRow& row)
{
    return tr("expert %1").arg(countText(row.expert));
}

void WordRows::setRows(std::vector<WordRow> rows, double chance)
{
    const bool resized = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    m_chance = chance;
    const auto last = std::max_element(m_rows.begin(), m_rows.end(),
                                       [](const auto& a, const auto& b) { return a.expert < b.expert; });
    m_nameWidth = last == m_rows.end() ? 0 : fontMetrics().horizontalAdvance(nameOf(*last)); // digits are as wide
    if (resized) updateGeometry();
    describe();
    update();
}

void WordRows::setSelected(int row)
{
    if (row == m_selected) return;
    m_selected = row;
    describe();
    update();
}

QString WordRows::noWords() const
{
    return tr("no token more often than by chance");
}

QString WordRows::spoken(const WordRow& row) const
{
    QStringList words;
    for (const WordShare& w : row.words) words << wordText(w);
    return tr("Expert %1: %2").arg(countText(row.expert), words.isEmpty() ? noWords() : words.join(tr(", ")));
}

/// Beside a chosen row alone; hundreds of them nobody listens to.
void WordRows::describe()
{
    if (m_selected >= 0 && m_selected < rowCount())
        return setAccessibleDescription(spoken(m_rows[static_cast<std::size_t>(m_selected)]));
    QStringList texts;
    for (std::size_t i = 0; i < std::min(m_rows.size(), kSpokenRows); ++i) texts << spoken(m_rows[i]);
    setAccessibleDescription(m_rows.empty() ? emptyText() : texts.join(QStringLiteral("; ")));
}

/// Its first line has no token: one that looks like a tag must not make a rich text of the tip.
QString WordRows::rowTip(int index) const
{
    const WordRow& row = m_rows[static_cast<std::size_t>(index)];
    if (row.words.empty())
        return tr("Expert %1: no token that came often enough goes there more often than by chance.")
            .arg(countText(row.expert));
    QStringList lines{
        tr("Expert %1: the tokens that have the largest share of their occurrences there").arg(countText(row.expert))};
    for (const WordShare& w : row.words) {
        const QString share = percentText(w.share);
        lines << (std::isnan(m_chance) ? tr("“%1”: %2", "a token and its share").arg(w.text, share)
                                       : tr("“%1”: %2, %3 × chance", "a token, its share, and that over chance")
                                             .arg(w.text, share, fixedText(w.share / m_chance, 1)));
    }
    return lines.join(QLatin1Char('\n'));
}

int WordRows::barLeft() const
{
    return kInset + m_nameWidth + kGap;
}

int WordRows::barRoom() const
{
    return std::clamp(width() / 5, kLeastBar, kMostBar);
}

QRect WordRows::bar(int index) const
{
    const double share = std::clamp(m_rows[static_cast<std::size_t>(index)].largest(), 0.0, 1.0);
    const QRect place = row(index);
    return {barLeft(), place.top() + 4, static_cast<int>(std::lround(barRoom() * share)), place.height() - 8};
}

QRect WordRows::wordsRect(int index) const
{
    return row(index).adjusted(barLeft() + barRoom() + kGap, 0, -kInset, 0);
}

std::size_t WordRows::shownWords(int index) const
{
    const std::vector<WordShare>& words = m_rows[static_cast<std::size_t>(index)].words;
    const QFontMetrics metrics = fontMetrics();
    const int gap = metrics.horizontalAdvance(between());
    const int ellipsis = gap + metrics.horizontalAdvance(dots());
    int left = wordsRect(index).width();
    for (std::size_t i = 0; i < words.size(); ++i) {
        left -= metrics.horizontalAdvance(wordText(words[i])) + (i > 0 ? gap : 0);
        if (left < (i + 1 < words.size() ? ellipsis : 0)) return i;
    }
    return words.size();
}

QString WordRows::shownText(int index) const
{
    const std::vector<WordShare>& words = m_rows[static_cast<std::size_t>(index)].words;
    if (words.empty()) return fontMetrics().elidedText(noWords(), Qt::ElideRight, wordsRect(index).width());
    const std::size_t shown = shownWords(index);
    // Of a token that is longer than the row at least the beginning.
    if (shown == 0) return fontMetrics().elidedText(wordText(words.front()), Qt::ElideRight, wordsRect(index).width());
    QStringList parts;
    for (std::size_t i = 0; i < shown; ++i) parts << wordText(words[i]);
    if (shown < words.size()) parts << dots();
    return parts.join(between());
}

void WordRows::paintEvent(QPaintEvent* event)
{
    m_exposed = event->rect();
    RowList::paintEvent(event);
}

void WordRows::paintRow(QPainter& painter, int index) const
{
    if (!row(index).intersects(m_exposed)) return;
    const ThemeColors& colors = theme().colors();
    const WordRow& r = m_rows[static_cast<std::size_t>(index)];
    const QRect place = row(index);
    painter.setPen(colors.text);
    painter.drawText(QRect(kInset, place.top(), m_nameWidth, place.height()),
                     Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter, nameOf(r));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.*m_accent);
    if (const QRect filled = bar(index); filled.width() > 0) painter.drawRoundedRect(filled, 2, 2);
    if (index == m_selected) paintFrame(painter, index, hasFocus() ? colors.*m_accent : colors.text);

    QRect rest = wordsRect(index);
    const auto write = [&](const QString& text, const QColor& color) {
        painter.setPen(color);
        painter.drawText(rest, kLeft | Qt::TextSingleLine, text);
        rest.setLeft(rest.left() + fontMetrics().horizontalAdvance(text));
    };
    const std::size_t shown = shownWords(index);
    if (shown == 0) return write(shownText(index), r.words.empty() ? colors.muted : colors.text);
    // Each in a piece of its own: a token that is written from right to left leaves the others where they are.
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) write(between(), colors.muted);
        write(r.words[i].text + QLatin1Char(' '), colors.text);
        write(shareText(r.words[i]), colors.muted);
    }
    if (shown < r.words.size()) write(between() + dots(), colors.muted);
}

void WordRows::paintOver(QPainter& painter) const
{
    if (std::isnan(m_chance)) return;
    const double x = barLeft() + barRoom() * std::min(m_chance, 1.0);
    painter.setPen(QPen(theme().colors().text, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, 1), QPointF(x, rowCount() * rowHeight() - 1));
}

QVariant WordRows::inputMethodQuery(Qt::InputMethodQuery query) const
{
    if (query == Qt::ImCursorRectangle) return row(std::max(m_selected, 0));
    return RowList::inputMethodQuery(query);
}

void WordRows::mousePressEvent(QMouseEvent* event)
{
    const int index = rowAt(event->pos());
    if (event->button() != Qt::LeftButton || index < 0 || m_rows.empty()) return RowList::mousePressEvent(event);
    emit chosen(index);
}

void WordRows::keyPressEvent(QKeyEvent* event)
{
    if (m_rows.empty()) return RowList::keyPressEvent(event);
    const int last = rowCount() - 1;
    const int page = std::max(1, visibleRegion().boundingRect().height() / rowHeight() - 1);
    const auto go = [&](int row) { emit chosen(std::clamp(row, 0, last)); };
    switch (event->key()) {
    case Qt::Key_Up: return go(m_selected - 1);
    case Qt::Key_Down: return go(m_selected + 1);
    case Qt::Key_PageUp: return go(m_selected - page);
    case Qt::Key_PageDown: return go(m_selected + page);
    case Qt::Key_Home: return go(0);
    case Qt::Key_End: return go(last);
    case Qt::Key_Return:
    case Qt::Key_Enter: return go(m_selected);
    default: RowList::keyPressEvent(event);
    }
}

} // namespace triptych
