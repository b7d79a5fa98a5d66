// The sheet that a figure of a report is drawn on: plots of the window in the look of paper, and texts beside them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/bar_plot.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/plot_canvas.h"
#include "ui/report/report_document.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QWidget>

#include <memory>
#include <vector>

namespace triptych {

enum class FigureInk : std::uint8_t { Text = 1, Muted };

/// A name beside something drawn in a colour.
struct FigureKey {
    QString name;
    QColor color;
    CurveStyle style = CurveStyle::Line;
};

/// Is filled, painted once, thrown away. Its unit is a pixel of 96 an inch.
class FigureSheet {
public:
    explicit FigureSheet(const QSize& size);
    ~FigureSheet();

    const ThemeColors& colors() const { return m_theme.colors(); }
    const Theme& theme() const { return m_theme; }
    PlotCanvas& addCanvas(const QRect& place);
    HeatmapPlot& addMap(const QRect& place, HeatmapScale scale, QColor ThemeColors::*accent);
    BarPlot& addBars(const QRect& place);
    void addText(const QRectF& place, const QString& text, Qt::Alignment alignment, FigureInk ink = FigureInk::Text);
    void addText(const QRectF& place, const QString& text, Qt::Alignment alignment, const QColor& color);
    void addLine(const QLineF& line, const QColor& color, Qt::PenStyle style = Qt::SolidLine);
    void addBox(const QRectF& box, const QColor& color);
    /// One beside the other from the left, with their signs; returns the height that they took.
    double addKeys(const QPointF& at, double width, const std::vector<FigureKey>& keys);
    double widthOf(const QString& text) const;
    /// Cut at its end to fit.
    QString fitting(const QString& text, double width) const;
    /// Plots that wait to be laid out are, so that their places can be asked for.
    void settle();

    void paint(QPainter& painter);

private:
    template <class Plot, class... Arguments>
    Plot& add(const QRect& place, Arguments&&... arguments);

    struct Text {
        QRectF place;
        QString text;
        Qt::Alignment alignment;
        QColor color;
    };
    struct Line {
        QLineF line;
        QColor color;
        Qt::PenStyle style;
    };
    struct Box {
        QRectF box;
        QColor color;
    };
    Theme m_theme;
    std::unique_ptr<QWidget> m_page;
    std::vector<Text> m_texts;
    std::vector<Line> m_lines;
    std::vector<Box> m_boxes;
};

} // namespace triptych
