// Painting the heads of a layer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/head_gallery.h"

#include "ui/theme/color_maps.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

constexpr int kLargest = 150; // px: larger pictures than this are what the map is for
constexpr int kSmallest = 4;  // px

/// Many small pictures stand closer together.
int gapOf(int count)
{
    return count > 32 ? 2 : count > 8 ? 4 : 6; // px
}

/// Colours of weights 0..1 by their square root.
std::array<QRgb, 256> palette(const ThemeColors& colors, const QColor& accent)
{
    const auto stops = sequentialMap(colors, accent);
    std::array<QRgb, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = colorAt(stops, static_cast<double>(i) / (table.size() - 1)).rgb();
    return table;
}

} // namespace

QImage attentionImage(const ProbeFrame& frame, std::int64_t layer, std::int64_t head, const ThemeColors& colors,
                      const QColor& accent)
{
    const auto length = static_cast<std::int64_t>(frame.tokens.size());
    const auto table = palette(colors, accent);
    QImage image(static_cast<int>(length), static_cast<int>(length), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    for (std::int64_t query = 0; query < length; ++query) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(query)));
        const float* weights = &frame.attention[attention_index(frame, layer, head, query, 0)];
        for (std::int64_t key = 0; key <= query; ++key) {
            const float root = std::sqrt(std::clamp(weights[key], 0.0F, 1.0F));
            line[key] = table[static_cast<std::size_t>(std::lround(255 * (std::isnan(root) ? 0 : root)))];
        }
    }
    return image;
}

HeadHabits headHabits(const ProbeFrame& frame, std::int64_t layer, std::int64_t head)
{
    const auto length = static_cast<std::int64_t>(frame.tokens.size());
    HeadHabits habits;
    if (length < 2) return habits;
    const auto weight = [&](std::int64_t query, std::int64_t key) {
        return static_cast<double>(frame.attention[attention_index(frame, layer, head, query, key)]);
    };
    for (std::int64_t query = 1; query < length; ++query) {
        habits.self += weight(query, query);
        habits.previous += weight(query, query - 1);
        habits.first += weight(query, 0);
    }
    for (double* sum : {&habits.self, &habits.previous, &habits.first}) *sum /= static_cast<double>(length - 1);
    return habits;
}

HeadGallery::HeadGallery(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("All heads of the layer"));
    connect(&theme, &Theme::changed, this, &HeadGallery::rebuild);
}

void HeadGallery::show(std::shared_ptr<const ProbeFrame> frame, std::int64_t layer)
{
    if (frame == m_frame && layer == m_layer) return;
    m_frame = std::move(frame);
    m_layer = layer;
    rebuild();
}

void HeadGallery::setWidest(int pixels)
{
    if (pixels == m_widest) return;
    m_widest = pixels;
    fit();
}

void HeadGallery::fit()
{
    const Grid g = grid();
    const int columns = std::min(g.columns, std::max(count(), 1));
    setFixedWidth(std::max(columns * (g.size + g.gap) - g.gap, 1));
    update();
}

void HeadGallery::resizeEvent(QResizeEvent*)
{
    fit();
}

void HeadGallery::rebuild()
{
    m_images.clear();
    const ThemeColors& colors = m_theme.colors();
    for (std::int64_t head = 0; m_frame && m_layer < m_frame->layers && head < m_frame->heads; ++head)
        m_images.push_back(attentionImage(*m_frame, m_layer, head, colors, colors.*m_accent));
    fit();
}

void HeadGallery::setSelected(int head)
{
    if (head == m_selected) return;
    m_selected = head;
    setAccessibleDescription(explanation(head));
    update();
}

HeadGallery::Grid HeadGallery::grid() const
{
    Grid best;
    best.gap = gapOf(count());
    for (int columns = 1; columns <= std::max(count(), 1); ++columns) {
        const int rows = (count() + columns - 1) / columns;
        const int wide = (m_widest - (columns - 1) * best.gap) / columns;
        const int high = (height() - (rows - 1) * best.gap) / std::max(rows, 1);
        const int size = std::min({wide, high, kLargest});
        if (size > best.size) best = {columns, size, best.gap};
    }
    best.size = std::max(best.size, kSmallest);
    return best;
}

QRect HeadGallery::headRect(int head) const
{
    const Grid g = grid();
    return {(head % g.columns) * (g.size + g.gap), (head / g.columns) * (g.size + g.gap), g.size, g.size};
}

int HeadGallery::headAt(const QPoint& position) const
{
    for (int head = 0; head < count(); ++head)
        if (headRect(head).contains(position)) return head;
    return -1;
}

void HeadGallery::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 2));
    painter.setFont(small);
    for (int head = 0; head < count(); ++head) {
        const QRect place = headRect(head);
        const QImage& picture = m_images[static_cast<std::size_t>(head)];
        painter.fillRect(place, colors.field);
        // Many weights on few pixels are averaged, few on many stay sharp.
        painter.setRenderHint(QPainter::SmoothPixmapTransform, picture.width() > place.width());
        painter.drawImage(place.adjusted(1, 1, -1, -1), picture);
        const bool chosen = head == m_selected;
        painter.setPen(QPen(chosen              ? colors.*m_accent
                            : head == m_hovered ? colors.muted
                                                : colors.border,
                            chosen ? 2 : 1));
        painter.drawRect(place.adjusted(0, 0, -1, -1));
        if (place.width() < 30) continue;
        // The upper right half is what no token can see.
        painter.setPen(chosen ? colors.text : colors.muted);
        painter.drawText(place.adjusted(0, 2, -5, 0), Qt::AlignRight | Qt::AlignTop, QString::number(head));
    }
    if (hasFocus() && m_selected >= 0 && m_selected < count()) {
        painter.setPen(QPen(colors.text, 1, Qt::DotLine));
        painter.drawRect(headRect(m_selected).adjusted(3, 3, -4, -4));
    }
}

QString HeadGallery::explanation(int head) const
{
    if (!m_frame || head < 0 || head >= count()) return {};
    const HeadHabits habits = headHabits(*m_frame, m_layer, head);
    return tr("Head %1 of %2, counted from 0. On average a token looks\n"
              "%3 at itself, %4 at the one before it, %5 at the first.")
        .arg(head)
        .arg(count())
        .arg(percentText(habits.self, 0), percentText(habits.previous, 0), percentText(habits.first, 0));
}

bool HeadGallery::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), explanation(headAt(help->pos())), this);
        return true;
    }
    return QWidget::event(event);
}

void HeadGallery::mousePressEvent(QMouseEvent* event)
{
    if (const int head = headAt(event->pos()); head >= 0) emit chosen(head);
}

void HeadGallery::mouseMoveEvent(QMouseEvent* event)
{
    const int head = headAt(event->pos());
    if (head == m_hovered) return;
    m_hovered = head;
    update();
}

void HeadGallery::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

void HeadGallery::keyPressEvent(QKeyEvent* event)
{
    const int columns = grid().columns;
    int head = std::max(m_selected, 0);
    switch (event->key()) {
    case Qt::Key_Left: --head; break;
    case Qt::Key_Right: ++head; break;
    case Qt::Key_Up: head -= columns; break;
    case Qt::Key_Down: head += columns; break;
    case Qt::Key_Home: head = 0; break;
    case Qt::Key_End: head = count() - 1; break;
    default: QWidget::keyPressEvent(event); return;
    }
    if (head >= 0 && head < count()) emit chosen(head);
}

} // namespace triptych
