// Laying out and painting a text in cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_flow.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace triptych {

namespace {

constexpr int kNarrowest = 22;  // px of a cell
constexpr int kPadding = 5;     // px left and right within a cell
constexpr int kMarkEdge = 2;    // px right of a check mark
constexpr int kLineGap = 6;     // px between two lines of cells
constexpr int kBar = 2;         // px: how probable a guess is
constexpr int kRoomyFrom = 600; // px of width: numbers have room
constexpr int kGutterGap = 8;   // px between the names of the lines and the cells
constexpr int kNumberGap = 4;   // px between a guess and its number

const QChar kCheck(0x2713);

QString percentOf(double probability)
{
    return QString::number(std::lround(100 * std::clamp(probability, 0.0, 1.0)));
}

/// Of a text in one font; measured when it comes for the first time.
int textWidth(QHash<QString, int>& known, const QFont& font, const QString& text)
{
    constexpr qsizetype kMost = 4096; // texts; a vocabulary may be large
    if (const auto found = known.constFind(text); found != known.constEnd()) return *found;
    if (known.size() >= kMost) known.clear();
    return known[text] = QFontMetrics(font).horizontalAdvance(text);
}

} // namespace

TokenFlow::TokenFlow(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TokenFlow::setCells(std::vector<FlowCell> cells, const QStringList& lineNames)
{
    const bool sameText =
        lineNames == m_lineNames && std::equal(cells.begin(), cells.end(), m_cells.begin(), m_cells.end(),
                                               [](const FlowCell& a, const FlowCell& b) { return a.token == b.token; });
    for (Measured& measured : m_measured) {
        measured.stale = true;
        if (!sameText) measured.widths.clear();
    }
    m_cells = std::move(cells);
    m_lineNames = lineNames;
    m_hovered = -1;
    arrange();
}

TokenFlow::Measured& TokenFlow::measured(int width) const
{
    Measured& m = m_measured[width >= kRoomyFrom ? 1 : 0];
    if (!m.stale) return m;
    m.stale = false;
    m.style = styleFor(width);
    m.check = textWidth(m.guesses, m.style.strong, QString(kCheck));
    m.number = m.style.roomy ? kNumberGap + QFontMetrics(m.style.number).horizontalAdvance(percentOf(1)) : 0;
    m.widths.resize(m_cells.size(), kNarrowest);
    for (std::size_t i = 0; i < m_cells.size(); ++i) m.widths[i] = std::max(m.widths[i], cellWidth(m_cells[i], m));
    return m;
}

TokenFlow::Style TokenFlow::styleFor(int width) const
{
    Style style;
    style.roomy = width >= kRoomyFrom;
    style.token = font();
    style.token.setPointSizeF(style.token.pointSizeF() + (style.roomy ? 3 : 0));
    style.guess = font();
    style.guess.setPointSizeF(std::max(7.0, style.guess.pointSizeF() + (style.roomy ? 1 : -1)));
    style.strong = style.guess;
    style.strong.setWeight(QFont::DemiBold);
    style.number = style.guess;
    style.number.setPointSizeF(std::max(7.0, style.guess.pointSizeF() - 2));
    style.tokenHeight = QFontMetrics(style.token).height() + 2;
    style.guessHeight = QFontMetrics(style.guess).height() + kBar + 1;
    const int guesses = std::max(0, static_cast<int>(m_lineNames.size()) - 1);
    style.cellHeight = style.tokenHeight + guesses * style.guessHeight + 3;
    const QFontMetrics metrics(style.guess);
    for (const QString& name : m_lineNames)
        style.gutter = std::max(style.gutter, metrics.horizontalAdvance(name) + kGutterGap);
    return style;
}

int TokenFlow::cellWidth(const FlowCell& cell, Measured& measured)
{
    int width = textWidth(measured.tokens, measured.style.token, cell.token);
    // A wild guess of a long token makes no column wide: it is cut, and the tooltip has all of it.
    const int most = std::max(width, textWidth(measured.guesses, measured.style.strong, QStringLiteral("00")));
    for (const FlowGuess& guess : cell.guesses) {
        if (guess.text.isEmpty()) continue;
        // The mark has its room before the draft is accepted, too.
        const int mark = guess.state == DraftState::None ? 0 : std::max(measured.check - kPadding + kMarkEdge, 0);
        const int text = std::min(textWidth(measured.guesses, measured.style.strong, guess.text), most);
        width = std::max(width, text + measured.number + mark);
    }
    return std::max(width + 2 * kPadding, kNarrowest);
}

TokenFlow::Layout TokenFlow::layOut(int width) const
{
    const Measured& measures = measured(width);
    const Style& style = measures.style;
    const std::vector<int>& widths = measures.widths;
    const int left = style.gutter;
    const int step = style.cellHeight + kLineGap;
    Layout layout;
    int x = left;
    int y = 0;
    const auto breakLine = [&] {
        x = left;
        y += step;
    };
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const bool starts = i == 0 || m_cells[i].word != m_cells[i - 1].word || m_cells[i].word < 0;
        int needed = widths[i];
        for (std::size_t j = i + 1; starts && m_cells[i].word >= 0 && j < m_cells.size(); ++j) {
            if (m_cells[j].word != m_cells[i].word) break;
            needed += widths[j];
        }
        if (left + needed > width) needed = widths[i]; // a word longer than a line is broken anywhere
        if (x > left && x + needed > width) breakLine();
        layout.places.emplace_back(x, y, widths[i], style.cellHeight);
        x += widths[i];
        if (m_cells[i].breakAfter && i + 1 < m_cells.size()) breakLine();
    }
    layout.lines = m_cells.empty() ? 0 : y / step + 1;
    layout.height = m_cells.empty() ? 0 : y + style.cellHeight + 1;
    return layout;
}

int TokenFlow::heightForWidth(int width) const
{
    return layOut(width).height;
}

void TokenFlow::resizeEvent(QResizeEvent*)
{
    arrange();
}

void TokenFlow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange) return;
    for (Measured& measured : m_measured) measured = {};
    arrange();
}

void TokenFlow::arrange()
{
    Layout layout = layOut(width());
    m_places = std::move(layout.places);
    m_lineCount = layout.lines;
    m_style = measured(width()).style;
    update();
    if (layout.height == m_height) return; // whoever lays it out need not know of new guesses
    m_height = layout.height;
    setMinimumHeight(layout.height);
    updateGeometry();
}

void TokenFlow::setSelected(int cell)
{
    if (cell == m_selected) return;
    m_selected = cell;
    setAccessibleDescription(cell >= 0 && cell < static_cast<int>(m_cells.size())
                                 ? m_cells[static_cast<std::size_t>(cell)].explanation
                                 : QString());
    update();
}

int TokenFlow::cellAt(const QPoint& position) const
{
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (m_places[i].contains(position)) return static_cast<int>(i);
    return -1;
}

void TokenFlow::paintNames(QPainter& painter) const
{
    painter.setFont(m_style.guess);
    painter.setPen(m_theme.colors().muted);
    const int width = m_style.gutter - kGutterGap;
    for (int line = 0; line < m_lineCount; ++line) {
        int y = line * (m_style.cellHeight + kLineGap);
        for (int i = 0; i < m_lineNames.size(); ++i) {
            const int height = i == 0 ? m_style.tokenHeight : m_style.guessHeight;
            painter.drawText(QRect(0, y, width, height), Qt::AlignRight | Qt::AlignVCenter, m_lineNames[i]);
            y += height;
        }
    }
}

void TokenFlow::paintGuess(QPainter& painter, const QRect& place, const FlowGuess& guess, bool draft) const
{
    if (guess.text.isEmpty()) return;
    const ThemeColors& colors = m_theme.colors();
    const bool accepted = draft && guess.state == DraftState::Accepted;
    if (accepted) {
        QColor tint = colors.good;
        tint.setAlpha(colors.dark ? 60 : 36);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tint);
        painter.drawRoundedRect(place.adjusted(1, 0, -1, -1), 3, 3);
    }
    const QFont& text = accepted || (!draft && guess.right) ? m_style.strong : m_style.guess;
    painter.setFont(text);
    painter.setPen(accepted ? colors.good : !draft && guess.right ? colors.text : colors.muted);
    const QRect line = place.adjusted(kPadding, 0, -kPadding, -kBar);
    Measured& measures = measured(width());
    const int room = line.width() - measures.number;
    QString shown = guess.text;
    if (textWidth(measures.guesses, m_style.strong, shown) > room)
        shown = QFontMetrics(text).elidedText(shown, Qt::ElideRight, std::max(room, 1));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (accepted) // into the padding: a cell is narrow enough as it is
        painter.drawText(line.adjusted(0, 0, kPadding - kMarkEdge, 0), Qt::AlignRight | Qt::AlignVCenter, kCheck);
    if (m_style.roomy) {
        const int used = textWidth(measures.guesses, m_style.strong, shown) + kNumberGap;
        painter.setFont(m_style.number);
        painter.setPen(colors.muted);
        painter.drawText(line.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, percentOf(guess.probability));
    }
    QColor bar = colors.*m_accent;
    bar.setAlpha(150);
    const double full = place.width() - 2 * kPadding;
    painter.fillRect(QRectF(place.left() + kPadding, place.bottom() - kBar, full * guess.probability, kBar - 0.5), bar);
}

void TokenFlow::paintCell(QPainter& painter, int index) const
{
    const ThemeColors& colors = m_theme.colors();
    const FlowCell& cell = m_cells[static_cast<std::size_t>(index)];
    const QRect place = m_places[static_cast<std::size_t>(index)];
    QRect line(place.left(), place.top(), place.width(), m_style.tokenHeight);
    painter.fillRect(line.adjusted(0, 0, 0, -1), index == m_hovered ? colors.border : colors.field);
    painter.setFont(m_style.token);
    painter.setPen(colors.text);
    painter.drawText(line.adjusted(kPadding, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, cell.token);
    line.moveTop(line.bottom() + 1);
    line.setHeight(m_style.guessHeight);
    for (std::size_t i = 0; i < cell.guesses.size(); ++i) {
        paintGuess(painter, line, cell.guesses[i], i > 0);
        line.translate(0, m_style.guessHeight);
    }
    if (index != m_selected) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.*m_accent, hasFocus() ? 2 : 1.4));
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void TokenFlow::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintNames(painter);
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (static_cast<int>(i) != m_selected && event->rect().intersects(m_places[i]))
            paintCell(painter, static_cast<int>(i));
    if (m_selected >= 0 && m_selected < static_cast<int>(m_places.size())) paintCell(painter, m_selected);
}

bool TokenFlow::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int cell = cellAt(help->pos());
    const QString text = cell >= 0 ? m_cells[static_cast<std::size_t>(cell)].explanation : QString();
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void TokenFlow::hover(int cell)
{
    if (cell == m_hovered) return;
    m_hovered = cell;
    update();
    emit hovered(cell);
}

void TokenFlow::mousePressEvent(QMouseEvent* event)
{
    if (const int cell = cellAt(event->pos()); cell >= 0) emit chosen(cell);
}

void TokenFlow::mouseMoveEvent(QMouseEvent* event)
{
    hover(cellAt(event->pos()));
}

void TokenFlow::leaveEvent(QEvent*)
{
    hover(-1);
}

int TokenFlow::neighbour(int key) const
{
    const auto count = static_cast<int>(m_cells.size());
    const int from = std::clamp(m_selected, 0, count - 1);
    switch (key) {
    case Qt::Key_Left: return std::max(m_selected - 1, 0);
    case Qt::Key_Right: return std::min(m_selected + 1, count - 1);
    case Qt::Key_Home: return 0;
    case Qt::Key_End: return count - 1;
    case Qt::Key_Up:
    case Qt::Key_Down: break;
    default: return -1;
    }
    // The cell of the next line that lies nearest.
    const QRect place = m_places[static_cast<std::size_t>(from)];
    const int y = place.top() + (key == Qt::Key_Up ? -1 : 1) * (m_style.cellHeight + kLineGap);
    int best = from;
    int distance = INT_MAX;
    for (int i = 0; i < count; ++i) {
        const QRect other = m_places[static_cast<std::size_t>(i)];
        const int away = std::abs(other.center().x() - place.center().x());
        if (other.top() != y || away >= distance) continue;
        distance = away;
        best = i;
    }
    return best;
}

void TokenFlow::keyPressEvent(QKeyEvent* event)
{
    const int cell = m_cells.empty() ? -1 : neighbour(event->key());
    if (cell < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    emit chosen(cell);
}

} // namespace triptych
