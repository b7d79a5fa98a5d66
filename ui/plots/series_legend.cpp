// Painting the legend.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/series_legend.h"

#include "ui/plots/run_sign.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextDocument>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr int kSwatch = 14;  // pixels of a sample of the curve
constexpr int kGap = 5;      // between sample, name and value
constexpr int kItemGap = 14; // between items
constexpr int kLineGap = 2;
constexpr int kLeastName = 8; // letters of a run's name that its value makes room for

QFont bold(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont smaller(QFont font)
{
    font.setPointSizeF(std::max(7.0, font.pointSizeF() - 1));
    return font;
}

void paintSwatch(QPainter& painter, const QRect& box, CurveStyle style, QColor ink, const QColor& ground)
{
    const QPointF middle = QRectF(box).center();
    if (style == CurveStyle::FaintLine) ink.setAlphaF(0.45f);
    painter.setRenderHint(QPainter::Antialiasing, style == CurveStyle::Dots);
    if (style == CurveStyle::Dots) {
        painter.setPen(QPen(ink, 1.5));
        painter.setBrush(ground);
        painter.drawEllipse(middle, 3, 3);
    } else {
        painter.setPen(swatchPen(ink, style));
        painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()));
    }
}

/// With the name in front, and a value, which the legend has no room for.
QString namedTip(const LegendItem& item, const QString& value)
{
    const QString name = value.isEmpty() ? item.name : item.name + QStringLiteral("  ") + value;
    if (item.tip.isEmpty()) return name;
    if (!Qt::mightBeRichText(item.tip)) return name + QLatin1Char('\n') + item.tip;
    return QStringLiteral("<p><b>%1</b></p>%2").arg(name.toHtmlEscaped(), item.tip);
}

} // namespace

SeriesLegend::SeriesLegend(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SeriesLegend::setTitle(const QString& title, const QString& unit, const QString& tip)
{
    m_title = title;
    m_unit = unit;
    m_titleTip = tip;
    update();
}

void SeriesLegend::setItems(std::vector<LegendItem> items)
{
    m_items = std::move(items);
    m_values.clear();
    update();
}

void SeriesLegend::setValues(const QStringList& values)
{
    if (values == m_values) return;
    m_values = values;
    update();
}

void SeriesLegend::setNote(const QString& note, const QString& tip)
{
    m_noteTip = tip;
    if (note == m_note) return;
    m_note = note;
    update();
}

int SeriesLegend::lineHeight() const
{
    return fontMetrics().height() + kLineGap;
}

QSize SeriesLegend::sizeHint() const
{
    return {200, 2 * lineHeight()};
}

QSize SeriesLegend::minimumSizeHint() const
{
    return {0, 2 * lineHeight()};
}

/// How wide a name may be so that all of them find room: the longest give way, short ones stay whole.
int SeriesLegend::widestName(const std::vector<Place>& places, int room)
{
    std::vector<int> widths;
    for (const Place& place : places) widths.push_back(place.nameWidth);
    std::sort(widths.begin(), widths.end());
    int left = std::max(0, room);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const int share = left / static_cast<int>(widths.size() - i);
        if (widths[i] > share) return share;
        left -= widths[i];
    }
    return room;
}

/// Values of runs go, from the last one on, until what is left of each name tells it from the others. By their widest
/// values, so that none comes and goes with its digits.
void SeriesLegend::dropValues(std::vector<Place>& places, int letter) const
{
    const int least = kGap + 1 + (kLeastName + 1) * letter;
    int need = -kItemGap;
    for (std::size_t i = 0; i < places.size(); ++i)
        need += (m_items[i].style ? kSwatch + kGap : 0) +
                (m_items[i].nameCanGo ? 0 : std::min(places[i].nameWidth, least)) + places[i].valueWidth + kItemGap;
    for (std::size_t i = places.size(); i-- > 0 && need > width();) {
        if (!m_items[i].isRun) continue;
        need -= std::exchange(places[i].valueWidth, 0);
        places[i].valueGone = true;
    }
}

/// Letters that the names of all runs begin with, up to a sign between words; 0 where they are of no use.
int SeriesLegend::sharedStart() const
{
    QStringList names;
    for (const LegendItem& item : m_items)
        if (item.isRun) names << item.name;
    if (names.size() < 2) return 0;
    qsizetype shared = names.front().size();
    for (const QString& name : names) {
        shared = std::min(shared, name.size());
        for (qsizetype i = 0; i < shared; ++i)
            if (name[i] != names.front()[i]) shared = i;
    }
    while (shared > 0 && names.front()[shared - 1].isLetterOrNumber()) --shared;
    return static_cast<int>(shared);
}

std::vector<SeriesLegend::Place> SeriesLegend::places() const
{
    const QFontMetrics metrics(smaller(font()));
    std::vector<Place> all;
    int names = 0;
    int rest = -kItemGap;
    int spare = 0; // kept for longer numbers, so that nothing moves when they come
    for (const LegendItem& item : m_items) {
        const auto i = static_cast<qsizetype>(all.size());
        const int widest = metrics.horizontalAdvance(item.widest);
        const int now = i < m_values.size() ? metrics.horizontalAdvance(m_values[i]) : widest;
        // Smoothed, the values are beside another name.
        all.push_back({0, metrics.horizontalAdvance(item.name) + kGap + 1, now == 0 ? 0 : widest});
    }
    dropValues(all, metrics.averageCharWidth());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto at = static_cast<qsizetype>(i);
        names += all[i].nameWidth;
        rest += (m_items[i].style ? kSwatch + kGap : 0) + all[i].valueWidth + kItemGap;
        if (at < m_values.size()) spare += std::max(0, all[i].valueWidth - metrics.horizontalAdvance(m_values[at]));
    }
    if (names + rest > width() && spare > 0) {
        for (std::size_t i = 0; i < all.size(); ++i)
            if (const auto at = static_cast<qsizetype>(i); at < m_values.size())
                all[i].valueWidth = std::min(all[i].valueWidth, metrics.horizontalAdvance(m_values[at]));
        rest -= spare;
    }
    // Where there is no room, names give way before numbers do: first those that say the least.
    for (std::size_t i = 0; i < all.size() && names + rest > width(); ++i)
        if (m_items[i].nameCanGo) names -= std::exchange(all[i].nameWidth, 0);
    const int widest = widestName(all, width() - rest);
    int x = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].left = x;
        all[i].nameWidth = std::min(all[i].nameWidth, widest);
        if (all[i].nameWidth < kGap + 3 * metrics.averageCharWidth()) all[i].nameWidth = 0; // dots say nothing
        x += (m_items[i].style ? kSwatch + kGap : 0) + all[i].nameWidth + all[i].valueWidth + kItemGap;
    }
    return all;
}

void SeriesLegend::paintTitle(QPainter& painter) const
{
    const ThemeColors& colors = m_theme.colors();
    const QFontMetrics titleMetrics(bold(font()));
    const int baseline = fontMetrics().ascent();
    painter.setFont(bold(font()));
    painter.setPen(colors.text);
    painter.drawText(0, baseline, titleMetrics.elidedText(m_title, Qt::ElideRight, width()));
    painter.setFont(smaller(font()));
    const QFontMetrics metrics = painter.fontMetrics();
    painter.setPen(colors.muted);
    const int after = titleMetrics.horizontalAdvance(m_title) + 8;
    painter.drawText(after, baseline, metrics.elidedText(m_unit, Qt::ElideRight, std::max(0, width() - after)));
    const int room = width() - after - metrics.horizontalAdvance(m_unit) - kItemGap;
    if (room < metrics.averageCharWidth() * 6) return;
    const QString note = metrics.elidedText(m_note, Qt::ElideRight, room);
    painter.drawText(width() - metrics.horizontalAdvance(note), baseline, note);
}

void SeriesLegend::paintItem(QPainter& painter, std::size_t i, const Place& place) const
{
    const ThemeColors& colors = m_theme.colors();
    const LegendItem& item = m_items[i];
    painter.setFont(smaller(font()));
    const QFontMetrics metrics = painter.fontMetrics();
    const int baseline = lineHeight() + fontMetrics().ascent();
    int x = place.left;
    if (item.style) {
        const QRect box(x, baseline - metrics.xHeight() / 2 - 4, kSwatch, 9);
        const QColor ink = item.runColor ? m_theme.runColor(*item.runColor) : colors.*item.color;
        paintSwatch(painter, box, *item.style, ink, colors.card);
        x += kSwatch + kGap;
    }
    painter.setPen(colors.muted);
    painter.drawText(x, baseline, drawnName(i, place));
    x += place.nameWidth;
    painter.setPen(colors.text);
    painter.drawText(x, baseline, drawnValue(i, place));
}

void SeriesLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paint(painter);
}

void SeriesLegend::paint(QPainter& painter) const
{
    paintTitle(painter);
    const std::vector<Place> all = places();
    for (std::size_t i = 0; i < all.size(); ++i) paintItem(painter, i, all[i]);
}

void SeriesLegend::paintInto(QPainter& painter, const QRect& place) const
{
    painter.save();
    painter.translate(place.topLeft());
    painter.scale(1.0 * place.width() / std::max(1, width()), 1.0 * place.height() / std::max(1, height()));
    painter.setFont(font());
    paint(painter);
    painter.restore();
}

/// Names of runs and metrics differ at their ends more than in their middle.
QString SeriesLegend::drawnName(std::size_t i, const Place& place) const
{
    if (place.nameWidth <= kGap) return {};
    const QFontMetrics metrics(smaller(font()));
    const LegendItem& item = m_items[i];
    const int room = place.nameWidth - kGap;
    QString name = item.name;
    if (item.isRun && metrics.horizontalAdvance(name) > room)
        if (const int shared = sharedStart(); shared > 0 && shared < name.size())
            name = QChar(0x2026) + name.mid(shared);
    return metrics.elidedText(name, Qt::ElideMiddle, room);
}

QString SeriesLegend::drawnValue(std::size_t i, const Place& place) const
{
    const auto at = static_cast<qsizetype>(i);
    if (place.valueGone) return {};
    return at < m_values.size() ? m_values[at] : noNumber();
}

QStringList SeriesLegend::drawnValues() const
{
    QStringList values;
    for (const Place& place : places()) values << drawnValue(static_cast<std::size_t>(values.size()), place);
    return values;
}

QStringList SeriesLegend::drawnNames() const
{
    QStringList names;
    for (const Place& place : places()) names << drawnName(static_cast<std::size_t>(names.size()), place);
    return names;
}

QString SeriesLegend::tipAt(const QPoint& at) const
{
    if (at.y() < lineHeight()) {
        const bool onNote = at.x() > width() - QFontMetrics(smaller(font())).horizontalAdvance(m_note);
        return onNote && !m_noteTip.isEmpty() ? m_noteTip : m_titleTip;
    }
    const std::vector<Place> all = places();
    for (std::size_t i = all.size(); i-- > 0;) {
        if (at.x() < all[i].left) continue;
        if (!all[i].valueGone && drawnName(i, all[i]) == m_items[i].name) return m_items[i].tip;
        return namedTip(m_items[i], all[i].valueGone ? m_values.value(static_cast<qsizetype>(i)) : QString());
    }
    return {};
}

bool SeriesLegend::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
    return true;
}

} // namespace triptych
