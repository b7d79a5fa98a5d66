// Painting the heads that are seen, and choosing among all.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/head_gallery.h"

#include "ui/panels/layer_names.h"
#include "ui/theme/color_maps.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <numeric>

namespace triptych {

namespace {

constexpr int kRoomForNumber = 28; // px of a picture
constexpr int kLabelGap = 5;       // px between a layer's name and its first picture

MapPalette paletteOf(const ThemeColors& colors, const QColor& accent)
{
    const auto stops = sequentialMap(colors, accent);
    MapPalette palette{colors.field.rgb()};
    for (std::size_t code = 1; code < palette.size(); ++code)
        palette[code] = colorAt(stops, static_cast<double>(code - 1) / 254).rgb();
    return palette;
}

} // namespace

QString habitTag(Habit habit)
{
    switch (habit) {
    case Habit::Self: return HeadGallery::tr("itself");
    case Habit::Previous: return HeadGallery::tr("before");
    case Habit::First: return HeadGallery::tr("first");
    case Habit::Spread: return HeadGallery::tr("spread");
    }
    return {};
}

QString habitTitle(Habit habit)
{
    switch (habit) {
    case Habit::Self: return HeadGallery::tr("Looks at itself");
    case Habit::Previous: return HeadGallery::tr("Looks at the token before");
    case Habit::First: return HeadGallery::tr("Looks at the first token");
    case Habit::Spread: return HeadGallery::tr("Looks at many alike");
    }
    return {};
}

HeadGallery::HeadGallery(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QAbstractScrollArea(parent), m_theme(theme), m_accent(accent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("All heads of all layers"));
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    const auto recolor = [this] {
        m_palette = paletteOf(m_theme.colors(), m_theme.colors().*m_accent);
        viewport()->update();
    };
    connect(&theme, &Theme::changed, this, recolor);
    recolor();
}

void HeadGallery::setPictures(std::shared_ptr<const HeadPictures> pictures, std::int64_t mainLayers)
{
    if (pictures == m_pictures && mainLayers == m_mainLayers) return;
    m_pictures = std::move(pictures);
    m_mainLayers = mainLayers;
    m_made.clear();
    const int layers = m_pictures ? static_cast<int>(m_pictures->layers()) : 0;
    const int heads = m_pictures ? static_cast<int>(m_pictures->heads()) : 0;
    const bool same = layers == m_layers && heads == m_heads;
    m_layers = layers;
    m_heads = heads;
    if (!same) {
        m_hovered = -1;
        sort();
        fit();
        reveal();
    }
    describe();
    viewport()->update();
}

void HeadGallery::setOrder(std::optional<Habit> order)
{
    m_order = order;
    m_hovered = -1;
    sort();
    fit();
    reveal();
    describe();
    viewport()->update();
}

void HeadGallery::sort()
{
    m_sorted.clear();
    m_slotOf.clear();
    if (!m_order || !m_pictures) return;
    std::vector<double> shares;
    for (int i = 0; i < count(); ++i) shares.push_back(m_pictures->habits(i / m_heads, i % m_heads).of(*m_order));
    m_sorted.resize(shares.size());
    std::iota(m_sorted.begin(), m_sorted.end(), 0);
    std::stable_sort(m_sorted.begin(), m_sorted.end(), [&](int a, int b) {
        return shares[static_cast<std::size_t>(a)] > shares[static_cast<std::size_t>(b)];
    });
    m_slotOf.resize(m_sorted.size());
    for (std::size_t slot = 0; slot < m_sorted.size(); ++slot)
        m_slotOf[static_cast<std::size_t>(m_sorted[slot])] = static_cast<int>(slot);
}

int HeadGallery::slotOf(int index) const
{
    return m_slotOf.empty() ? index : m_slotOf[static_cast<std::size_t>(index)];
}

void HeadGallery::setWidest(int pixels)
{
    if (pixels == m_widest) return;
    m_widest = pixels;
    fit();
}

void HeadGallery::fit()
{
    const QFontMetrics metrics(smallFont(font()));
    const bool byLayer = m_sorted.empty();
    const int label = byLayer && m_layers > 1 ? metrics.horizontalAdvance(layerTag(m_layers - 1)) + kLabelGap : 0;
    const int bar = verticalScrollBar()->sizeHint().width();
    m_grid = GalleryGrid(byLayer ? m_layers : 1, byLayer ? m_heads : count(), {m_widest, height()}, label, bar);
    const bool scrolls = m_grid.height() > height();
    const int columns = std::min(m_grid.columns(), std::max(byLayer ? m_heads : count(), 1));
    const int right = count() > 0 ? m_grid.rect(columns - 1).right() + 1 : 1;
    setFixedWidth(std::clamp(right + (scrolls ? bar : 0), 1, std::max(m_widest, 1)));
    verticalScrollBar()->setRange(0, std::max(m_grid.height() - height(), 0));
    verticalScrollBar()->setPageStep(std::max(height(), 1));
    verticalScrollBar()->setSingleStep(m_grid.size());
    viewport()->update();
}

void HeadGallery::reveal()
{
    if (m_layer < 0 || m_head < 0 || m_layer >= m_layers || m_head >= m_heads) return;
    const QRect place = m_grid.rect(slotOf(index(m_layer, m_head)));
    QScrollBar* bar = verticalScrollBar();
    if (place.top() < bar->value()) bar->setValue(place.top());
    if (place.bottom() >= bar->value() + height()) bar->setValue(place.bottom() - height() + 1);
}

void HeadGallery::resizeEvent(QResizeEvent*)
{
    fit();
    reveal();
}

void HeadGallery::setSelected(int layer, int head)
{
    if (layer == m_layer && head == m_head) return;
    m_layer = layer;
    m_head = head;
    reveal();
    describe();
    viewport()->update();
}

void HeadGallery::describe()
{
    const bool inside = m_layer >= 0 && m_layer < m_layers && m_head >= 0 && m_head < m_heads;
    setAccessibleDescription(inside ? explanation(index(m_layer, m_head)) : QString());
}

QRect HeadGallery::headRect(int layer, int head) const
{
    return m_grid.rect(slotOf(index(layer, head))).translated(0, -verticalScrollBar()->value());
}

int HeadGallery::slotAt(const QPoint& position) const
{
    return m_grid.slotAt(position + QPoint(0, verticalScrollBar()->value()));
}

const HeadGallery::Made& HeadGallery::made(int index)
{
    const auto [entry, fresh] = m_made.try_emplace(index);
    if (fresh) {
        entry->second.picture = m_pictures->thumbnail(index / m_heads, index % m_heads);
        entry->second.habits = m_pictures->habits(index / m_heads, index % m_heads);
    }
    return entry->second;
}

std::int64_t HeadGallery::madeBytes() const
{
    std::size_t sum = 0;
    for (const auto& [index, made] : m_made) sum += sizeof(Made) + made.picture.codes.capacity();
    return static_cast<std::int64_t>(sum);
}

void HeadGallery::forgetUnseen()
{
    if (m_made.size() <= kMostKept) return;
    const int top = verticalScrollBar()->value();
    const auto [first, end] = m_grid.between(top, top + height());
    std::erase_if(m_made, [&, first = first, end = end](const auto& entry) {
        const int slot = slotOf(entry.first);
        return slot < first || slot >= end;
    });
}

void HeadGallery::paintEvent(QPaintEvent* event)
{
    if (count() == 0) return;
    QPainter painter(viewport());
    painter.setFont(smallFont(font()));
    const int top = verticalScrollBar()->value();
    painter.translate(0, -top);
    const auto [first, end] = m_grid.between(top + event->rect().top(), top + event->rect().bottom());
    for (int slot = first; slot < end; ++slot) paintSlot(painter, slot);
    forgetUnseen();
}

void HeadGallery::paintSlot(QPainter& painter, int slot)
{
    const ThemeColors& colors = m_theme.colors();
    const int index = indexOf(slot);
    const int layer = index / m_heads;
    const int head = index % m_heads;
    const QRect place = m_grid.rect(slot);
    const bool chosen = layer == m_layer && head == m_head;
    if (m_sorted.empty() && head == 0 && m_layers > 1) {
        painter.setPen(layer == m_layer ? colors.text : colors.muted);
        painter.drawText(QRect(0, place.top(), place.left() - kLabelGap, place.height()),
                         Qt::AlignRight | Qt::AlignVCenter, layerTag(layer));
    }
    painter.fillRect(place, colors.field);
    const HeadThumbnail& picture = made(index).picture;
    const auto side = static_cast<int>(picture.side);
    const QRect inner = place.adjusted(1, 1, -1, -1);
    const double ratio = devicePixelRatioF();
    const MapPicture what{.cells = {side, side},
                          .visible = QRectF(0, 0, side, side),
                          .pixels = QSize(qRound(inner.width() * ratio), qRound(inner.height() * ratio)),
                          .pool = MapPool::Largest,
                          .hairlineAt = 1e9};
    const CodeRegion cells{.rows = side, .columns = side, .codes = picture.codes};
    painter.drawImage(inner, paintCells(what, cells, m_palette));
    painter.setPen(QPen(chosen ? colors.*m_accent : slot == m_hovered ? colors.muted : colors.border, chosen ? 2 : 1));
    painter.drawRect(place.adjusted(0, 0, -1, -1));
    paintTag(painter, place, index, chosen);
    if (!chosen || !hasFocus()) return;
    painter.setPen(QPen(colors.text, 1, Qt::DotLine));
    painter.drawRect(place.adjusted(3, 3, -4, -4));
}

void HeadGallery::paintTag(QPainter& painter, const QRect& place, int index, bool chosen)
{
    // The upper right half is what no token can see: there is room for words.
    const ThemeColors& colors = m_theme.colors();
    const QFontMetrics metrics(painter.font());
    const int head = index % m_heads;
    const QString number =
        m_sorted.empty() ? QString::number(head) : tr("%1.%2", "layer.head").arg(layerTag(index / m_heads)).arg(head);
    if (place.width() < kRoomForNumber || metrics.horizontalAdvance(number) > place.width() * 2 / 3) return;
    painter.setPen(chosen ? colors.text : colors.muted);
    painter.drawText(place.adjusted(0, 2, -4, 0), Qt::AlignRight | Qt::AlignTop, number);
    const QString tag = habitTag(made(index).habits.strongest());
    const int below = 2 + metrics.height();
    // A line further down, the diagonal leaves so much less room.
    if (metrics.horizontalAdvance(tag) + 4 > place.width() - below - metrics.height() / 2) return;
    painter.drawText(place.adjusted(0, below, -4, 0), Qt::AlignRight | Qt::AlignTop, tag);
}

QString HeadGallery::layerTag(int layer) const
{
    const bool draft = m_mainLayers >= 0 && layer >= m_mainLayers;
    return draft ? tr("M%1", "MTP block, short").arg(layer - m_mainLayers + 1) : QString::number(layer);
}

QString HeadGallery::explanation(int index)
{
    if (index < 0 || index >= count()) return {};
    const HeadHabits habits = made(index).habits;
    return tr("%1, head %2 of %3, counted from 0: %4.\n"
              "Mean weights over the tokens from the third on:\n"
              "%5 on itself, %6 on the token before, %7 on the first.\n"
              "1 / sum of squared weights: as if %8 of what is seen were looked at alike.")
        .arg(layerTitle(index / m_heads, m_mainLayers))
        .arg(index % m_heads)
        .arg(m_heads)
        .arg(habitTitle(habits.strongest()).toLower(), percentText(habits.self, 0), percentText(habits.previous, 0),
             percentText(habits.first, 0), percentText(habits.spread, 0));
}

bool HeadGallery::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int slot = slotAt(help->pos());
        QToolTip::showText(help->globalPos(), slot >= 0 ? explanation(indexOf(slot)) : QString(), viewport());
        return true;
    }
    if (event->type() == QEvent::Leave) setHovered(-1);
    if (event->type() == QEvent::MouseButtonRelease) return true; // the press chose
    return QAbstractScrollArea::viewportEvent(event);
}

void HeadGallery::setHovered(int slot)
{
    if (slot == m_hovered) return;
    m_hovered = slot;
    viewport()->update();
}

void HeadGallery::mousePressEvent(QMouseEvent* event)
{
    const int slot = event->button() == Qt::LeftButton ? slotAt(event->pos()) : -1;
    if (slot >= 0) emit chosen(indexOf(slot) / m_heads, indexOf(slot) % m_heads);
}

void HeadGallery::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(slotAt(event->pos()));
}

void HeadGallery::keyPressEvent(QKeyEvent* event)
{
    if (count() == 0) return QAbstractScrollArea::keyPressEvent(event);
    const bool inside = m_layer >= 0 && m_layer < m_layers && m_head >= 0 && m_head < m_heads;
    const int from = inside ? slotOf(index(m_layer, m_head)) : 0;
    int slot = from;
    const int page = std::max(height() / (m_grid.size() + 4) - 1, 1);
    switch (event->key()) {
    case Qt::Key_Left: --slot; break;
    case Qt::Key_Right: ++slot; break;
    case Qt::Key_Up: slot = m_grid.vertical(slot, -1); break;
    case Qt::Key_Down: slot = m_grid.vertical(slot, 1); break;
    case Qt::Key_PageUp:
        for (int line = 0; line < page; ++line) slot = m_grid.vertical(slot, -1);
        break;
    case Qt::Key_PageDown:
        for (int line = 0; line < page; ++line) slot = m_grid.vertical(slot, 1);
        break;
    case Qt::Key_Home: slot = 0; break;
    case Qt::Key_End: slot = count() - 1; break;
    default: QAbstractScrollArea::keyPressEvent(event); return;
    }
    slot = std::clamp(slot, 0, count() - 1);
    if (slot != from || !inside) emit chosen(indexOf(slot) / m_heads, indexOf(slot) % m_heads);
}

void HeadGallery::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void HeadGallery::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace triptych
