// The scatter: signs, limits, hands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/scatter_plot.h"

#include "ui/plots/plot_style.h"
#include "ui/plots/value_ticker.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kReach = 10; // px from a point that a click still means
constexpr double kTickWidth = 70;
constexpr double kTickHeight = 36;

void addLogTicks(QCPAxis* axis)
{
    const auto ticker = QSharedPointer<ValueTicker>::create();
    ticker->setScale(ValueScale::Logarithmic);
    axis->setTicker(ticker);
    axis->setScaleType(QCPAxis::stLogarithmic);
    axis->setSubTicks(false);
    axis->setTickLength(0, 3);
}

QCPItemText* nameOf(QCustomPlot* plot, Qt::Alignment alignment)
{
    auto* text = new QCPItemText(plot);
    text->setPositionAlignment(alignment);
    text->setPadding(QMargins(3, 1, 3, 1));
    text->setClipToAxisRect(false);
    return text;
}

} // namespace

ScatterPlot::ScatterPlot(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent), m_plot(new QCustomPlot(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setFocusProxy(m_plot);
    preparePlot(*m_plot);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    build();
    connect(&theme, &Theme::changed, this, &ScatterPlot::applyColors);
    applyColors();
}

void ScatterPlot::build()
{
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) addLogTicks(axis);
    for (int i = 0; i < kScatterSigns; ++i) {
        QCPGraph* graph = m_plot->addGraph();
        graph->setLineStyle(QCPGraph::lsNone);
        m_graphs.push_back(graph);
    }
    m_cursorGraph = m_plot->addGraph();
    m_cursorGraph->setLineStyle(QCPGraph::lsNone);
    m_lineX = new QCPItemLine(m_plot);
    m_lineY = new QCPItemLine(m_plot);
    m_nameX = nameOf(m_plot, Qt::AlignRight | Qt::AlignTop);
    m_nameY = nameOf(m_plot, Qt::AlignRight | Qt::AlignBottom);
    m_plot->axisRect()->setMinimumMargins(QMargins(2, 4, 8, 2));
}

void ScatterPlot::applyColors()
{
    const ThemeColors& colors = m_theme.colors();
    applyTheme(*m_plot, colors);
    QColor faint = colors.muted;
    faint.setAlphaF(0.6F);
    QColor dots = colors.*m_accent;
    dots.setAlphaF(0.75F);
    const auto sign = [this](ScatterSign which, const QCPScatterStyle& style) {
        m_graphs[static_cast<std::size_t>(which)]->setScatterStyle(style);
    };
    sign(ScatterSign::Dot, {QCPScatterStyle::ssCircle, QPen(dots, 1), QBrush(dots), 5});
    sign(ScatterSign::Cross, {QCPScatterStyle::ssCross, QPen(faint, 1), QBrush(Qt::NoBrush), 5});
    sign(ScatterSign::Ring, {QCPScatterStyle::ssCircle, QPen(colors.text, 2), QBrush(Qt::NoBrush), 13});
    sign(ScatterSign::Diamond, {QCPScatterStyle::ssDiamond, QPen(colors.card, 1), QBrush(colors.good), 13});
    m_cursorGraph->setScatterStyle({QCPScatterStyle::ssSquare, QPen(colors.text, 1), QBrush(Qt::NoBrush), 17});
    for (QCPItemLine* line : {m_lineX, m_lineY}) line->setPen(QPen(colors.bad, 1, Qt::DashLine));
    for (QCPItemText* name : {m_nameX, m_nameY}) {
        name->setFont(m_plot->xAxis->tickLabelFont());
        name->setColor(colors.bad);
    }
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void ScatterPlot::setAxisTitles(const QString& x, const QString& y)
{
    m_plot->xAxis->setLabel(x);
    m_plot->yAxis->setLabel(y);
}

bool ScatterPlot::canBeDrawn(const ScatterPoint& point)
{
    return std::isfinite(point.x) && std::isfinite(point.y) && point.x > 0 && point.y > 0;
}

void ScatterPlot::setPoints(std::vector<ScatterPoint> points, const ScatterLimits& limits)
{
    m_points = std::move(points);
    m_limits = limits;
    m_order.clear();
    for (int i = 0; i < static_cast<int>(m_points.size()); ++i)
        if (canBeDrawn(m_points[static_cast<std::size_t>(i)])) m_order.push_back(i);
    std::stable_sort(m_order.begin(), m_order.end(), [this](int a, int b) {
        return m_points[static_cast<std::size_t>(a)].x < m_points[static_cast<std::size_t>(b)].x;
    });
    m_cursor = -1;
    drawPoints();
    setRanges();
    drawLimits();
    placeCursor();
}

void ScatterPlot::drawPoints()
{
    std::vector<std::pair<QVector<double>, QVector<double>>> places(m_graphs.size());
    for (const int i : m_order) {
        const ScatterPoint& point = m_points[static_cast<std::size_t>(i)];
        places[static_cast<std::size_t>(point.sign)].first << point.x;
        places[static_cast<std::size_t>(point.sign)].second << point.y;
    }
    for (std::size_t i = 0; i < m_graphs.size(); ++i) m_graphs[i]->setData(places[i].first, places[i].second, true);
}

void ScatterPlot::setRanges()
{
    const auto range = [this](double ScatterPoint::*value, double limit, QCPAxis* axis, int pixels, double each) {
        double lower = std::numeric_limits<double>::infinity(), upper = 0;
        for (const int i : m_order) {
            lower = std::min(lower, m_points[static_cast<std::size_t>(i)].*value);
            upper = std::max(upper, m_points[static_cast<std::size_t>(i)].*value);
        }
        if (m_order.empty()) return axis->setRange(1, 10);
        if (limit > 0 && std::isfinite(limit)) {
            lower = std::min(lower, limit);
            upper = std::max(upper, limit);
        }
        const double room = std::pow(upper / lower, 0.06) * 1.04;
        axis->setRange(lower / room, upper * room);
        axis->ticker().staticCast<ValueTicker>()->setMost(std::max(2, static_cast<int>(pixels / each)));
    };
    range(&ScatterPoint::x, m_limits.x, m_plot->xAxis, width(), kTickWidth);
    range(&ScatterPoint::y, m_limits.y, m_plot->yAxis, height(), kTickHeight);
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void ScatterPlot::drawLimits()
{
    const bool anyX = m_limits.x > 0 && !m_order.empty();
    const bool anyY = m_limits.y > 0 && !m_order.empty();
    m_lineX->setVisible(anyX);
    m_nameX->setVisible(anyX);
    m_lineY->setVisible(anyY);
    m_nameY->setVisible(anyY);
    const QCPRange x = m_plot->xAxis->range(), y = m_plot->yAxis->range();
    if (anyX) {
        m_lineX->start->setCoords(m_limits.x, y.lower);
        m_lineX->end->setCoords(m_limits.x, y.upper);
        m_nameX->position->setCoords(m_limits.x, y.upper);
        m_nameX->setText(m_limits.xName);
    }
    if (!anyY) return;
    m_lineY->start->setCoords(x.lower, m_limits.y);
    m_lineY->end->setCoords(x.upper, m_limits.y);
    m_nameY->position->setCoords(x.upper, m_limits.y);
    m_nameY->setText(m_limits.yName);
}

QPointF ScatterPlot::placeOf(int point) const
{
    const ScatterPoint& p = m_points[static_cast<std::size_t>(point)];
    return {m_plot->xAxis->coordToPixel(p.x), m_plot->yAxis->coordToPixel(p.y)};
}

int ScatterPlot::pointAt(const QPointF& place) const
{
    int best = -1;
    double least = kReach;
    // Of two at one place the later, which is drawn upon the other.
    for (const int i : m_order) {
        const QPointF away = placeOf(i) - place;
        const double distance = std::hypot(away.x(), away.y());
        if (distance > least) continue;
        least = distance;
        best = i;
    }
    return best;
}

QWidget* ScatterPlot::surface() const
{
    return m_plot;
}

void ScatterPlot::placeCursor()
{
    if (m_cursor < 0)
        m_cursorGraph->setData({}, {});
    else
        m_cursorGraph->setData({m_points[static_cast<std::size_t>(m_cursor)].x},
                               {m_points[static_cast<std::size_t>(m_cursor)].y});
    setAccessibleDescription(m_cursor < 0 ? tr("%n points", nullptr, static_cast<int>(m_order.size()))
                                          : m_points[static_cast<std::size_t>(m_cursor)].reading);
    m_plot->setAccessibleName(accessibleName());
    m_plot->setAccessibleDescription(accessibleDescription());
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void ScatterPlot::step(int places)
{
    if (m_order.empty()) return;
    const auto at = std::find(m_order.begin(), m_order.end(), m_cursor);
    const int last = static_cast<int>(m_order.size()) - 1;
    const int from = at == m_order.end() ? (places > 0 ? -1 : last + 1) : static_cast<int>(at - m_order.begin());
    m_cursor = m_order[static_cast<std::size_t>(std::clamp(from + places, 0, last))];
    placeCursor();
    QToolTip::showText(m_plot->mapToGlobal(placeOf(m_cursor).toPoint()),
                       m_points[static_cast<std::size_t>(m_cursor)].reading, m_plot);
}

bool ScatterPlot::takeKey(int key)
{
    const int all = static_cast<int>(m_order.size());
    switch (key) {
    case Qt::Key_Left: step(-1); return true;
    case Qt::Key_Right: step(1); return true;
    case Qt::Key_Home: step(-all); return true;
    case Qt::Key_End: step(all); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor < 0) return false;
        emit pointChosen(m_cursor);
        return true;
    case Qt::Key_Escape:
        if (m_cursor < 0) return false;
        m_cursor = -1;
        placeCursor();
        return true;
    default: return false;
    }
}

bool ScatterPlot::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress: return takeKey(static_cast<QKeyEvent*>(event)->key());
    case QEvent::Resize: setRanges(); break;
    case QEvent::MouseMove:
        m_plot->setCursor(pointAt(static_cast<QMouseEvent*>(event)->position()) < 0 ? Qt::ArrowCursor
                                                                                    : Qt::PointingHandCursor);
        break;
    case QEvent::MouseButtonPress: {
        const auto* press = static_cast<QMouseEvent*>(event);
        const int point = press->button() == Qt::LeftButton ? pointAt(press->position()) : -1;
        if (point < 0) break;
        m_plot->setFocus(Qt::MouseFocusReason);
        emit pointChosen(point);
        return true;
    }
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int point = pointAt(help->pos());
        QToolTip::showText(help->globalPos(), point < 0 ? toolTip() : m_points[static_cast<std::size_t>(point)].reading,
                           m_plot);
        return true;
    }
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace triptych
