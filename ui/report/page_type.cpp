// Type sizes, and lines by Qt's text layout.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/page_type.h"

#include "ui/report/report_document.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QRegularExpression>
#include <QTextLayout>

#include <algorithm>
#include <array>

namespace triptych {

namespace {

/// Text is laid out so much larger, and painted so much smaller: what Qt rounds to pixels is then too small to see.
constexpr double kFine = 16;

struct Setting {
    PageStyle style;
    double pixels;  ///< size of type
    double leading; ///< line over size
    QFont::Weight weight;
    QColor ThemeColors::*ink;
};
constexpr std::array kSettings = {
    Setting{PageStyle::Title, 30, 1.2, QFont::Bold, &ThemeColors::text},
    Setting{PageStyle::Subtitle, 14, 1.4, QFont::Normal, &ThemeColors::muted},
    Setting{PageStyle::Chapter, 20, 1.3, QFont::Bold, &ThemeColors::text},
    Setting{PageStyle::Heading, 14, 1.35, QFont::Bold, &ThemeColors::text},
    Setting{PageStyle::Body, 12.6, 1.48, QFont::Normal, &ThemeColors::text},
    Setting{PageStyle::Strong, 11.4, 1.4, QFont::Bold, &ThemeColors::text},
    Setting{PageStyle::Figures, 18, 1.3, QFont::Bold, &ThemeColors::text},
    Setting{PageStyle::Small, 10.6, 1.42, QFont::Normal, &ThemeColors::muted},
    Setting{PageStyle::Cell, 11.2, 1.38, QFont::Normal, &ThemeColors::text},
    Setting{PageStyle::CellStrong, 11.2, 1.38, QFont::Bold, &ThemeColors::text},
    Setting{PageStyle::Code, 10.4, 1.5, QFont::Normal, &ThemeColors::text},
};

const Setting& settingOf(PageStyle style)
{
    return *std::find_if(kSettings.begin(), kSettings.end(), [&](const Setting& s) { return s.style == style; });
}

QFont fontOf(PageStyle style)
{
    const Setting& setting = settingOf(style);
    QFont font(style == PageStyle::Code ? reportMonospace() : reportFamily());
    font.setPixelSize(qRound(setting.pixels * kFine));
    font.setWeight(setting.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

} // namespace

QColor inkOf(PageStyle style)
{
    return lightColors().*settingOf(style).ink;
}

PageText::PageText(const QString& text, PageStyle style, double width, Qt::Alignment alignment)
    : m_ink(inkOf(style)), m_lineHeight(settingOf(style).pixels * settingOf(style).leading)
{
    QString lines = reportText(text);
    lines.replace(QLatin1Char('\n'), QChar::LineSeparator);
    m_layout = std::make_unique<QTextLayout>(lines, fontOf(style));
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout->setTextOption(option);
    m_layout->beginLayout();
    for (QTextLine line = m_layout->createLine(); line.isValid(); line = m_layout->createLine())
        line.setLineWidth(std::max(1.0, width) * kFine);
    m_layout->endLayout();
    for (int i = 0; i < m_layout->lineCount(); ++i) m_layout->lineAt(i).setPosition({0, 0});
}

PageText::~PageText() = default;

int PageText::lines() const
{
    return m_layout->lineCount();
}

double PageText::naturalWidth() const
{
    double widest = 0;
    for (int i = 0; i < lines(); ++i) widest = std::max(widest, m_layout->lineAt(i).naturalTextWidth());
    return widest / kFine;
}

void PageText::paintLine(QPainter& painter, int line, const QPointF& at) const
{
    const QTextLine text = m_layout->lineAt(line);
    painter.save();
    painter.setPen(m_ink);
    painter.translate(at.x(), at.y() + (m_lineHeight - text.height() / kFine) / 2);
    painter.scale(1 / kFine, 1 / kFine);
    text.draw(&painter, {0, 0});
    painter.restore();
}

void PageText::paint(QPainter& painter, const QPointF& at) const
{
    for (int i = 0; i < lines(); ++i) paintLine(painter, i, at + QPointF(0, i * m_lineHeight));
}

double PageText::widthOf(const QString& text, PageStyle style)
{
    return QFontMetricsF(fontOf(style)).horizontalAdvance(reportText(text)) / kFine;
}

double PageText::longestWord(const QString& text, PageStyle style)
{
    double widest = 0;
    static const QRegularExpression blank(QStringLiteral("[\\s/-]+"));
    for (const QString& word : reportText(text).split(blank)) widest = std::max(widest, widthOf(word, style));
    return widest;
}

} // namespace triptych
