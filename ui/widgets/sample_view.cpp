// Wrapping and painting a sample.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sample_view.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

const QChar kDot(0x00B7);
const QChar kMayBreak(0x200B);
const QChar kReturn(0x21B5);
const QChar kTab(0x21E5);
constexpr int kMargin = 7; // px
constexpr int kUsualLines = 4;

bool isWhitespaceSign(QChar c)
{
    return c == kDot || c == kReturn || c == kTab;
}

} // namespace

QString visibleWhitespace(const QString& text, int& given)
{
    given = std::min(given, static_cast<int>(text.size()));
    QString shown;
    int newGiven = 0;
    for (int i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char(' '))
            shown += QString(kDot) + kMayBreak;
        else if (c == QLatin1Char('\n'))
            shown += QString(kReturn) + QChar::LineSeparator;
        else if (c == QLatin1Char('\t'))
            shown += QString(kTab) + kMayBreak;
        else if (c.unicode() < 0x20)
            shown += QChar(0x2400 + c.unicode()); // Unicode's pictures of control characters
        else
            shown += c;
        if (i + 1 == given) newGiven = static_cast<int>(shown.size());
    }
    given = newGiven;
    return shown;
}

SampleView::SampleView(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&theme, &Theme::changed, this, &SampleView::layOut);
}

void SampleView::setSample(const QString& text, int given)
{
    m_given = given;
    m_shown = visibleWhitespace(text, m_given);
    setAccessibleDescription(text);
    // Rich text wraps in a tool tip; plain text would be one line as long as the sample.
    setToolTip(QStringLiteral("<p style='white-space: pre-wrap'>%1</p>").arg(text.toHtmlEscaped()));
    updateGeometry();
    layOut();
}

QSize SampleView::sizeHint() const
{
    return {300, std::min(2 * kMargin + kUsualLines * fontMetrics().lineSpacing(), maximumHeight())};
}

QSize SampleView::minimumSizeHint() const
{
    return {80, 2 * kMargin + 2 * fontMetrics().lineSpacing()};
}

void SampleView::resizeEvent(QResizeEvent*)
{
    layOut();
}

void SampleView::layOut()
{
    setMaximumHeight(wholeHeight());
    const ThemeColors& colors = m_theme.colors();
    QList<QTextLayout::FormatRange> formats;
    const auto color = [&formats](int start, int length, const QColor& c) {
        QTextCharFormat format;
        format.setForeground(c);
        formats.push_back({start, length, format});
    };
    if (m_given > 0) color(0, m_given, colors.muted);
    QColor faint = colors.muted;
    faint.setAlpha(150);
    for (int i = 0; i < m_shown.size(); ++i)
        if (isWhitespaceSign(m_shown[i])) color(i, 1, faint);

    m_layout.setText(m_shown);
    m_layout.setFont(font());
    m_layout.setFormats(formats);
    breakLines(m_layout, width(), std::max(height() - 2 * kMargin, fontMetrics().lineSpacing()), m_cut);
    update();
}

double SampleView::breakLines(QTextLayout& layout, int width, double room, bool& cut)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    double y = 0;
    cut = false;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width - 2 * kMargin, 20));
        cut = y + line.height() > room + 1;
        if (cut) break;
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return y;
}

int SampleView::wholeHeight() const
{
    QTextLayout layout(m_shown, font());
    bool cut = false;
    const double all = breakLines(layout, width(), 1e6, cut);
    return 2 * kMargin + std::max(static_cast<int>(std::ceil(all)), 2 * fontMetrics().lineSpacing());
}

void SampleView::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(colors.field);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setPen(colors.text);
    // The line that had no room was laid out too: it must not be painted.
    const QRect room = rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const int lines = m_layout.lineCount() - (m_cut ? 1 : 0);
    for (int i = 0; i < lines; ++i) {
        const QTextLine line = m_layout.lineAt(i);
        if (!m_cut || i + 1 < lines) {
            line.draw(&painter, room.topLeft());
            continue;
        }
        const QString more(QChar(0x2026));
        const double reach = std::min(line.naturalTextWidth(), line.width() - fontMetrics().horizontalAdvance(more));
        const QRectF place = line.rect().translated(room.topLeft());
        painter.setClipRect(QRectF(place.left(), place.top(), reach, place.height()));
        line.draw(&painter, room.topLeft());
        painter.setClipping(false);
        painter.drawText(place.adjusted(reach, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, more);
    }
}

} // namespace triptych
