// Laying out, painting and handling the rows of a journey.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/journey_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kColumnGap = 16;
constexpr int kChipGap = 4;
constexpr int kChipPadding = 5;
constexpr int kNumberGap = 6;       // px between a guess and its number
constexpr int kEndGap = 4;          // px between the rows and the last one, with a line in it
constexpr int kGuessWidth = 92;     // px that one guess of the lens needs
constexpr int kWidestGuesses = 900; // px: beyond that the bars say nothing more
constexpr int kMostLookChips = 8;

/// Of chips that have no room; the row's tooltip has them all.
QString restText(int count)
{
    return QStringLiteral("+%1").arg(count);
}

QColor tinted(QColor color, double strength)
{
    color.setAlphaF(static_cast<float>(0.12 + 0.38 * std::clamp(strength, 0.0, 1.0)));
    return color;
}

} // namespace

JourneyView::JourneyView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false); // the card's shows through
    setAccessibleName(tr("The token's way through the layers"));
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void JourneyView::setRows(int count, MakeRow makeRow, int mostRoutes, const QString& widestRoute)
{
    m_count = count;
    m_makeRow = std::move(makeRow);
    m_rows.assign(static_cast<std::size_t>(count), std::nullopt);
    m_made.clear();
    m_mostRoutes = mostRoutes;
    m_widestRoute = widestRoute;
    if (m_chosen >= count) m_chosen = -1;
    fitScrollBar();
    tellAccessible();
    viewport()->update();
}

void JourneyView::setEnd(JourneyRow end)
{
    m_end = std::move(end);
    viewport()->update();
}

void JourneyView::setChosen(int row)
{
    const int chosen = row >= 0 && row < m_count ? row : -1;
    if (chosen == m_chosen) return;
    m_chosen = chosen;
    m_chip = -1;
    if (chosen >= 0) keepInView(chosen);
    tellAccessible();
    viewport()->update();
}

const JourneyRow& JourneyView::row(int row) const
{
    auto& made = m_rows[static_cast<std::size_t>(row)];
    if (!made) {
        made = m_makeRow(row);
        m_made.push_back(row);
    }
    return *made;
}

int JourneyView::rowHeight() const
{
    return fontMetrics().height() + 8;
}

int JourneyView::labelWidth() const
{
    const int widest =
        std::max({fontMetrics().horizontalAdvance(tr("layer")), fontMetrics().horizontalAdvance(m_end.label),
                  fontMetrics().horizontalAdvance(QString::number(std::max(m_count - 1, 0)))});
    return widest + kColumnGap;
}

JourneyView::Columns JourneyView::columns() const
{
    const QFontMetrics metrics = fontMetrics();
    Columns at;
    at.routes = labelWidth() + 4;
    at.right = viewport()->width() - 4;
    const int around = 2 * kChipPadding + kChipGap;
    at.routeWidth = metrics.horizontalAdvance(m_widestRoute) + around;
    at.lookWidth = metrics.horizontalAdvance(QStringLiteral("mm 100\u202f%")) + around;
    const int title = metrics.horizontalAdvance(tr("experts, weight"));
    const int room = at.right - at.routes;
    // The lens keeps a quarter, or room for one guess at least; what is left goes to experts first.
    const int forChips = room - std::max(room / 4, kGuessWidth) - 2 * kColumnGap;
    const int routeSlot = at.routeWidth + kChipGap;
    const int lookSlot = at.lookWidth + kChipGap;
    const int rest = metrics.horizontalAdvance(restText(m_mostRoutes)) + kChipGap; // of those without room
    const bool allRoutes = m_mostRoutes * routeSlot + kMostLookChips / 2 * lookSlot <= forChips;
    at.routeChips = allRoutes || m_mostRoutes == 0 ? m_mostRoutes
                                                   : std::clamp((forChips * 3 / 5 - rest) / routeSlot, 1, m_mostRoutes);
    const int routes = std::max(at.routeChips * routeSlot + (at.routeChips < m_mostRoutes ? rest : 0), title);
    at.lookChips = std::clamp((forChips - routes) / lookSlot, 1, kMostLookChips);
    at.looks = at.routes + routes + kColumnGap;
    at.guesses = at.looks + at.lookChips * lookSlot + kColumnGap;
    at.right = std::min(at.right, at.guesses + kWidestGuesses);
    return at;
}

QRect JourneyView::body() const
{
    // Whole rows alone, so that none is cut through.
    const int height = rowHeight();
    const int room = std::max((viewport()->height() - kEndGap) / height - 2, 1);
    return {0, height, viewport()->width(), std::min(room, m_count) * height};
}

void JourneyView::fitScrollBar()
{
    const int shown = body().height() / rowHeight();
    verticalScrollBar()->setPageStep(std::max(shown, 1)); // in rows
    verticalScrollBar()->setRange(0, std::max(m_count - shown, 0));
}

void JourneyView::keepInView(int row)
{
    const int first = verticalScrollBar()->value();
    const int shown = body().height() / rowHeight();
    if (row < first || row >= first + shown) verticalScrollBar()->setValue(row < first ? row : row - shown + 1);
}

void JourneyView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    fitScrollBar();
}

QRect JourneyView::rowRect(int row) const
{
    const int top = body().top() + (row - verticalScrollBar()->value()) * rowHeight();
    return {0, top, viewport()->width(), rowHeight()};
}

int JourneyView::rowAt(int y) const
{
    if (!body().contains(body().left(), y)) return -1;
    const int row = (y - body().top()) / rowHeight() + verticalScrollBar()->value();
    return row < m_count ? row : -1;
}

int JourneyView::chipCount(int row) const
{
    return static_cast<int>(this->row(row).routes.size() + this->row(row).looks.size());
}

const JourneyChip& JourneyView::chip(int row, int chip) const
{
    const JourneyRow& made = this->row(row);
    const auto index = static_cast<std::size_t>(chip);
    return index < made.routes.size() ? made.routes[index] : made.looks[index - made.routes.size()];
}

QRect JourneyView::routeRect(int row, int chip) const
{
    const Columns at = columns();
    if (chip >= at.routeChips || chip >= static_cast<int>(this->row(row).routes.size())) return {};
    return {at.routes + chip * (at.routeWidth + kChipGap), rowRect(row).top() + 2, at.routeWidth, rowHeight() - 4};
}

QRect JourneyView::lookRect(int row, int chip) const
{
    const Columns at = columns();
    if (chip >= at.lookChips || chip >= static_cast<int>(this->row(row).looks.size())) return {};
    return {at.looks + chip * (at.lookWidth + kChipGap), rowRect(row).top() + 2, at.lookWidth, rowHeight() - 4};
}

QRect JourneyView::chipRect(int row, int chip) const
{
    const auto routes = static_cast<int>(this->row(row).routes.size());
    return chip < routes ? routeRect(row, chip) : lookRect(row, chip - routes);
}

JourneyView::Place JourneyView::placeAt(const QPoint& position) const
{
    Place place{rowAt(position.y()), -1};
    if (place.row < 0) return place;
    for (int chip = 0; chip < chipCount(place.row); ++chip)
        if (chipRect(place.row, chip).contains(position)) place.chip = chip;
    return place;
}

void JourneyView::activate(const Place& place)
{
    if (place.row < 0) return;
    if (place.chip < 0) {
        emit rowChosen(place.row);
        return;
    }
    const int target = chip(place.row, place.chip).target;
    if (place.chip < static_cast<int>(row(place.row).routes.size()))
        emit expertChosen(place.row, target);
    else
        emit tokenChosen(target);
}

void JourneyView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = m_theme.colors();
    const Columns at = columns();
    const QRect rows = body();
    paintTitles(painter, at);
    painter.save();
    painter.setClipRect(rows);
    for (int row = verticalScrollBar()->value(); row < m_count && rowRect(row).top() <= rows.bottom(); ++row) {
        const QRect place = rowRect(row);
        if (row == m_chosen || row == m_hovered) painter.fillRect(place, colors.field);
        paintRow(painter, this->row(row), place, at);
        if (row != m_chosen) continue;
        painter.fillRect(QRect(place.left(), place.top(), hasFocus() ? 4 : 3, place.height()), colors.text);
        if (m_chip < 0 || chipRect(row, m_chip).isEmpty()) continue;
        painter.setPen(QPen(colors.text, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(chipRect(row, m_chip), 4, 4);
    }
    painter.restore();
    painter.setPen(colors.border);
    painter.drawLine(0, rows.bottom() + 2, viewport()->width(), rows.bottom() + 2);
    paintRow(painter, m_end, QRect(0, rows.bottom() + kEndGap, viewport()->width(), rowHeight()), at);
}

void JourneyView::paintTitles(QPainter& painter, const Columns& at) const
{
    painter.setPen(m_theme.colors().muted);
    const auto title = [&](int left, int right, const QString& text) {
        const QRect place(left, 0, right - left, rowHeight());
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    title(8, at.routes, tr("layer"));
    title(at.routes, at.looks - kColumnGap, tr("experts, weight"));
    title(at.looks, at.guesses - kColumnGap, tr("looks at"));
    title(at.guesses, at.right, tr("would say next"));
    painter.setPen(m_theme.colors().border);
    painter.drawLine(0, rowHeight() - 1, viewport()->width(), rowHeight() - 1);
}

void JourneyView::paintRow(QPainter& painter, const JourneyRow& row, const QRect& place, const Columns& at) const
{
    const ThemeColors& colors = m_theme.colors();
    painter.setPen(row.routesNote.isEmpty() || !row.looks.empty() ? colors.text : colors.muted);
    painter.drawText(place.adjusted(8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.label);
    if (!row.routesNote.isEmpty()) {
        const int end = row.looks.empty() ? at.guesses : at.looks;
        const QRect line(at.routes, place.top(), end - kColumnGap - at.routes, place.height());
        painter.setPen(colors.muted);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(row.routesNote, Qt::ElideRight, line.width()));
    }
    paintChips(painter, row.routes, at.routes, at.routeWidth, at.routeChips, place, colors.moe);
    if (const int rest = static_cast<int>(row.routes.size()) - at.routeChips; rest > 0) {
        painter.setPen(colors.muted);
        painter.drawText(place.adjusted(at.routes + at.routeChips * (at.routeWidth + kChipGap), 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, restText(rest));
    }
    paintChips(painter, row.looks, at.looks, at.lookWidth, at.lookChips, place, colors.mla);
    paintGuesses(painter, row, QRect(at.guesses, place.top(), at.right - at.guesses, place.height()));
}

void JourneyView::paintChips(QPainter& painter, const std::vector<JourneyChip>& chips, int left, int width, int room,
                             const QRect& line, const QColor& accent) const
{
    const ThemeColors& colors = m_theme.colors();
    for (int i = 0; i < std::min(room, static_cast<int>(chips.size())); ++i) {
        const JourneyChip& chip = chips[static_cast<std::size_t>(i)];
        const QRect box(left + i * (width + kChipGap), line.top() + 2, width, line.height() - 4);
        painter.setPen(chip.chosen ? QPen(colors.text, 1.4) : QPen(Qt::NoPen));
        painter.setBrush(tinted(accent, chip.weight));
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        const QRect inside = box.adjusted(kChipPadding, 0, -kChipPadding, 0);
        painter.setPen(colors.text);
        painter.drawText(inside, Qt::AlignRight | Qt::AlignVCenter, chip.number);
        const int free = inside.width() - fontMetrics().horizontalAdvance(chip.number) - kChipGap;
        painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(chip.name, Qt::ElideRight, free));
    }
}

void JourneyView::paintGuesses(QPainter& painter, const JourneyRow& row, const QRect& place) const
{
    const ThemeColors& colors = m_theme.colors();
    if (row.guesses.empty()) {
        painter.setPen(colors.muted);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(row.guessesNote, Qt::ElideRight, place.width()));
        return;
    }
    // How sure it is, as a bar behind the first guess over the whole column.
    const QRectF bar(place.left(), place.top() + 3, place.width() * row.guesses[0].probability, place.height() - 6);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tinted(row.guesses[0].final ? colors.mtp : colors.muted, 0.35));
    painter.drawRoundedRect(bar, 3, 3);
    const int count = std::clamp(place.width() / kGuessWidth, 1, static_cast<int>(row.guesses.size()));
    for (int i = 0; i < count; ++i) {
        const JourneyGuess& guess = row.guesses[static_cast<std::size_t>(i)];
        const QRect cell(place.left() + 6 + i * kGuessWidth, place.top(), kGuessWidth - 8, place.height());
        QFont font = this->font();
        font.setBold(guess.final);
        painter.setFont(font);
        painter.setPen(i == 0 || guess.final ? colors.text : colors.muted);
        const QFontMetrics metrics(font);
        const int number = metrics.horizontalAdvance(guess.number);
        const QString text = metrics.elidedText(guess.text, Qt::ElideRight, cell.width() - number - kNumberGap);
        painter.drawText(cell, Qt::AlignLeft | Qt::AlignVCenter, text);
        painter.setFont(this->font());
        painter.setPen(colors.muted);
        painter.drawText(cell.adjusted(metrics.horizontalAdvance(text) + kNumberGap, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, guess.number);
    }
}

QString JourneyView::explanationAt(const QPoint& position) const
{
    const Place place = placeAt(position);
    if (place.row >= 0) return place.chip >= 0 ? chip(place.row, place.chip).explanation : row(place.row).description;
    if (position.y() > body().bottom()) return m_end.description;
    const Columns at = columns();
    if (position.x() < at.looks)
        return tr("The routed experts that the token was sent to, with the weights of their outputs.\n"
                  "DeepSeek-V3 report, section 2.1.2, eq. 12 to 16. Dense layers have none.");
    if (position.x() < at.guesses)
        return tr("The tokens with the largest attention weights: a softmax over the tokens so far.\n"
                  "DeepSeek-V3 report, section 2.1.1, eq. 10.");
    return tr("Logit lens: the final norm and the head on the residual stream after the layer, as if the model ended\n"
              "there. Bold: what the head chooses in the end. After the last layer it is the model's own choice.");
}

bool JourneyView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), explanationAt(help->pos()), this);
        return true;
    }
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void JourneyView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) activate(placeAt(event->position().toPoint()));
}

void JourneyView::mouseMoveEvent(QMouseEvent* event)
{
    const Place place = placeAt(event->position().toPoint());
    viewport()->setCursor(place.chip >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (place.row == m_hovered) return;
    m_hovered = place.row;
    viewport()->update();
}

void JourneyView::moveChip(int by)
{
    if (m_chosen < 0) return;
    int next = m_chip + by;
    while (next >= 0 && next < chipCount(m_chosen) && chipRect(m_chosen, next).isEmpty()) next += by;
    if (next >= -1 && next < chipCount(m_chosen)) m_chip = next;
    tellAccessible();
    viewport()->update();
}

void JourneyView::keyPressEvent(QKeyEvent* event)
{
    const int page = std::max(body().height() / rowHeight() - 1, 1);
    int row = -1;
    switch (event->key()) {
    case Qt::Key_Up: row = m_chosen - 1; break;
    case Qt::Key_Down: row = m_chosen + 1; break;
    case Qt::Key_PageUp: row = m_chosen - page; break;
    case Qt::Key_PageDown: row = m_chosen + page; break;
    case Qt::Key_Home: row = 0; break;
    case Qt::Key_End: row = m_count - 1; break;
    case Qt::Key_Left: return moveChip(-1);
    case Qt::Key_Right: return moveChip(1);
    case Qt::Key_Return:
    case Qt::Key_Enter: return activate({m_chosen, m_chip});
    default: return QAbstractScrollArea::keyPressEvent(event);
    }
    if (m_count > 0) emit rowChosen(std::clamp(row, 0, m_count - 1));
}

void JourneyView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void JourneyView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void JourneyView::tellAccessible()
{
    if (m_chosen < 0)
        setAccessibleDescription(m_end.description);
    else
        setAccessibleDescription(m_chip >= 0 && m_chip < chipCount(m_chosen) ? chip(m_chosen, m_chip).explanation
                                                                             : row(m_chosen).description);
}

} // namespace triptych
