// Axes, curves and signs on QCustomPlot.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_canvas.h"

#include "ui/plots/pixel_columns.h"
#include "ui/plots/plot_style.h"
#include "ui/plots/value_ticker.h"

#include <QPicture>
#include <QVBoxLayout>

#include <cmath>

namespace triptych {

namespace {

/// Values beyond the picture are drawn no further away than this many heights of it: far enough for slopes, near enough
/// for the painter.
constexpr double kFarthest = 20;
/// Signs closer than this, in pixels, are one.
constexpr double kSignDistance = 7;
constexpr int kDotDistance = 10;
/// Anything smaller is a line and no curve.
constexpr int kLeastWidth = 120;
constexpr int kLeastHeight = 92;
constexpr auto kWidestTick = "$0.00000";
constexpr int kTickPadding = 5;
constexpr int kPixelsPerStepTick = 76;
constexpr int kValueTicks = 4; // about, as long as they are neither too close nor too wide apart, in pixels:
constexpr int kClosestValueTicks = 15;
constexpr int kWidestValueTicks = 36;

QVector<double> toVector(const std::vector<double>& values)
{
    return {values.begin(), values.end()};
}

QVector<double> drawable(const std::vector<double>& values, const PlotFrame& frame)
{
    const bool log = frame.scale == ValueScale::Logarithmic;
    const double span = frame.values.upper - frame.values.lower;
    const double ratio = log ? std::pow(frame.values.upper / frame.values.lower, kFarthest) : 1;
    const double floor = log ? frame.values.lower / ratio : frame.values.lower - kFarthest * span;
    const double ceiling = log ? frame.values.upper * ratio : frame.values.upper + kFarthest * span;
    QVector<double> result;
    result.reserve(static_cast<qsizetype>(values.size()));
    for (const double v : values)
        result.append(!std::isfinite(v) || (log && v <= 0) ? qQNaN() : std::clamp(v, floor, ceiling));
    return result;
}

/// On a sharp screen a hairline is thin. A wide one is for curves that go their way without much up and down: of noise,
/// it would cost a hundred times as much (plot_style.h).
double penWidth(const QCPGraph& graph, const QVector<double>& values)
{
    constexpr double kSharp = 1.25; // device pixels
    constexpr double kCalm = 8;     // heights of the picture, up and down together
    if (graph.parentPlot()->bufferDevicePixelRatio() < kSharp) return 0;
    double way = 0;
    for (qsizetype i = 1; i < values.size(); ++i) {
        const double part = graph.valueAxis()->coordToPixel(values[i]) - graph.valueAxis()->coordToPixel(values[i - 1]);
        if (std::isfinite(part)) way += std::abs(part);
    }
    return way < kCalm * graph.valueAxis()->axisRect()->height() ? kSharp : 0;
}

Qt::PenStyle lineOf(CurveStyle style)
{
    switch (style) {
    case CurveStyle::Dashes: return Qt::DashLine;
    case CurveStyle::DashDots: return Qt::DashDotLine;
    case CurveStyle::ShortDashes: return Qt::DotLine;
    default: return Qt::SolidLine;
    }
}

void styleCurve(QCPGraph& graph, const Curve& curve, const QColor& ground, double penWidth, int width)
{
    QColor ink = curve.color;
    if (curve.style == CurveStyle::FaintLine) ink.setAlphaF(0.33f);
    // Dots that would touch each other are a line.
    const bool dots = curve.style == CurveStyle::Dots && static_cast<int>(curve.steps.size()) <= width / kDotDistance;
    graph.setPen(QPen(ink, penWidth, lineOf(curve.style)));
    graph.setLineStyle(dots ? QCPGraph::lsNone : QCPGraph::lsLine);
    graph.setScatterStyle(dots ? QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(ink, 1.5), QBrush(ground), 6)
                               : QCPScatterStyle());
}

} // namespace

PlotCanvas::PlotCanvas(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_plot(new QCustomPlot(this)), m_steps(new ValueTicker),
      m_values(new ValueTicker)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusProxy(m_plot);
    preparePlot(*m_plot);
    m_plot->setMouseTracking(true);
    m_plot->setMinimumSize(kLeastWidth, kLeastHeight);
    m_plot->installEventFilter(this);
    buildAxes();
    buildOverlay();
    connect(&theme, &Theme::changed, this, &PlotCanvas::applyColors);
    applyColors();
}

PlotCanvas::~PlotCanvas() = default;

void PlotCanvas::buildAxes()
{
    m_steps->setSmallestSpacing(1);
    m_plot->xAxis->setTicker(m_steps);
    m_plot->yAxis->setTicker(m_values);
    m_plot->yAxis2->setRange(0, 1);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLength(0, 3);
        axis->setTickLabelPadding(kTickPadding - 3);
    }
    m_plot->yAxis->setBasePen(Qt::NoPen);
    m_markLines = signGraph();
    m_gaps = signGraph();
    m_above = signGraph();
    m_below = signGraph();
    m_markLines->setLineStyle(QCPGraph::lsImpulse);
}

QCPGraph* PlotCanvas::signGraph()
{
    QCPGraph* graph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    graph->setLineStyle(QCPGraph::lsNone);
    return graph;
}

void PlotCanvas::layOut()
{
    // Margins that depend on nothing but the font: an axis must not jump when its numbers get longer.
    const QFontMetrics metrics(m_plot->yAxis->tickLabelFont());
    const int left = metrics.horizontalAdvance(QLatin1String(kWidestTick)) + kTickPadding + 2;
    const int below = metrics.height() + kTickPadding + 2;
    m_plot->axisRect()->setMargins(QMargins(left, metrics.height() + 2, 10, below));
    m_axisTitle->position->setCoords(0, m_plot->height() - below + kTickPadding - 1); // in line with the numbers
    m_steps->setMost(std::max(1, (m_plot->width() - left) / kPixelsPerStepTick));
    const int height = m_plot->height() - 2 * metrics.height() - kTickPadding;
    m_values->setMost(std::max(1, height / std::clamp(height / kValueTicks, kClosestValueTicks, kWidestValueTicks)));
}

void PlotCanvas::applyColors()
{
    const ThemeColors& colors = m_theme.colors();
    applyTheme(*m_plot, colors);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) axis->setTickPen(Qt::NoPen);
    m_plot->yAxis->setBasePen(Qt::NoPen);
    m_plot->xAxis->grid()->setVisible(false);
    QColor line = colors.muted;
    m_markLines->setPen(QPen(line, 0, Qt::DotLine));
    m_gaps->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCross, QPen(colors.bad, 1.5), Qt::NoBrush, 7));
    for (QCPGraph* graph : {m_above, m_below}) {
        const auto shape = graph == m_above ? QCPScatterStyle::ssTriangle : QCPScatterStyle::ssTriangleInverted;
        graph->setScatterStyle(QCPScatterStyle(shape, QPen(colors.bad, 0), QBrush(colors.bad), 8));
    }
    layOut();
    m_crosshair->setPen(QPen(colors.muted, 0));
    m_stepTag->setBrush(colors.field);
    m_stepTag->setPen(QPen(colors.border, 0));
    m_stepTag->setColor(colors.text);
    m_axisTitle->setColor(colors.muted);
    for (QCPItemText* item : {m_stepTag, m_axisTitle}) item->setFont(m_plot->xAxis->tickLabelFont());
    draw(PlotFrame(m_frame));
}

void PlotCanvas::setTickPrefix(const QString& prefix)
{
    m_values->setPrefix(prefix);
}

QWidget* PlotCanvas::surface() const
{
    return m_plot;
}

void PlotCanvas::draw(const PlotFrame& frame)
{
    m_frame = frame;
    const bool log = frame.scale == ValueScale::Logarithmic;
    const bool empty = frame.curves.empty();
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) axis->setTickLabels(!empty);
    m_plot->yAxis->grid()->setVisible(!empty);
    m_values->setScale(frame.scale);
    m_plot->yAxis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->xAxis->setRange(frame.firstStep, frame.lastStep);
    m_plot->yAxis->setRange(frame.values.lower, frame.values.upper);
    drawCurves();
    drawSigns();
    drawMarks();
    placeMoment();
    setCrosshair(m_cursor, std::vector<PlotDot>(m_cursorDots));
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void PlotCanvas::drawCurves()
{
    while (m_curves.size() < m_frame.curves.size()) {
        m_curves.push_back(m_plot->addGraph());
        m_floors.push_back(nullptr);
    }
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        QCPGraph& graph = *m_curves[i];
        graph.setVisible(i < m_frame.curves.size());
        if (!graph.visible()) continue; // its floor has neither line nor ground of its own
        const Curve& curve = m_frame.curves[i];
        QVector<double> steps = toVector(curve.steps);
        QVector<double> values = drawable(curve.values, m_frame);
        const int columns = static_cast<int>(plotArea().width() * m_plot->bufferDevicePixelRatio());
        // What has four points a column needs no thinning by the plot library.
        const bool band = !curve.lower.empty();
        graph.setAdaptiveSampling(band ||
                                  !keepColumnExtremes(steps, values, {m_frame.firstStep, m_frame.lastStep, columns}));
        const double width = curve.style == CurveStyle::FaintLine ? 0 : penWidth(graph, values);
        styleCurve(graph, curve, m_theme.colors().card, width, plotArea().width());
        graph.setData(steps, values, true);
        drawBand(i, curve);
    }
}

/// A band is the ground between two curves without lines.
void PlotCanvas::drawBand(std::size_t i, const Curve& curve)
{
    constexpr float kFaint = 0.22f;
    QCPGraph& graph = *m_curves[i];
    QCPGraph*& floor = m_floors[i];
    const bool band = !curve.lower.empty();
    if (floor) floor->setVisible(band);
    if (!band) {
        graph.setChannelFillGraph(nullptr);
        graph.setBrush(Qt::NoBrush);
        return;
    }
    if (!floor) {
        floor = m_plot->addGraph();
        floor->setPen(Qt::NoPen);
    }
    floor->setData(toVector(curve.steps), drawable(curve.lower, m_frame), true);
    QColor ink = curve.color;
    ink.setAlphaF(kFaint);
    graph.setPen(Qt::NoPen);
    graph.setBrush(ink);
    graph.setChannelFillGraph(floor);
}

void PlotCanvas::drawSigns()
{
    const auto place = [this](QCPGraph& graph, const std::vector<double>& steps, double height) {
        QVector<double> keys;
        double last = -1e300;
        for (const double step : steps) {
            const double x = xOf(step);
            if (x - last < kSignDistance) continue;
            keys.append(step);
            last = x;
        }
        graph.setData(keys, QVector<double>(keys.size(), height), true);
    };
    const double half = 5.0 / std::max(1, plotArea().height());
    place(*m_gaps, m_frame.gaps, half);
    place(*m_above, m_frame.above, 1 - half);
    place(*m_below, m_frame.below, half);
}

QRect PlotCanvas::plotArea() const
{
    return m_plot->axisRect()->rect();
}

double PlotCanvas::stepAt(double x) const
{
    return m_plot->xAxis->pixelToCoord(x);
}

double PlotCanvas::valueAt(double y) const
{
    return m_plot->yAxis->pixelToCoord(y);
}

double PlotCanvas::xOf(double step) const
{
    return m_plot->xAxis->coordToPixel(step);
}

double PlotCanvas::yOf(double value) const
{
    return m_plot->yAxis->coordToPixel(value);
}

void PlotCanvas::paintInto(QPainter& painter, const QRect& place)
{
    // The plot library paints with a painter of its own kind alone: it is recorded, and what was recorded is painted.
    QPicture recorded;
    QCPPainter recorder(&recorded);
    recorder.setMode(QCPPainter::pmVectorized);
    m_plot->toPainter(&recorder, m_plot->width(), m_plot->height());
    recorder.end();
    painter.save();
    painter.translate(place.topLeft());
    painter.scale(1.0 * place.width() / m_plot->width(), 1.0 * place.height() / m_plot->height());
    painter.drawPicture(0, 0, recorded);
    painter.restore();
}

double PlotCanvas::drawTime() const
{
    return m_plot->replotTime(true);
}

void PlotCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) applyColors();
    QWidget::changeEvent(event);
}

bool PlotCanvas::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        layOut();
        // After the plot itself has taken its new size.
        QMetaObject::invokeMethod(this, &PlotCanvas::resized, Qt::QueuedConnection);
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        const bool focused = event->type() == QEvent::FocusIn;
        m_plot->xAxis->setBasePen(QPen(focused ? m_theme.colors().mla : m_theme.colors().border, 0));
        m_plot->replot(QCustomPlot::rpQueuedRefresh);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace triptych
