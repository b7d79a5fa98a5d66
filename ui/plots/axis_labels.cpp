// Fitting labels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/axis_labels.h"

#include <algorithm>

namespace triptych {

namespace {

/// A longer word is cut: the map needs the room more.
constexpr int kWidestLabel = 64; // px
constexpr int kGap = 3;          // px between labels

int widest(const QStringList& texts, const QFontMetrics& metrics)
{
    int width = 0;
    for (const QString& text : texts) width = std::max(width, metrics.horizontalAdvance(text));
    return width;
}

/// A circle stands for signs that take no room, such as joiners and ends of lines: QCustomPlot cannot paint nothing.
QString seen(const QString& text, const QFontMetrics& metrics)
{
    const QRect room = metrics.boundingRect(QRect(), Qt::TextDontClip | Qt::AlignHCenter, text);
    return room.isEmpty() || metrics.horizontalAdvance(text) == 0 ? QString(QChar(0x25CC)) : text;
}

/// Every n-th cell, n a round number.
void addStrided(QCPAxisTickerText& ticks, const QStringList& labels, int count, double cell, int needed)
{
    int stride = 1;
    for (const int nice : {1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 512})
        if (stride = nice; stride * cell >= needed) break;
    for (int i = 0; i < count; i += stride) ticks.addTick(i, i < labels.size() ? labels[i] : QString::number(i));
}

} // namespace

AxisLabels chooseLabels(const QStringList& cells, const std::vector<LabelSpan>& spans, int count, int pixels,
                        const QFont& font, LabelSide side)
{
    AxisLabels result{QSharedPointer<QCPAxisTickerText>::create(), 0};
    const QFontMetrics metrics(font);
    const double cell = static_cast<double>(std::max(pixels, 1)) / std::max(count, 1);
    const int line = metrics.height() - 2; // of digits and most letters; descenders may touch
    const int numbers = metrics.horizontalAdvance(QString::number(std::max(count - 1, 0)));
    const int needed = side == LabelSide::Left ? line : kGap + (cells.isEmpty() ? numbers : widest(cells, metrics));
    if (spans.empty() || cell >= needed) {
        addStrided(*result.ticks, cells, count, cell, needed);
        return result;
    }
    if (side == LabelSide::Below) result.rotation = -90;
    double free = -1e9;
    for (const LabelSpan& span : spans) {
        const double centre = span.first + (span.count - 1) / 2.0;
        if (centre * cell - line / 2.0 < free) continue;
        free = centre * cell + line / 2.0;
        result.ticks->addTick(centre, seen(metrics.elidedText(span.text, Qt::ElideRight, kWidestLabel), metrics));
    }
    return result;
}

} // namespace triptych
