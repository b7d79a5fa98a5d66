// Plots on a sheet nobody sees, painted as lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/figure_sheet.h"

#include "ui/plots/plot_painting.h"

#include <QFontMetricsF>
#include <QPainter>

namespace triptych {

namespace {

constexpr double kKeyGap = 18;  // px between two keys
constexpr double kKeyRow = 16;  // px
constexpr double kSwatch = 14;  // px
constexpr int kSettling = 3;    // rounds: a layout may move a plot, which is then drawn again
constexpr double kPoints = 8.5; // of plots; their numbers are a point and a half smaller

QFont textFont()
{
    QFont font(reportFamily());
    font.setPixelSize(11);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

class Page : public QWidget {
protected:
    void paintEvent(QPaintEvent*) override {} // the ground is the paper's
};

} // namespace

FigureSheet::FigureSheet(const QSize& size)
    : m_theme(ThemeChoice::Light, ThemeReach::Own), m_page(std::make_unique<Page>())
{
    m_theme.dress(*m_page);
    QFont font(reportFamily());
    font.setPointSizeF(kPoints);
    font.setHintingPreference(QFont::PreferNoHinting);
    m_page->setFont(font);
    m_page->setAttribute(Qt::WA_DontShowOnScreen);
    m_page->setAttribute(Qt::WA_QuitOnClose, false);
    m_page->resize(size);
}

FigureSheet::~FigureSheet() = default;

template <class Plot, class... Arguments>
Plot& FigureSheet::add(const QRect& place, Arguments&&... arguments)
{
    auto* plot = new Plot(m_theme, std::forward<Arguments>(arguments)..., m_page.get());
    plot->setFont(m_page->font());
    plot->setGeometry(place);
    plot->show(); // the page may be there already
    return *plot;
}

PlotCanvas& FigureSheet::addCanvas(const QRect& place)
{
    return add<PlotCanvas>(place);
}

HeatmapPlot& FigureSheet::addMap(const QRect& place, HeatmapScale scale, QColor ThemeColors::*accent)
{
    return add<HeatmapPlot>(place, scale, accent);
}

BarPlot& FigureSheet::addBars(const QRect& place)
{
    return add<BarPlot>(place);
}

void FigureSheet::addText(const QRectF& place, const QString& text, Qt::Alignment alignment, FigureInk ink)
{
    addText(place, text, alignment, ink == FigureInk::Text ? colors().text : colors().muted);
}

void FigureSheet::addText(const QRectF& place, const QString& text, Qt::Alignment alignment, const QColor& color)
{
    m_texts.push_back({place, reportText(text), alignment, color});
}

void FigureSheet::addLine(const QLineF& line, const QColor& color, Qt::PenStyle style)
{
    m_lines.push_back({line, color, style});
}

void FigureSheet::addBox(const QRectF& box, const QColor& color)
{
    m_boxes.push_back({box, color});
}

double FigureSheet::widthOf(const QString& text) const
{
    return QFontMetricsF(textFont()).horizontalAdvance(text);
}

QString FigureSheet::fitting(const QString& text, double width) const
{
    return QFontMetricsF(textFont()).elidedText(text, Qt::ElideRight, width);
}

double FigureSheet::addKeys(const QPointF& at, double width, const std::vector<FigureKey>& keys)
{
    double x = at.x();
    double y = at.y();
    for (const FigureKey& key : keys) {
        const double needed = kSwatch + 5 + widthOf(key.name);
        if (x > at.x() && x + needed > at.x() + width) {
            x = at.x();
            y += kKeyRow;
        }
        const double middle = y + kKeyRow / 2;
        if (key.style == CurveStyle::FaintLine)
            addBox({x, middle - 4, kSwatch, 8}, key.color);
        else
            addLine({x, middle, x + kSwatch, middle}, key.color,
                    key.style == CurveStyle::Dashes        ? Qt::DashLine
                    : key.style == CurveStyle::DashDots    ? Qt::DashDotLine
                    : key.style == CurveStyle::ShortDashes ? Qt::DotLine
                                                           : Qt::SolidLine);
        addText({x + kSwatch + 5, y, widthOf(key.name) + 4, kKeyRow}, key.name, Qt::AlignLeft | Qt::AlignVCenter);
        x += needed + kKeyGap;
    }
    return y + kKeyRow - at.y();
}

void FigureSheet::settle()
{
    if (!m_page->isVisible()) m_page->show();
    for (int i = 0; i < kSettling; ++i) {
        deliverPosted(*m_page);
        settlePlots(*m_page);
    }
}

void FigureSheet::paint(QPainter& painter)
{
    settle();
    painter.save();
    for (const Box& box : m_boxes) painter.fillRect(box.box, box.color);
    {
        const PlotPainting painting(*m_page, PlotsAs::Lines);
        m_page->render(&painter, {}, {}, QWidget::DrawChildren);
    }
    for (const Line& line : m_lines) {
        painter.setPen(QPen(line.color, 1.5, line.style));
        painter.drawLine(line.line);
    }
    painter.setFont(textFont());
    for (const Text& text : m_texts) {
        painter.setPen(text.color);
        painter.drawText(text.place, static_cast<int>(text.alignment) | Qt::TextDontClip, text.text);
    }
    painter.restore();
}

} // namespace triptych
