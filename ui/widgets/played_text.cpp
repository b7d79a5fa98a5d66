// Breaking lines between tokens, and painting them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/played_text.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/token_text.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kUnderline = 2;      // px
constexpr int kGap = 5;            // px between two lines
constexpr int kLeast = 3;          // px of a token
constexpr int kPart = 7;           // px of a token that shows nothing of its own yet
constexpr double kFaintest = 0.12; // strength of the line below an improbable token
constexpr double kSeenFrom = 0.03; // smaller weights have no ground

bool endsLine(const PlayToken& token)
{
    return !token.piece.empty() && token.piece.back() == '\n';
}

} // namespace

QString playedLabel(const PlayToken& token)
{
    if (token.piece.empty()) return tokenLabel(token.text);
    QString label = QString::fromStdString(token.piece);
    label.replace(QLatin1Char(' '), QChar(0x00B7)).replace(QLatin1Char('\n'), QChar(0x21B5));
    for (QChar& c : label)
        if (c.unicode() < 0x20) c = QChar(0x2400 + c.unicode());
    return label;
}

PlayedText::PlayedText(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

int PlayedText::lineHeight() const
{
    return fontMetrics().height() + kUnderline + kGap;
}

int PlayedText::layOut(int width, std::vector<QRect>* places) const
{
    if (!m_text) return 0;
    const QFontMetrics metrics = fontMetrics();
    int x = 0;
    int y = 0;
    for (const PlayToken& token : m_text->tokens) {
        const int wide = token.piece.empty() ? kPart : std::max(metrics.horizontalAdvance(playedLabel(token)), kLeast);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += lineHeight();
        }
        if (places) places->emplace_back(x, y, wide, lineHeight() - kGap);
        x += wide;
        if (endsLine(token)) {
            x = 0;
            y += lineHeight();
        }
    }
    return y + lineHeight();
}

int PlayedText::heightForWidth(int width) const
{
    return layOut(width, nullptr);
}

void PlayedText::arrange()
{
    m_places.clear();
    const int height = layOut(width(), &m_places);
    if (height != minimumHeight()) {
        setMinimumHeight(height);
        updateGeometry();
    }
    update();
}

void PlayedText::show(const PlayText& text)
{
    const int before = focused();
    m_text = &text;
    arrange();
    m_chosen = std::min(m_chosen, tokenCount() - 1);
    m_hovered = std::min(m_hovered, tokenCount() - 1);
    if (focused() != before) tellFocused(before);
}

void PlayedText::setFocused(int token)
{
    m_chosen = token < tokenCount() ? token : -1;
    update();
}

void PlayedText::resizeEvent(QResizeEvent*)
{
    arrange();
}

void PlayedText::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) arrange();
    QWidget::changeEvent(event);
}

void PlayedText::paintToken(QPainter& painter, int index) const
{
    const ThemeColors& colors = m_theme.colors();
    const PlayToken& token = m_text->tokens[static_cast<std::size_t>(index)];
    const QRect place = m_places[static_cast<std::size_t>(index)];
    const bool blank = token.piece == " " || token.piece == "\n" || token.piece.empty();
    painter.setPen(blank || token.from_prompt ? colors.muted : colors.text);
    const QRect line = place.adjusted(0, 0, 0, -kUnderline);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     token.piece.empty() ? QString(QChar(0x2025)) : playedLabel(token));
    if (token.from_prompt) return;
    QColor strength = colors.text;
    strength.setAlphaF(kFaintest + (1 - kFaintest) * std::clamp<double>(token.probability, 0, 1));
    painter.fillRect(QRect(place.left(), place.bottom() - kUnderline + 1, place.width() - 1, kUnderline), strength);
}

void PlayedText::paintEvent(QPaintEvent* event)
{
    if (!m_text) return;
    QPainter painter(this);
    const ThemeColors& colors = m_theme.colors();
    const int current = focused();
    const bool seen = current >= 0 && current < static_cast<int>(m_text->readings.size());
    for (int i = 0; i < tokenCount(); ++i) {
        const QRect place = m_places[static_cast<std::size_t>(i)];
        if (!event->rect().intersects(place)) continue;
        if (const double weight = seen ? m_text->readings[static_cast<std::size_t>(current)].weight(i) : 0;
            weight >= kSeenFrom) {
            QColor ground = colors.mla;
            ground.setAlphaF(0.6 * weight);
            painter.fillRect(place, ground);
        }
        paintToken(painter, i);
        if (i != current) continue;
        painter.setPen(QPen(colors.mla, hasFocus() ? 2 : 1));
        painter.drawRect(place.adjusted(0, 0, -1, -1));
    }
}

int PlayedText::tokenAt(const QPoint& position) const
{
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (m_places[i].contains(position)) return static_cast<int>(i);
    return -1;
}

void PlayedText::tellFocused(int before)
{
    if (focused() == before) return;
    update();
    if (const int token = focused(); m_text && token >= 0 && token < tokenCount()) {
        const PlayToken& of = m_text->tokens[static_cast<std::size_t>(token)];
        setAccessibleDescription(
            of.from_prompt
                ? tr("“%1”, of the prompt").arg(tokenLabel(of.text))
                : tr("“%1”, chosen with a probability of %2").arg(tokenLabel(of.text), percentText(of.probability)));
    }
    emit focusedChanged(focused());
}

void PlayedText::choose(int token)
{
    const int before = focused();
    m_hovered = -1;
    m_chosen = token;
    if (token >= 0) emit reach(tokenRect(token));
    tellFocused(before);
    update();
}

void PlayedText::mousePressEvent(QMouseEvent* event)
{
    choose(tokenAt(event->pos()));
}

void PlayedText::mouseMoveEvent(QMouseEvent* event)
{
    const int before = focused();
    m_hovered = tokenAt(event->pos());
    tellFocused(before);
}

void PlayedText::leaveEvent(QEvent*)
{
    const int before = focused();
    m_hovered = -1;
    tellFocused(before);
}

void PlayedText::focusInEvent(QFocusEvent* event)
{
    // Who comes by keys sees where he is at once.
    if (m_chosen < 0 && tokenCount() > 0 && event->reason() != Qt::MouseFocusReason) choose(tokenCount() - 1);
    QWidget::focusInEvent(event);
    update();
}

void PlayedText::keyPressEvent(QKeyEvent* event)
{
    const int last = tokenCount() - 1;
    if (last < 0) return QWidget::keyPressEvent(event);
    const int from = std::clamp(m_chosen, 0, last);
    const auto beside = [&](int lines) {
        const QPoint middle = tokenRect(from).center() + QPoint(0, lines * lineHeight());
        int best = from;
        for (int i = 0; i <= last; ++i) {
            const QRect place = tokenRect(i);
            if (middle.y() < place.top() || middle.y() > place.bottom()) continue;
            const bool nearer =
                tokenRect(best).top() != place.top() ||
                std::abs(place.center().x() - middle.x()) < std::abs(tokenRect(best).center().x() - middle.x());
            if (nearer) best = i;
        }
        return best;
    };
    switch (event->key()) {
    case Qt::Key_Left: return choose(std::max(from - 1, 0));
    case Qt::Key_Right: return choose(std::min(from + 1, last));
    case Qt::Key_Up: return choose(beside(-1));
    case Qt::Key_Down: return choose(beside(1));
    case Qt::Key_Home: return choose(0);
    case Qt::Key_End: return choose(last);
    case Qt::Key_Escape:
        if (m_chosen >= 0) return choose(-1);
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace triptych
